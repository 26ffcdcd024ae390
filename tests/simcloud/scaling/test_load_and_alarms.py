"""Load, metrics and alarms of CloudWatch through boto3."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from scaled_shop import Scaled

from simcloud import Cloud
from simcloud.cloud.replay import replay

DIMENSIONS = [{"Name": "ClusterName", "Value": "shop"}, {"Name": "ServiceName", "Value": "web"}]


def points(scaled: Scaled, minutes: float, name: str = "CPUUtilization", **members: Any) -> list[dict[str, Any]]:
    """GetMetricStatistics of the service, oldest first."""
    now = scaled.cloud.now
    asked = {
        "Namespace": "AWS/ECS",
        "Dimensions": DIMENSIONS,
        "Period": 60,
        "Statistics": ["Average"],
        "StartTime": now - timedelta(minutes=minutes),
        "EndTime": now,
        **members,
    }
    found = scaled.cloudwatch.get_metric_statistics(MetricName=name, **asked)["Datapoints"]
    return sorted(found, key=lambda each: each["Timestamp"])


@pytest.fixture
def busy(scaled: Scaled) -> Scaled:
    """Two quarter-vCPU tasks that answer 20 requests a second: 40 %."""
    scaled.cloud.advance(minutes=2)
    scaled.cloud.load("web", 20, cluster="shop")
    return scaled


def test_utilisation_is_measured_by_the_minute(busy: Scaled) -> None:
    busy.cloud.advance(minutes=5)
    found = points(busy, 5)
    assert [(each["Average"], each["Unit"]) for each in found] == [(40.0, "Percent")] * 5
    (five,) = points(busy, 5, Period=300, Statistics=["Average", "Maximum", "SampleCount"])
    assert (five["Average"], five["Maximum"], five["SampleCount"]) == (40.0, 40.0, 10.0)
    assert points(busy, 5, Unit="Count") == []


def test_metrics_are_listed_and_reading_changes_nothing(busy: Scaled) -> None:
    busy.cloud.advance(minutes=1)
    before = str(busy.cloud.world.loads.census), busy.cloud.now
    listed = busy.cloudwatch.list_metrics(Namespace="AWS/ECS")["Metrics"]
    assert {each["MetricName"] for each in listed} == {"CPUUtilization", "MemoryUtilization"}
    points(busy, 5)
    assert (str(busy.cloud.world.loads.census), busy.cloud.now) == before


@pytest.mark.row("F13")
@pytest.mark.operation("ecs:UpdateClusterSettings")
def test_r293_container_insights_has_metrics_only_while_it_is_on(busy: Scaled) -> None:
    busy.cloud.advance(minutes=3)
    assert points(busy, 3, "RunningTaskCount", Namespace="ECS/ContainerInsights") == []
    settings = [{"name": "containerInsights", "value": "enabled"}]
    busy.shop.ecs.update_cluster_settings(cluster="shop", settings=settings)
    busy.cloud.advance(minutes=3)
    found = points(busy, 6, "RunningTaskCount", Namespace="ECS/ContainerInsights")
    assert [each["Average"] for each in found] == [2.0] * 3
    used = points(busy, 1, "CpuUtilized", Namespace="ECS/ContainerInsights")
    assert used[0]["Average"] == pytest.approx(0.4 * 512)


@pytest.mark.row("F13")
def test_r292_enhanced_adds_metrics_of_each_task(busy: Scaled) -> None:
    def of_tasks(**more: object) -> list[float]:
        found = points(busy, 3, "TaskCpuUtilization", Namespace="ECS/ContainerInsights", **more)
        return [each["Average"] for each in found]

    task = busy.cloud.service("web", "shop").tasks[0]
    one = {"Dimensions": [*DIMENSIONS, {"Name": "TaskId", "Value": task.id}]}
    for value, expected in (("enabled", []), ("enhanced", [40.0] * 3), ("disabled", [])):
        settings = [{"name": "containerInsights", "value": value}]
        busy.shop.ecs.update_cluster_settings(cluster="shop", settings=settings)
        busy.cloud.advance(minutes=4)
        assert of_tasks() == pytest.approx(expected)
        assert of_tasks(**one) == pytest.approx(expected)
    assert of_tasks(Dimensions=[*DIMENSIONS, {"Name": "TaskId", "Value": "0" * 32}]) == []


def test_metric_math_over_what_was_measured_and_what_was_put(busy: Scaled) -> None:
    busy.cloud.advance(minutes=2)
    busy.cloudwatch.put_metric_data(Namespace="Shop", MetricData=[{"MetricName": "Orders", "Value": 120.0}])
    busy.cloud.advance(minutes=1)
    stat, no = {"Period": 60, "Stat": "Average"}, False
    cpu = _named("AWS/ECS", "CPUUtilization", DIMENSIONS)
    queries = [
        {"Id": "cpu", "MetricStat": {"Metric": cpu, **stat}, "ReturnData": no},
        {"Id": "orders", "MetricStat": {"Metric": _named("Shop", "Orders", []), **stat}},
        {"Id": "each", "Expression": "orders / cpu", "Label": "orders a percent"},
    ]  # fmt: skip
    now = busy.cloud.now
    found = busy.cloudwatch.get_metric_data(
        MetricDataQueries=queries, StartTime=now - timedelta(minutes=5), EndTime=now
    )["MetricDataResults"]
    assert [(each["Id"], each["Label"], each["Values"]) for each in found] == [
        ("orders", "Orders", [120.0]),
        ("each", "orders a percent", [3.0]),
    ]


def _named(namespace: str, name: str, dimensions: list[dict[str, str]]) -> dict[str, Any]:
    return {"Namespace": namespace, "MetricName": name, "Dimensions": dimensions}


@pytest.mark.row("F17")
@pytest.mark.operation("application-autoscaling:PutScalingPolicy", "application-autoscaling:DescribeScalingActivities")
def test_a_load_makes_the_service_follow_its_policy(scaled: Scaled) -> None:
    scaled.register(1, 10)
    scaled.track(value=60)
    scaled.cloud.advance(minutes=2)
    scaled.cloud.load("web", 45, cluster="shop")
    scaled.cloud.advance(minutes=10)
    assert scaled.desired == 3, "two tasks at 90 % with target 60 (R-248)"
    high, low = scaled.alarms()
    activity = scaled.activities()[-1]
    assert activity["Description"] == "Setting desired count to 3."
    assert activity["Cause"] == f"monitor alarm {high['AlarmName']} in state ALARM triggered policy cpu"
    assert activity["StatusCode"] == "Successful"
    assert (high["StateValue"], low["StateValue"]) == ("OK", "OK")
    assert high["StateReason"] == (
        "Threshold Crossed: 1 out of the last 3 datapoints [60.0 (05/01/26 09:06:00)] was not greater than the "
        "threshold (60.0) (minimum 1 datapoint for ALARM -> OK transition)."
    )
    items = scaled.cloudwatch.describe_alarm_history(AlarmName=high["AlarmName"], HistoryItemType="StateUpdate")
    assert [each["HistorySummary"] for each in items["AlarmHistoryItems"]] == [
        "Alarm updated from ALARM to OK",
        "Alarm updated from OK to ALARM",
        "Alarm updated from INSUFFICIENT_DATA to OK",
    ]


def watch(scaled: Scaled, **members: Any) -> None:
    asked = {
        "AlarmName": "busy",
        "Namespace": "AWS/ECS",
        "MetricName": "CPUUtilization",
        "Dimensions": DIMENSIONS,
        "Statistic": "Average",
        "Period": 60,
        "EvaluationPeriods": 1,
        "Threshold": 80.0,
        "ComparisonOperator": "GreaterThanThreshold",
        **members,
    }
    scaled.cloudwatch.put_metric_alarm(**asked)


def test_an_alarm_begins_without_data_and_tells_a_topic(busy: Scaled) -> None:
    sns: Any = boto3.client("sns")
    sqs: Any = boto3.client("sqs")
    topic = sns.create_topic(Name="alarms")["TopicArn"]
    queue = sqs.create_queue(QueueName="alarms")["QueueUrl"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint="arn:aws:sqs:us-east-1:123456789012:alarms")
    watch(busy, AlarmActions=[topic])
    assert busy.alarms()[0]["StateValue"] == "INSUFFICIENT_DATA"
    busy.cloud.advance(minutes=2)
    assert busy.alarms()[0]["StateValue"] == "OK"
    busy.cloud.load("web", 100, cluster="shop")
    busy.cloud.advance(minutes=2)
    assert busy.alarms()[0]["StateValue"] == "ALARM"
    (message,) = sqs.receive_message(QueueUrl=queue)["Messages"]
    body = json.loads(json.loads(message["Body"])["Message"])
    assert (body["AlarmName"], body["OldStateValue"], body["NewStateValue"]) == ("busy", "OK", "ALARM")
    assert body["Trigger"]["MetricName"] == "CPUUtilization"


def test_a_state_set_by_hand_lasts_until_the_next_evaluation(busy: Scaled) -> None:
    watch(busy)
    busy.cloud.advance(minutes=2)
    busy.cloudwatch.set_alarm_state(AlarmName="busy", StateValue="ALARM", StateReason="a rehearsal")
    assert busy.alarms()[0]["StateReason"] == "a rehearsal"
    busy.cloud.advance(minutes=2)
    assert busy.alarms()[0]["StateValue"] == "OK"


def test_an_alarm_that_was_deleted_is_not_evaluated(busy: Scaled) -> None:
    watch(busy)
    busy.cloudwatch.delete_alarms(AlarmNames=["busy"])
    busy.cloud.load("web", 100, cluster="shop")
    busy.cloud.advance(minutes=5)
    assert busy.alarms() == []
    assert not any(line.who == "alarm busy" for line in busy.cloud.story)


def test_a_step_policy_follows_a_metric_that_somebody_puts(scaled: Scaled) -> None:
    scaled.register(1, 10)
    arn = scaled.step()
    members = {"Namespace": "Shop", "MetricName": "Depth", "Dimensions": [], "Threshold": 100.0, "AlarmActions": [arn]}
    scaled.cloud.advance(minutes=2)
    watch(scaled, **members)
    scaled.cloudwatch.put_metric_data(Namespace="Shop", MetricData=[{"MetricName": "Depth", "Value": 150.0}])
    scaled.cloud.advance(seconds=59)
    assert scaled.desired == 2
    scaled.cloud.advance(seconds=2)
    assert scaled.desired == 4


def test_a_load_is_in_the_transcript_and_is_replayed(busy: Scaled) -> None:
    busy.cloud.load("web", steps=[(0, 10), (60, 25)], cluster="shop")
    busy.cloud.advance(minutes=5)
    story, entries = str(busy.cloud.story), json.loads(json.dumps(busy.cloud.transcript))
    busy.cloud.close()
    with Cloud(seed=11) as again:
        assert replay(again, entries) == []
        assert str(again.story) == story


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ({"rate": -1}, ValueError),
        ({"rate": float("nan")}, ValueError),
        ({}, ValueError),
        ({"rate": 1, "daily": (1, 2)}, ValueError),
        ({"steps": [(60, 1), (0, 2)]}, ValueError),
        ({"rate": 1, "speed": 2}, TypeError),
        ({"service": "nobody", "rate": 1}, LookupError),
    ],
)
def test_a_load_that_cannot_be_changes_nothing(busy: Scaled, asked: dict[str, Any], kind: type[Exception]) -> None:
    before, entries = str(busy.cloud.story), len(busy.cloud.transcript)
    with pytest.raises(kind):
        busy.cloud.load(**{"service": "web", "cluster": "shop", **asked})
    assert (str(busy.cloud.story), len(busy.cloud.transcript)) == (before, entries)


def test_an_expression_that_is_not_simulated_is_refused(busy: Scaled) -> None:
    now = busy.cloud.now
    queries = [{"Id": "x", "Expression": "ANOMALY_DETECTION_BAND(m1)"}]
    with pytest.raises(ClientError, match="not simulated"):
        busy.cloudwatch.get_metric_data(MetricDataQueries=queries, StartTime=now - timedelta(minutes=5), EndTime=now)
