"""A Spot market: waves that come by themselves, on a timetable or by a seeded chance."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from simcloud.sim.after import after
from simcloud.sim.effects import After, Effect
from simcloud.sim.events import Event
from simcloud.sim.spot import SpotWave
from simcloud.sim.story import counted

if TYPE_CHECKING:
    from simcloud.sim.world import World

LEAST_CALM = 60.0
"""Seconds between two waves, at least."""


@dataclass(frozen=True)
class Market:
    """How often capacity is taken back, and how much of it."""

    every: float = 0.0
    """Seconds from wave to wave, on average: exponentially distributed. 0: only the timetable."""
    fractions: tuple[float, float] = (0.5, 0.5)
    """Between these a wave's fraction lies, evenly distributed."""
    waves: tuple[tuple[float, float], ...] = ()
    """The timetable: seconds from now, and the fraction."""
    drought: float = 0.0
    """Seconds without Spot capacity after each wave."""
    seed: str = ""

    @property
    def told(self) -> str:
        """In words."""
        if self.waves:
            return f"{counted(len(self.waves), 'wave')} on a timetable"
        low, high = self.fractions
        shares = f"{low:.0%}" if low == high else f"{low:.0%} to {high:.0%}"
        return f"a wave every {self.every / 3600:g} h on average, each over {shares} of the tasks"


class MarketSet(Event, frozen=True):
    """From now on the market is like this; None: AWS takes nothing back by itself."""

    market: Market | None


class MarketTurned(Event, frozen=True):
    """The market's next wave is due."""

    market: Market
    number: int
    """Of which market: stale where another one was set since."""


@after(MarketSet)
def set_market(world: World, event: MarketSet) -> Iterator[Effect]:
    """It takes the place of the one before."""
    world.spot.market += 1
    market = event.market
    if market is None:
        world.story.tell(world.now, "AWS", "takes no Spot capacity back by itself from now on", "", ("spot",))
        return
    world.story.tell(world.now, "AWS", f"takes Spot capacity back from now on: {market.told}", "commanded", ("spot",))
    for seconds, fraction in market.waves:
        yield After(seconds, MarketTurned(_only(market, fraction), world.spot.market))
    if not market.waves:
        yield _next(world, market)


@after(MarketTurned)
def turn(world: World, event: MarketTurned) -> Iterator[Effect]:
    """A wave; and where chance rules, the next one."""
    if event.number != world.spot.market:
        return
    market = event.market
    low, high = market.fractions
    fraction = low + (high - low) * _chance(world, market, "fraction")
    world.spot.drawn += 1
    yield After(0.0, SpotWave(fraction, f"{market.seed}/{world.spot.drawn}", drought=market.drought))
    if market.every:
        yield _next(world, market)


def _only(market: Market, fraction: float) -> Market:
    return Market(0.0, (fraction, fraction), (), market.drought, market.seed)


def _next(world: World, market: Market) -> After:
    """Whole seconds: the last digits of a logarithm differ between machines."""
    calm = round(-math.log(1.0 - _chance(world, market, "calm")) * market.every)
    return After(max(float(calm), LEAST_CALM), MarketTurned(market, world.spot.market))


def _chance(world: World, market: Market, what: str) -> float:
    """From 0 to 1, 1 never: by the seeds and by how many waves there were."""
    key = f"{world.seed}/spot-market/{market.seed}/{what}/{world.spot.drawn}"
    return int.from_bytes(blake2b(key.encode(), digest_size=6).digest(), "big") / 2**48
