"""Laws on container instances and their attributes. An account that runs on Fargate has none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import api_limits, words
from simcloud.facts.sources import API_MODEL, FIELD_REPORT
from simcloud.facts.words import task as task_words
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal

INVALID = "InvalidParameterException"
DESCRIBE, STATE = "DescribeContainerInstances", "UpdateContainerInstancesState"
ONE = ("DeregisterContainerInstance", "UpdateContainerAgent")
PUT, DELETE, LIST = "PutAttributes", "DeleteAttributes", "ListAttributes"
ID_LENGTHS = (32, 36)
NAME = re.compile(r"[A-Za-z0-9\-_./\\]{1,128}")
VALUE = re.compile(r"(?! )[A-Za-z0-9\-_.@/\\: ]{1,128}(?<! )")


@rule("FG1460", on=(DESCRIBE, STATE), source=API_MODEL)
def instances_are_named(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """At least one container instance is named, and at most 100 to describe or 10 to change."""
    named = reading.texts(request, "containerInstances")
    most = (api_limits.CHANGED_INSTANCES if "status" in request else api_limits.INSTANCES).value
    if not named:
        yield Refusal("containerInstances", str(task_words.INSTANCES_EMPTY), "the list is empty", code=INVALID)
    elif len(named) > most:
        text = words.TOO_MANY.format(what="instanceIds", most=most)
        yield Refusal("containerInstances", text, f"{len(named)} are named", code=INVALID)


@rule("FG1461", on=(DESCRIBE, STATE, *ONE), source=FIELD_REPORT, status="observed")
def an_instance_id_is_long(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A container instance's id has 32 or 36 characters."""
    one = [reading.text(request, "containerInstance")] if "containerInstance" in request else []
    for named in (*one, *reading.texts(request, "containerInstances")):
        if len(named.rpartition("/")[2]) not in ID_LENGTHS:
            text = task_words.ID_LENGTH.format(what="instanceId")
            yield Refusal("containerInstance", text, f"'{named}' is no id", code=INVALID)


@rule("FG1462", on=STATE, source=API_MODEL)
def an_instance_is_active_or_draining(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A container instance is set to ACTIVE or DRAINING."""
    if request.get("status") not in ("ACTIVE", "DRAINING"):
        got = f"status is '{request.get('status')}'"
        yield Refusal("status", str(task_words.INSTANCE_STATUS), got, code=INVALID)


@rule("FG1463", on=ONE, source=API_MODEL)
def there_is_no_instance(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """On Fargate there are no container instances: none can be deregistered or updated."""
    named = reading.text(request, "containerInstance")
    if len(named.rpartition("/")[2]) in ID_LENGTHS:
        text = task_words.INSTANCE_MISSING.format(named=named)
        yield Refusal("containerInstance", text, "Fargate shows no instances", code=INVALID)


@rule("FG1464", on=(PUT, DELETE), source=API_MODEL)
def ten_attributes_a_call(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """One to ten attributes are put or deleted in a call."""
    given = reading.structures(request, "attributes")
    if not 1 <= len(given) <= api_limits.ATTRIBUTES.value:
        yield Refusal("attributes", str(task_words.ATTRIBUTES_COUNT), f"{len(given)} are given", code=INVALID)


@rule("FG1465", on=(PUT, DELETE), source=API_MODEL)
def attributes_are_plain(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """An attribute's name and value have 1 to 128 plain characters; a value neither begins nor ends with a space."""
    for index, each in enumerate(reading.structures(request, "attributes")):
        if not NAME.fullmatch(reading.text(each, "name")):
            text, got = str(task_words.ATTRIBUTE_NAME), f"it is '{each.get('name')}'"
            yield Refusal(f"attributes[{index}].name", text, got, code=INVALID)
        if each.get("value") is not None and not VALUE.fullmatch(reading.text(each, "value")):
            text, got = str(task_words.ATTRIBUTE_VALUE), f"it is '{each.get('value')}'"
            yield Refusal(f"attributes[{index}].value", text, got, code=INVALID)


@rule("FG1466", on=(PUT, DELETE), source=API_MODEL)
def attributes_belong_to_instances(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Attributes are those of container instances, and on Fargate there is none to have them."""
    for index, each in enumerate(reading.structures(request, "attributes")):
        at, target = f"attributes[{index}].targetId", reading.text(each, "targetId")
        got = f"there is no container instance '{target}'" if target else "no target is given"
        yield Refusal(at, str(task_words.TARGET_MISSING), got, code="TargetNotFoundException")


@rule("FG1467", on=LIST, source=API_MODEL)
def attributes_are_listed_of_instances(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Attributes are listed of container instances; by value only together with a name."""
    if request.get("targetType") != "container-instance":
        got = f"it is '{request.get('targetType')}'"
        yield Refusal("targetType", str(task_words.TARGET_TYPE), got, code=INVALID)
    if request.get("attributeValue") is not None and request.get("attributeName") is None:
        text = str(task_words.ATTRIBUTE_VALUE_ALONE)
        yield Refusal("attributeValue", text, "no attributeName is given", code=INVALID)
