"""The metrics of a queue: messages sent through SQS, one by one, and what a load pours in, by arithmetic, together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcloud.sim.load import queues as flows
from simcloud.sim.watching.metric import Datum, once

if TYPE_CHECKING:
    from simcloud.sim.apps.state import Queue
    from simcloud.sim.world import World

VISIBLE = "ApproximateNumberOfMessagesVisible"
AGE = "ApproximateAgeOfOldestMessage"
LEVELS = (VISIBLE, "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed")
COUNTS = ("NumberOfMessagesSent", "NumberOfMessagesReceived", "NumberOfMessagesDeleted")
NAMES = (*LEVELS, AGE, *COUNTS)


def measure(world: World, name: str, queue: str, start: float, end: float) -> Datum | None:
    """Of the queue of this name between two moments (epoch seconds): as it stood at the end, or what came and went."""
    found = [each for each in (_real(world, name, queue, start, end), _poured(world, name, queue, start, end)) if each]
    if name not in NAMES or not found:
        return None
    total = max(each.total for each in found) if name == AGE else sum(each.total for each in found)
    return once(total)


def held(world: World, name: str) -> Queue | None:
    """The queue of SQS that is mirrored; None where nothing was ever sent into one of the name."""
    queue: Queue | None = world.apps.queues.get(name) if world.apps is not None else None
    return queue


def names(world: World) -> list[str]:
    """Every queue that there is something to be said of."""
    real = world.apps.queues if world.apps is not None else {}
    return [*world.loads.queues, *(name for name in real if name not in world.loads.queues)]


def level(world: World, name: str, queue: str) -> float | None:
    """The value that a level has now and keeps until something happens; None where it moves by itself."""
    found = held(world, queue)
    if found is None or queue in world.loads.queues or name not in LEVELS:
        return None
    return float({VISIBLE: found.visible, LEVELS[1]: len(found.hidden), LEVELS[2]: len(found.delayed)}[name])


def _real(world: World, name: str, queue: str, start: float, end: float) -> Datum | None:
    from simcloud.sim.apps.queues import mark

    found = held(world, queue)
    last = mark(found, end) if found else None
    if found is None or last is None:
        return None
    before = mark(found, start)
    values = {
        VISIBLE: last.visible,
        LEVELS[1]: last.hidden,
        LEVELS[2]: last.delayed,
        AGE: end - last.oldest if last.oldest else 0.0,
        COUNTS[0]: last.sent - (before.sent if before else 0),
        COUNTS[1]: last.received - (before.received if before else 0),
        COUNTS[2]: last.deleted - (before.deleted if before else 0),
    }
    return once(float(values[name])) if name in values else None


def _poured(world: World, name: str, queue: str, start: float, end: float) -> Datum | None:
    flow = world.loads.queues.get(queue)
    if flow is None or not flow.offer.since or end <= flow.offer.since[0]:
        return None
    if name == VISIBLE:
        return once(flows.length(world, flow, end))
    if name == COUNTS[0]:
        return once(flow.offer.mean(start, end) * (end - start))
    if name not in (AGE, *COUNTS):
        return None
    taken = flows.taken(world, flow, start, end)
    if name != AGE:
        return once(taken * (end - start))
    return once(flows.length(world, flow, end) / taken if taken else end - flow.offer.since[0])
