"""A service that nobody has, under a hill of load: what a target, its cooldowns and a slow start make of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simcloud.cloud.scaling_history import ScalingHistory, of
from simcloud.facts import scaling as facts
from simcloud.sim.bare import ACCOUNT, IMAGE, REGION, Bare
from simcloud.sim.image import Image
from simcloud.sim.load.curve import Points
from simcloud.sim.load.events import LoadSet
from simcloud.sim.scaling import events as se
from simcloud.sim.scaling import laws as scaling_laws
from simcloud.sim.scaling.state import Policy, Target
from simcloud.sim.watching import laws as watching_laws
from simcloud.sim.watching.events import AlarmPut
from simcloud.sim.watching.metric import metric
from simcloud.sim.watching.state import Alarm, Query

FOLLOWING = (scaling_laws.LAWS, watching_laws.LAWS)
"""Read, so that alarms are evaluated and policies act."""
GROUP = f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:targetgroup/web/0123456789abcdef"
POLICY = f"arn:aws:autoscaling:{REGION}:{ACCOUNT}:scalingPolicy:1:resource/ecs/service/shop/web:policyName/cpu"
METRIC = "ECSServiceAverageCPUUtilization"
LEAST, MOST = 2, 40
"""MinCapacity and MaxCapacity."""
REQUESTS_PER_TASK = 25.0
"""A second: what a task of 0.25 vCPU answers with all its CPU."""
LOW = 20.0
"""Requests a second before and after the hill."""
LEAD = 300.0
"""Seconds until the service runs and is shown."""
UP, TOP, DOWN, REST = 15, 25, 15, 45
"""Minutes in which the load rises, stays, falls, and is low again."""
MINUTE = 60.0


@dataclass(frozen=True)
class Sketch:
    """What is tried."""

    target: int = 60
    """Percent of CPU."""
    out_cooldown: int = facts.COOLDOWN.value
    """Seconds."""
    in_cooldown: int = facts.COOLDOWN.value
    peak: int = 400
    """Requests a second at the top of the hill."""
    start_seconds: int = 20
    """Until the image's process listens."""
    scales: bool = True
    """Is there a policy at all?"""

    @property
    def configuration(self) -> dict[str, Any]:
        """TargetTrackingScalingPolicyConfiguration."""
        return {
            "TargetValue": float(self.target),
            "PredefinedMetricSpecification": {"PredefinedMetricType": METRIC},
            "ScaleOutCooldown": self.out_cooldown,
            "ScaleInCooldown": self.in_cooldown,
        }


def run(sketch: Sketch) -> ScalingHistory:
    """Let it live through the hill."""
    image = Image(IMAGE, "sha256:" + "0" * 64, start_seconds=float(sketch.start_seconds), stop_seconds=2.0)
    balancer = [{"targetGroupArn": GROUP, "containerName": "web", "containerPort": 80}]
    behind: dict[str, Any] = {"launchType": "FARGATE", "loadBalancers": balancer, "healthCheckGracePeriodSeconds": 600}
    bare = Bare(LEAST, image=image, **behind)
    bare.wait(LEAD + sketch.start_seconds)
    bare.wait(MINUTE - bare.world.now % MINUTE)
    if sketch.scales:
        _track(bare, sketch)
    begin = bare.world.now + 5 * MINUTE
    marks = [(0.0, LOW), (UP, sketch.peak), (UP + TOP, sketch.peak), (UP + TOP + DOWN, LOW)]
    hill = Points(tuple(begin + MINUTE * at for at, _ in marks), tuple(float(rate) for _, rate in marks))
    bare.happen(LoadSet(bare.service.arn, hill, f"{LOW:g} to {sketch.peak}"))
    minutes = 5 + UP + TOP + DOWN + REST
    bare.wait(MINUTE * minutes)
    return of(bare.world, bare.service.arn, minutes)


def _track(bare: Bare, sketch: Sketch) -> None:
    """Register the service, and put a policy with its two alarms (R-246)."""
    target = Target(
        namespace="ecs",
        resource="service/shop/web",
        dimension="ecs:service:DesiredCount",
        id="1",
        arn=f"arn:aws:application-autoscaling:{REGION}:{ACCOUNT}:scalable-target/1",
        role="",
        service=bare.service.arn,
        minimum=LEAST,
        maximum=MOST,
        created_at=bare.world.now,
    )
    bare.happen(se.TargetRegistered(target))
    names = tuple(f"TargetTracking-{target.resource}-Alarm{side}" for side in ("High", "Low"))
    policy = Policy("cpu", POLICY, "TargetTrackingScaling", sketch.configuration, bare.world.now, names)
    bare.happen(se.PolicyPut(target.key, policy, (), ()))
    goal = float(sketch.target)
    high, low = facts.HIGH_PERIODS.value, facts.LOW_PERIODS.value
    bare.happen(AlarmPut(_alarm(names[0], "GreaterThanThreshold", goal, high)))
    bare.happen(AlarmPut(_alarm(names[1], "LessThanThreshold", round(goal * facts.LOW_SHARE.value, 9), low)))


def _alarm(name: str, operator: str, threshold: float, periods: int) -> Alarm:
    of_service = [{"Name": "ClusterName", "Value": "shop"}, {"Name": "ServiceName", "Value": "web"}]
    return Alarm(
        name=name,
        arn=f"arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm:{name}",
        queries=(Query("m", metric("AWS/ECS", "CPUUtilization", of_service), "Average"),),
        shown="m",
        operator=operator,
        threshold=threshold,
        period=MINUTE,
        periods=periods,
        needed=periods,
        missing="missing",
        actions={"ALARM": (POLICY,)},
    )
