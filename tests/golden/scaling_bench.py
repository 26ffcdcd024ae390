"""Alarms and scaling policies in a bench, as CloudWatch and Application Auto Scaling would hold them."""

from __future__ import annotations

from typing import Any

from stand_in import Bench

from simcloud.sim.scaling import events as se
from simcloud.sim.scaling import laws as scaling_laws
from simcloud.sim.scaling.state import Policy, Target
from simcloud.sim.service import Service
from simcloud.sim.watching import laws as watching_laws
from simcloud.sim.watching.events import AlarmPut
from simcloud.sim.watching.metric import Metric, metric
from simcloud.sim.watching.state import Alarm, Query

LAWS = (scaling_laws.LAWS, watching_laws.LAWS)
"""Read, so that the world follows them."""
HEAD = "arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:1:resource/ecs/service"


def of_service(service: Service, name: str = "CPUUtilization") -> Metric:
    """A metric of AWS/ECS."""
    dimensions = [{"Name": "ClusterName", "Value": "shop"}, {"Name": "ServiceName", "Value": service.name}]
    return metric("AWS/ECS", name, dimensions)


def alarm(bench: Bench, name: str, watched: Metric, operator: str, threshold: float, **members: Any) -> Alarm:
    """Put an alarm."""
    periods = members.pop("periods", 1)
    made = Alarm(
        name=name,
        arn=f"arn:aws:cloudwatch:us-east-1:123456789012:alarm:{name}",
        queries=(Query("m", watched, members.pop("statistic", "Average")),),
        shown="m",
        operator=operator,
        threshold=threshold,
        period=members.pop("period", 60.0),
        periods=periods,
        needed=members.pop("needed", periods),
        missing=members.pop("missing", "missing"),
        actions={"ALARM": tuple(members.pop("actions", ()))},
        **members,
    )
    bench.happen(AlarmPut(made))
    return made


def scalable(bench: Bench, service: Service, least: int, most: int) -> Target:
    """Register the service's desired count."""
    target = Target(
        namespace="ecs",
        resource=f"service/shop/{service.name}",
        dimension="ecs:service:DesiredCount",
        id="1",
        arn="arn:aws:application-autoscaling:us-east-1:123456789012:scalable-target/0ec51",
        role="",
        service=service.arn,
        minimum=least,
        maximum=most,
        created_at=bench.world.now,
    )
    bench.happen(se.TargetRegistered(target))
    return target


def policy(bench: Bench, target: Target, name: str, kind: str, configuration: dict[str, Any], *alarms: str) -> str:
    """Put a scaling policy; its ARN."""
    made = Policy(name, f"{HEAD}/{name}", kind, configuration, bench.world.now, alarms=alarms)
    bench.happen(se.PolicyPut(target.key, made, (), ()))
    return made.arn


def target_tracking(
    bench: Bench,
    service: Service,
    goal: float,
    least: int,
    most: int,
    *,
    name: str = "cpu",
    watched: str = "CPUUtilization",
    target: Target | None = None,
    **configuration: Any,
) -> Target:
    """A target tracking policy with its two alarms (R-246)."""
    held = target or scalable(bench, service, least, most)
    high, low = f"{name}-high", f"{name}-low"
    arn = policy(bench, held, name, "TargetTrackingScaling", {"TargetValue": goal, **configuration}, high, low)
    found = of_service(service, watched)
    alarm(bench, high, found, "GreaterThanThreshold", goal, periods=3, actions=[arn])
    alarm(bench, low, found, "LessThanThreshold", round(goal * 0.9, 9), periods=15, actions=[arn])
    return held
