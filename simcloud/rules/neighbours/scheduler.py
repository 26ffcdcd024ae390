"""Laws on schedules of EventBridge Scheduler, most of them as the real service answered on 2026-09-07
(https://github.com/badmintoncryer/cdk-preflight, pf-scheduler-*)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.events import SCHEDULER
from simcloud.facts.words import bus as words
from simcloud.rules.engine import rule
from simcloud.rules.neighbours.seen import Neighbours
from simcloud.rules.reading import mapping, text
from simcloud.rules.refusal import Refusal
from simcloud.rules.timetables import Unreadable, of_scheduler

PUT = ("scheduler:CreateSchedule", "scheduler:UpdateSchedule")
PRINCIPAL = "scheduler.amazonaws.com"
INVALID = "ValidationException"
UNIVERSAL = "arn:aws:scheduler:::aws-sdk:"
PARAMETERS = {
    "EcsParameters": "ecs",
    "EventBridgeParameters": "events",
    "KinesisParameters": "kinesis",
    "SageMakerPipelineParameters": "sagemaker",
    "SqsParameters": "sqs",
}
"""Each with the service that it is for."""
_READS = re.compile(r"(get|describe|list|batchGet|search|head|lookup)[A-Z]?")
_ROLE = re.compile(r"arn:aws:iam::(\d+):role/.+")


def _invalid(at: str, aws: str, why: str) -> Refusal:
    return Refusal(at, aws, why, INVALID)


@rule("FG1510", on=PUT, source=words.EXPRESSION.source, status="observed")
def a_schedule_can_be_read(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A schedule is at() with a moment, rate() with minutes, hours or days, or cron() with five or six fields, in a
    time zone of the IANA database."""
    expression = text(request, "ScheduleExpression")
    try:
        of_scheduler(expression)
    except Unreadable:
        aws = words.EXPRESSION.format(expression=expression)
        yield _invalid("ScheduleExpression", aws, "write rate(5 minutes), cron(0 8 * * ? *) or at(2026-01-05T08:00:00)")
    zone = text(request, "ScheduleExpressionTimezone")
    if zone and zone != "UTC" and zone not in seen.zones_of_time:
        yield _invalid("ScheduleExpressionTimezone", words.ZONE, f"there is no time zone {zone}")


@rule("FG1511", on=PUT, source=words.WINDOW_OFF.source, status="observed")
def a_flexible_window_has_minutes(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A flexible time window names its minutes, and one that is off names none; a schedule starts before it ends."""
    window = mapping(request, "FlexibleTimeWindow")
    minutes = window.get("MaximumWindowInMinutes")
    if text(window, "Mode") == "OFF" and minutes is not None:
        yield _invalid("FlexibleTimeWindow", words.WINDOW_OFF, "leave the minutes out, or say FLEXIBLE")
    if text(window, "Mode") == "FLEXIBLE" and minutes is None:
        yield _invalid("FlexibleTimeWindow", words.WINDOW_ON, "say how many minutes")
    start, end = request.get("StartDate"), request.get("EndDate")
    if isinstance(start, int | float) and isinstance(end, int | float) and start >= end:
        yield _invalid("StartDate", words.DATES, "it would end before it starts")


@rule("FG1512", on=PUT, source=words.SCHEDULER_ROLE.source, status="observed")
def a_schedules_role_trusts_scheduler(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """The role of a schedule's target can be assumed by scheduler.amazonaws.com: events.amazonaws.com is another."""
    role = text(mapping(request, "Target"), "RoleArn")
    found = _ROLE.fullmatch(role)
    if found and found[1] == seen.account and PRINCIPAL not in seen.trusting.get(role, frozenset()):
        why = f"its trust policy does not let {PRINCIPAL} in" if role in seen.trusting else "there is no such role"
        yield _invalid("Target.RoleArn", words.SCHEDULER_ROLE, why)


@rule("FG1513", on=PUT, source=words.SCHEDULER_PARAMETERS.source, status="observed")
def a_targets_parameters_are_those_of_its_service(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A target is of the schedule's region and has the parameters of its own service alone; tasks need EcsParameters,
    on Fargate with a network, and a FIFO queue its message group."""
    target = mapping(request, "Target")
    arn = text(target, "Arn")
    parts = arn.split(":")
    if arn.startswith(UNIVERSAL) or len(parts) < 6:
        return
    service, region = parts[2], parts[3]
    if service == "scheduler":
        yield _invalid("Target.Arn", words.SCHEDULER_SERVICE.format(service=service), f"write {UNIVERSAL}service:api")
        return
    if region and region != seen.region:
        yield _invalid("Target.Arn", words.SCHEDULER_REGION.format(region=seen.region), f"it is in {region}")
    for name, owner in PARAMETERS.items():
        if target.get(name) and service != owner:
            aws = words.SCHEDULER_PARAMETERS.format(name=name)
            yield _invalid(f"Target.{name}", aws, f"the target is of {service}")
    if service == "ecs":
        yield from _tasks(target)
    if service == "sqs":
        yield from _queue(target, arn)


def _tasks(target: Mapping[str, Any]) -> Iterator[Refusal]:
    parameters = mapping(target, "EcsParameters")
    if not parameters:
        yield _invalid("Target.EcsParameters", words.SCHEDULER_ECS, "which task definition?")
    elif text(parameters, "LaunchType") == "FARGATE" and not mapping(parameters, "NetworkConfiguration"):
        why = "a task on Fargate has a network interface: name its subnets"
        yield _invalid("Target.EcsParameters.NetworkConfiguration", words.SCHEDULER_NETWORK, why)


def _queue(target: Mapping[str, Any], arn: str) -> Iterator[Refusal]:
    group = text(mapping(target, "SqsParameters"), "MessageGroupId")
    if arn.endswith(".fifo") and not group:
        yield _invalid("Target.SqsParameters", words.SCHEDULER_FIFO, "a FIFO queue needs a message group")
    elif group and not arn.endswith(".fifo"):
        yield _invalid("Target.SqsParameters", words.SCHEDULER_NO_GROUP, "only a FIFO queue has message groups")


@rule("FG1514", on=PUT, source=words.SCHEDULER_READS.source, status="observed")
def a_universal_target_changes_something(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A universal target names an operation that changes something, and its parameters as input."""
    target = mapping(request, "Target")
    arn = text(target, "Arn")
    if not arn.startswith(UNIVERSAL):
        return
    api = arn.rpartition(":")[2]
    if _READS.match(api):
        yield _invalid("Target.Arn", words.SCHEDULER_READS.format(api=api), "nobody would see what it answers")
    elif not text(target, "Input"):
        yield _invalid("Target.Input", words.SCHEDULER_NO_INPUT, f"the parameters of {api}, as JSON")


@rule("FG1515", on=PUT, source=words.SCHEDULER_INPUT.source, status="observed")
def an_input_of_tasks_is_json(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """The input of a universal target, of tasks and of an event bus is JSON."""
    target = mapping(request, "Target")
    arn, given = text(target, "Arn"), text(target, "Input")
    if not given or not (arn.startswith(UNIVERSAL) or arn.split(":")[2:3] in (["ecs"], ["events"], ["states"])):
        return
    try:
        json.loads(given)
    except ValueError:
        yield _invalid("Target.Input", words.SCHEDULER_INPUT, "a text stands in quotes, too")


@rule(
    "FG1516",
    on=("scheduler:CreateScheduleGroup", "scheduler:DeleteScheduleGroup"),
    source=words.DEFAULT_GROUP.source,
    status="observed",
)
def the_default_group_stays(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """The group `default` is there from the beginning, and stays."""
    if text(request, "Name") == "default":
        yield _invalid("Name", words.DEFAULT_GROUP, "it is there already")


@rule("FG1517", on=PUT, source=SCHEDULER + "managing-schedule-group.html")
def a_schedules_group_exists(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A schedule goes into a group that exists."""
    group = text(request, "GroupName") or "default"
    if group not in seen.schedule_groups:
        aws = words.NO_GROUP.format(group=group)
        yield Refusal("GroupName", aws, "make it first: create_schedule_group", "ResourceNotFoundException")
