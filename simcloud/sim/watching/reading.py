"""Values of metrics and expressions for a stretch of time."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING

from simcloud.sim.load import samples
from simcloud.sim.watching import expressions, queued, sources
from simcloud.sim.watching.metric import Datum, Metric, together
from simcloud.sim.watching.state import Alarm, Query

if TYPE_CHECKING:
    from simcloud.sim.world import World

_moment = itemgetter(0)


def datum(world: World, metric: Metric, start: float, end: float, unit: str = "") -> Datum | None:
    """What was measured or put of a metric between two moments."""
    measured = sources.measure(world, metric, start, end) if end <= world.now else None
    put = world.watching.put.get(metric)
    if not put:
        return measured
    first, last = bisect_left(put, start, key=_moment), bisect_left(put, end, key=_moment)
    parts = [found for _, found, of in put[first:last] if not unit or of == unit]
    return together([*parts, measured] if measured else parts)


def value(world: World, alarm: Alarm, start: float, end: float) -> float | None:
    """The value that an alarm compares, for one period."""
    first = alarm.queries[0]
    if len(alarm.queries) == 1 and first.metric is not None:
        only = datum(world, first.metric, start, end, first.unit)
        return only.statistic(first.statistic) if only else None
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
