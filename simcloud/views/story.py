"""The story of a task, a service or the whole world, as a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Protocol

from simcloud.views.moments import Line
from simcloud.views.table import Table


class Told(Line, Protocol):
    """A line of the story that says whom it is about."""

    @property
    def who(self) -> str: ...


class HasStory(Protocol):
    """A cloud, as far as this view needs it."""

    @property
    def story(self) -> Any: ...


def story(cloud: HasStory, about: str = "") -> Table:
    """The story, or the lines about a task id, an ARN or a service name."""
    lines: Iterable[Told] = cloud.story.about(about) if about else cloud.story
    return table(lines, f"The story of {about.rsplit('/', 1)[-1]}" if about else "The story so far")


def table(lines: Iterable[Told], caption: str) -> Table:
    """Lines as rows."""
    rows = tuple((_clock(line.at), line.who, line.what + (f" ({line.why})" if line.why else "")) for line in lines)
    return Table(caption, ("time (UTC)", "who", "what happened"), rows, "" if rows else "Nothing has happened yet.")


def _clock(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%H:%M:%S")
