"""What an alarm says of itself, word for word as AWS's recordings show it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import boto3
import pytest

from simcloud import Cloud

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
