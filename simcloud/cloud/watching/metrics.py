"""Metrics through the API: what was put, and what AWS itself measured of the simulated services."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from simcloud.cloud.live import Live
from simcloud.cloud.watching.alarms import FOLLOWING, happen
from simcloud.sim.bus import counting
from simcloud.sim.watching import expressions, sources
from simcloud.sim.watching.events import MetricsPut
from simcloud.sim.watching.metric import Datum, Metric, metric, once, together

SMALLEST = 1.0
AWS_PERIOD = 60.0
"""Seconds between two data points of AWS's own metrics."""
UNITS = {"CPUUtilization": "Percent", "MemoryUtilization": "Percent", "TargetResponseTime": "Seconds"}
assert FOLLOWING, "custom metrics wake alarms"


def put(backend: Any, namespace: str, data: Iterable[Mapping[str, Any]], now: float) -> None:
    """PutMetricData: the simulation's alarms may watch it."""
    found = []
    for each in data:
        named = metric(namespace, str(each["MetricName"]), each.get("Dimensions") or ())
        moment = _seconds(each["Timestamp"]) if each.get("Timestamp") else now
        datum = _datum(each)
        if datum is not None:
            found.append((named, moment, datum, str(each.get("Unit") or "")))
    happen(backend, MetricsPut(tuple(found)))


def _datum(each: Mapping[str, Any]) -> Datum | None:
    if each.get("Values"):
        counts = each.get("Counts") or [1.0] * len(each["Values"])
        pairs = zip(each["Values"], counts, strict=True)
        return together(once(float(value), float(count)) for value, count in pairs)
    if stats := each.get("StatisticValues"):
        names = ("Sum", "SampleCount", "Minimum", "Maximum")
        return Datum(*(float(stats[name]) for name in names))
    return once(float(each.get("Value") or 0.0))


def _seconds(moment: Any) -> float:
    if not isinstance(moment, datetime):
        return float(moment)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _stored(backend: Any, wanted: Metric) -> list[tuple[float, Datum, str]]:
    """What moto holds of it: what was put, and what S3 says of its buckets."""
    found = []
    for each in backend.get_all_metrics():
        if (each.namespace, each.name) != (wanted.namespace, wanted.name):
            continue
        if tuple(sorted((one.name, one.value) for one in each.dimensions)) != wanted.dimensions:
            continue
        value = getattr(each, "value", None)
        datum = once(value) if value is not None else Datum(each.sum, each.sample_count, each.min, each.max)
        found.append((_seconds(each.timestamp), datum, str(each.unit or "")))
    return found


def series(
    live: Live, backend: Any, wanted: Metric, start: float, end: float, period: float, unit: str = ""
) -> list[tuple[float, Datum, str]]:
    """Data by period, oldest first, empty periods left out. The first begins at `start`, rounded down to a minute
    (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html)."""
    world = live.world
    smallest = min(period, AWS_PERIOD)
    start = math.floor(start / smallest) * smallest
    buckets: dict[float, list[Datum]] = {}
    units: dict[float, str] = {}
    for moment, datum, of in _stored(backend, wanted):
        at = start + math.floor((moment - start) / period) * period
        if start <= moment < end and (not unit or of == unit):
            buckets.setdefault(at, []).append(datum)
            units[at] = of
    own = UNITS.get(wanted.name, "Count")
    if (not unit or unit == own) and wanted.namespace in (*OWN, sources.SQS, counting.NAMESPACE):
        for at in _marks(start, min(end, world.now), period):
            measured = _measured(live, wanted, at, period)
            if measured is not None:
                buckets.setdefault(at, []).append(measured)
                units[at] = own
    found = ((at, together(buckets[at]), units[at]) for at in sorted(buckets))
    return [(at, datum, of) for at, datum, of in found if datum is not None]


OWN = (sources.ECS, sources.ALB, sources.NLB, sources.INSIGHTS)


def _marks(start: float, end: float, period: float) -> Iterator[float]:
    at = start
    while at < end:
        if at + min(period, AWS_PERIOD) <= end:
            yield at
        at += period


def _measured(live: Live, wanted: Metric, start: float, period: float) -> Datum | None:
    """One data point a minute, brought together for a longer period; minutes that are not over have none."""
    if period <= AWS_PERIOD:
        return sources.measure(live.world, wanted, start, start + period)
    last = min(start + period, live.world.now)
    minutes = (start + number * AWS_PERIOD for number in range(int(period // AWS_PERIOD)))
    parts = (sources.measure(live.world, wanted, at, at + AWS_PERIOD) for at in minutes if at + AWS_PERIOD <= last)
    return together(each for each in parts if each is not None)


def query(live: Live, backend: Any, queries: list[dict[str, Any]], start: float, end: float) -> dict[str, Any]:
    """GetMetricData: (moment, value) of each query by id. Raises expressions.Unread."""
    found: dict[str, list[tuple[float, float]]] = {}
    for each in queries:
        if stat := each.get("MetricStat"):
            named = stat["Metric"]
            wanted = metric(named.get("Namespace", ""), named.get("MetricName", ""), named.get("Dimensions") or ())
            period = max(float(stat["Period"]), SMALLEST)
            points = series(live, backend, wanted, start, end, period, stat.get("Unit") or "")
            values = ((at, datum.statistic(stat["Stat"])) for at, datum, _ in points)
            found[each["Id"]] = [(at, value) for at, value in values if value is not None]
    left = [each for each in queries if each.get("Expression")]
    while left:
        again = []
        for each in left:
            try:
                found[each["Id"]] = _expressed(each["Expression"], found)
            except expressions.Unread:
                again.append(each)
        if len(again) == len(left):
            _expressed(left[0]["Expression"], found)
        left = again
    return found


def _expressed(expression: str, found: Mapping[str, list[tuple[float, float]]]) -> list[tuple[float, float]]:
    moments = sorted({at for points in found.values() for at, _ in points})
    by_moment = {name: dict(points) for name, points in found.items()}
    if not moments:
        expressions.evaluate(expression, dict.fromkeys(found))
    values = (
        (at, expressions.evaluate(expression, {name: points.get(at) for name, points in by_moment.items()}))
        for at in moments
    )
    return [(at, value) for at, value in values if value is not None]
