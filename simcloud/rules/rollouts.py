"""Laws on the deployment strategies that shift traffic: BLUE_GREEN, LINEAR and CANARY (R-230 to R-234)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from simcloud.facts import launch_limits as limits
from simcloud.facts.sources import API_MODEL, GUIDE, issue
from simcloud.facts.words import rollout as said
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.launch import SERVICES, Launch
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen

INVALID, CLIENT = "InvalidParameterException", "ClientException"
AT = "deploymentConfiguration"
SPOKEN = {"BLUE_GREEN": "blue/green", "LINEAR": "linear", "CANARY": "canary"}
"""As AWS's messages call the strategies that shift traffic."""
BLOCKS = {"linearConfiguration": "LINEAR", "canaryConfiguration": "CANARY"}
REQUIRED = ("alternateTargetGroupArn", "productionListenerRule", "roleArn")


def _shifting(launch: Launch) -> str:
    """The strategy in AWS's messages; '' where ECS shifts no traffic."""
    return SPOKEN.get(launch.rollout, "") if launch.controller == "ECS" else ""


def _advanced(launch: Launch) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Where it stands, the load balancer, and its advanced configuration."""
    for index, balancer in enumerate(reading.structures(launch.raw, "loadBalancers")):
        at = f"loadBalancers[{index}].advancedConfiguration"
        yield at, balancer, reading.mapping(balancer, "advancedConfiguration")


@rule("FG1250", on=SERVICES, source=API_MODEL)
def ecs_shifts_traffic_by_itself(launch: Launch) -> Iterator[Refusal]:
    """The strategies BLUE_GREEN, LINEAR and CANARY are for the deployment controller ECS and REPLICA services."""
    if launch.rollout not in SPOKEN:
        return
    if launch.controller != "ECS":
        text = said.STRATEGY_CONTROLLER.format(strategy=launch.rollout)
        yield Refusal(f"{AT}.strategy", text, f"the controller is {launch.controller}", code=INVALID)
    elif launch.daemon and not launch.on_fargate:
        text = said.STRATEGY_DAEMON.format(strategy=launch.rollout)
        yield Refusal(f"{AT}.strategy", text, "schedulingStrategy is DAEMON", code=INVALID)


@rule("FG1251", on=SERVICES, source=API_MODEL)
def blue_green_bakes(launch: Launch) -> Iterator[Refusal]:
    """A blue/green deployment says for how many minutes both revisions run after the shift of traffic."""
    if launch.rollout == "BLUE_GREEN" and launch.deployment.get("bakeTimeInMinutes") is None:
        text = said.BAKE_REQUIRED.format(strategy=SPOKEN["BLUE_GREEN"])
        yield Refusal(f"{AT}.bakeTimeInMinutes", text, "no bakeTimeInMinutes is given", code=CLIENT)


@rule("FG1252", on=SERVICES, source=API_MODEL)
def a_block_is_of_its_strategy(launch: Launch) -> Iterator[Refusal]:
    """linearConfiguration goes with the strategy LINEAR, canaryConfiguration with CANARY."""
    for member, strategy in BLOCKS.items():
        if launch.deployment.get(member) and launch.rollout != strategy:
            text = said.BLOCK_OF_ANOTHER.format(member=member, strategy=SPOKEN[strategy])
            yield Refusal(f"{AT}.{member}", text, f"the strategy is {launch.rollout}", code=CLIENT)


@rule("FG1253", on=SERVICES, source=API_MODEL)
def bakes_last_a_day_at_most(launch: Launch) -> Iterator[Refusal]:
    """Every bake time is 0 to 1440 minutes."""
    least, most = limits.BAKE_MINUTES.value
    for place, holder, member in (
        ("", launch.deployment, "bakeTimeInMinutes"),
        ("linearConfiguration.", reading.mapping(launch.deployment, "linearConfiguration"), "stepBakeTimeInMinutes"),
        ("canaryConfiguration.", reading.mapping(launch.deployment, "canaryConfiguration"), "canaryBakeTimeInMinutes"),
    ):
        minutes = reading.number(holder, member)
        if minutes is not None and not least <= minutes <= most:
            text = said.RANGE.format(what=member, least=least, most=most)
            yield Refusal(f"{AT}.{place}{member}", text, f"it is {minutes}", code=INVALID)


@rule("FG1254", on=SERVICES, source=API_MODEL)
def shifts_are_tenths_of_a_percent(launch: Launch) -> Iterator[Refusal]:
    """Traffic is shifted in linear steps of 3.0 to 100.0 per cent, or to a canary of 0.1 to 100.0, in tenths."""
    for block, member, (least, most) in (
        ("linearConfiguration", "stepPercent", limits.LINEAR_PERCENT.value),
        ("canaryConfiguration", "canaryPercent", limits.CANARY_PERCENT.value),
    ):
        percent = reading.mapping(launch.deployment, block).get(member)
        if not isinstance(percent, int | float) or isinstance(percent, bool):
            continue
        at = f"{AT}.{block}.{member}"
        if not least <= percent <= most:
            text = said.RANGE.format(what=member, least=least, most=most)
            yield Refusal(at, text, f"it is {percent}", code=INVALID)
        elif Decimal(str(percent)) * 10 % 1:
            yield Refusal(at, said.TENTHS.format(what=member), f"it is {percent}", code=INVALID)


@rule("FG1255", on=SERVICES, source=issue("terraform-aws-modules/terraform-aws-ecs", 377), status="observed")
def every_balancer_can_shift(launch: Launch) -> Iterator[Refusal]:
    """Where traffic is shifted, every load balancer of the service has an advancedConfiguration: an alternate target
    group, a production listener rule and a role, together. A test listener rule may be added."""
    spoken = _shifting(launch)
    for at, _, advanced in _advanced(launch):
        if spoken and not advanced:
            text = said.ADVANCED_REQUIRED.format(strategy=spoken)
            yield Refusal(at, text, "it is not given", code=CLIENT)
        for member in REQUIRED if spoken and advanced else ():
            if not advanced.get(member):
                text = said.ADVANCED_MEMBER.format(member=member, strategy=spoken)
                yield Refusal(f"{at}.{member}", text, "it is not given", code=CLIENT)


@rule("FG1256", on=SERVICES, source=GUIDE + "alb-resources-for-blue-green.html")
def there_are_two_target_groups(launch: Launch) -> Iterator[Refusal]:
    """The alternate target group is another one than the target group."""
    for at, balancer, advanced in _advanced(launch):
        alternate = reading.text(advanced, "alternateTargetGroupArn")
        if alternate and alternate == balancer.get("targetGroupArn"):
            yield Refusal(f"{at}.alternateTargetGroupArn", said.ALTERNATE_SAME, f"both are {alternate}", code=INVALID)


@rule("FG1257", on=SERVICES, source=GUIDE + "alb-resources-for-blue-green.html")
def listener_rules_exist(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A listener rule of the advanced configuration exists; a Network Load Balancer has listeners in its place, an
    Application Load Balancer has not."""
    for at, _, advanced in _advanced(launch):
        for which in ("productionListenerRule", "testListenerRule"):
            arn = reading.text(advanced, which)
            if arn and arn not in seen.rules:
                text = said.RULE_NOT_FOUND.format(arn=arn)
                yield Refusal(f"{at}.{which}", text, f"there is no listener rule {arn}", code=INVALID)
