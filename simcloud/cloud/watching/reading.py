"""GetMetricStatistics, GetMetricData and ListMetrics over what was put and what was measured."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

from simcloud.cloud.errors import Refused
from simcloud.cloud.watching import metrics
from simcloud.cloud.watching.alarms import live_of, shown_metrics
from simcloud.sim.watching import expressions, sources
from simcloud.sim.watching.metric import Metric, metric

Plain = Callable[..., Any]


def _seconds(moment: datetime) -> float:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def statistics(
    backend: Any,
    plain: Plain,
    module: ModuleType,
    namespace: str,
    metric_name: str,
    start_time: datetime,
    end_time: datetime,
    period: int,
    stats: list[str],
    dimensions: list[dict[str, str]],
    unit: str | None = None,
) -> list[Any]:
    """Data points of one metric, oldest first."""
    live, first, last = live_of(backend), _seconds(start_time), _seconds(end_time)
    if live is None or first >= last:
        found: list[Any] = plain(
            backend, namespace, metric_name, start_time, end_time, period, stats, unit=unit, dimensions=dimensions
        )
        return found
    wanted = metric(namespace, metric_name, dimensions or ())
    points = []
    for at, datum, of in metrics.series(live, backend, wanted, first, last, float(period), unit or ""):
        point = module.Statistics(stats or ["SampleCount"], _moment(at), of)
        point.metric_data = [
            module.MetricAggregatedDatum(
                namespace, metric_name, datum.least, datum.most, datum.samples, datum.total, [], _moment(at), of
            )
        ]
        points.append(point)
    return points


def data(
    backend: Any,
    plain: Plain,
    queries: list[dict[str, Any]],
    start_time: datetime,
    end_time: datetime,
    scan_by: str = "TimestampAscending",
) -> list[dict[str, Any]]:
    """Results of queries and expressions. Raises NotSimulated's kin for an expression that is not simulated."""
    live, first, last = live_of(backend), _seconds(start_time), _seconds(end_time)
    insights = any(str(each.get("Expression", "")).startswith("SELECT") for each in queries)
    if live is None or first >= last or insights:
        found: list[dict[str, Any]] = plain(backend, queries, start_time, end_time, scan_by)
        return found
    try:
        results = metrics.query(live, backend, queries, first, last)
    except expressions.Unread as unread:
        raise Refused("ValidationError", f"Error in expression: {unread}") from None
    answers = []
    for each in queries:
        if each.get("ReturnData", True) in (False, "false"):
            continue
        points = results[each["Id"]]
        if scan_by == "TimestampDescending":
            points = points[::-1]
        answers.append(
            {
                "id": each["Id"],
                "label": each.get("Label") or _label(each),
                "values": [value for _, value in points],
                "timestamps": [_moment(at) for at, _ in points],
                "status_code": "Complete",
            }
        )
    return answers


def _label(each: dict[str, Any]) -> str:
    stat = each.get("MetricStat")
    return str(stat["Metric"].get("MetricName") if stat else each["Id"])


def listed(
    backend: Any, plain: Plain, module: ModuleType, metric_name: str, namespace: str, dimensions: list[dict[str, str]]
) -> list[Any]:
    """Metrics that were put, then those of the simulated services."""
    found: list[Any] = plain(backend, metric_name, namespace, dimensions)
    live = live_of(backend)
    for each in sources.known(live.world) if live else ():
        if _fits(each, metric_name, namespace, dimensions):
            (shown,) = shown_metrics([each])
            found.append(module.MetricDatumBase(each.namespace, each.name, shown["Dimensions"], None))
    return found


def _fits(each: Metric, name: str | None, namespace: str | None, dimensions: list[dict[str, str]] | None) -> bool:
    held = dict(each.dimensions)
    return (
        name in (None, each.name)
        and namespace in (None, each.namespace)
        and all(one["Name"] in held and one.get("Value") in (None, held[one["Name"]]) for one in dimensions or ())
    )
