"""Queues of SQS mirrored: who waits for a message is woken, and each minute's counts are kept for CloudWatch."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter
from typing import TYPE_CHECKING

from simcloud.sim.after import after
from simcloud.sim.apps.events import QueueChanged, WorkDue
from simcloud.sim.apps.state import MINUTE, Mark, Message, Queue, apps
from simcloud.sim.effects import After, Effect
from simcloud.sim.task import RUNNING

if TYPE_CHECKING:
    from simcloud.sim.world import World

_at = attrgetter("at")


@after(QueueChanged)
def follow(world: World, event: QueueChanged) -> Iterator[Effect]:
    """Keep the change; a message that can be seen wakes one who waits for it."""
    held = apps(world)
    queue, known = held.queue(event.queue), held.work.setdefault(event.queue, {})
    if event.change == "shown" and (queue.hidden | queue.delayed).get(event.message) != event.until:
        return  # taken, deleted or hidden anew since
    if event.change in ("purged", "removed"):
        _empty(queue)
    elif event.change == "sent":
        known[event.message] = Message(event.message, event.body, world.now)
        queue.sent += 1
        queue.messages[event.message] = world.now
    elif event.message in queue.messages:
        _change(queue, known[event.message], event)
    if event.until > world.now:
        (queue.delayed if event.change == "sent" else queue.hidden)[event.message] = event.until
        shown = QueueChanged(event.queue, "shown", event.message, event.until)
        yield After(event.until - world.now, shown)
    if queue.visible > 0:
        yield from _wake(world, queue)
    _mark(queue, world.now)


def _empty(queue: Queue) -> None:
    for kept in (queue.messages, queue.hidden, queue.delayed):
        kept.clear()


def _change(queue: Queue, message: Message, event: QueueChanged) -> None:
    queue.hidden.pop(event.message, None)
    queue.delayed.pop(event.message, None)
    if event.change == "taken":
        queue.received += 1
        message.taken += 1
    elif event.change in ("deleted", "expired", "moved"):
        del queue.messages[event.message]
        queue.deleted += event.change == "deleted"
        message.deleted = event.change == "deleted"
        message.moved_to = event.to


def _wake(world: World, queue: Queue) -> Iterator[Effect]:
    """The one who waits longest, of those that still run. It will look, and take what it finds."""
    for (arn, name), run in list(queue.waiting.items()):
        del queue.waiting[arn, name]
        task = world.tasks.get(arn)
        container = task.containers[name] if task else None
        if task and container and task.wanted and container.status == RUNNING and container.runs == run:
            yield After(0.0, WorkDue(arn, name, run))
            return


def _mark(queue: Queue, now: float) -> None:
    oldest = next(iter(queue.messages.values()), 0.0)
    counts = queue.visible, len(queue.hidden), len(queue.delayed)
    made = Mark(now, *counts, oldest, queue.sent, queue.received, queue.deleted)
    if queue.marks and queue.marks[-1].at // MINUTE == now // MINUTE:
        queue.marks[-1] = made
    else:
        queue.marks.append(made)


def mark(queue: Queue, before: float) -> Mark | None:
    """The queue as it stood just before a moment (epoch seconds); None before its first message."""
    place = bisect_left(queue.marks, before, key=_at)
    return queue.marks[place - 1] if place else None
