"""The explorer of a task's life: each slider makes another life, and the live view shows the rows of the picture."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest

from simcloud.views.timeline_sheet import sheet
from simcloud.views.try_timeline import life, try_timeline
from simcloud.views.widgets import WIDGET


@pytest.mark.parametrize(
    ("settings", "code", "exit_code", "billed"),
    [
        ({}, "UserInitiated", 0, 92),
        ({"ends_in": 20}, "UserInitiated", 0, 107),
        ({"ends_in": 100}, "UserInitiated", 137, 117),
        ({"ends_in": 100, "stop_timeout": 120}, "UserInitiated", 0, 187),
        ({"needs_mib": 600}, "EssentialContainerExited", 137, 28),
        ({"has_way": False}, "TaskFailedToStart", None, 0),
        ({"may": False}, "TaskFailedToStart", None, 0),
    ],
)
def test_each_setting_ends_its_own_way(
    settings: dict[str, Any], code: str, exit_code: int | None, billed: float
) -> None:
    lived = life(**settings).life
    assert (lived.status, lived.stop_code, lived.exit_code) == ("STOPPED", code, exit_code)
    assert lived.billed == pytest.approx(billed, abs=1)


def test_a_larger_image_takes_longer_and_is_paid_for_from_the_pull_on() -> None:
    small, large = life(image_mib=200).life, life(image_mib=3200).life
    assert large.billed - small.billed == pytest.approx(3000 / 30, abs=1)


def test_moving_a_slider_draws_the_life_anew() -> None:
    shown = try_timeline()
    before = shown.html
    shown.controls["ends_in"].value = 100
    assert shown.html != before
    assert "137" in shown.html
    assert set(shown._repr_mimebundle_()) == {WIDGET, "image/svg+xml", "image/png", "text/plain"}
    assert "Exit code: 137" in repr(shown)


def test_the_live_view_has_every_line_of_the_text() -> None:
    lived = life(may=False)
    svg = ElementTree.fromstring(lived.html.partition("<p>")[0])
    words = [node.text or "" for node in svg.iter() if node.tag.endswith("text")]
    assert "TaskFailedToStart" in words
    for status in ("PROVISIONING", "PENDING", "DEPROVISIONING", "STOPPED"):
        assert status in words
    assert sum(type(shape).__name__ == "Mark" for shape in sheet(lived.life).shapes) == 2, "what failed is crossed"
