"""What happened to queues, and to the code that works them off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from simcloud.sim.events import Event, TaskEvent
from simcloud.sim.steps.calls import Reply

Change = Literal["sent", "taken", "hidden", "shown", "deleted", "expired", "moved", "purged", "removed"]


class QueueChanged(Event, frozen=True):
    """A message of a queue of SQS came, went, or is out of sight until a moment; or the queue was purged or deleted."""

    queue: str
    """Name."""
    change: Change
    message: str = ""
    """Id."""
    until: float = 0.0
    """Epoch seconds; 0 where it can be seen."""
    body: str = ""
    to: str = ""
    """Name of the dead-letter queue."""


class WorkDue(TaskEvent, frozen=True):
    """The code asks for a message. `attempt`: how often it has tried to open the connection, this time included."""

    container: str
    run: int
    attempt: int = 1


class ReceiveJudged(TaskEvent, frozen=True):
    """May the code receive from its queue, and does it get there?"""

    container: str
    run: int
    attempt: int
    queue: str
    reply: Reply


class MessageTaken(TaskEvent, frozen=True):
    """The code has a message in hand."""

    container: str
    run: int
    queue: str
    message: str
    body: str
    receipt: str
    shows_at: float
    """When it becomes visible again, unless it is deleted before."""


class NothingTaken(TaskEvent, frozen=True):
    """No message is visible."""

    container: str
    run: int
    queue: str


class PollEnded(TaskEvent, frozen=True):
    """A long poll is over and brought nothing; stale where another one began since."""

    container: str
    run: int
    poll: int


class MessageWorked(TaskEvent, frozen=True):
    """The code came to the end of its work on the message in its hand."""

    container: str
    run: int
    taken: MessageTaken
    priority: ClassVar[int] = 3


class DeleteJudged(TaskEvent, frozen=True):
    """May the code delete the message, and does it get to the queue?"""

    container: str
    run: int
    taken: MessageTaken
    attempt: int
    reply: Reply


class DeleteDue(TaskEvent, frozen=True):
    """The code tries again to delete the message."""

    container: str
    run: int
    taken: MessageTaken
    attempt: int


class DeleteAnswered(TaskEvent, frozen=True):
    """SQS answered the deletion. `gone`: did the receipt still mean the message?"""

    container: str
    run: int
    taken: MessageTaken
    gone: bool


class TraceDue(TaskEvent, frozen=True):
    """The code has a trace to send."""

    container: str
    run: int


class TraceJudged(TaskEvent, frozen=True):
    """So far the trace gets."""

    container: str
    run: int
    sidecar: str
    """The container that takes it; '' for none."""
    why: str
    """Why it is lost; '' where it arrives."""
    line: str
    """What is logged about that, by the sidecar, else by the code; '' where nobody notices."""
    reply: Reply | None = None
    """Of X-Ray, where the sidecar asked it."""


class RequestsDue(TaskEvent, frozen=True):
    """The code asks others by their URLs."""

    container: str
    run: int
    turn: int = 0
    """How often it has done so before."""


@dataclass(frozen=True)
class Answer:
    """What came of one request."""

    url: str
    said: str
    """As the code logs it: `200`, `Connection timed out`."""
    by: str = ""
    """ARN of the task that answered; '' for none, or for somebody outside."""
    why: str = ""
    """Why it failed; '' where it did not."""


class RequestsAnswered(TaskEvent, frozen=True):
    """The code has its answers."""

    container: str
    run: int
    turn: int
    answers: tuple[Answer, ...]
