"""The CloudWatch alarms of policies: those that a target tracking policy makes, and those that notify one."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from simcloud.cloud.live import Call, Live
from simcloud.facts import scaling
from simcloud.facts.words import scaling as words
from simcloud.rules.scaling.operations import TRACK
from simcloud.sim.scaling.effects import DeleteAlarms, PutAlarm
from simcloud.sim.scaling.state import Policy, Target

CLOUDWATCH = "moto.cloudwatch.models"
ARN = "arn:aws:cloudwatch:{region}:{account}:alarm:{name}"


def planned(call: Call, target: Target, policy: Policy, held: Policy | None) -> tuple[PutAlarm, ...]:
    """The alarms of a target tracking policy: high, and low unless it never scales in. Those that it had keep their
    names (R-245, R-246)."""
    if policy.kind != TRACK:
        return ()
    metric = _metric(target, policy.configuration)
    goal = float(policy.configuration["TargetValue"])
    before = {("-AlarmHigh-" in name): name for name in (held.alarms if held else ())}
    sides = (True,) if policy.configuration.get("DisableScaleIn") else (True, False)
    return tuple(
        PutAlarm(
            name=before.get(high) or _name(call, target, high=high),
            description=words.ALARM_DESCRIPTION.format(policy=policy.arn),
            action=f"{policy.arn}:createdBy/{policy.maker}",
            above=high,
            threshold=goal if high else round(goal * scaling.LOW_SHARE.value, 9),
            period=_period(policy.configuration),
            periods=_periods(policy.configuration, high=high),
            metric=metric,
        )
        for high in sides
    )


def _name(call: Call, target: Target, *, high: bool) -> str:
    return f"TargetTracking-{target.resource}-Alarm{'High' if high else 'Low'}-{call.world.uuid('scaling-alarm')}"


def _fine(configuration: Mapping[str, Any]) -> bool:
    kind = (configuration.get("PredefinedMetricSpecification") or {}).get("PredefinedMetricType", "")
    return str(kind).endswith(scaling.HIGH_RESOLUTION)


def _period(configuration: Mapping[str, Any]) -> int:
    return scaling.FINE_ALARM_PERIOD.value if _fine(configuration) else scaling.ALARM_PERIOD.value


def _periods(configuration: Mapping[str, Any], *, high: bool) -> int:
    """Three data points to scale out; to scale in a quarter of an hour, whatever the resolution."""
    if high:
        return scaling.HIGH_PERIODS.value
    return scaling.LOW_PERIODS.value * scaling.ALARM_PERIOD.value // _period(configuration)


def _metric(target: Target, configuration: Mapping[str, Any]) -> dict[str, Any]:
    """What the alarms watch."""
    predefined = configuration.get("PredefinedMetricSpecification")
    if predefined is None:
        given = configuration["CustomizedMetricSpecification"]
        if given.get("Metrics"):
            return {"queries": given["Metrics"]}
        return {
            "namespace": given["Namespace"],
            "name": given["MetricName"],
            "statistic": given["Statistic"],
            "unit": given.get("Unit"),
            "dimensions": given.get("Dimensions") or [],
        }
    kind = predefined["PredefinedMetricType"]
    namespace, name = scaling.TRACKED.value[kind]
    if kind == scaling.REQUESTS:
        balancer, _, group = predefined["ResourceLabel"].partition("/targetgroup/")
        dimensions = {"TargetGroup": f"targetgroup/{group}", "LoadBalancer": balancer}
        return {
            "namespace": namespace,
            "name": name,
            "statistic": "Sum",
            "unit": None,
            "dimensions": _pairs(dimensions),
        }
    cluster, _, service = target.resource.removeprefix("service/").rpartition("/")
    dimensions = {"ClusterName": cluster.rsplit("/", 1)[-1], "ServiceName": service}
    return {
        "namespace": namespace,
        "name": name,
        "statistic": "Average",
        "unit": "Percent",
        "dimensions": _pairs(dimensions),
    }


def _pairs(dimensions: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"Name": name, "Value": value} for name, value in dimensions.items()]


def shape(call: Call, name: str) -> dict[str, str]:
    """An alarm as scaling names it."""
    return {"AlarmName": name, "AlarmARN": ARN.format(region=call.region, account=call.account, name=name)}


def notifying(call: Call, policy: Policy) -> list[dict[str, str]]:
    """The policy's own alarms; for a step policy those in CloudWatch that have it among their actions."""
    if policy.kind == TRACK:
        return [shape(call, name) for name in policy.alarms]
    if CLOUDWATCH not in sys.modules:
        return []  # nobody has made an alarm
    return [
        shape(call, alarm.name)
        for alarm in _backend(call.live).alarms.values()
        if any(action == policy.arn for action in alarm.alarm_actions or ())
    ]


def _backend(live: Live) -> Any:
    from moto.cloudwatch.models import cloudwatch_backends

    return cloudwatch_backends[live.account][live.region]


def put(live: Live, effect: PutAlarm) -> None:
    """Make the alarm in CloudWatch. One that is there gets the new values."""
    metric = effect.metric
    queries = metric.get("queries")
    _backend(live).put_metric_alarm(
        name=effect.name,
        namespace=metric.get("namespace"),
        metric_name=metric.get("name"),
        metric_data_queries=[_query(each, effect.period) for each in queries] if queries else None,
        comparison_operator="GreaterThanThreshold" if effect.above else "LessThanThreshold",
        evaluation_periods=effect.periods,
        period=None if queries else effect.period,
        threshold=effect.threshold,
        statistic=metric.get("statistic"),
        description=effect.description,
        dimensions=metric.get("dimensions") or [],
        alarm_actions=[effect.action],
        ok_actions=[],
        insufficient_data_actions=[],
        unit=metric.get("unit"),
        treat_missing_data="missing",
    )


def delete(live: Live, effect: DeleteAlarms) -> None:
    """Delete the alarms; one that somebody deleted before is gone already."""
    _backend(live).delete_alarms(list(effect.names))


def _query(given: Mapping[str, Any], period: int) -> Any:
    models: Any = import_module(CLOUDWATCH)

    stat = given.get("MetricStat")
    found = None
    if stat is not None:
        named = stat["Metric"]
        dimensions = [
            models.Dimension(name=each["Name"], value=each["Value"]) for each in named.get("Dimensions") or ()
        ]
        metric = models.Metric(named.get("MetricName"), named.get("Namespace"), dimensions)
        found = models.MetricStat(metric=metric, period=period, stat=stat["Stat"], unit=stat.get("Unit"))
    return models.MetricDataQuery(
        query_id=given["Id"],
        label=given.get("Label"),
        period=None,
        return_data=given.get("ReturnData", True),
        expression=given.get("Expression"),
        metric_stat=found,
    )
