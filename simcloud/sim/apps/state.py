"""What the world keeps of apps: queues as they stand in SQS, who waits for a message, what became of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from simcloud.sim.world import World

MINUTE = 60.0


class Mark(NamedTuple):
    """A queue as it stood after a change. The last one of each minute is kept."""

    at: float
    """Epoch seconds."""
    visible: int
    hidden: int
    """In flight: taken, and not visible again yet."""
    delayed: int
    oldest: float
    """When the oldest message was sent; epoch seconds, 0 for none."""
    sent: int
    """How many until now; so are the next two."""
    received: int
    deleted: int


@dataclass
class Message:
    """A message, from when it was sent on. It is remembered after it is gone."""

    id: str
    body: str
    sent_at: float
    """Epoch seconds."""
    taken: int = 0
    """How often it was handed out."""
    done: int = 0
    """How often a worker came to the end of its work on it."""
    deleted: bool = False
    """By a worker or by whoever holds its receipt."""
    moved_to: str = ""
    """Name of the dead-letter queue that it was moved to."""
    tasks: list[str] = field(default_factory=list)
    """ARNs of the tasks that took it, in order."""


@dataclass
class Queue:
    """An SQS queue, mirrored: SQS tells of every change."""

    name: str
    messages: dict[str, float] = field(default_factory=dict)
    """In the queue, by id: when it was sent."""
    hidden: dict[str, float] = field(default_factory=dict)
    """Of those in flight, by id: when it becomes visible again."""
    delayed: dict[str, float] = field(default_factory=dict)
    """Of those not yet visible for the first time, by id: when it becomes so."""
    waiting: dict[tuple[str, str], int] = field(default_factory=dict)
    """Containers that wait for a message, longest first: (task, container) and the run of its process."""
    sent: int = 0
    received: int = 0
    deleted: int = 0
    marks: list[Mark] = field(default_factory=list)

    @property
    def visible(self) -> int:
        """Messages that can be taken."""
        return len(self.messages) - len(self.hidden) - len(self.delayed)


@dataclass
class Worker:
    """A container that works off a queue."""

    queue: str
    """Name."""
    run: int
    """Which start of its process."""
    message: str = ""
    """Id of the message that it has in hand; '' for none."""
    shows_at: float = 0.0
    """When that message becomes visible again."""
    polls: int = 0
    """Counts receives: the end of an earlier long poll is stale."""


@dataclass
class Apps:
    """All of it."""

    queues: dict[str, Queue] = field(default_factory=dict)
    """By name."""
    workers: dict[tuple[str, str], Worker] = field(default_factory=dict)
    """By task ARN and container."""
    work: dict[str, dict[str, Message]] = field(default_factory=dict)
    """By queue name, by message id: every message that was ever sent."""
    answers: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    """By task ARN and container, by URL: what came of its last request."""

    def queue(self, name: str) -> Queue:
        """The queue of this name, from its first message on."""
        return self.queues.setdefault(name, Queue(name))


def apps(world: World) -> Apps:
    """The world's, made with the first use. Only what follows an event may make it: reading changes nothing."""
    if world.apps is None:
        world.apps = Apps()
    held: Apps = world.apps
    return held
