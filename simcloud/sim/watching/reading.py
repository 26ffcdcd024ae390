"""Values of metrics and expressions for a stretch of time."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING

from simcloud.sim.load import samples
from simcloud.sim.watching import expressions, queued, sources
from simcloud.sim.watching.metric import Datum, Metric, together
from simcloud.sim.watching.state import Alarm, Query
from simcloud.sim.watching.verdict import COMPARE

if TYPE_CHECKING:
    from simcloud.sim.world import World

_moment = itemgetter(0)


def datum(world: World, metric: Metric, start: float, end: float, unit: str = "") -> Datum | None:
    """What was measured or put of a metric between two moments."""
    put = world.watching.put.get(metric)
    parts = []
    if put:
        first, last = bisect_left(put, start, key=_moment), bisect_left(put, end, key=_moment)
        parts = [found for _, found, of in put[first:last] if not unit or of == unit]
    measured = sources.measure(world, metric, start, end) if end <= world.now else None
    return together([*parts, measured] if measured else parts)


def value(world: World, alarm: Alarm, start: float, end: float) -> float | None:
    """The value that an alarm compares, for one period."""
    found: dict[str, float | None] = {}
    waiting: list[Query] = []
    for query in alarm.queries:
        if query.metric is None:
            waiting.append(query)
            continue
        measured = datum(world, query.metric, start, end, query.unit)
        found[query.id] = measured.statistic(query.statistic) if measured else None
    while waiting:
        left = [query for query in waiting if not _solved(query, found)]
        if len(left) == len(waiting):
            break
        waiting = left
    return found.get(alarm.shown)


def _solved(query: Query, found: dict[str, float | None]) -> bool:
    try:
        found[query.id] = expressions.evaluate(query.expression, found)
    except expressions.Unread:
        return False
    return True


def compares(world: World, alarm: Alarm, until: float, *, constant: bool = False) -> bool | None:
    """Does every data point from now until then breach, or none? None where that cannot be told.

    A metric without data gives no points; then nothing is told either. With `constant`, they must all have one value,
    or stay above the level down to which the alarm's policy has nothing to do.
    """
    if len(alarm.queries) != 1 or alarm.queries[0].metric is None or alarm.queries[0].metric in world.watching.put:
        return None
    found = sources.bounds(world, alarm.queries[0].metric, world.now, until)
    if found is None or found[0] is None or found[1] is None:
        return None
    low, high = found[0], found[1]
    if constant and low != high and (alarm.level is None or min(low, high) <= alarm.level):
        return None
    first, last = (COMPARE[alarm.operator](each, alarm.threshold) for each in (low, high))
    return first if first == last else None


def silent(world: World, alarm: Alarm) -> bool:
    """Is there nothing to be measured of what the alarm watches, until something changes? Then all it has is what was
    put."""
    for query in alarm.queries:
        watched = query.metric
        if watched is None:
            continue
        if watched.namespace == sources.SQS and watched.of("QueueName") in queued.names(world):
            return False
        for service in sources.services(world, watched):
            sample = samples.at(world, service.arn, world.now)
            if sample is None or sample.running or watched.namespace != sources.ECS:
                return False
    return True
