"""What an alarm says of itself, word for word as AWS's recordings show it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import boto3
import pytest

from simcloud import Cloud
from simcloud.sim.watching.finding import Finding

METRIC = {"Namespace": "Shop", "MetricName": "Orders"}


def _alarm(first: float, periods: int, missing: str) -> dict[str, Any]:
    """An alarm with this treatment of missing data, twenty minutes after its only data point."""
    with Cloud(seed=1) as cloud:
        watch = boto3.client("cloudwatch", region_name="us-east-1")
        watch.put_metric_alarm(
            AlarmName="few-orders",
            **METRIC,
            Statistic="Sum",
            Period=60,
            EvaluationPeriods=periods,
            Threshold=5,
            ComparisonOperator="GreaterThanThreshold",
            TreatMissingData=missing,
        )
        at = datetime.fromtimestamp(cloud.now.timestamp(), UTC)
        watch.put_metric_data(Namespace="Shop", MetricData=[{"MetricName": "Orders", "Value": first, "Timestamp": at}])
        cloud.advance(minutes=20)
        return dict(watch.describe_alarms(AlarmNames=["few-orders"])["MetricAlarms"][0])


@pytest.mark.parametrize(
    ("first", "periods", "missing", "state", "reason"),
    [
        (
            7,
            1,
            "notBreaching",
            "OK",
            "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as "
            "[NonBreaching].",
        ),
        (
            3,
            3,
            "breaching",
            "ALARM",
            "Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as "
            "[Breaching].",
        ),
        (3, 1, "missing", "INSUFFICIENT_DATA", "Insufficient Data: 1 datapoint was unknown."),
    ],
)
def test_an_alarm_says_how_it_took_what_is_missing(
    first: float, periods: int, missing: str, state: str, reason: str
) -> None:
    alarm = _alarm(first, periods, missing)
    assert (alarm["StateValue"], alarm["StateReason"]) == (state, reason)


@pytest.mark.parametrize(("since", "tail"), [(0.0, "; the newest is 9"), (120.0, "; the newest is 9"), (180.0, "")])
def test_the_story_tells_the_newest_value_unless_it_is_long_past(since: float, tail: str) -> None:
    known = ((1740.0 - since, 9.0, True), (1680.0 - since, 8.0, True))
    found = Finding("ALARM", 1800.0, 2, 2, 60.0, "GreaterThanThreshold", 5.0, "Sum", known)
    assert found.short == (
        f"Threshold Crossed: 2 out of the last 2 datapoints were greater than the threshold (5.0){tail}"
    )
    first = "9.0 (01/01/70 00:29:00), 8.0 (01/01/70 00:28:00)"
    if not since:
        assert found.reason == (
            f"Threshold Crossed: 2 out of the last 2 datapoints [{first}] were greater than the threshold (5.0) "
            "(minimum 2 datapoints for OK -> ALARM transition)."
        )
