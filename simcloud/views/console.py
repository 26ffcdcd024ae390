"""What the console shows of a live cloud, page by page. It only looks: no call is made, the world stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any, Protocol

from simcloud.views.bill import table as bill_table
from simcloud.views.console_drawn import clock, metrics, timelines, topology
from simcloud.views.story import table as story_table
from simcloud.views.table import Table

LINES = 40
"""Of the story, of logs, of events of a service: the newest so many."""
TASKS = 60
"""Tasks shown, the newest."""


class Shown(Protocol):
    """A page: a table, or what is drawn in one."""

    @property
    def caption(self) -> str: ...
    @property
    def html(self) -> str: ...
    @property
    def text(self) -> str: ...


def clusters(cloud: Any) -> Table:
    """Clusters with what is in them."""
    world = cloud.world
    rows = tuple(
        (
            held.name,
            held.status,
            str(sum(service.cluster == arn for service in world.services.values())),
            str(sum(task.cluster == arn and task.status == "RUNNING" for task in world.tasks.values())),
            ", ".join(held.providers),
        )
        for arn, held in world.clusters.items()
    )
    headings = ("cluster", "status", "services", "tasks running", "capacity providers")
    return Table("Clusters", headings, rows, "" if rows else "There is no cluster.")


def services(cloud: Any) -> Table:
    """Services with their counts, and what the newest event of each says."""
    rows = tuple(
        (
            service.cluster,
            service.name,
            f"{service.running} of {service.desired}" + (f", {service.pending} pending" if service.pending else ""),
            service.definition,
            service.rollout or service.status,
            service.events[0] if service.events else "",
        )
        for service in _services(cloud)
    )
    headings = ("cluster", "service", "running", "definition", "deployment", "newest event")
    return Table("Services", headings, rows, "" if rows else "There is no service.")


def _services(cloud: Any) -> Iterator[Any]:
    for held in cloud.world.services.values():
        yield cloud.service(held.name, cloud.world.clusters[held.cluster].name)


def events(cloud: Any) -> Table:
    """The newest events of all services, in ECS's own words."""
    every = [(event.at, held.name, event.message) for held in cloud.world.services.values() for event in held.events]
    newest = sorted(every, key=lambda one: one[0], reverse=True)[:LINES]
    rows = tuple((clock(at), service, said) for at, service, said in newest)
    return Table("Events of services, newest first", ("time (UTC)", "service", "event"), rows, "" if rows else "None.")


def tasks(cloud: Any) -> Table:
    """The newest tasks: where each is, and of a stopped one why."""
    found = cloud.tasks()[-TASKS:]
    rows = tuple(
        (
            task.id[:8],
            task.definition,
            task.service or task.group.removeprefix("family:"),
            task.status,
            task.zone,
            task.private_ip,
            clock(task.created_at),
            task.stopped_reason or task.why,
        )
        for task in reversed(found)
    )
    headings = ("task", "definition", "of", "status", "zone", "address", "made (UTC)", "why")
    return Table("Tasks, newest first", headings, rows, "" if rows else "No task was started.")


def story(cloud: Any) -> Table:
    """The newest lines of the story."""
    return story_table(list(cloud.story)[-LINES:], "The story, its newest lines")


def logs(cloud: Any) -> Table:
    """The newest lines of all logs."""
    from simcloud.cloud.log_lines import latest

    rows = tuple(
        (clock(line.at), line.group, line.stream.rsplit("/", 1)[-1][:8], line.text)
        for line in latest(cloud._live, LINES)
    )
    headings = ("time (UTC)", "group", "task", "line")
    return Table("Logs, their newest lines", headings, rows, "" if rows else "No line was written.")


def alarms(cloud: Any) -> Table:
    """CloudWatch's alarms."""
    rows = tuple(
        (alarm.name, alarm.state, f"{alarm.operator} {alarm.threshold:g}", clock(alarm.since) if alarm.since else "")
        for alarm in cloud.world.watching.alarms.values()
    )
    return Table("Alarms", ("alarm", "state", "when", "since (UTC)"), rows, "" if rows else "There is no alarm.")


def bill(cloud: Any) -> Table:
    """What it costs so far."""
    from simcloud.cloud.usage import usage_of
    from simcloud.price.price import price

    return bill_table(price(usage_of(cloud.world)), "The bill so far")


PAGES: Mapping[str, Callable[[Any], Shown]] = {
    "Services": services,
    "Tasks": tasks,
    "Timelines": timelines,
    "Topology": topology,
    "Events": events,
    "Story": story,
    "Logs": logs,
    "Metrics": metrics,
    "Alarms": alarms,
    "Bill": bill,
    "Clusters": clusters,
}


def heading(cloud: Any) -> str:
    """The clock and the counts, in one line."""
    running = sum(task.status == "RUNNING" for task in cloud.world.tasks.values())
    counts = f"services: {len(cloud.world.services)}, tasks running: {running}"
    return f"{cloud.now:%Y-%m-%d %H:%M:%S} UTC · {cloud.region} · {counts}"


def text(cloud: Any, page: str) -> str:
    """A page for a terminal. Raises KeyError for one that there is not."""
    return f"{heading(cloud)}\n\n{PAGES[page](cloud).text}"


def html(cloud: Any, page: str) -> str:
    """A page for the panel."""
    scrolls = f'style="overflow-x: auto; line-height: 1.3" tabindex="0" role="region" aria-label="{escape(page)}"'
    return f"<div {scrolls}>{PAGES[page](cloud).html}</div>"
