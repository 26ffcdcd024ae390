"""How many of the requests to a service were answered: its availability, measured from its load and its census."""

from __future__ import annotations

from dataclasses import dataclass

from simcloud.cloud.capacity import service_arn
from simcloud.cloud.live import Live
from simcloud.sim.load import arithmetic, samples
from simcloud.sim.world import World

MINUTE = 60.0


@dataclass(frozen=True)
class Served:
    """Requests between two moments (epoch seconds)."""

    since: float
    until: float
    asked: float
    answered: float
    """In time, and well."""
    least_serving: int
    """The fewest tasks that served at any moment."""

    @property
    def failed(self) -> float:
        """Those that got no answer, too late a one, or an error."""
        return self.asked - self.answered

    @property
    def availability(self) -> float:
        """The share that was answered, 0 to 1; 1 where nothing was asked."""
        return self.answered / self.asked if self.asked else 1.0


def of(live: Live, service: str, cluster: str, minutes: float | None) -> Served:
    """Measured until now. Raises LookupError where there is no such service."""
    return measured(live.world, service_arn(live, service, cluster), minutes)


def measured(world: World, service: str, minutes: float | None = None) -> Served:
    """The same of the service with this ARN."""
    offer = world.loads.offers.get(service)
    begin = offer.since[0] if offer else world.now
    if minutes is not None:
        begin = max(begin, world.now - minutes * MINUTE)
    asked = answered = 0.0
    least: int | None = None
    for start, end, sample in samples.over(world, service, begin, world.now):
        serving = sample.serving if sample else 0
        least = serving if least is None else min(least, serving)
        while start < end and offer:
            low, high = offer.bounds(start, end)
            until = end if low == high else min(end, (start // MINUTE + 1) * MINUTE)
            rate = offer.mean(start, until)
            asked += rate * (until - start)
            answered += (arithmetic.answered(sample, rate) if sample else 0.0) * (until - start)
            start = until
    return Served(begin, world.now, round(asked, 6), round(answered, 6), least or 0)
