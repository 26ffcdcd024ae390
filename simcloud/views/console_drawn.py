"""Pages of the console that draw: how long tasks took, what stands in which subnet, metrics of the last hour.

Each is a table whose cells hold small drawings; its text says the same without them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from simcloud.views import palette
from simcloud.views.moments import moments, spoken
from simcloud.views.table import LEFT, Table

if TYPE_CHECKING:
    from simcloud.cloud.last_hour import Hour

TASKS = 20
"""Timelines shown, of the newest tasks."""
METRICS = 40
"""Metrics shown."""
WIDE, HIGH = 120, 24
"""Pixels of a metric's line."""
COLOURS = {
    "PROVISIONING": (palette.PLATFORM, palette.PLATFORM_PAPER),
    "PENDING": (palette.EXECUTION, palette.EXECUTION_PAPER),
    "ACTIVATING": (palette.EXECUTION, palette.EXECUTION_PAPER),
    "RUNNING": (palette.GOOD, palette.GOOD_PAPER),
}
ENDING = (palette.TASK, palette.TASK_PAPER)
"""For what comes after RUNNING."""


@dataclass(frozen=True)
class Page:
    """A page of the console whose drawing and text are made apart."""

    caption: str
    html: str
    text: str


@dataclass(frozen=True)
class Stretch:
    """How long a task was in a status, in epoch seconds."""

    status: str
    start: float
    end: float

    @property
    def said(self) -> str:
        return f"{self.status} {spoken(self.end - self.start)}"


def stretches(task: Any, now: float) -> list[Stretch]:
    """A task's statuses from the first to now, or to STOPPED, which takes no time."""
    found = [(moment.status, moment.at) for moment in moments(task.story, task.task_role) if moment.status]
    changes = [one for number, one in enumerate(found) if number == 0 or found[number - 1][0] != one[0]]
    closed = [*changes, *([] if changes and changes[-1][0] == "STOPPED" else [("", now)])]
    return [Stretch(status, start, end) for (status, start), (_, end) in pairwise(closed)]


def timelines(cloud: Any) -> Page:
    """The newest tasks, each with its statuses one after the other, on one scale of time."""
    found = [(task, stretches(task, cloud.now.timestamp())) for task in reversed(cloud.tasks()[-TASKS:])]
    found = [(task, some) for task, some in found if some]
    caption = "Timelines of the newest tasks"
    told = Table(
        caption,
        ("task", "definition", "made (UTC)", "its time in each status"),
        tuple((task.id[:8], task.definition, clock(some[0].start), _said(task, some)) for task, some in found),
        "" if found else "No task was started.",
    )
    first = min((some[0].start for _, some in found), default=0.0)
    last = max((some[-1].end for _, some in found), default=0.0)
    rows = [
        (
            escape(task.id[:8]),
            escape(task.definition),
            clock(some[0].start),
            _bar(some, first, last) + escape(_said(task, some)),
        )
        for task, some in found
    ]
    return Page(caption, _table(caption, told.headings, rows, told.closing), told.text)


def _said(task: Any, some: Sequence[Stretch]) -> str:
    return ", ".join([one.said for one in some] + (["STOPPED"] if task.status == "STOPPED" else []))


def _bar(some: Sequence[Stretch], first: float, last: float) -> str:
    """A bar of a stretch each, from the first moment of all to the last. What it shows stands below it in words."""
    whole = max(last - first, 1.0)
    parts = [f'<span style="width: {100 * (some[0].start - first) / whole:.2f}%"></span>']
    for one in some:
        ink, paper = COLOURS.get(one.status, ENDING)
        look = f"background: {paper}; border: 1px solid {ink}; box-sizing: border-box; min-width: 3px"
        parts.append(f'<span style="width: {100 * (one.end - one.start) / whole:.2f}%; {look}"></span>')
    style = "display: flex; height: 0.9em; min-width: 16em; margin: 0.2em 0"
    return f'<div aria-hidden="true" style="{style}">{"".join(parts)}</div>'


def topology(cloud: Any) -> Page:
    """Each VPC with its subnets by zone, and what stands in them."""
    from simcloud.views.topology_text import describe

    caption = "Topology: subnets by zone, and what stands in them"
    if not cloud.is_live:
        closed = Table(caption, ("VPC",), (), "This cloud is closed: another one is live.")
        return Page(caption, closed.html, closed.text)
    from simcloud.cloud.network import picture

    network = picture(cloud.region, cloud.account)
    labels = {one.interface: f"task {one.id[:8]} of {one.definition}, {one.status}" for one in cloud.tasks()}
    shown = _worth(network)
    zones = sorted({one.zone for one in network.subnets.values() if one.vpc in shown})
    rows = [(_vpc(network, vpc), *("".join(_subnets(network, vpc, zone, labels)) for zone in zones)) for vpc in shown]
    texts = [describe(network, vpc, None, (), labels) for vpc in shown]
    closing = "" if shown else f"There is no VPC in {cloud.region}."
    html = _table(caption, ("VPC", *zones), rows, closing)
    return Page(caption, html, "\n\n".join([caption, *(texts or [closing])]))


def _worth(network: Any) -> list[str]:
    """VPCs in which something stands, else those that somebody made, else the default one."""
    from simcloud.views.topology import DEFAULT_VPC

    used = {network.subnets[one.subnet].vpc for one in network.interfaces.values() if one.subnet in network.subnets}
    made = [one.id for one in network.vpcs.values() if one.cidrs[:1] != (DEFAULT_VPC,)]
    return [vpc for vpc in network.vpcs if vpc in used or vpc in made] or list(network.vpcs)


def _vpc(network: Any, vpc: str) -> str:
    held = network.vpcs[vpc]
    lines = [vpc, ", ".join(held.cidrs)]
    lines += [f"internet gateway {one.id}" for one in network.internet_gateways.values() if one.vpc == vpc]
    lines += [f"gateway endpoint for {one.short}" for one in network.endpoints_in(vpc) if one.kind == "gateway"]
    return "<br>".join(map(escape, lines))


def _subnets(network: Any, vpc: str, zone: str, labels: Mapping[str, str]) -> Iterator[str]:
    """The subnets of a VPC in a zone as boxes, those without a way to the internet in another colour."""
    for subnet in network.subnets.values():
        if (subnet.vpc, subnet.zone) != (vpc, zone):
            continue
        way = _way_out(network, subnet.id)
        ink, paper = (palette.EXECUTION, palette.EXECUTION_PAPER) if way else (palette.PLATFORM, palette.PLATFORM_PAPER)
        style = f"border: 1px solid {ink}; color: {ink}; background: {paper}; padding: 0.3em; margin: 0.2em 0"
        name = subnet.name or subnet.id
        head = f"<strong>{escape(name)}</strong> {escape(subnet.cidr)}<br>{escape(way or 'no way to the internet')}"
        inside = "".join(f"<li>{escape(one)}</li>" for one in _standing(network, subnet, labels))
        listed = f'<ul style="margin: 0; padding-left: 1.2em">{inside}</ul>' if inside else ""
        yield f'<div style="{style}">{head}{listed}</div>'


def _way_out(network: Any, subnet: str) -> str:
    """Where the default route of a subnet leads, in words; '' for none."""
    table = network.route_table_of(subnet)
    via = next((route.via for route in table.routes if route.to == "0.0.0.0/0"), "") if table else ""
    kind = "public" if via.startswith("igw-") else "private"
    return f"{kind}, out through {via}" if via else ""


def _standing(network: Any, subnet: Any, labels: Mapping[str, str]) -> Iterator[str]:
    """What stands in a subnet, a line each."""
    for one in network.interfaces_in(subnet.id):
        public = f", public {one.public_address}" if one.public_address else ""
        yield f"{labels.get(one.id) or one.description or one.id}: {one.address}{public}"
    for nat in network.nat_gateways.values():
        if nat.subnet == subnet.id and nat.available:
            yield f"NAT gateway {nat.id}"
    for endpoint in network.endpoints_in(subnet.vpc):
        if any(one.subnet == subnet.id for one in endpoint.interfaces):
            yield f"endpoint for {endpoint.short}"


def metrics(cloud: Any) -> Page:
    """What CloudWatch has measured in the last hour, a line each."""
    from simcloud.cloud.last_hour import hours

    found, more = hours(cloud.world, METRICS)
    caption = "Metrics of the last hour, by five minutes"
    headings = ("metric", "of", "of which", "newest", "least to most", "the hour")
    told = [(*_named(one), *_figures(one.values)) for one in found]
    closing = f"{more} more are not shown." if more else "" if found else "Nothing was measured yet."
    drawn = [(*map(escape, words), _line(one.values)) for words, one in zip(told, found, strict=True)]
    rows = tuple((*words, _spoken(one.values)) for words, one in zip(told, found, strict=True))
    return Page(caption, _table(caption, headings, drawn, closing), Table(caption, headings, rows, closing).text)


def _named(one: Hour) -> tuple[str, str, str]:
    of = dict.fromkeys(value.split("/")[1] if value.count("/") == 2 else value for value in one.of)
    return one.name, ", ".join(of), "sum" if one.added_up else "mean"


def _figures(values: Sequence[float | None]) -> tuple[str, str]:
    known = [value for value in values if value is not None]
    newest = values[-1]
    return (
        "none" if newest is None else f"{newest:.4g}",
        f"{min(known):.4g} to {max(known):.4g}" if known else "none",
    )


def _spoken(values: Sequence[float | None]) -> str:
    return " ".join("-" if value is None else f"{value:.4g}" for value in values)


def _line(values: Sequence[float | None]) -> str:
    """The hour as a line of its own scale from 0; what was not measured is a gap."""
    most = max((value for value in values if value is not None), default=0.0) or 1.0
    across = WIDE / (len(values) - 1)
    drawn, open_ = "", False
    for number, value in enumerate(values):
        if value is not None:
            y = HIGH - 2 - (HIGH - 4) * max(0.0, value) / most
            drawn += f"{'L' if open_ else 'M'}{across * number:.1f} {y:.1f}"
            drawn += "" if open_ else "h0.1"  # a value alone is a dot
        open_ = value is not None
    look = f'fill="none" stroke="{palette.EXECUTION}" stroke-width="2" stroke-linecap="round"'
    ground = f'style="background: {palette.PAPER}"'
    return (
        f'<svg aria-hidden="true" width="{WIDE}" height="{HIGH}" viewBox="-2 0 {WIDE + 4} {HIGH}" {ground}>'
        f'<path d="{drawn}" {look}/></svg>'
    )


def _table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]], closing: str) -> str:
    """As `Table` draws it, of cells that are HTML already."""
    top = LEFT.replace('left"', 'left; vertical-align: top"')
    head = "".join(f'<th scope="col" {LEFT}>{escape(one)}</th>' for one in headings)
    body = "".join(f"<tr>{''.join(f'<td {top}>{cell}</td>' for cell in row)}</tr>" for row in rows)
    below = f"<p>{escape(closing)}</p>" if closing else ""
    title = f"<caption>{escape(caption)}</caption>"
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{below}"


def clock(at: float) -> str:
    """The time of day, in UTC."""
    return datetime.fromtimestamp(at, UTC).strftime("%H:%M:%S")
