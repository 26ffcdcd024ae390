"""Requests to Application Auto Scaling as a person writes them, and an account in which they meet something.

`web` is scaled between 1 and 10 tasks, has a target tracking policy `cpu`, a step policy `steps`, a predictive one
`forecast`, and a scheduled action `night`. `front` stands behind a load balancer, `fine` publishes its CPU every 20
seconds; both are registered. `crowded` has all the policies and actions that a target may have. `free` is not
registered.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import boto3

sys.path.append(str(Path(__file__).parents[1] / "simcloud" / "ecs"))

from shop import Shop

from simcloud import Cloud

TARGET = {"ServiceNamespace": "ecs", "ScalableDimension": "ecs:service:DesiredCount"}
CPU = {"PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"}}
MEMORY = {"PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageMemoryUtilization"}}
PAIR = {"TargetValue": 60.0, "PredefinedMetricPairSpecification": {"PredefinedMetricType": "ECSServiceCPUUtilization"}}


def named(service: str = "web", **members: Any) -> dict[str, Any]:
    """What names the target of a service of cluster `shop`; None leaves a member out."""
    asked = {**TARGET, "ResourceId": f"service/shop/{service}", **members}
    return {member: value for member, value in asked.items() if value is not None}


def register(service: str = "free", **members: Any) -> dict[str, Any]:
    """RegisterScalableTarget."""
    return named(service, **{"MinCapacity": 1, "MaxCapacity": 4, **members})


def tracking(service: str = "web", value: float = 70.0, name: str = "new", **members: Any) -> dict[str, Any]:
    """PutScalingPolicy of the type TargetTrackingScaling; `members` are those of its configuration."""
    configuration = {"TargetValue": value, **(members or MEMORY)}
    return named(
        service,
        PolicyName=name,
        PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration=configuration,
    )


def predefined(kind: str, label: str | None = None) -> dict[str, Any]:
    """A predefined metric."""
    given = {"PredefinedMetricType": kind, "ResourceLabel": label}
    return {"PredefinedMetricSpecification": {key: value for key, value in given.items() if value is not None}}


def customized(**members: Any) -> dict[str, Any]:
    """A customized metric: the depth of a queue, unless told otherwise."""
    plain = {"MetricName": "Backlog", "Namespace": "Shop", "Statistic": "Average"}
    return {"CustomizedMetricSpecification": members or plain}


def query(name: str, **members: Any) -> dict[str, Any]:
    """A metric data query of a metric that returns nothing itself."""
    metric = {"Metric": {"Namespace": "AWS/SQS", "MetricName": name}, "Stat": "Sum"}
    return {"Id": name, "MetricStat": metric, "ReturnData": False, **members}


def math(*queries: dict[str, Any]) -> dict[str, Any]:
    """A metric calculated from several."""
    return customized(Metrics=list(queries))


BACKLOG = (query("m1"), query("m2"), {"Id": "e1", "Expression": "m1 / m2", "ReturnData": True})


def bounds(lower: float | None, upper: float | None, adjustment: int = 1) -> dict[str, Any]:
    """A step."""
    given = {"MetricIntervalLowerBound": lower, "MetricIntervalUpperBound": upper, "ScalingAdjustment": adjustment}
    return {key: value for key, value in given.items() if value is not None}


def steps(*given: dict[str, Any], name: str = "new", **members: Any) -> dict[str, Any]:
    """PutScalingPolicy of the type StepScaling on `web`; `members` are those of its configuration."""
    configuration = {"AdjustmentType": "ChangeInCapacity", "StepAdjustments": list(given), **members}
    configuration = {key: value for key, value in configuration.items() if value is not None}
    return named(PolicyName=name, PolicyType="StepScaling", StepScalingPolicyConfiguration=configuration)


def predictive(*specifications: dict[str, Any], name: str = "new", **members: Any) -> dict[str, Any]:
    """PutScalingPolicy of the type PredictiveScaling on `web`."""
    configuration = {"MetricSpecifications": list(specifications), **members}
    return named(PolicyName=name, PolicyType="PredictiveScaling", PredictiveScalingPolicyConfiguration=configuration)


def action(schedule: str | None = "cron(0 8 * * ? *)", service: str = "web", **members: Any) -> dict[str, Any]:
    """PutScheduledAction."""
    asked = {
        "ScheduledActionName": "new",
        "Schedule": schedule,
        "ScalableTargetAction": {"MinCapacity": 2, "MaxCapacity": 5},
        **members,
    }
    return named(service, **asked)


def furnished(cloud: Cloud) -> Any:
    """Make the account; returns the client of Application Auto Scaling."""
    shop = Shop(cloud)
    scaling: Any = boto3.client("application-autoscaling")
    for name, members in (
        ("web", {}),
        ("free", {}),
        ("crowded", {}),
        ("front", {"loadBalancers": [_behind_a_balancer(shop)]}),
        ("fine", {"monitoring": {"metricConfigurations": [_every_20_seconds()]}}),
    ):
        shop.create_service(serviceName=name, desiredCount=1, **members)
        if name != "free":
            scaling.register_scalable_target(**register(name, MaxCapacity=10))
    scaling.put_scaling_policy(**tracking(name="cpu", **CPU))
    scaling.put_scaling_policy(**steps(bounds(0, None), name="steps"))
    scaling.put_scaling_policy(**predictive(PAIR, name="forecast"))
    scaling.put_scheduled_action(**action("cron(0 22 * * ? *)", ScheduledActionName="night"))
    for number in range(50):
        scaling.put_scaling_policy(**{**steps(bounds(0, None), name=f"p{number}"), **named("crowded")})
    for number in range(200):
        scaling.put_scheduled_action(**action(service="crowded", ScheduledActionName=f"a{number}"))
    return scaling


def _every_20_seconds() -> dict[str, Any]:
    return {"metricNames": ["CPUUtilization"], "resolutionSeconds": 20}


def _behind_a_balancer(shop: Shop) -> dict[str, Any]:
    elb: Any = boto3.client("elbv2")
    balancer = elb.create_load_balancer(Name="front", Subnets=shop.subnets, Scheme="internal")["LoadBalancers"]
    group = elb.create_target_group(Name="web", Protocol="HTTP", Port=80, VpcId=shop.vpc, TargetType="ip")
    arn = group["TargetGroups"][0]["TargetGroupArn"]
    elb.create_listener(
        LoadBalancerArn=balancer[0]["LoadBalancerArn"],
        Protocol="HTTP",
        Port=80,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": arn}],
    )
    return {"targetGroupArn": arn, "containerName": "web", "containerPort": 80}


def label() -> str:
    """The resource label of the load balancer in front of `front`, and of its target group."""
    elb: Any = boto3.client("elbv2")
    balancer = elb.describe_load_balancers(Names=["front"])["LoadBalancers"][0]["LoadBalancerArn"]
    group = elb.describe_target_groups(Names=["web"])["TargetGroups"][0]["TargetGroupArn"]
    return f"{balancer.partition(':loadbalancer/')[2]}/{group.rpartition(':')[2]}"
