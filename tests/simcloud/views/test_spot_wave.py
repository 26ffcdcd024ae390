"""The Spot wave: what the picture says, and the explorer whose sliders run it anew."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest

from simcloud.cloud.spot_history import SpotHistory
from simcloud.cloud.spot_sketch import Sketch, run
from simcloud.views import spot
from simcloud.views.table import Table
from simcloud.views.try_spot import try_spot, wave
from simcloud.views.widgets import WIDGET


@pytest.fixture
def history() -> SpotHistory:
    """Ten tasks, base 2, weights 1 to 3, half of those on Spot taken back."""
    return run(Sketch())


def test_the_text_names_every_task_with_its_provider_and_its_fate(history: SpotHistory) -> None:
    lines = spot.text(history).splitlines()
    assert lines[:3] == [
        "Service web, 09:00:00 to 09:22:00 UTC",
        "1 wave, 3 interrupted; at the lowest 7 of 10 tasks ran, from 09:02:00 on",
        "100.00% of 210,000 requests were answered",
    ]
    assert sum(" FARGATE  " in line for line in lines) == 4
    assert sum("interruption warning and SIGTERM 09:02:00, STOPPED 09:04:05" in line for line in lines) == 3
    assert lines[-1] == "09:09:21   10   10   10"


def test_a_life_on_spot_ends_and_another_begins_on_spot(history: SpotHistory) -> None:
    taken = [life for life in history.lives if life.warned_at is not None]
    came = [life for life in history.lives if life.asked_at > history.waves[0][0]]
    assert len(taken) == len(came) == 3
    assert all(life.spot for life in (*taken, *came))
    assert {life.stopped_at - life.warned_at for life in taken if life.stopped_at and life.warned_at} == {125.0}


def test_the_picture_has_a_bar_for_each_task_and_is_the_same_every_time(history: SpotHistory) -> None:
    drawn = spot.sheet(history)
    boxes = [shape for shape in drawn.shapes if type(shape).__name__ == "Box"]
    starting, running, stopping = len(history.lives), len(history.lives), 3
    assert len(boxes) == starting + running + stopping
    assert sum(box.hatched for box in boxes) == stopping  # type: ignore[union-attr]
    assert spot.draw(history).png == spot.draw(run(Sketch())).png


def test_a_large_service_says_how_many_tasks_are_not_drawn(history: SpotHistory) -> None:
    many = replace(history, lives=history.lives * 5)
    words = [shape.words for shape in spot.sheet(many).shapes if type(shape).__name__ == "Text"]  # type: ignore[union-attr]
    assert f"and {len(many.lives) - 40} more tasks" in words
    assert len(spot.text(many).splitlines()) > len(many.lives)


def test_the_live_drawing_is_well_formed_and_says_what_it_shows(history: SpotHistory) -> None:
    root = ElementTree.fromstring(spot.sheet(history).svg(spot.text(history)))
    assert root.attrib["role"] == "img"
    assert "at the lowest 7 of 10 tasks ran" in root.attrib["aria-label"]


@pytest.mark.parametrize(
    ("settings", "lowest", "availability"),
    [
        ({"percent_reclaimed": 100}, 4, 0.8425),
        ({"percent_reclaimed": 0}, 10, 1.0),
        ({"base": 10, "percent_reclaimed": 100}, 10, 1.0),
        ({"base": 0, "on_demand_weight": 0, "percent_reclaimed": 100, "drought_minutes": 15}, 0, 0.24),
        ({"busy_percent": 30, "percent_reclaimed": 100}, 4, 1.0),
    ],
)
def test_the_settings_decide_who_is_left_and_how_many_requests_are_answered(
    settings: dict[str, int], lowest: int, availability: float
) -> None:
    found = run(Sketch(**settings))
    assert found.lowest.running == lowest
    assert found.served.availability == pytest.approx(availability, abs=0.01)


def test_moving_a_slider_runs_the_wave_anew_and_redraws_the_view() -> None:
    tried = try_spot()
    assert "at the lowest 7 of 10 tasks ran" in tried.html
    tried.controls["percent_reclaimed"].value = 100
    assert "at the lowest 4 of 10 tasks ran" in tried.html
    assert set(tried._repr_mimebundle_()) == {WIDGET, "image/svg+xml", "image/png", "text/plain"}
    assert all(widget.description for widget in tried.controls.values())


def test_a_strategy_that_aws_would_refuse_says_so() -> None:
    refused = wave(on_demand_weight=0, spot_weight=0)
    assert isinstance(refused, Table)
    assert "at least one weight has to be above 0" in refused.text
    with pytest.raises(ValueError, match="weight"):
        run(Sketch(on_demand_weight=0, spot_weight=0))


def test_the_view_of_a_cloud_shows_its_own_service() -> None:
    class Cloud:
        def spot_history(self, service: str, cluster: str = "default", *, minutes: float | None = None) -> SpotHistory:
            assert (service, cluster, minutes) == ("web", "shop", 30)
            return run(Sketch())

    picture = spot.spot_wave(Cloud(), "web", "shop", minutes=30)
    assert picture.text == spot.text(run(Sketch()))
    assert picture.svg.startswith("<?xml")
