"""The explorer of the networking lesson: switches, a verdict at once, a twin that needs no kernel."""

from __future__ import annotations

import time

import pytest

from simcloud.views.try_network import try_network, verdict
from simcloud.views.widgets import WIDGET, Choice, explorer

ALL = {"ecr_api": True, "ecr_dkr": True, "s3": True, "logs": True}


@pytest.mark.row("T05")
@pytest.mark.row("F20")
@pytest.mark.parametrize(("switches", "starts", "says"), [
    ({}, False, "api.ecr.us-east-1"),
    (ALL, True, ""),
    ({**ALL, "s3": False}, False, "starport-layer-bucket"),
    ({**ALL, "private_dns": False}, False, "api.ecr.us-east-1"),
    ({**ALL, "endpoints_let_in": False}, False, "api.ecr.us-east-1"),
    ({**ALL, "lets_out": False}, False, "api.ecr.us-east-1"),
    ({**ALL, "logs": False}, False, "Amazon CloudWatch"),
    ({"nat": True}, True, ""),
    ({"public_subnet": True}, False, "api.ecr.us-east-1"),
    ({"public_subnet": True, "public_ip": True}, True, ""),
    ({"public_ip": True}, False, "api.ecr.us-east-1"),
])  # fmt: skip
def test_the_verdict_follows_the_switches(switches: dict[str, bool], starts: bool, says: str) -> None:
    table = verdict(**switches)
    assert (table.closing == "The task starts.") is starts
    assert says in table.closing
    assert len(table.rows) == 4


def test_turning_a_switch_redraws_the_view_and_its_static_twin() -> None:
    tried = try_network()
    assert "The task stops." in tried.html
    tried.controls["nat"].value = True
    assert "The task starts." in tried.html
    assert tried._repr_mimebundle_()["text/plain"].endswith("The task starts.")


def test_the_display_has_a_live_view_and_a_twin_in_html_and_text() -> None:
    bundle = try_network()._repr_mimebundle_()
    assert set(bundle) == {WIDGET, "text/html", "text/plain"}
    assert "<table>" in bundle["text/html"]


def test_every_control_has_a_label_and_the_view_is_announced() -> None:
    tried = try_network()
    assert all(widget.description for widget in tried.controls.values())
    assert 'aria-live="polite"' in tried.html


def test_a_choice_is_given_to_the_view_under_its_name() -> None:
    made = explorer("Pick", {"size": Choice("Size", ("small", "large"))}, lambda size: verdict(nat=size == "large"))
    made.controls["size"].value = "large"
    assert made.values == {"size": "large"}
    assert "The task starts." in made.html


def test_a_verdict_comes_at_once() -> None:
    verdict()
    begun = time.perf_counter()
    for _ in range(20):
        verdict(**ALL)
    assert time.perf_counter() - begun < 1.0
