"""How long a queue is: what came since the last mark, less what the running tasks of its worker took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcloud.sim.load import arithmetic
from simcloud.sim.load.samples import over
from simcloud.sim.load.state import Queue

if TYPE_CHECKING:
    from simcloud.sim.world import World

MINUTE = 60.0
LITTLE = 1e-9


def length(world: World, queue: Queue, at: float) -> float:
    """Messages waiting at a moment. Asking keeps nothing."""
    since, waiting = next(((mark, held) for mark, held in reversed(queue.marks) if mark <= at), (at, 0.0))
    for start, end, sample in over(world, queue.worker, since, at):
        pace = arithmetic.drained(sample) if sample else 0.0
        waiting = _worked(queue, start, end, waiting, pace)
    return waiting


def _worked(queue: Queue, start: float, end: float, waiting: float, pace: float) -> float:
    """By minutes, since what comes may change; at once where it does not, or where all that comes is taken."""
    while start < end:
        least, most = queue.offer.bounds(start, end)
        if not waiting and most <= pace:
            return 0.0
        until = end if least == most else min(end, (start // MINUTE + 1) * MINUTE)
        waiting = max(0.0, waiting + (queue.offer.mean(start, until) - pace) * (until - start))
        start = until
    return 0.0 if waiting < LITTLE else waiting


def taken(world: World, queue: Queue, start: float, end: float) -> float:
    """Messages a second that were taken between two moments."""
    came = queue.offer.mean(start, end) * (end - start)
    return max(0.0, (came + length(world, queue, start) - length(world, queue, end)) / (end - start))


def mark(world: World, queue: Queue) -> None:
    """Keep the length of now: later questions begin here."""
    held = length(world, queue, world.now)
    if queue.marks and queue.marks[-1][0] == world.now:
        queue.marks.pop()
    queue.marks.append((world.now, held))
