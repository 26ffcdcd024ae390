"""What a service did in a stretch of time: its census and its load, brought together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from simcloud.sim.load import arithmetic, queues, samples
from simcloud.sim.load.state import Sample

if TYPE_CHECKING:
    from simcloud.sim.world import World

DIGITS = 6
"""Behind the point: machines differ in the last digit of a sine."""


class Piece(NamedTuple):
    """Part of the stretch in which the census stayed."""

    seconds: float
    sample: Sample
    rate: float
    """Requests a second."""
    digging: float
    """How busy the tasks are with a queue, 0 to 1."""


def pieces(world: World, service: str, start: float, end: float) -> Iterator[Piece]:
    """The parts, in order; without what was before the service."""
    offer = world.loads.offers.get(service)
    held = [queue for queue in world.loads.queues.values() if queue.worker == service]
    for begin, until, sample in samples.over(world, service, start, end):
        if sample is None:
            continue
        rate = offer.mean(begin, until) if offer else 0.0
        pace = arithmetic.drained(sample)
        taken = sum(queues.taken(world, queue, begin, until) for queue in held)
        yield Piece(until - begin, sample, rate, min(taken / pace, 1.0) if held and pace else 0.0)


def cpu(piece: Piece) -> float | None:
    """Percent of what the running tasks reserve (R-262)."""
    held, _ = arithmetic.reserved(piece.sample)
    if not held:
        return None
    used = arithmetic.cpu_used(piece.sample, piece.rate) + piece.digging * held
    return 100.0 * min(used / held, 1.0)


def memory(piece: Piece) -> float | None:
    """Percent of what the running tasks reserve."""
    _, held = arithmetic.reserved(piece.sample)
    return 100.0 * arithmetic.memory_used(piece.sample, piece.rate) / held if held else None


def per_target(piece: Piece) -> float | None:
    """Requests a minute and target."""
    serving = piece.sample.serving
    return 60.0 * arithmetic.routed(piece.sample, piece.rate) / serving if serving and piece.rate else None


def latency(piece: Piece) -> float | None:
    """Seconds."""
    return arithmetic.mean_latency(piece.sample, piece.rate)


def mean(parts: list[Piece], value: Callable[[Piece], float | None]) -> float | None:
    """Over time; None where it never had a value."""
    known = [(piece.seconds, found) for piece in parts if (found := value(piece)) is not None]
    seconds = sum(length for length, _ in known)
    return round(sum(length * found for length, found in known) / seconds, DIGITS) if seconds else None


def steady(
    world: World, service: str, value: Callable[[Piece], float | None], since: float, until: float
) -> tuple[float | None, float | None] | None:
    """Between which values a measure stays from one moment to another, as far as is known now: it rises with the load.

    None where that cannot be told: the census changed meanwhile, or a queue is worked off. A None inside: no value.
    """
    sample = samples.at(world, service, since)
    if sample is None or samples.since(world, service) > since:
        return None
    if any(queue.worker == service for queue in world.loads.queues.values()):
        return None
    offer = world.loads.offers.get(service)
    low, high = offer.bounds(since, until) if offer else (0.0, 0.0)
    return value(Piece(60.0, sample, low, 0.0)), value(Piece(60.0, sample, high, 0.0))
