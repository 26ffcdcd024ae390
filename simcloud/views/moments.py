"""The moments of a task's life, read from its story: status, what happened, and who acted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, Protocol

STATUSES = (
    "PROVISIONING",
    "PENDING",
    "ACTIVATING",
    "RUNNING",
    "DEACTIVATING",
    "STOPPING",
    "DEPROVISIONING",
    "STOPPED",
)
Actor = Literal["Fargate", "execution role", "task role", "your code"]

_RETRIES = "cannot do its step"
"""How the story begins a step of the start that failed: all of them are done as the execution role (R-150)."""
_ENDED = "ended with exit code"
"""How it tells the end of a container, after which no role is in use."""


class Line(Protocol):
    """A line of the story."""

    @property
    def at(self) -> float: ...
    @property
    def what(self) -> str: ...
    @property
    def why(self) -> str: ...


class TaskLike(Protocol):
    """A task to look at: what `cloud.task(...)` gives."""

    @property
    def id(self) -> str: ...
    @property
    def definition(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def stop_code(self) -> str: ...
    @property
    def stopped_reason(self) -> str: ...
    @property
    def why(self) -> str: ...
    @property
    def task_role(self) -> str: ...
    @property
    def story(self) -> Sequence[Line]: ...


@dataclass(frozen=True)
class Moment:
    """One moment. `status` is '' where it did not change."""

    at: float
    status: str
    actor: Actor
    what: str
    why: str
    bad: bool

    @property
    def clock(self) -> str:
        """The simulated time of day, in UTC."""
        return datetime.fromtimestamp(self.at, UTC).strftime("%H:%M:%S")


def moments(story: Iterable[Line], task_role: str = "") -> tuple[Moment, ...]:
    """The moments in the order in which they came. Without a task role the code acts as nobody."""
    code: Actor = "task role" if task_role else "your code"
    return tuple(_moment(line, code) for line in story)


def _moment(line: Line, code: Actor) -> Moment:
    head, _, rest = line.what.partition(":")
    status = head if head in STATUSES else ""
    what = rest.strip() if status else line.what
    if what.startswith("is to stop: "):
        what = ": ".join(what.split(": ")[:2])  # the reason itself is told once, below
    bad = line.what.startswith((_RETRIES, "is to stop: TaskFailedToStart")) or " denied" in line.what
    return Moment(line.at, status, _actor(what, status, code), what, line.why, bad)


def _actor(what: str, status: str, code: Actor) -> Actor:
    """The story names the role in each step of the start and in each call of the code."""
    if "execution role" in what or what.startswith(_RETRIES):
        return "execution role"
    if "task role" in what:
        return "task role"
    runs = what.startswith("container ") and _ENDED not in what
    return code if runs or status == "RUNNING" or "the code in container" in what else "Fargate"


def spoken(seconds: float) -> str:
    """A stretch of time in words: `45 s`, `4 min 49 s`, `2 h 5 min`, `3 d 1 h`."""
    whole = round(seconds)
    for unit, part, size, small in (("d", "h", 86400, 3600), ("h", "min", 3600, 60), ("min", "s", 60, 1)):
        if whole >= size:
            rest = whole % size // small
            return f"{whole // size} {unit}" + (f" {rest} {part}" if rest else "")
    return f"{whole} s"
