"""A small company's account whose service `web` is there to be scaled, and what tests do with it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import boto3

sys.path.append(str(Path(__file__).parents[1] / "ecs"))

from shop import Shop

from simcloud import Cloud

TARGET = {
    "ServiceNamespace": "ecs",
    "ResourceId": "service/shop/web",
    "ScalableDimension": "ecs:service:DesiredCount",
}


class Scaled:
    """The shop, the client of Application Auto Scaling, and what tests do with both."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.shop = Shop(cloud)
        self.shop.open_endpoints()
        self.shop.create_service(desiredCount=2)
        self.api: Any = boto3.client("application-autoscaling")
        self.cloudwatch: Any = boto3.client("cloudwatch")

    def register(self, minimum: int = 1, maximum: int = 4, **members: Any) -> str:
        """RegisterScalableTarget; the ARN."""
        asked = {**TARGET, "MinCapacity": minimum, "MaxCapacity": maximum, **members}
        return str(self.api.register_scalable_target(**asked)["ScalableTargetARN"])

    def track(self, name: str = "cpu", value: float = 70.0, **members: Any) -> dict[str, Any]:
        """PutScalingPolicy: CPU of the service, unless told otherwise."""
        metric = {"PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"}}
        answer: dict[str, Any] = self.api.put_scaling_policy(
            **TARGET,
            PolicyName=name,
            PolicyType="TargetTrackingScaling",
            TargetTrackingScalingPolicyConfiguration={"TargetValue": value, **(members or metric)},
        )
        return answer

    def step(self, name: str = "queue") -> str:
        """PutScalingPolicy: two more above the threshold; the ARN."""
        configuration = {
            "AdjustmentType": "ChangeInCapacity",
            "StepAdjustments": [{"MetricIntervalLowerBound": 0.0, "ScalingAdjustment": 2}],
            "Cooldown": 60,
        }
        answer = self.api.put_scaling_policy(
            **TARGET, PolicyName=name, PolicyType="StepScaling", StepScalingPolicyConfiguration=configuration
        )
        return str(answer["PolicyARN"])

    def schedule(self, name: str, schedule: str, **members: Any) -> None:
        """PutScheduledAction; MinCapacity and MaxCapacity among the members are what it sets."""
        bounds = {member: members.pop(member) for member in ("MinCapacity", "MaxCapacity") if member in members}
        asked = {"Schedule": schedule, **({"ScalableTargetAction": bounds} if bounds else {}), **members}
        self.api.put_scheduled_action(**TARGET, ScheduledActionName=name, **asked)

    def target(self) -> dict[str, Any]:
        """DescribeScalableTargets of the one."""
        found = self.api.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"]
        assert len(found) == 1
        answer: dict[str, Any] = found[0]
        return answer

    def activities(self) -> list[dict[str, Any]]:
        """DescribeScalingActivities, oldest first."""
        return list(reversed(self.api.describe_scaling_activities(ServiceNamespace="ecs")["ScalingActivities"]))

    def alarms(self) -> list[dict[str, Any]]:
        """All alarms of CloudWatch."""
        return list(self.cloudwatch.describe_alarms()["MetricAlarms"])

    @property
    def desired(self) -> int:
        """desiredCount of the service."""
        return int(self.shop.service()["desiredCount"])
