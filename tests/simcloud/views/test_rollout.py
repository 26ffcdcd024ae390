"""The rollout: who served how much when, in words and drawn, and the explorer whose sliders run it anew."""

from __future__ import annotations

import time
import xml.etree.ElementTree as ElementTree

import pytest

from simcloud import Cloud
from simcloud.cloud.rollout_history import RolloutHistory
from simcloud.cloud.rollout_sketch import Sketch, run
from simcloud.views.rollout import draw, sheet, text
from simcloud.views.sheet import Box, Text
from simcloud.views.try_rollout import canary, try_rollout
from simcloud.views.widgets import WIDGET


@pytest.fixture(scope="module")
def history() -> RolloutHistory:
    """A canary of ten per cent that fails half of its requests, watched by an alarm."""
    return run(Sketch())


@pytest.mark.row("P09")
def test_the_text_says_who_served_how_much_and_what_happened(history: RolloutHistory) -> None:
    lines = text(history).splitlines()
    assert lines[:2] == [
        "Rollout of web, 09:01:00 to 09:27:00 UTC: ROLLBACK_SUCCESSFUL",
        "150 of 90,000 requests failed (0.17 %)",
    ]
    assert lines[3:7] == [
        "09:01:00  web:1 100 % (4 running)",
        "09:02:21  web:1 100 % (4 running), web:2 0 % (4 running)",
        "09:02:30  web:1 90 % (4 running), web:2 10 % (4 running)",
        "09:03:20  web:1 100 % (4 running)",
    ]
    told = [mark.kind for mark in history.marks]
    assert [told.index(kind) for kind in ("begin", "shift", "alarm", "failed", "back", "done")] == sorted(
        told.index(kind) for kind in ("begin", "shift", "alarm", "failed", "back", "done")
    )


@pytest.mark.parametrize(
    ("settings", "outcome", "failed"),
    [
        ({}, "ROLLBACK_SUCCESSFUL", 150),
        ({"canary_percent": 100}, "ROLLBACK_SUCCESSFUL", 1500),
        ({"fault": False}, "SUCCESSFUL", 0),
    ],
)
def test_the_settings_decide_how_many_requests_fail(settings: dict[str, int], outcome: str, failed: int) -> None:
    found = run(Sketch(**settings))
    assert found.outcome == outcome
    assert found.served.failed == pytest.approx(failed, abs=1)


def test_without_an_alarm_the_fault_reaches_everybody() -> None:
    found = run(Sketch(alarm=False))
    assert found.outcome == "SUCCESSFUL"
    whole = next(level.at for level in found.levels if level.parts[-1].share == 100 and len(level.parts) == 2)
    assert found.served.failed == pytest.approx(10 * 60 * 3 + (found.until - whole) * 30, abs=5)


def test_the_picture_stacks_the_revisions_and_is_the_same_every_time(history: RolloutHistory) -> None:
    drawn = sheet(history)
    words = [shape.words for shape in drawn.shapes if isinstance(shape, Text)]
    assert {"web:1", "web:2", "10 %", "ALARM", "failed", "rolls back", "who serves", "who runs"} <= set(words)
    assert sum(isinstance(shape, Box) for shape in drawn.shapes) > 8
    assert all(0 <= shape.at[0] <= drawn.width for shape in drawn.shapes if isinstance(shape, Box | Text))
    assert draw(history).png == draw(run(Sketch())).png


def test_the_live_drawing_is_well_formed_and_says_what_it_shows(history: RolloutHistory) -> None:
    root = ElementTree.fromstring(sheet(history).svg(text(history)))
    assert root.attrib["role"] == "img"
    assert "150 of 90,000 requests failed" in root.attrib["aria-label"]


@pytest.mark.row("P09")
def test_moving_a_slider_runs_it_anew_and_its_static_twin_follows() -> None:
    tried = try_rollout()
    assert "150 of 90,000 requests failed" in tried.html
    tried.controls["canary_percent"].value = 50
    assert "750 of 90,000 requests failed" in tried.html
    tried.controls["fault"].value = False
    bundle = tried._repr_mimebundle_()
    assert set(bundle) == {WIDGET, "image/svg+xml", "image/png", "text/plain"}
    assert bundle["text/plain"].startswith("Rollout of web, 09:01:00 to 09:27:00 UTC: SUCCESSFUL")


def test_a_move_takes_less_than_a_third_of_a_second_of_the_processor() -> None:
    assert canary().html
    begun = time.process_time()
    assert canary(canary_percent=30, canary_minutes=20, bake_minutes=20).html
    assert time.process_time() - begun < 0.3


def test_a_service_of_the_cloud_is_drawn_and_one_that_there_is_not_is_refused() -> None:
    from simcloud import views

    with Cloud(seed=7) as cloud, pytest.raises(LookupError, match="there is no service web"):
        views.rollout(cloud, "web")
