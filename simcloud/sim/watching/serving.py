"""What a service did in a stretch of time: its census and its load, brought together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from simcloud.sim.load import arithmetic, queues, samples
from simcloud.sim.load.state import Offer, Queue, Sample

if TYPE_CHECKING:
    from simcloud.sim.world import World

DIGITS = 6
"""Behind the point: machines differ in the last digit of a sine."""


Bounds = tuple[float | None, float | None]
"""The least and the most; None for no value."""


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
        yield Piece(until - begin, sample, rate, _digging(world, held, sample, begin, until) if held else 0.0)


def _digging(world: World, held: list[Queue], sample: Sample, start: float, end: float) -> float:
    pace = arithmetic.drained(sample)
    taken = sum(queues.taken(world, queue, start, end) for queue in held)
    return min(taken / pace, 1.0) if pace else 0.0


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
    if len(parts) == 1:
        only = value(parts[0])
        return None if only is None else round(only, DIGITS)
    known = [(piece.seconds, found) for piece in parts if (found := value(piece)) is not None]
    seconds = sum(length for length, _ in known)
    return round(sum(length * found for length, found in known) / seconds, DIGITS) if seconds else None


class Outlook(Protocol):
    """What a metric will be, as far as is known now. Moments are epoch seconds."""

    def between(self, start: float, until: float) -> Bounds:
        """Between which values it stays."""

    def exactly(self, start: float, end: float) -> float | None:
        """Its value for the period between two moments."""


@dataclass(frozen=True)
class Steady:
    """It keeps its value."""

    value: float

    def between(self, start: float, until: float) -> Bounds:
        return self.value, self.value

    def exactly(self, start: float, end: float) -> float | None:
        return self.value


@dataclass(frozen=True)
class UnderLoad:
    """It rises with the load: the tasks that serve stay as they are."""

    offer: Offer
    at: Callable[[float], float | None]
    """The value at a rate."""

    def between(self, start: float, until: float) -> Bounds:
        low, high = self.offer.bounds(start, until)
        return self.at(low), self.at(high)

    def exactly(self, start: float, end: float) -> float | None:
        return self.at(self.offer.mean(start, end))


def outlook(
    world: World, service: str, value: Callable[[Piece], float | None], share: float, since: float, group: str = ""
) -> Outlook | None:
    """Of a measure of a service, from `since` on, or of one of its target groups. None where the census has changed
    since, or a queue is worked off. `share` is what a period gets of the value of a minute."""
    sample = samples.at(world, service, since)
    if sample is None or samples.since(world, service) > since:
        return None
    if any(queue.worker == service for queue in world.loads.queues.values()):
        return None
    seen = sample.only(group) if group else sample

    @cache
    def at(rate: float) -> float | None:
        found = value(Piece(60.0, seen, rate, 0.0))
        return None if found is None else round(found * share, DIGITS)  # as it is measured

    return UnderLoad(world.loads.offers.get(service) or Offer(), at)
