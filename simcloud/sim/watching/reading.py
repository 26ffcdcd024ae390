"""Values of metrics and expressions for a stretch of time."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING

from simcloud.sim.watching import expressions, sources
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


def quiet(world: World, alarm: Alarm, since: float, until: float, *, constant: bool = False) -> bool:
    """Is it certain that no data point between the two moments compares otherwise than those just looked at; or, with
    `constant`, that none has another value?"""
    if len(alarm.queries) != 1 or alarm.queries[0].metric is None:
        return False
    watched = alarm.queries[0].metric
    put = world.watching.put.get(watched)
    if put is not None:
        return put[-1][0] < since and not sources.services(world, watched)
    if not sources.services(world, watched):
        return watched.namespace != sources.SQS or not world.loads.queues
    found = sources.bounds(world, watched, since, until)
    if found is None:
        return False
    low, high = found
    if low is None or high is None:
        return low is high
    if constant:
        return low == high
    compare = COMPARE[alarm.operator]
    return compare(low, alarm.threshold) == compare(high, alarm.threshold)
