"""Deployment groups: what every platform demands, and the alarms, rollbacks and triggers of all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.codedeploy import ALARM_NAME_LENGTH, ALARMS, TRIGGER_EVENTS, TRIGGERS
from simcloud.facts.sources import CODEDEPLOY_MODEL, PREFLIGHT
from simcloud.facts.words import codedeploy as words
from simcloud.rules.codedeploy.reading import DEPLOYS, ON_GROUPS, Request, platform
from simcloud.rules.codedeploy.seen import CodeDeploySeen
from simcloud.rules.engine import rule
from simcloud.rules.reading import mapping, structures, switch, text, texts
from simcloud.rules.refusal import Refusal

ROLE = re.compile(r"arn:aws[a-z-]*:iam::\d{12}:role/[\w+=,.@/-]+")
TOPIC = re.compile(r"arn:aws[a-z-]*:sns:([a-z0-9-]+):\d{12}:.+")
EVENTS = ("DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST")
STYLE, TRIGGER, ALARM = (
    "InvalidDeploymentStyleException",
    "InvalidTriggerConfigException",
    "InvalidAlarmConfigException",
)
BALANCER = "InvalidLoadBalancerInfoException"


def bench(case: str) -> str:
    """The public record of a deployment that the real AWS refused."""
    return f"{PREFLIGHT} (pf-codedeploy-dg-{case})"


@rule("FG635", on=ON_GROUPS, source=CODEDEPLOY_MODEL, status="assumed")
def the_service_role_is_an_arn(request: Request) -> Iterator[Refusal]:
    """The service role is named by the ARN of an IAM role."""
    role = text(request, "serviceRoleArn")
    if not ROLE.fullmatch(role):
        text_ = words.SERVICE_ROLE_FORM.format(role=role)
        yield Refusal("serviceRoleArn", text_, f"'{role}' is no ARN of a role", "InvalidRoleException")


@rule("FG636", on=(*ON_GROUPS, DEPLOYS), source=bench("deployment-config-platform-match"), status="observed")
def the_configuration_fits_the_platform(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """The deployment configuration is one for the application's compute platform."""
    name, expected = text(request, "deploymentConfigName"), platform(request, seen)
    held = seen.configurations.get(name)
    if held is not None and expected and seen.names("deploymentConfigName") and held["computePlatform"] != expected:
        why = f"{name} is for {held['computePlatform']}, the application for {expected}"
        text_ = words.CONFIG_PLATFORM.format(name=name, platform=expected)
        yield Refusal("deploymentConfigName", text_, why, "InvalidDeploymentConfigNameException")


@rule("FG637", on=(*ON_GROUPS, DEPLOYS), source=bench("alarm-configuration-enabled-requires-alarms"), status="observed")
def what_is_monitored_has_alarms(request: Request) -> Iterator[Refusal]:
    """An alarm configuration that is enabled names at least one alarm."""
    for at, held in _alarms(request):
        if switch(held, "enabled") and not structures(held, "alarms"):
            template = words.ALARMS_EMPTY if "alarms" in held else words.ALARMS_NULL
            yield Refusal(f"{at}.alarms", template, "alarms are enabled and none is named", ALARM)


@rule("FG638", on=(*ON_GROUPS, DEPLOYS), source=CODEDEPLOY_MODEL)
def alarms_have_names_of_their_own(request: Request) -> Iterator[Refusal]:
    """Alarms have names of 1 to 255 characters, each used once."""
    for at, held in _alarms(request):
        names = [text(alarm, "name") for alarm in structures(held, "alarms")]
        for index, name in enumerate(names):
            place = f"{at}.alarms[{index}].name"
            if not 0 < len(name) <= ALARM_NAME_LENGTH.value:
                yield Refusal(place, words.ALARM_NAME, f"a name has 1 to {ALARM_NAME_LENGTH.value} characters", ALARM)
            elif name in names[:index]:
                yield Refusal(place, words.ALARM_TWICE.format(name=name), f"{name} is named twice", ALARM)


@rule("FG639", on=(*ON_GROUPS, DEPLOYS), source=CODEDEPLOY_MODEL)
def alarms_are_few(request: Request) -> Iterator[Refusal]:
    """A deployment group has at most ten alarms."""
    for at, held in _alarms(request):
        if len(structures(held, "alarms")) > ALARMS.value:
            why = f"at most {ALARMS.value} alarms are allowed"
            yield Refusal(f"{at}.alarms", words.ALARMS_MOST, why, "AlarmsLimitExceededException")


def _alarms(request: Request) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for member in ("alarmConfiguration", "overrideAlarmConfiguration"):
        if held := mapping(request, member):
            yield member, held


@rule("FG640", on=(*ON_GROUPS, DEPLOYS), source=bench("autorollback-enabled-requires-events"), status="observed")
def a_rollback_has_a_reason(request: Request) -> Iterator[Refusal]:
    """An automatic rollback that is enabled names at least one event that triggers it."""
    held = mapping(request, "autoRollbackConfiguration")
    if switch(held, "enabled") and not texts(held, "events"):
        at = "autoRollbackConfiguration.events"
        why = "rollbacks are enabled and no event is named"
        yield Refusal(at, words.ROLLBACK_EVENTS, why, "InvalidAutoRollbackConfigException")


@rule("FG641", on=(*ON_GROUPS, DEPLOYS), source=CODEDEPLOY_MODEL)
def a_rollback_is_for_a_known_reason(request: Request) -> Iterator[Refusal]:
    """A rollback is triggered by a failure, by an alarm or on request."""
    for index, event in enumerate(texts(mapping(request, "autoRollbackConfiguration"), "events")):
        if event not in EVENTS:
            at = f"autoRollbackConfiguration.events[{index}]"
            text_ = words.ROLLBACK_EVENT.format(event=event)
            why = f"{event} is none of {', '.join(EVENTS)}"
            yield Refusal(at, text_, why, "InvalidAutoRollbackConfigException")


@rule("FG1591", on=ON_GROUPS, source=CODEDEPLOY_MODEL)
def a_trigger_is_for_known_events(request: Request) -> Iterator[Refusal]:
    """A trigger tells of events that a deployment or an instance of it has."""
    for index, trigger in enumerate(structures(request, "triggerConfigurations")):
        for place, event in enumerate(texts(trigger, "triggerEvents")):
            if event not in TRIGGER_EVENTS.value:
                at = f"triggerConfigurations[{index}].triggerEvents[{place}]"
                said = words.TRIGGER_EVENT.format(event=event)
                yield Refusal(at, said, f"{event} is none of {', '.join(TRIGGER_EVENTS.value)}", TRIGGER)


@rule("FG642", on=ON_GROUPS, source=bench("trigger-target-region"), status="observed")
def triggers_tell_topics_of_this_region(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A trigger tells an SNS topic that lives in the group's own region."""
    for at, arn in _topics(request, seen):
        found = TOPIC.fullmatch(arn)
        if found is None or found[1] != seen.region:
            why = f"{arn} is no topic of {seen.region}"
            yield Refusal(at, words.TOPIC_REGION.format(arn=arn), why, TRIGGER)


@rule("FG643", on=ON_GROUPS, source=bench("trigger-target-region, probe B3"), status="observed")
def triggers_tell_topics_that_exist(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A trigger tells an SNS topic that exists."""
    for at, arn in _topics(request, seen):
        found = TOPIC.fullmatch(arn)
        if found is not None and found[1] == seen.region and arn not in seen.topics:
            yield Refusal(at, words.TOPIC_MISSING.format(arn=arn), f"there is no topic {arn}", TRIGGER)


def _topics(request: Request, seen: CodeDeploySeen) -> Iterator[tuple[str, str]]:
    if seen.names("triggerConfigurations"):
        for index, trigger in enumerate(structures(request, "triggerConfigurations")):
            yield f"triggerConfigurations[{index}].triggerTargetArn", text(trigger, "triggerTargetArn")


@rule("FG644", on=ON_GROUPS, source=bench("trigger-name-and-target-unique"), status="observed")
def triggers_differ(request: Request) -> Iterator[Refusal]:
    """No two triggers of a group have the same name or the same topic."""
    for member, template in (("triggerName", words.TRIGGER_NAME), ("triggerTargetArn", words.TRIGGER_ARN)):
        given = [text(trigger, member) for trigger in structures(request, "triggerConfigurations")]
        if len(set(given)) < len(given):
            yield Refusal("triggerConfigurations", template, f"two triggers have the same {member}", TRIGGER)


@rule("FG645", on=ON_GROUPS, source=bench("triggers-max-10"), status="observed")
def triggers_are_few(request: Request) -> Iterator[Refusal]:
    """A deployment group has at most ten triggers."""
    if len(structures(request, "triggerConfigurations")) > TRIGGERS.value:
        why = f"at most {TRIGGERS.value} triggers are allowed"
        yield Refusal("triggerConfigurations", words.TRIGGERS_MOST, why, "TriggerTargetsLimitExceededException")


@rule("FG646", on=ON_GROUPS, source=bench("ecs-services-requires-ecs-platform"), status="observed")
def servers_have_no_ecs_services(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A group of servers, which is what an application without a platform has, names no ECS services."""
    if platform(request, seen) == "Server" and structures(request, "ecsServices"):
        why = "the application's computePlatform is Server"
        yield Refusal("ecsServices", words.SERVER_FORBIDS_ECS, why, "InvalidECSServiceException")


@rule("FG647", on=ON_GROUPS, source=bench("bluegreen-requires-traffic-control"), status="observed")
def servers_go_blue_green_with_traffic_control(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A blue/green deployment to servers controls the traffic."""
    style = mapping(request, "deploymentStyle")
    is_loose = text(style, "deploymentOption") != "WITH_TRAFFIC_CONTROL"
    if platform(request, seen) == "Server" and text(style, "deploymentType") == "BLUE_GREEN" and is_loose:
        why = "BLUE_GREEN needs WITH_TRAFFIC_CONTROL"
        yield Refusal("deploymentStyle.deploymentOption", words.STYLE_SERVER, why, STYLE)


@rule("FG648", on=ON_GROUPS, source=bench("traffic-control-requires-load-balancer"), status="observed")
def servers_control_traffic_at_a_balancer(request: Request, seen: CodeDeploySeen) -> Iterator[Refusal]:
    """A group of servers that controls traffic names a load balancer or a target group."""
    option = text(mapping(request, "deploymentStyle"), "deploymentOption")
    info = mapping(request, "loadBalancerInfo")
    names_one = any(info.get(member) for member in ("elbInfoList", "targetGroupInfoList", "targetGroupPairInfoList"))
    if platform(request, seen) == "Server" and option == "WITH_TRAFFIC_CONTROL" and not names_one:
        why = "WITH_TRAFFIC_CONTROL needs a load balancer to control the traffic at"
        yield Refusal("loadBalancerInfo", words.SERVER_BALANCER, why, BALANCER)
