"""The law on values of which AWS offers a fixed list: botocore sends any text, and the service refuses what it does not
know.

Not here: `protocol`, of which anything else counts as tcp (the API model says so); log drivers and ulimits, which have
texts of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simcloud.facts import statuses, words
from simcloud.facts.sources import API_MODEL
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"
_OF_EFS = "efsVolumeConfiguration"
_Odd = tuple[str, str, str, Any]
"""Where it stands, the list of values that is offered, the member, and its value, which is not among them."""

_KINDS = ("constraint", "firelens", "environment file", "resource")
"""Lists for the members that are called `type`, which are not left empty as the others may be."""


def _odd(kind: str, holder: Mapping[str, Any], key: str) -> bool:
    """Does the member hold what is not offered?"""
    value = holder.get(key)
    return value not in statuses.OFFERED.value[kind] and bool(value or (value == "" and kind in _KINDS))


def _of_task(task: TaskDefinition) -> Iterator[_Odd]:
    raw = task.raw
    for key in ("networkMode", "pidMode", "ipcMode"):
        if key in raw and _odd(key, raw, key):
            yield key, key, key, raw[key]
    platform = reading.mapping(raw, "runtimePlatform")
    for key in ("cpuArchitecture", "operatingSystemFamily") if platform else ():
        if _odd(key, platform, key):
            yield f"runtimePlatform.{key}", key, key, platform[key]
    if "proxyConfiguration" in raw and _odd("proxy", proxy := reading.mapping(raw, "proxyConfiguration"), "type"):
        yield "proxyConfiguration.type", "proxy", "type", proxy["type"]
    for index, constraint in enumerate(reading.structures(raw, "placementConstraints")):
        if _odd("constraint", constraint, "type"):
            yield f"placementConstraints[{index}].type", "constraint", "type", constraint["type"]


def _of_volumes(task: TaskDefinition) -> Iterator[_Odd]:
    for index, volume in enumerate(task.volumes):
        if _OF_EFS in volume:
            efs, at = reading.mapping(volume, _OF_EFS), f"volumes[{index}].{_OF_EFS}"
            if _odd("transitEncryption", efs, "transitEncryption"):
                yield f"{at}.transitEncryption", "transitEncryption", "transitEncryption", efs["transitEncryption"]
            if _odd("iam", access := reading.mapping(efs, "authorizationConfig"), "iam"):
                yield f"{at}.authorizationConfig.iam", "iam", "iam", access["iam"]
        if "dockerVolumeConfiguration" in volume:
            docker = reading.mapping(volume, "dockerVolumeConfiguration")
            if _odd("scope", docker, "scope"):
                yield f"volumes[{index}].dockerVolumeConfiguration.scope", "scope", "scope", docker["scope"]


_OF_LISTS = (
    ("dependsOn", "condition", "condition"),
    ("portMappings", "appProtocol", "appProtocol"),
    ("environmentFiles", "environment file", "type"),
    ("resourceRequirements", "resource", "type"),
)
"""A container's list, the values that are offered, and the member."""


def _of_containers(task: TaskDefinition) -> Iterator[_Odd]:
    for container in task.containers:
        raw = container.raw
        if "versionConsistency" in raw and _odd("versionConsistency", raw, "versionConsistency"):
            at = f"{container.at}.versionConsistency"
            yield at, "versionConsistency", "versionConsistency", raw["versionConsistency"]
        if "firelensConfiguration" in raw:
            firelens = reading.mapping(raw, "firelensConfiguration")
            if _odd("firelens", firelens, "type"):
                yield f"{container.at}.firelensConfiguration.type", "firelens", "type", firelens["type"]
        for member, kind, key in _OF_LISTS:
            if member in raw:
                for index, item in enumerate(reading.structures(raw, member)):
                    if _odd(kind, item, key):
                        yield f"{container.at}.{member}[{index}].{key}", kind, key, item[key]


@rule("FG377", on=REGISTER, source=API_MODEL, status="assumed")
def a_value_is_one_that_is_offered(task: TaskDefinition) -> Iterator[Refusal]:
    """Where AWS offers a fixed list of values, in that spelling, nothing else is taken."""
    for at, kind, key, value in (*_of_task(task), *_of_volumes(task), *_of_containers(task)):
        yield _not_offered(at, key, value, statuses.OFFERED.value[kind])
    offered = statuses.OFFERED.value["compatibility"]
    for index, kind in enumerate(reading.texts(task.raw, "requiresCompatibilities")):
        if kind not in offered:
            yield _not_offered(f"requiresCompatibilities[{index}]", "requiresCompatibilities", kind, offered)


def _not_offered(at: str, member: str, value: Any, values: Sequence[str]) -> Refusal:
    text = words.NO_SUCH_VALUE.format(value=value, member=member, values=", ".join(values))
    return Refusal(at, text, f"{value!r} is not among them")
