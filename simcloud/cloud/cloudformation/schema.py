"""Properties of a resource by botocore's shape of the API's input: checked as CloudFormation does, and translated.

CloudFormation names a property as the API names the member, with a capital; where it does not, `SPELT` says so. It
takes numbers and truths that are written as texts, and texts that are written as numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simcloud.facts.words import stacks as words

SPELT = {
    "efsVolumeConfiguration": "EFSVolumeConfiguration",
    "fsxWindowsFileServerVolumeConfiguration": "FSxWindowsFileServerVolumeConfiguration",
    "iam": "IAM",
    "ecsServices": "ECSServices",
}
"""Members whose property has another spelling than the member with a capital."""

SPELT_IN = {
    ("EFSVolumeConfiguration", "fileSystemId"): "FilesystemId",
    ("ProxyConfiguration", "properties"): "ProxyConfigurationProperties",
}
"""The same, inside one structure."""

REQUIRED_IN = {"ContainerDefinition": ("Image", "Name")}
"""Properties that CloudFormation itself demands inside a structure, beside those that the API's model demands."""

LEFT_TO_THE_SERVICE = frozenset({"AwsVpcConfiguration"})
"""Structures of which CloudFormation demands nothing, though the model does."""

ENUMS = frozenset({"LaunchType", "SchedulingStrategy", "PropagateTags", "AssignPublicIp", "DeploymentControllerType"})
"""Shapes whose values CloudFormation itself knows; others are left to the service."""

NAMES = {"structure": "JSONObject", "map": "JSONObject", "list": "JSONArray", "boolean": "Boolean", "string": "String"}
_INTEGERS = ("integer", "long")
_NUMBERS = ("float", "double")


def spelt(shape: Any, member: str) -> str:
    """CloudFormation's name of a member of a structure."""
    found = SPELT_IN.get((shape.name, member)) or SPELT.get(member)
    return found or member[:1].upper() + member[1:]


def faults(
    shape: Any, value: Any, at: str = "#", needs: Sequence[str] | None = None, *, strict: bool = True
) -> Iterator[str]:
    """What CloudFormation finds wrong with a value, before the service sees it.

    `needs`: the properties of this structure that must be there, where that is not what the model says. Not `strict`:
    only what is of another type, where CloudFormation's names and the model's are not known to be the same.
    """
    kind = shape.type_name
    if getattr(shape, "is_document_type", False):
        return
    if kind == "structure":
        yield from _faults_of_structure(shape, value, at, needs, strict=strict)
    elif kind == "list":
        if not isinstance(value, list):
            yield wrong(at, "JSONArray", value)
            return
        for index, one in enumerate(value):
            yield from faults(shape.member, one, f"{at}/{index}", strict=strict)
    elif kind == "map":
        if not isinstance(value, Mapping):
            yield wrong(at, "JSONObject", value)
    else:
        yield from _faults_of_scalar(shape, value, at)


def _faults_of_structure(
    shape: Any, value: Any, at: str, needs: Sequence[str] | None, *, strict: bool
) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield wrong(at, "JSONObject", value)
        return
    members = {spelt(shape, name): member for name, member in shape.members.items()}
    of_model = () if shape.name in LEFT_TO_THE_SERVICE else shape.required_members
    demanded = {spelt(shape, name) for name in of_model} | {*REQUIRED_IN.get(shape.name, ())}
    for name in sorted(demanded) if needs is None else needs:
        if strict and name not in value:
            yield words.KEY_NOT_FOUND.format(at=at, name=name)
    for name, one in value.items():
        if name in members:
            yield from faults(members[name], one, f"{at}/{name}", strict=strict)
        elif strict:
            yield words.NOT_PERMITTED.format(at=at, name=name)


def _faults_of_scalar(shape: Any, value: Any, at: str) -> Iterator[str]:
    if told := of_another_kind(shape.type_name, value, at):
        yield told
    elif shape.name in ENUMS and str(value) not in shape.enum:
        yield words.NOT_IN_ENUM.format(at=at, value=str(value).lower() if isinstance(value, bool) else value)


def of_another_kind(kind: str, value: Any, at: str) -> str:
    """What CloudFormation says of a value that does not read as a text, a number or a truth; '' of one that does."""
    if isinstance(value, (list, Mapping)):
        return wrong(at, NAMES.get(kind) or ("Integer" if kind in _INTEGERS else "Number"), value)
    if kind in _INTEGERS and _integer(value) is None:
        return wrong(at, "Integer", value)
    if kind in _NUMBERS and _number(value) is None:
        return wrong(at, "Number", value)
    if kind == "boolean" and str(value).lower() not in ("true", "false"):
        return wrong(at, "Boolean", value)
    return ""


def wrong(at: str, expected: str, value: Any) -> str:
    """What CloudFormation says of a value of another type than it expects."""
    if isinstance(value, Mapping):
        found = "JSONObject"
    elif isinstance(value, list):
        found = "JSONArray"
    elif isinstance(value, bool):
        found = "Boolean"
    elif isinstance(value, int):
        found = "Integer"
    elif isinstance(value, float):
        found = "BigDecimal"
    else:
        found = "String"
    return words.WRONG_TYPE.format(at=at, expected=expected, found=found)


def translated(shape: Any, value: Any) -> Any:
    """The value as the API takes it. What does not belong there is left out: `faults` has told it."""
    kind = shape.type_name
    if getattr(shape, "is_document_type", False):
        return value
    if kind == "structure":
        members = {spelt(shape, name): (name, member) for name, member in shape.members.items()}
        known = ((members[name], one) for name, one in value.items() if name in members and one is not None)
        return {name: translated(member, one) for (name, member), one in known}
    if kind == "list":
        return [translated(shape.member, one) for one in value]
    if kind == "map":
        return {str(key): translated(shape.value, one) for key, one in value.items()}
    if kind in _INTEGERS:
        return _integer(value)
    if kind in _NUMBERS:
        return _number(value)
    if kind == "boolean":
        return str(value).lower() == "true"
    if kind == "timestamp":
        return _moment(value)
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _integer(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    try:
        number = float(value)
        return int(number) if number == int(number) else None
    except (TypeError, ValueError, OverflowError):
        return None


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _moment(value: Any) -> float:
    from datetime import UTC, datetime

    if isinstance(value, (int, float)):
        return float(value)
    moment = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
