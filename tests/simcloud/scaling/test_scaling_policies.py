"""Scaling policies and their alarms through boto3."""

from __future__ import annotations

import re

import boto3
import pytest
from scaled_shop import TARGET, Scaled

operation = pytest.mark.operation
UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
QUERIES = [
    {
        "Id": "m1",
        "MetricStat": {
            "Metric": {
                "Namespace": "AWS/SQS",
                "MetricName": "ApproximateNumberOfMessagesVisible",
                "Dimensions": [{"Name": "QueueName", "Value": "orders"}],
            },
            "Stat": "Sum",
        },
        "ReturnData": False,
    },
    {
        "Id": "m2",
        "MetricStat": {
            "Metric": {"Namespace": "ECS/ContainerInsights", "MetricName": "RunningTaskCount"},
            "Stat": "Average",
        },
        "ReturnData": False,
    },
    {"Id": "e1", "Label": "backlog per task", "Expression": "m1 / m2", "ReturnData": True},
]


@operation("application-autoscaling:PutScalingPolicy", "application-autoscaling:DescribeScalingPolicies")
def test_target_tracking_makes_the_two_alarms_of_an_ecs_service(scaled: Scaled) -> None:
    """R-245, R-246: the names, thresholds and periods of live alarms."""
    scaled.register()
    answer = scaled.track(value=70)
    high, low = scaled.alarms()
    name = f"TargetTracking-service/shop/web-Alarm(High|Low)-{UUID}"
    assert re.fullmatch(name, high["AlarmName"])
    assert re.fullmatch(name, low["AlarmName"])
    assert [(each["AlarmName"], each["AlarmARN"]) for each in answer["Alarms"]] == [
        (each["AlarmName"], each["AlarmArn"]) for each in (high, low)
    ]
    assert (high["ComparisonOperator"], high["Threshold"], high["EvaluationPeriods"]) == ("GreaterThanThreshold", 70, 3)
    assert (low["ComparisonOperator"], low["Threshold"], low["EvaluationPeriods"]) == ("LessThanThreshold", 63, 15)
    arn = answer["PolicyARN"]
    assert re.fullmatch(
        f"arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:{UUID}:resource/ecs/service/shop/web:policyName/cpu",
        arn,
    )
    for alarm in (high, low):
        assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/ECS", "CPUUtilization")
        assert (alarm["Statistic"], alarm["Period"], alarm["Unit"]) == ("Average", 60, "Percent")
        assert alarm["TreatMissingData"] == "missing"
        assert alarm["Dimensions"] == [
            {"Name": "ClusterName", "Value": "shop"},
            {"Name": "ServiceName", "Value": "web"},
        ]
        assert alarm["AlarmDescription"] == f"DO NOT EDIT OR DELETE. For TargetTrackingScaling policy {arn}."
        (action,) = alarm["AlarmActions"]
        assert re.fullmatch(re.escape(arn) + f":createdBy/{UUID}", action)
    (policy,) = scaled.api.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"]
    assert policy["Alarms"] == answer["Alarms"]
    assert policy["TargetTrackingScalingPolicyConfiguration"] == {
        "TargetValue": 70.0,
        "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
    }


def test_the_policies_of_a_target_share_its_id(scaled: Scaled) -> None:
    target = scaled.register()
    ids = {scaled.track()["PolicyARN"].split(":")[6], scaled.step().split(":")[6]}
    assert len(ids) == 1
    assert target.endswith(f"scalable-target/0ec5{ids.pop().replace('-', '')}")


@operation("application-autoscaling:DeleteScalingPolicy")
def test_the_alarms_go_with_the_policy(scaled: Scaled) -> None:
    scaled.register()
    scaled.track()
    scaled.api.delete_scaling_policy(**TARGET, PolicyName="cpu")
    assert scaled.alarms() == []
    assert scaled.api.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"] == []


def test_a_changed_target_value_moves_the_same_alarms(scaled: Scaled) -> None:
    scaled.register()
    before, after = scaled.track(value=70), scaled.track(value=50)
    assert [after[key] for key in ("PolicyARN", "Alarms")] == [before[key] for key in ("PolicyARN", "Alarms")]
    assert [alarm["Threshold"] for alarm in scaled.alarms()] == [50, 45]


def test_a_policy_that_never_scales_in_has_no_low_alarm(scaled: Scaled) -> None:
    scaled.register()
    scaled.track()
    metric = {"PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"}}
    answer = scaled.track(DisableScaleIn=True, **metric)
    assert [alarm["AlarmName"] for alarm in scaled.alarms()] == [each["AlarmName"] for each in answer["Alarms"]]
    assert len(answer["Alarms"]) == 1


def test_alarms_of_metric_math_hold_the_queries(scaled: Scaled) -> None:
    """R-263."""
    scaled.register()
    scaled.track("backlog", 100, CustomizedMetricSpecification={"Metrics": QUERIES})
    high, low = scaled.alarms()
    assert (high["Threshold"], low["Threshold"]) == (100, 90)
    for alarm in (high, low):
        assert [each["Id"] for each in alarm["Metrics"]] == ["m1", "m2", "e1"]
        assert alarm["Metrics"][0]["MetricStat"]["Period"] == 60
        assert alarm["Metrics"][2]["Expression"] == "m1 / m2"
        assert "MetricName" not in alarm


def test_alarms_of_a_plain_custom_metric_watch_it(scaled: Scaled) -> None:
    scaled.register()
    scaled.track(
        "depth",
        30,
        CustomizedMetricSpecification={
            "Namespace": "Shop",
            "MetricName": "Depth",
            "Statistic": "Maximum",
            "Dimensions": [{"Name": "Queue", "Value": "orders"}],
        },
    )
    high, _ = scaled.alarms()
    assert (high["Namespace"], high["MetricName"], high["Statistic"]) == ("Shop", "Depth", "Maximum")
    assert high["Dimensions"] == [{"Name": "Queue", "Value": "orders"}]
    assert "Unit" not in high


@operation("application-autoscaling:PutScalingPolicy")
def test_a_step_policy_shows_the_alarm_that_its_maker_gave_it(scaled: Scaled) -> None:
    scaled.register()
    arn = scaled.step()
    (policy,) = scaled.api.describe_scaling_policies(ServiceNamespace="ecs", PolicyNames=["queue"])["ScalingPolicies"]
    assert policy["Alarms"] == []
    boto3.client("cloudwatch").put_metric_alarm(
        AlarmName="queue-is-long",
        Namespace="AWS/SQS",
        MetricName="ApproximateNumberOfMessagesVisible",
        Statistic="Maximum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=100,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
        AlarmActions=[arn],
    )
    (policy,) = scaled.api.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"]
    assert [each["AlarmName"] for each in policy["Alarms"]] == ["queue-is-long"]
    scaled.api.delete_scaling_policy(**TARGET, PolicyName="queue")
    assert [each["AlarmName"] for each in scaled.alarms()] == ["queue-is-long"]


def test_a_change_without_a_configuration_keeps_the_one_there_is(scaled: Scaled) -> None:
    scaled.register()
    scaled.step()
    scaled.api.put_scaling_policy(**TARGET, PolicyName="queue")
    (policy,) = scaled.api.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"]
    assert policy["PolicyType"] == "StepScaling"
    assert policy["StepScalingPolicyConfiguration"]["Cooldown"] == 60


def test_policies_are_shown_ten_a_page(scaled: Scaled) -> None:
    scaled.register()
    for number in range(12):
        scaled.step(f"p{number}")
    first = scaled.api.describe_scaling_policies(ServiceNamespace="ecs")
    rest = scaled.api.describe_scaling_policies(ServiceNamespace="ecs", NextToken=first["NextToken"])
    assert [len(page["ScalingPolicies"]) for page in (first, rest)] == [10, 2]
