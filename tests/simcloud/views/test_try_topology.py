"""The topology that switches move: each connection of a start with the way that it takes, or where it ends."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest

from simcloud.views.try_topology import draw, topology_of, try_topology
from simcloud.views.widgets import WIDGET

OFF = dict.fromkeys(("public_subnet", "public_ip", "nat", "ecr_api", "ecr_dkr", "s3", "logs"), False)
USUAL = {**OFF, "private_dns": True, "endpoints_let_in": True, "lets_out": True}
KEYS = {"ecr_api": True, "ecr_dkr": True, "s3": True}


def words(**switches: bool) -> list[str]:
    """What is written in the drawing."""
    svg = ElementTree.fromstring(topology_of(**{**USUAL, **switches}).html)
    return [node.text or "" for node in svg.iter() if node.tag.endswith("text")]


@pytest.mark.row("N05")
@pytest.mark.parametrize(
    ("switches", "opened", "leaves"),
    [
        ({}, 0, "ends at: route table rtb-task"),
        (KEYS, 3, "gateway endpoint vpce-s3"),
        ({**KEYS, "logs": True}, 4, "interface endpoint vpce-logs"),
        ({"nat": True}, 4, "NAT gateway nat-1"),
        ({"public_subnet": True, "public_ip": True}, 4, "internet gateway igw-1"),
        ({**KEYS, "endpoints_let_in": False}, 1, "gateway endpoint vpce-s3"),
    ],
)
def test_each_connection_shows_its_way(switches: dict[str, bool], opened: int, leaves: str) -> None:
    said = words(**switches)
    assert said[0] == f"{opened} of 4 connections open"
    assert leaves in said
    marks = [shape for shape in draw({**USUAL, **switches}).shapes if type(shape).__name__ == "Mark"]
    assert len(marks) == 4 - opened
    assert ("The task starts." in said) is (opened == 4)


def test_a_switch_draws_it_anew_and_the_twin_has_a_picture_and_a_text() -> None:
    tried = try_topology()
    assert "0 of 4" in tried.html
    tried.controls["nat"].value = True
    assert "4 of 4" in tried.html
    assert set(tried._repr_mimebundle_()) == {WIDGET, "image/svg+xml", "image/png", "text/plain"}
    assert "The task starts." in repr(tried)
