"""The census of a service over a stretch of time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter
from typing import TYPE_CHECKING

from simcloud.sim.load.state import Sample

if TYPE_CHECKING:
    from simcloud.sim.world import World

_at = attrgetter("at")


def at(world: World, service: str, moment: float) -> Sample | None:
    """The service at a moment; None before it was."""
    samples = world.loads.census.get(service, [])
    place = bisect_right(samples, moment, key=_at)
    return samples[place - 1] if place else None


def over(world: World, service: str, start: float, end: float) -> Iterator[tuple[float, float, Sample | None]]:
    """Stretches between two moments in which the service did not change; None before it was."""
    samples = world.loads.census.get(service, [])
    if samples and samples[-1].at <= start < end:
        yield start, end, samples[-1]
        return
    place = bisect_right(samples, start, key=_at)
    held = samples[place - 1] if place else None
    while start < end:
        until = samples[place].at if place < len(samples) and samples[place].at < end else end
        if until > start:
            yield start, until, held
        start = until
        if start < end:
            held = samples[place]
            place += 1


def since(world: World, service: str) -> float:
    """The moment of the last change; minus infinity where there never was one."""
    samples = world.loads.census.get(service, [])
    return samples[-1].at if samples else float("-inf")
