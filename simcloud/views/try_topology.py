"""Try a topology: switch gateways and endpoints on and off, and see which way each connection of a start takes."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simcloud.reason.sketch import TASK
from simcloud.reason.start import paths
from simcloud.views import palette
from simcloud.views.sheet import Box, Line, Mark, Sheet, Text
from simcloud.views.try_network import controls, network_of, verdict

if TYPE_CHECKING:
    from simcloud.reason.path import Path
    from simcloud.views.picture import Picture
    from simcloud.views.widgets import Explorer

WIDTH, TOP, ROW, BELOW = 9.6, 1.0, 0.85, 0.3
"""Inches: of the sheet, above the first connection, of each connection, and below the last."""
TASK_X, WAY_X, SERVICE_X = 0.4, 2.5, 7.6
TASK_WIDTH, WAY_WIDTH, SERVICE_WIDTH, HEIGHT = 1.3, 3.6, 1.8, 0.34
VPC_WIDTH = WAY_X + WAY_WIDTH
LETTERS = 62
"""To a line under a way."""
LEAVES = {
    "nat-gateway": "NAT gateway",
    "internet-gateway": "internet gateway",
    "interface-endpoint": "interface endpoint",
    "gateway-endpoint": "gateway endpoint",
}


@dataclass(frozen=True)
class Tried:
    """The network of one setting."""

    switches: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """The connections as a table."""
        return verdict(**dict(self.switches)).text

    @property
    def html(self) -> str:
        """For the live view."""
        return self.sheet.svg(self.text)

    @cached_property
    def sheet(self) -> Sheet:
        """What is drawn."""
        return draw(dict(self.switches))

    @cached_property
    def picture(self) -> Picture:
        """To keep."""
        return self.sheet.picture(self.text)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        data: dict[str, Any] = self.picture._repr_mimebundle_()[0]
        return data


def try_topology() -> Explorer:
    """The explorer: the switches of `try_network`, and the ways drawn."""
    from simcloud.views.widgets import explorer

    return explorer("Which way does each connection of a start take?", controls(), topology_of)


def topology_of(**switches: bool) -> Tried:
    """The network of these switches."""
    return Tried(tuple(switches.items()))


def draw(switches: dict[str, bool]) -> Sheet:
    """The task on the left, the ways out of its VPC in the middle, AWS's services on the right."""
    ways = [(errand.service, path) for errand, path in paths(network_of(switches), TASK)]
    closing = textwrap.wrap(verdict(**switches).closing, 118)
    bottom = TOP + ROW * len(ways)
    made = Sheet(WIDTH, bottom + BELOW + 0.2 * len(closing) + 0.2)
    reached = sum(path.open for _, path in ways)
    made.add(
        Text((0.2, 0.28), f"{reached} of {len(ways)} connections open", size=12, bold=True),
        Box((0.2, 0.55), VPC_WIDTH, bottom - 0.55, palette.PAPER, palette.LINE),
        Text((0.35, 0.72), "VPC 10.0.0.0/16", size=8, colour=palette.QUIET),
        Box((TASK_X, TOP - 0.05), TASK_WIDTH, ROW * len(ways) - 0.25, palette.TASK_PAPER, palette.TASK),
        Text((TASK_X + TASK_WIDTH / 2, TOP + ROW * len(ways) / 2 - 0.25), "task", bold=True, anchor="center"),
        Text((TASK_X + TASK_WIDTH / 2, TOP + ROW * len(ways) / 2 - 0.05), "10.0.1.10", size=8, anchor="center"),
    )
    for number, (service, path) in enumerate(ways):
        _add(made, service, path, TOP + ROW * number + HEIGHT / 2)
    colour = palette.GOOD if closing == ["The task starts."] else palette.BAD
    for number, line in enumerate(closing):
        made.add(Text((0.2, bottom + BELOW + 0.2 * number), line, size=8.5, colour=colour))
    return made


def _add(made: Sheet, service: str, path: Path, y: float) -> None:
    ink, paper = (palette.GOOD, palette.GOOD_PAPER) if path.open else (palette.BAD, palette.BAD_PAPER)
    decided = path.decided_by
    made.add(
        Line(((TASK_X + TASK_WIDTH, y), (WAY_X, y)), ink, 1.8),
        Line(((WAY_X + WAY_WIDTH, y), (SERVICE_X, y)), *((ink, 1.8) if path.open else (palette.LINE, 1.8, ":"))),
        Box((WAY_X, y - HEIGHT / 2), WAY_WIDTH, HEIGHT, paper, ink),
        Box((SERVICE_X, y - HEIGHT / 2), SERVICE_WIDTH, HEIGHT, palette.EXECUTION_PAPER, palette.EXECUTION),
        Text((SERVICE_X + SERVICE_WIDTH / 2, y), service, size=8.5, anchor="center"),
    )
    kind = LEAVES.get(decided.kind, decided.kind.replace("-", " "))
    head = f"{kind} {decided.id}" if path.open else f"ends at: {kind} {decided.id}"
    made.add(Text((WAY_X + 0.12, y), head.strip(), size=8.5, colour=ink, bold=True))
    for number, line in enumerate(textwrap.wrap(decided.says, LETTERS)[:2]):
        made.add(Text((WAY_X, y + HEIGHT / 2 + 0.12 + 0.15 * number), line, size=7, colour=palette.QUIET))
    if not path.open:
        made.add(Mark((WAY_X + WAY_WIDTH + 0.15, y), "x", palette.BAD))
