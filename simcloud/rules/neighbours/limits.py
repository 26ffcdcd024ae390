"""Laws on the limits that the API models state themselves, and how each service words that one is broken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simcloud.facts.words import neighbours as words
from simcloud.rules.engine import rule
from simcloud.rules.neighbours.seen import Neighbours
from simcloud.rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where a request is outside its model."""

    at: str
    """In AWS's spelling: defaultActions.1.member.redirectConfig.statusCode."""
    value: str
    constraint: str
    """Member must have length less than or equal to 64."""
    kind: str
    """values, length, pattern or range."""


BALANCERS = tuple(
    f"elasticloadbalancing:{name}"
    for name in (
        "CreateLoadBalancer",
        "CreateTargetGroup",
        "CreateListener",
        "CreateRule",
        "ModifyTargetGroup",
        "ModifyListener",
        "ModifyRule",
        "RegisterTargets",
        "SetIpAddressType",
    )
)
ALARMS = ("cloudwatch:PutMetricAlarm", "cloudwatch:PutMetricData", "cloudwatch:SetAlarmState")
IDENTITIES = tuple(
    f"iam:{name}" for name in ("CreateRole", "CreatePolicy", "CreateUser", "CreateGroup", "PutRolePolicy", "UpdateRole")
)
LOGS = tuple(
    f"logs:{name}"
    for name in (
        "CreateLogGroup",
        "CreateLogStream",
        "DeleteLogGroup",
        "PutLogEvents",
        "PutRetentionPolicy",
        "PutMetricFilter",
        "PutSubscriptionFilter",
    )
)
EVENTS = ("events:PutRule", "events:CreateEventBus", "events:PutTargets")
SCHEDULES = ("scheduler:CreateSchedule", "scheduler:UpdateSchedule", "scheduler:CreateScheduleGroup")
FILES = (
    "elasticfilesystem:CreateFileSystem",
    "elasticfilesystem:CreateAccessPoint",
    "elasticfilesystem:CreateMountTarget",
    "elasticfilesystem:UpdateFileSystem",
    "elasticfilesystem:PutLifecycleConfiguration",
)
JUDGED = (*BALANCERS, *ALARMS, *IDENTITIES, *LOGS, *EVENTS, *SCHEDULES, *FILES)


@rule("FG400", on=(*BALANCERS, *ALARMS), source=words.MODELS)
def a_value_keeps_to_the_model(_: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A value has the length, the range and the spelling that the service's model allows, or is one of the values that
    it lists."""
    yield from told(seen, "ValidationError")


@rule("FG401", on=IDENTITIES, source=words.MODELS)
def an_identitys_value_keeps_to_the_model(_: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A name, path or text in IAM is no longer than its model allows."""
    yield from told(seen, "ValidationError", leaving=("pattern",))


@rule("FG402", on=LOGS, source=words.MODELS)
def a_logs_value_keeps_to_the_model(_: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """Names of log groups and streams have at most 512 characters: letters, digits and . - _ / # for a group, anything
    but : and * for a stream."""
    yield from told(seen, "InvalidParameterException")


@rule("FG403", on=(*EVENTS, *SCHEDULES, *FILES), source=words.MODELS)
def a_rules_or_file_systems_value_keeps_to_the_model(_: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A value has the length, the range and the spelling that the model of EventBridge, its Scheduler or EFS allows."""
    yield from told(seen, "ValidationException")


def told(seen: Neighbours, code: str, *, leaving: tuple[str, ...] = ()) -> Iterator[Refusal]:
    """One refusal for all of them, as AWS counts them in one message."""
    found = [each for each in seen.broken if each.kind not in leaving]
    if not found:
        return
    each = (words.VALUE.format(value=one.value, at=one.at, constraint=one.constraint) for one in found)
    count = words.ONE_ERROR if len(found) == 1 else words.MANY_ERRORS.format(count=len(found))
    yield Refusal(
        found[0].at,
        f"{count}: {'; '.join(each)}",
        f"{found[0].at} is {found[0].value!r}: {found[0].constraint[:1].lower()}{found[0].constraint[1:]}",
        code=code,
    )
