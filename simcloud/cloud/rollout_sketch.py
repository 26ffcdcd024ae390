"""A canary of a service that nobody has: what its share, its times, a fault and an alarm make of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simcloud.cloud.rollout_history import RolloutHistory, of
from simcloud.sim import events as e
from simcloud.sim.bare import ACCOUNT, IMAGE, REGION, Around, Bare
from simcloud.sim.effects import Effect
from simcloud.sim.image import Image
from simcloud.sim.load.curve import Constant
from simcloud.sim.load.events import LoadSet
from simcloud.sim.traffic.effects import LookAtRules, SetWeights
from simcloud.sim.traffic.events import RulesSeen, Weights
from simcloud.sim.watching import laws
from simcloud.sim.watching.events import AlarmPut
from simcloud.sim.watching.metric import metric
from simcloud.sim.watching.state import Alarm, Query

FOLLOWING = laws.LAWS
"""Read, so that alarms are evaluated."""
HEAD = f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}"
BLUE, GREEN = (f"{HEAD}:targetgroup/{name}/0123456789abcdef" for name in ("blue", "green"))
RULE = f"{HEAD}:listener-rule/app/front/0123456789abcdef/80/1"
ALARM = "green-5xx"
SECOND = IMAGE.replace("1.0", "2.0")
TASKS, RATE = 4, 60.0
"""How many tasks serve, and requests a second: they can answer 100."""
LEAD = 120.0
"""Seconds until the deployment."""
BEFORE, AFTER = 1.0, 10.0
"""Minutes before the deployment that are shown, and after all its bakes."""


@dataclass(frozen=True)
class Sketch:
    """What is tried."""

    canary_percent: int = 10
    canary_minutes: int = 10
    """How long the canary has its share."""
    bake_minutes: int = 5
    """How long both revisions run after the whole shift."""
    fault: bool = True
    """Does the new revision answer half of its requests with 500?"""
    alarm: bool = True
    """Does an alarm on those answers watch the deployment, and roll it back?"""

    @property
    def configuration(self) -> dict[str, Any]:
        """deploymentConfiguration."""
        canary = {"canaryPercent": float(self.canary_percent), "canaryBakeTimeInMinutes": self.canary_minutes}
        return {
            "strategy": "CANARY",
            "canaryConfiguration": canary,
            "bakeTimeInMinutes": self.bake_minutes,
            "alarms": {"alarmNames": [ALARM], "enable": self.alarm, "rollback": True},
        }


class _Balanced(Around):
    """With a listener rule, and a second image that may fail."""

    def __init__(self, sketch: Sketch) -> None:
        super().__init__(Image(IMAGE, "sha256:" + "0" * 64))
        self._second = Image(SECOND, "sha256:" + "1" * 64, error_share=0.5 if sketch.fault else 0.0)
        self._rules: dict[str, Weights] = {RULE: ((BLUE, 1.0), (GREEN, 0.0))}

    def image(self, reference: str) -> Image | None:
        second = reference == SECOND or reference.endswith(self._second.digest)
        return self._second if second else super().image(reference)

    def perform(self, effect: Effect) -> e.Event | None:
        if isinstance(effect, LookAtRules):
            return RulesSeen(effect.service, tuple((rule, self._rules.get(rule)) for rule in effect.rules))
        if isinstance(effect, SetWeights):
            self._rules[effect.rule] = tuple((group, float(weight)) for group, weight in effect.weights)
            return RulesSeen(effect.service, ((effect.rule, self._rules[effect.rule]),), shifted=True)
        return super().perform(effect)


def run(sketch: Sketch) -> RolloutHistory:
    """Let it live: the service starts, is asked for requests, and gets its second revision."""
    advanced = {"alternateTargetGroupArn": GREEN, "productionListenerRule": RULE}
    behind = {"targetGroupArn": BLUE, "containerName": "web", "containerPort": 80, "advancedConfiguration": advanced}
    bare = Bare(
        TASKS,
        around=_Balanced(sketch),
        launchType="FARGATE",
        loadBalancers=[behind],
        deploymentConfiguration=sketch.configuration,
    )
    bare.happen(AlarmPut(_alarm()))
    bare.wait(LEAD)
    bare.happen(LoadSet(bare.service.arn, Constant(RATE), f"{RATE:g}"))
    stored = bare.world.definitions[bare.service.primary.definition]
    arn = str(stored["taskDefinitionArn"])[:-1] + "2"
    containers = [{**stored["containerDefinitions"][0], "image": SECOND}]
    second = {**stored, "taskDefinitionArn": arn, "revision": 2, "containerDefinitions": containers}
    bare.happen(e.DefinitionRegistered(second))
    bare.happen(e.ServiceUpdated(bare.service.arn, {"taskDefinition": arn}, deploys=True))
    minutes = sketch.canary_minutes + sketch.bake_minutes + AFTER
    bare.wait(60.0 * minutes)
    return of(bare.world, bare.service.arn, minutes + BEFORE)


def _alarm() -> Alarm:
    """More than 10 errors of the second target group in a minute."""
    group = [{"Name": "TargetGroup", "Value": GREEN.rpartition(":")[2]}]
    watched = metric("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", group)
    return Alarm(
        name=ALARM,
        arn=f"arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm:{ALARM}",
        queries=(Query("m", watched, "Sum"),),
        shown="m",
        operator="GreaterThanThreshold",
        threshold=10.0,
        period=60.0,
        periods=1,
        needed=1,
        missing="notBreaching",
        actions={},
    )
