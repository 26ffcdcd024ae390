"""Laws on rules of EventBridge and their targets."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.events import DLQ, TARGETS
from simcloud.facts.words import bus as bus_words
from simcloud.facts.words import operating as words
from simcloud.facts.words.neighbours import EVENTS
from simcloud.rules.engine import rule
from simcloud.rules.neighbours import patterns
from simcloud.rules.neighbours.seen import Neighbours
from simcloud.rules.reading import mapping, number, structures, text
from simcloud.rules.refusal import Refusal
from simcloud.rules.timetables import Unreadable, of_rule

INVALID = "ValidationException"
PATTERN = "InvalidEventPatternException"
PRINCIPAL = "events.amazonaws.com"
_ROLE = re.compile(r"arn:aws:iam::(\d+):role/.+")


@rule("FG497", on="events:PutRule", source=EVENTS + "API_PutRule.html", status="observed")
def a_rule_has_a_schedule_that_can_be(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A schedule is rate(...) or cron(...) in EventBridge's spelling, on the default bus."""
    schedule = text(request, "ScheduleExpression")
    bus = text(request, "EventBusName").rpartition("/")[2] or "default"
    if schedule and not _readable(schedule):
        why = f"{schedule!r} is neither rate(5 minutes) nor cron with six fields"
        yield Refusal("ScheduleExpression", words.SCHEDULE, why, INVALID)
    elif schedule and bus != "default":
        yield Refusal("ScheduleExpression", words.SCHEDULE_BUS, f"the bus is {bus}", INVALID)


@rule("FG1500", on=("events:PutRule", "events:TestEventPattern"), source=bus_words.PATTERN.source, status="observed")
def an_event_pattern_can_be_compiled(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """The fields of an event pattern are structures or lists that are not empty; in a list stand values, and operators
    that EventBridge knows, each with what it compares with."""
    given = text(request, "EventPattern")
    try:
        pattern = json.loads(given or "{}")
    except ValueError:
        return
    if not isinstance(pattern, dict) or not pattern:
        return
    for fault in patterns.faults(pattern):
        aws = bus_words.PATTERN.format(reason=fault)
        yield Refusal("EventPattern", aws, _advice(fault), PATTERN)
        return


def _advice(fault: str) -> str:
    if fault.endswith("must be an object or an array"):
        return "a value stands in a list, also where it is the only one"
    if fault == bus_words.EMPTY_ARRAY:
        return "a list without values would match nothing"
    if fault.startswith("Unrecognized match type"):
        return f"the operators are {', '.join(patterns.OPERATORS)}"
    return "no event could be compared with it"


@rule("FG1505", on="events:PutRule", source=bus_words.NO_PATTERN.source, status="observed")
def an_empty_pattern_is_none(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A rule has a schedule, or an event pattern that looks for something."""
    given = text(request, "EventPattern")
    if given.replace(" ", "") == "{}" and not text(request, "ScheduleExpression"):
        yield Refusal("EventPattern", bus_words.NO_PATTERN, "it would look for nothing", INVALID)


@rule("FG1501", on="events:PutRule", source=bus_words.NOT_ASSUMABLE.source, status="observed")
def a_rules_role_trusts_eventbridge(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """The role of a rule can be assumed by events.amazonaws.com."""
    yield from _role("RoleArn", text(request, "RoleArn"), seen)


def _role(at: str, role: str, seen: Neighbours) -> Iterator[Refusal]:
    found = _ROLE.fullmatch(role)
    if found and found[1] == seen.account and PRINCIPAL not in seen.trusting.get(role, frozenset()):
        aws = bus_words.NOT_ASSUMABLE.format(role=role)
        why = f"its trust policy does not let {PRINCIPAL} in" if role in seen.trusting else "there is no such role"
        yield Refusal(at, aws, why, INVALID)


@rule("FG498", on="events:PutTargets", source=EVENTS + "API_Target.html", status="observed")
def a_target_has_what_it_needs_to_run(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A target that runs ECS tasks has a role, a task definition of the cluster's region and 1 to 10 tasks; every
    target has an id of its own, and one input that is JSON."""
    bus = text(request, "EventBusName").rpartition("/")[2] or "default"
    if f"{bus}/{text(request, 'Rule')}" not in seen.event_rules:
        return
    targets = structures(request, "Targets")
    twice = [name for name, count in Counter(text(one, "Id") for one in targets).items() if count > 1]
    if twice:
        yield _target(0, "Id", words.TARGET_TWICE.format(target=twice[0]), "each target has an id of its own")
        return
    for index, one in enumerate(targets):
        yield from _input(index, one)
        arn = text(one, "Arn")
        if re.match(r"arn:aws:ecs:[^:]+:\d+:cluster/", arn):
            yield from _tasks(index, one, arn)
        elif "EcsParameters" in one and arn.startswith("arn:"):
            aws = words.NOT_SUPPORTED.format(target=text(one, "Id"))
            yield _target(index, "EcsParameters", aws, f"{arn} is no ECS cluster")


def _target(index: int, member: str, aws: str, why: str) -> Refusal:
    return Refusal(f"Targets[{index}].{member}", aws, why, INVALID)


def _input(index: int, one: Mapping[str, Any]) -> Iterator[Refusal]:
    name = text(one, "Id")
    named = [member for member in ("Input", "InputPath", "InputTransformer") if one.get(member)]
    if len(named) > 1:
        yield _target(index, named[1], words.ONE_INPUT.format(target=name), f"{' and '.join(named)} are named")
    elif named == ["Input"]:
        try:
            json.loads(text(one, "Input"))
        except ValueError:
            yield _target(index, "Input", words.INPUT_JSON.format(target=name), "a text stands in quotes, too")


def _tasks(index: int, one: Mapping[str, Any], cluster: str) -> Iterator[Refusal]:
    name, ecs = text(one, "Id"), mapping(one, "EcsParameters")
    if not ecs:
        aws = words.TARGET_PARAMETERS.format(target=name)
        yield _target(index, "EcsParameters", aws, "which task definition?")
        return
    if not text(one, "RoleArn"):
        aws = words.TARGET_ROLE.format(arn=cluster)
        yield _target(index, "RoleArn", aws, "EventBridge calls RunTask as this role")
    count, (least, most) = number(ecs, "TaskCount"), words.TASKS.value
    if count is not None and not least <= count <= most:
        yield _target(index, "EcsParameters.TaskCount", words.TASK_COUNT.format(target=name), f"{count} is asked")
    definition = text(ecs, "TaskDefinitionArn")
    if definition.count(":") > 3 and definition.split(":")[3] != cluster.split(":")[3]:
        aws = words.TARGET_REGION.format(cluster=cluster, definition=definition)
        yield _target(index, "EcsParameters.TaskDefinitionArn", aws, "tasks run where their definition is")


def _readable(schedule: str) -> bool:
    try:
        of_rule(schedule)
    except Unreadable:
        return False
    return True


@rule("FG1502", on="events:PutTargets", source=bus_words.NOT_ASSUMABLE.source)
def a_targets_role_trusts_eventbridge(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """The role of a target can be assumed by events.amazonaws.com."""
    for index, one in enumerate(structures(request, "Targets")):
        yield from _role(f"Targets[{index}].RoleArn", text(one, "RoleArn"), seen)


@rule("FG1503", on="events:PutTargets", source=DLQ, status="observed")
def a_dead_letter_queue_is_a_standard_queue(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """The dead-letter queue of a target is a standard queue of SQS."""
    for index, one in enumerate(structures(request, "Targets")):
        arn = text(mapping(one, "DeadLetterConfig"), "Arn")
        service = arn.split(":")[2] if arn.count(":") > 4 else ""
        if service and service != "sqs":
            aws = bus_words.DEAD_LETTER_KIND.format(service=service)
            yield _target(index, "DeadLetterConfig.Arn", aws, f"{arn} is no queue")
        elif arn.endswith(".fifo"):
            yield _target(index, "DeadLetterConfig.Arn", bus_words.DEAD_LETTER_FIFO, "take a standard queue")


@rule("FG1504", on="events:PutTargets", source=TARGETS.source)
def a_rule_has_up_to_five_targets(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A rule has at most five targets."""
    bus = text(request, "EventBusName").rpartition("/")[2] or "default"
    held = set(seen.event_targets.get(f"{bus}/{text(request, 'Rule')}", ()))
    count = len(held | {text(one, "Id") for one in structures(request, "Targets")})
    if count > TARGETS.value:
        why = f"{count} targets, and {TARGETS.value} is the most: make another rule"
        yield Refusal("Targets", bus_words.TOO_MANY_TARGETS, why, "LimitExceededException")
