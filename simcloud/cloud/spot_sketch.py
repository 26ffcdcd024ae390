"""A Spot wave over a service that nobody has: what a strategy and a wave make of it, in a few milliseconds."""

from __future__ import annotations

from dataclasses import dataclass

from simcloud.cloud.spot_history import SpotHistory, of
from simcloud.sim.bare import IMAGE, Bare
from simcloud.sim.image import Image
from simcloud.sim.load.curve import Constant
from simcloud.sim.load.events import LoadSet
from simcloud.sim.spot import SpotWave

REQUESTS_PER_TASK = 25.0
"""A second: what a task of 0.25 vCPU answers."""
LEAD, AFTER = 120.0, 1200.0
"""Seconds before the wave and after it."""


@dataclass(frozen=True)
class Sketch:
    """What is tried."""

    desired: int = 10
    base: int = 2
    on_demand_weight: int = 1
    spot_weight: int = 3
    percent_reclaimed: int = 50
    drought_minutes: int = 5
    busy_percent: int = 70
    """The load, of what all its tasks can answer."""

    @property
    def strategy(self) -> list[dict[str, object]]:
        """The capacity provider strategy."""
        return [
            {"capacityProvider": "FARGATE", "base": self.base, "weight": self.on_demand_weight},
            {"capacityProvider": "FARGATE_SPOT", "base": 0, "weight": self.spot_weight},
        ]

    @property
    def refusal(self) -> str:
        """Why AWS would not take this strategy (R-068); '' where it does."""
        return "" if self.on_demand_weight or self.spot_weight else "at least one weight has to be above 0"


def run(sketch: Sketch) -> SpotHistory:
    """Let it live: the service starts, is asked for requests, and a wave comes. Raises ValueError for a strategy that
    AWS would refuse."""
    if sketch.refusal:
        raise ValueError(sketch.refusal)
    image = Image(IMAGE, "sha256:" + "0" * 64, stop_seconds=110.0)
    bare = Bare(sketch.desired, image=image, stop_timeout=120, capacityProviderStrategy=sketch.strategy)
    bare.wait(LEAD)
    rate = sketch.desired * REQUESTS_PER_TASK * sketch.busy_percent / 100
    bare.happen(LoadSet(bare.service.arn, Constant(rate), f"{rate:g}"))
    bare.happen(SpotWave(sketch.percent_reclaimed / 100, drought=60.0 * sketch.drought_minutes))
    bare.wait(AFTER)
    return of(bare.world, bare.service.arn)
