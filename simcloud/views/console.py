"""What the console shows of a live cloud, page by page. It only looks: no call is made, the world stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from html import escape
from typing import Any

from simcloud.views.bill import table as bill_table
from simcloud.views.story import table as story_table
from simcloud.views.table import Table

LINES = 40
"""Of the story, of logs, of events of a service: the newest so many."""
TASKS = 60
"""Tasks shown, the newest."""


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
            _clock(task.created_at),
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
        (_clock(line.at), line.group, line.stream.rsplit("/", 1)[-1][:8], line.text)
        for line in latest(cloud._live, LINES)
    )
    headings = ("time (UTC)", "group", "task", "line")
    return Table("Logs, their newest lines", headings, rows, "" if rows else "No line was written.")


def alarms(cloud: Any) -> Table:
    """CloudWatch's alarms."""
    rows = tuple(
        (alarm.name, alarm.state, f"{alarm.operator} {alarm.threshold:g}", _clock(alarm.since) if alarm.since else "")
        for alarm in cloud.world.watching.alarms.values()
    )
    return Table("Alarms", ("alarm", "state", "when", "since (UTC)"), rows, "" if rows else "There is no alarm.")


def bill(cloud: Any) -> Table:
    """What it costs so far."""
    from simcloud.cloud.usage import usage_of
    from simcloud.price.price import price

    return bill_table(price(usage_of(cloud.world)), "The bill so far")


PAGES: Mapping[str, Callable[[Any], Table]] = {
    "Services": services,
    "Tasks": tasks,
    "Story": story,
    "Logs": logs,
    "Alarms": alarms,
    "Bill": bill,
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
    return (
        f'<div style="overflow-x: auto; line-height: 1.3" aria-label="{escape(page)}">{PAGES[page](cloud).html}</div>'
    )


def _clock(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%H:%M:%S")
