"""Right-sizing: what a service costs, and whether its latency and its memory keep within bounds (row T10).

A lab scores by it: the cheaper the better, as long as nothing leaves the bounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from simcloud.cloud.cloud import Cloud
from simcloud.cloud.usage import usage_of
from simcloud.facts import sizes
from simcloud.price.bill import Bill
from simcloud.price.price import price
from simcloud.price.projection import month
from simcloud.price.usage import TaskUsage, Usage
from simcloud.sim.load import arithmetic, samples
from simcloud.sim.load.state import Shape
from simcloud.sim.watching import serving
from simcloud.sim.watching.serving import Piece

MINUTE = 60.0
PERCENT = 100.0
ROUNDING = 1e-9
"""Shares below this are the arithmetic's, and no request."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What has to be kept at every minute."""

    latency: float = 0.5
    """Seconds until an answer, on average over the tasks."""
    memory: float = 90.0
    """Percent of what the tasks reserve."""
    unanswered: float = 0.0
    """Share of the requests, 0 to 1, that may find no task with room."""


@dataclass(frozen=True)
class Sized:
    """A service in some time."""

    service: str
    bill: Bill
    """Of a month (730 hours), if it goes on like that: its tasks alone."""
    latency: float
    """The worst minute, in seconds; 0 where nothing was asked."""
    memory: float
    """The worst minute, in percent."""
    unanswered: float
    """Share of all requests."""
    killed: int
    """Tasks that ended for lack of memory."""
    misses: tuple[str, ...]
    """What left its bounds, each a sentence; empty where nothing did."""

    @property
    def fits(self) -> bool:
        """Did everything keep within its bounds?"""
        return not self.misses

    def score(self, best: Decimal) -> float:
        """0 to 1: how near its bill is to the best one (US dollars a month); 0 where something left its bounds."""
        cost = self.bill.cost
        return float(min(Decimal(1), best / cost)) if self.fits and cost > 0 else 0.0


def judged(
    cloud: Cloud, service: str, cluster: str = "default", *, bounds: Bounds | None = None, hours: float = 24.0
) -> Sized:
    """How the service does in the hours that follow, in a copy of the world. Raises LookupError where there is none."""
    held = cloud.service(service, cluster)
    with cloud.copy() as future:
        since = future.world.now
        killed = {task.id for task in future.tasks(service=service) if task.exit_code == 137}
        future.advance(hours=hours)
        until = future.world.now
        mine = [used for used in usage_of(future.world) if _is_task_of(used, service, cluster)]
        bill = month(mine, repr(since), repr(until))
        pieces = [each for at in _minutes(since, until) for each in serving.pieces(future.world, held.arn, *at)]
        died = sum(task.exit_code == 137 and task.id not in killed for task in future.tasks(service=service))
    return _sized(service, bill, pieces, died, bounds or Bounds())


def _is_task_of(used: Usage, service: str, cluster: str) -> bool:
    return isinstance(used, TaskUsage) and (used.owner.service, used.owner.cluster) == (service, cluster)


def _minutes(since: float, until: float) -> Iterator[tuple[float, float]]:
    while since < until:
        yield since, min(since + MINUTE, until)
        since += MINUTE


def _sized(service: str, bill: Bill, pieces: list[Piece], killed: int, bounds: Bounds) -> Sized:
    latency = max((serving.latency(each) or 0.0 for each in pieces), default=0.0)
    memory = max((serving.memory(each) or 0.0 for each in pieces), default=0.0)
    asked = sum(each.rate * each.seconds for each in pieces)
    lost = sum((each.rate - arithmetic.answered(each.sample, each.rate)) * each.seconds for each in pieces)
    unanswered = lost / asked if asked else 0.0
    told = (
        (
            latency > bounds.latency,
            f"latency was {latency:.2f} s in the worst minute, and may be {bounds.latency:.2f} s",
        ),
        (memory > bounds.memory, f"memory was {memory:.0f} % in the worst minute, and may be {bounds.memory:.0f} %"),
        (unanswered > bounds.unanswered + ROUNDING, f"{unanswered:.1%} of the requests found no task with room"),
        (killed > 0, f"{killed} tasks ended for lack of memory"),
        (not pieces, "it never ran"),
    )
    return Sized(service, bill, latency, memory, unanswered, killed, tuple(says for is_so, says in told if is_so))


def best(
    cloud: Cloud, service: str, cluster: str = "default", *, bounds: Bounds | None = None
) -> tuple[int, int, Decimal] | None:
    """CPU units, MiB and US dollars a month of the cheapest size that keeps the bounds with as many tasks as are
    wanted now, at the most that its load can come to; None where no size does, or no task runs to go by."""
    held = cloud.service(service, cluster)
    world, limits = cloud.world, bounds or Bounds()
    sample = samples.at(world, held.arn, world.now)
    if sample is None or not sample.kinds or not held.desired:
        return None
    offer = world.loads.offers.get(held.arn)
    rate = (offer.bounds(world.now)[1] if offer else 0.0) / held.desired
    shape = sample.kinds[0].shape
    platform = next(task.definition for task in world.tasks.values() if task.service == held.arn)
    found = []
    for cpu, memories in (sizes.WINDOWS if platform.system != "LINUX" else sizes.LINUX).value.items():
        for memory in memories:
            if _keeps(_scaled(shape, cpu, memory), rate, limits):
                used = TaskUsage(
                    730 * 3600, cpu, memory, platform.ephemeral_gib, platform.architecture,
                    platform.system != "LINUX", count=held.desired,
                )  # fmt: skip
                found.append((price([used]).cost, cpu, memory))
    if not found:
        return None
    cost, cpu, memory = min(found)
    return cpu, memory, cost


def _scaled(shape: Shape, cpu: int, memory: int) -> Shape:
    """The same image in another size."""
    return shape._replace(cpu=cpu, memory=memory, requests=shape.requests * cpu / shape.cpu)


def _keeps(shape: Shape, rate: float, bounds: Bounds) -> bool:
    if rate > shape.requests * (1 + bounds.unanswered) or shape.base_mib > shape.memory:
        return False
    used = PERCENT * arithmetic.memory(shape, rate) / shape.memory
    return arithmetic.latency(shape, rate) <= bounds.latency and used <= bounds.memory
