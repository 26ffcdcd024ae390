"""Alarms of moto as the simulation evaluates them, and their state back."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

from simcloud.cloud.live import Live, maybe_live
from simcloud.sim.events import Event
from simcloud.sim.watching import laws
from simcloud.sim.watching.events import AlarmActionsSwitched, AlarmPut, AlarmsDeleted, AlarmStateSet
from simcloud.sim.watching.metric import Metric, metric
from simcloud.sim.watching.state import Alarm, Query
from simcloud.sim.watching.verdict import COMPARE, UNKNOWN

FOLLOWING = laws.LAWS
"""From the first alarm on, the world follows the laws of alarms."""
ONLY = "m"


def live_of(backend: Any) -> Live | None:
    """The live world, where the backend is that of its account and region."""
    state = maybe_live()
    if state is None or (backend.account_id, backend.region_name) != (state.account, state.region):
        return None
    return state


def happen(backend: Any, event: Event) -> None:
    """Let the simulation hear of it, at this moment."""
    if (state := live_of(backend)) is not None:
        state.world.post(event)


def put(backend: Any, made: Any) -> None:
    """A metric alarm that moto has made; composite alarms and those on a band are not evaluated."""
    state, held = live_of(backend), None
    if state is not None:
        held = state.world.watching.alarms.get(made.name)
    made.state_value = held.state if held else UNKNOWN
    if held:
        made.state_reason, made.state_reason_data = held.reason, held.reason_data
    if made.rule is None and made.comparison_operator in COMPARE and made.threshold is not None:
        happen(backend, AlarmPut(read(made)))


def read(made: Any) -> Alarm:
    """moto's alarm as a value."""
    queries = tuple(_queries(made))
    periods = int(made.evaluation_periods)
    return Alarm(
        name=made.name,
        arn=made.alarm_arn,
        queries=queries,
        shown=_shown(made) if made.metric_data_queries else ONLY,
        operator=made.comparison_operator,
        threshold=float(made.threshold),
        period=_period(made),
        periods=periods,
        needed=int(made.datapoints_to_alarm or periods),
        missing=made.treat_missing_data or "missing",
        actions={
            "ALARM": tuple(made.alarm_actions or ()),
            "OK": tuple(made.ok_actions or ()),
            UNKNOWN: tuple(made.insufficient_data_actions or ()),
        },
        enabled=bool(made.actions_enabled),
    )


def _queries(made: Any) -> list[Query]:
    if not made.metric_data_queries:
        watched = metric(made.namespace, made.metric_name, _dimensions(made.dimensions))
        return [Query(ONLY, watched, made.statistic or made.extended_statistic or "Average", "", made.unit or "")]
    found = []
    for each in made.metric_data_queries:
        stat = each.metric_stat
        if stat is None:
            found.append(Query(each.id, None, "", each.expression or ""))
        else:
            named = metric(stat.metric.namespace, stat.metric.metric_name, _dimensions(stat.metric.dimensions))
            found.append(Query(each.id, named, stat.stat, "", stat.unit or ""))
    return found


def _dimensions(given: Any) -> list[dict[str, str]]:
    return [{"Name": each.name, "Value": each.value} for each in given or ()]


def _shown(made: Any) -> str:
    """The query whose data is returned."""
    returned = [each.id for each in made.metric_data_queries if each.return_data not in (False, "false")]
    return str((returned or [made.metric_data_queries[-1].id])[-1])


def _period(made: Any) -> float:
    if made.period:
        return float(made.period)
    inside = [float(each.metric_stat.period) for each in made.metric_data_queries if each.metric_stat is not None]
    given = [float(each.period) for each in made.metric_data_queries if each.period]
    return max([*inside, *given], default=60.0)


def deleted(backend: Any, names: list[str]) -> None:
    """DeleteAlarms."""
    happen(backend, AlarmsDeleted(tuple(names)))


def switched(backend: Any, names: list[str], *, enabled: bool) -> None:
    """EnableAlarmActions, DisableAlarmActions."""
    happen(backend, AlarmActionsSwitched(tuple(names), enabled))


def tried(backend: Any, name: str, state: str, reason: str, data: str | None) -> None:
    """SetAlarmState."""
    happen(backend, AlarmStateSet(name, state, reason, data or ""))


def show(live: Live, name: str) -> None:
    """Let moto's alarm have the state that the simulation gave it."""
    from moto.cloudwatch.models import cloudwatch_backends

    made = cloudwatch_backends[live.account][live.region].alarms.get(name)
    held = live.world.watching.alarms.get(name)
    if made is None or held is None:
        return
    made.state_value, made.state_reason, made.state_reason_data = held.state, held.reason, held.reason_data
    made.state_updated_timestamp = datetime.fromtimestamp(held.since, UTC).replace(tzinfo=None)


def shown_metrics(metrics: list[Metric]) -> list[dict[str, Any]]:
    """In the API's spelling."""
    return [
        {
            "Namespace": each.namespace,
            "MetricName": each.name,
            "Dimensions": [{"Name": name, "Value": value} for name, value in each.dimensions],
        }
        for each in metrics
    ]


def next_minute(at: float, period: float) -> float:
    """The end of the period in which a moment lies."""
    return (math.floor(at / period) + 1) * period
