"""Deployment groups of ECS: what may not be in them, their style, and the waits of a blue/green deployment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.codedeploy import TERMINATION_MINUTES
from simcloud.facts.sources import CODEDEPLOY_MODEL, FIELD_REPORT
from simcloud.facts.words import codedeploy as words
from simcloud.rules.codedeploy.groups import STYLE, bench
from simcloud.rules.codedeploy.reading import ON_GROUPS, Request, platform
from simcloud.rules.codedeploy.seen import CodeDeploySeen
from simcloud.rules.engine import rule
from simcloud.rules.reading import mapping, number, text
from simcloud.rules.refusal import Refusal

WAITS = "InvalidBlueGreenDeploymentConfigurationException"
AT = "blueGreenDeploymentConfiguration"
READY, TERMINATION = "deploymentReadyOption", "terminateBlueInstancesOnDeploymentSuccess"
ACTIONS = (
    (READY, "actionOnTimeout", ("CONTINUE_DEPLOYMENT", "STOP_DEPLOYMENT")),
    (TERMINATION, "action", ("TERMINATE", "KEEP_ALIVE")),
    ("greenFleetProvisioningOption", "action", ("DISCOVER_EXISTING", "COPY_AUTO_SCALING_GROUP")),
)
"""Where an action stands, its member, and which there are."""
OF_SERVERS = {
    "ec2TagFilters": "InvalidEC2TagException",
    "ec2TagSet": "InvalidEC2TagException",
    "onPremisesInstanceTagFilters": "InvalidTagException",
    "onPremisesTagSet": "InvalidTagException",
    "autoScalingGroups": "InvalidAutoScalingGroupException",
}
"""What only a group of servers has, and the error of each."""


def _waits(request: Request) -> Mapping[str, Any]:
    return mapping(request, AT)


@rule("FG649", on=ON_GROUPS, source=bench("ec2-filters-server-platform-only"), status="observed")
def only_servers_have_tags_and_scaling_groups(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A group of ECS or Lambda names no instances: no tag filters, no tag sets, no Auto Scaling groups."""
    kind = platform(request, seen)
    for member, code in OF_SERVERS.items():
        if kind in ("ECS", "Lambda") and request.get(member):
            text_ = words.FORBIDDEN.format(platform=kind, member=member)
            yield Refusal(member, text_, f"{kind} has no instances", code)


@rule("FG650", on=ON_GROUPS, source=FIELD_REPORT, status="observed")
def ecs_is_deployed_blue_green(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A group of ECS or Lambda deploys BLUE_GREEN and WITH_TRAFFIC_CONTROL, and says so."""
    kind, style = platform(request, seen), mapping(request, "deploymentStyle")
    asked = text(style, "deploymentType"), text(style, "deploymentOption")
    if kind in ("ECS", "Lambda") and asked != ("BLUE_GREEN", "WITH_TRAFFIC_CONTROL"):
        spoken = kind.upper() if kind == "Lambda" else kind
        why = f"deploymentStyle is {' and '.join(each for each in asked if each) or 'missing'}"
        yield Refusal("deploymentStyle", words.STYLE_ECS.format(platform=spoken), why, STYLE)


@rule("FG651", on=ON_GROUPS, source=bench("lambda-forbids-blue-green-config"), status="observed")
def ecs_says_how_long_it_waits(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A group of ECS has a blueGreenDeploymentConfiguration."""
    if platform(request, seen) == "ECS" and not _waits(request):
        yield Refusal(AT, words.BLUE_GREEN_MISSING, f"{AT} is missing", WAITS)


@rule("FG652", on=ON_GROUPS, source=bench("lambda-forbids-blue-green-config"), status="observed")
def lambda_does_not_wait(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A group of Lambda has no blueGreenDeploymentConfiguration."""
    if platform(request, seen) == "Lambda" and _waits(request):
        text_ = words.FORBIDDEN.format(platform="Lambda", member=AT)
        yield Refusal(AT, text_, "Lambda has no fleets to wait for", WAITS)


@rule("FG653", on=ON_GROUPS, source=bench("blue-green-config-required-members"), status="observed")
def both_waits_are_given(request: Request) -> Iterator[Refusal]:
    """A blueGreenDeploymentConfiguration says when traffic is rerouted and what becomes of the original."""
    held = _waits(request)
    if held and READY not in held:
        yield Refusal(f"{AT}.{READY}", words.READY_MISSING, f"{READY} is missing", WAITS)
    if held and TERMINATION not in held:
        yield Refusal(f"{AT}.{TERMINATION}", words.TERMINATION_MISSING, f"{TERMINATION} is missing", WAITS)


@rule("FG1590", on=ON_GROUPS, source=CODEDEPLOY_MODEL)
def a_wait_ends_in_a_known_way(request: Request) -> Iterator[Refusal]:
    """What follows a wait is one of the actions that CodeDeploy has."""
    for member, action, known in ACTIONS:
        given = text(mapping(_waits(request), member), action)
        if given and given not in known:
            said = words.ACTION.format(member=action, value=given)
            yield Refusal(f"{AT}.{member}.{action}", said, f"{given} is none of {', '.join(known)}", WAITS)


@rule("FG654", on=ON_GROUPS, source=bench("deployment-ready-continue-no-wait-time"), status="observed")
def to_continue_is_not_to_wait(request: Request) -> Iterator[Refusal]:
    """With CONTINUE_DEPLOYMENT traffic is rerouted at once: there is no waitTimeInMinutes."""
    ready = mapping(_waits(request), READY)
    minutes = number(ready, "waitTimeInMinutes") or 0
    if text(ready, "actionOnTimeout") == "CONTINUE_DEPLOYMENT" and minutes > 0:
        why = f"CONTINUE_DEPLOYMENT does not wait {minutes} minutes; STOP_DEPLOYMENT does"
        yield Refusal(f"{AT}.{READY}.waitTimeInMinutes", words.CONTINUE_WITH_WAIT, why, WAITS)


@rule("FG655", on=ON_GROUPS, source=bench("deployment-ready-stop-requires-wait-time"), status="observed")
def to_stop_is_to_wait_before(request: Request) -> Iterator[Refusal]:
    """With STOP_DEPLOYMENT somebody has a time in which to continue: waitTimeInMinutes is above 0."""
    ready = mapping(_waits(request), READY)
    if text(ready, "actionOnTimeout") == "STOP_DEPLOYMENT" and not number(ready, "waitTimeInMinutes"):
        why = "nobody could continue it in time"
        yield Refusal(f"{AT}.{READY}.waitTimeInMinutes", words.STOP_WITHOUT_WAIT, why, WAITS)


@rule("FG656", on=ON_GROUPS, source=bench("termination-wait-max"), status="observed")
def the_original_is_kept_two_days_at_most(request: Request) -> Iterator[Refusal]:
    """The original is terminated at most 2880 minutes after the deployment, whatever the action."""
    minutes = number(mapping(_waits(request), TERMINATION), "terminationWaitTimeInMinutes") or 0
    if minutes > TERMINATION_MINUTES.value:
        why = f"{minutes} minutes are more than {TERMINATION_MINUTES.value}"
        yield Refusal(f"{AT}.{TERMINATION}.terminationWaitTimeInMinutes", words.TERMINATION_WAIT, why, WAITS)
