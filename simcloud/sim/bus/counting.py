"""The metrics of EventBridge, by the minute (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html).
CloudWatch gets them where they are not zero."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts.events import KEPT_MINUTES
from simcloud.sim.watching.metric import Datum, Metric

if TYPE_CHECKING:
    from simcloud.sim.world import World

NAMESPACE = "AWS/Events"
MINUTE = 60.0


def count(world: World, name: str, rule: str = "") -> None:
    """One more, now."""
    held = world.bus.counts.setdefault((name, rule), [])
    minute = world.now // MINUTE * MINUTE
    if held and held[-1][0] == minute:
        held[-1] = (minute, held[-1][1] + 1)
    else:
        held.append((minute, 1))
    oldest = minute - KEPT_MINUTES.value * MINUTE
    if held[0][0] < oldest and len(held) > 2 * KEPT_MINUTES.value:
        del held[: bisect_left(held, (oldest, 0))]


def measure(world: World, metric: Metric, start: float, end: float) -> Datum | None:
    """What was counted between two moments; None of nothing."""
    if world.bus is None or not set(dict(metric.dimensions)) <= {"RuleName"}:
        return None
    held = world.bus.counts.get((metric.name, metric.of("RuleName")), [])
    total = float(sum(number for _, number in held[bisect_left(held, (start, 0)) : bisect_left(held, (end, 0))]))
    return Datum(total, total, 1.0, 1.0) if total else None


def known(world: World) -> Iterator[Metric]:
    """Every metric that has been counted."""
    for name, rule in world.bus.counts if world.bus is not None else ():
        yield Metric(NAMESPACE, name, (("RuleName", rule),) if rule else ())
