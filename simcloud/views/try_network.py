"""Try a network: switch things on and off, and see whether a task starts in it and with which message it stops."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from simcloud.reason.network import Network
from simcloud.reason.sketch import TASK, Choices, sketch
from simcloud.reason.start import paths, start
from simcloud.views.path import ENDED, PASSED
from simcloud.views.table import Table

if TYPE_CHECKING:
    from simcloud.views.widgets import Control, Explorer

ENDPOINTS = {"ecr_api": "ecr.api", "ecr_dkr": "ecr.dkr", "s3": "s3", "logs": "logs"}
"""The switches of the endpoints, and the services that they stand for."""


def try_network() -> Explorer:
    """The explorer of the networking lesson."""
    from simcloud.views.widgets import explorer

    return explorer("Does a task start in this network?", controls(), verdict)


def controls() -> dict[str, Control]:
    """The switches."""
    from simcloud.views.widgets import Switch

    return {
        "public_subnet": Switch("Route to an internet gateway"),
        "public_ip": Switch("assignPublicIp ENABLED"),
        "nat": Switch("NAT gateway, and a route to it"),
        "ecr_api": Switch("Interface endpoint ecr.api"),
        "ecr_dkr": Switch("Interface endpoint ecr.dkr"),
        "s3": Switch("Gateway endpoint s3"),
        "logs": Switch("Interface endpoint logs"),
        "private_dns": Switch("Private DNS of the endpoints", on=True),
        "endpoints_let_in": Switch("Endpoint security group lets 443 in", on=True),
        "lets_out": Switch("Task security group lets traffic out", on=True),
    }


def network_of(switches: Mapping[str, bool]) -> Network:
    """The small VPC that they make."""
    asked = dict(switches)
    endpoints = frozenset(service for name, service in ENDPOINTS.items() if asked.pop(name, False))
    return sketch(Choices(endpoints=endpoints, **asked))


def verdict(**switches: bool) -> Table:
    """What each connection of the start finds in the network of these switches, and what becomes of the task."""
    network = network_of(switches)
    rows = tuple(
        (errand.does, errand.service, PASSED if path.open else ENDED, path.decided_by.says)
        for errand, path in paths(network, TASK)
    )
    begun = start(network, TASK)
    closing = "The task starts." if begun.starts else f"The task stops. TaskFailedToStart: {begun.message}"
    headings = ("the platform, for the task", "service", "verdict", "decided by")
    return Table("The four connections of a start, in their order", headings, rows, closing)
