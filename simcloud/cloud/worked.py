"""What became of the messages of a queue, to look at: for lessons, checks and views. Looking changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from simcloud.cloud.live import Live


@dataclass(frozen=True)
class MessageView:
    """A message at one moment."""

    id: str
    body: str
    sent_at: float
    """Epoch seconds."""
    taken: int
    """How often it was handed out, to a task or to a call of ReceiveMessage."""
    done: int
    """How often a task came to the end of its work on it."""
    deleted: bool
    moved_to: str
    """Name of the dead-letter queue that it was moved to; '' for none."""
    tasks: tuple[str, ...]
    """ARNs of the tasks that took it, in order; one stands there as often as it took it."""


def messages(live: Live, queue: str) -> tuple[MessageView, ...]:
    """Every message of the queue of this name, oldest first; none where nothing was sent into it."""
    held = live.world.apps.work.get(queue.rsplit("/", 1)[-1], {}) if live.world.apps is not None else {}
    return tuple(
        MessageView(
            each.id, each.body, each.sent_at, each.taken, each.done, each.deleted, each.moved_to, tuple(each.tasks)
        )
        for each in held.values()
    )
