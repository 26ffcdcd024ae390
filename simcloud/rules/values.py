"""The law on values of which AWS offers a fixed list: botocore sends any text, and the service refuses what it does not
know.

Not here: `protocol`, of which anything else counts as tcp (the API model says so); log drivers and ulimits, which have
texts of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from simcloud.facts import statuses, words
from simcloud.facts.sources import API_MODEL
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"
_OF_EFS = "efsVolumeConfiguration"


_Held = tuple[str, str, Mapping[str, Any], str]
"""The structure's place, the list of values that is offered, the structure, and its member."""

_KINDS = ("constraint", "firelens", "environment file", "resource")
"""Lists for the members that are called `type`, which are not left empty as the others may be."""


def _of_task(task: TaskDefinition) -> Iterator[_Held]:
    raw = task.raw
    for key in ("networkMode", "pidMode", "ipcMode"):
        yield "", key, raw, key
    if "runtimePlatform" in raw:
        for key in ("cpuArchitecture", "operatingSystemFamily"):
            yield "runtimePlatform.", key, reading.mapping(raw, "runtimePlatform"), key
    if "proxyConfiguration" in raw:
        yield "proxyConfiguration.", "proxy", reading.mapping(raw, "proxyConfiguration"), "type"
    for index, constraint in enumerate(reading.structures(raw, "placementConstraints")):
        yield f"placementConstraints[{index}].", "constraint", constraint, "type"


def _of_volumes(task: TaskDefinition) -> Iterator[_Held]:
    for index, volume in enumerate(task.volumes):
        if _OF_EFS in volume:
            efs = reading.mapping(volume, _OF_EFS)
            at = f"volumes[{index}].{_OF_EFS}."
            yield at, "transitEncryption", efs, "transitEncryption"
            yield f"{at}authorizationConfig.", "iam", reading.mapping(efs, "authorizationConfig"), "iam"
        if "dockerVolumeConfiguration" in volume:
            docker = reading.mapping(volume, "dockerVolumeConfiguration")
            yield f"volumes[{index}].dockerVolumeConfiguration.", "scope", docker, "scope"


_OF_LISTS = (
    ("dependsOn", "condition", "condition"),
    ("portMappings", "appProtocol", "appProtocol"),
    ("environmentFiles", "environment file", "type"),
    ("resourceRequirements", "resource", "type"),
)
"""A container's list, the values that are offered, and the member."""


def _of_containers(task: TaskDefinition) -> Iterator[_Held]:
    for container in task.containers:
        raw = container.raw
        yield f"{container.at}.", "versionConsistency", raw, "versionConsistency"
        if "firelensConfiguration" in raw:
            firelens = reading.mapping(raw, "firelensConfiguration")
            yield f"{container.at}.firelensConfiguration.", "firelens", firelens, "type"
        for member, offered, key in _OF_LISTS:
            if member in raw:
                for index, item in enumerate(reading.structures(raw, member)):
                    yield f"{container.at}.{member}[{index}].", offered, item, key


@rule("FG377", on=REGISTER, source=API_MODEL, status="assumed")
def a_value_is_one_that_is_offered(task: TaskDefinition) -> Iterator[Refusal]:
    """Where AWS offers a fixed list of values, in that spelling, nothing else is taken."""
    offered = statuses.OFFERED.value
    for at, kind, holder, key in chain(_of_task(task), _of_volumes(task), _of_containers(task)):
        value = holder.get(key)
        if value not in offered[kind] and (value or (value == "" and kind in _KINDS)):
            yield _not_offered(f"{at}{key}", key, value, offered[kind])
    for index, kind in enumerate(reading.texts(task.raw, "requiresCompatibilities")):
        if kind not in offered["compatibility"]:
            at = f"requiresCompatibilities[{index}]"
            yield _not_offered(at, "requiresCompatibilities", kind, offered["compatibility"])


def _not_offered(at: str, member: str, value: Any, values: Sequence[str]) -> Refusal:
    text = words.NO_SUCH_VALUE.format(value=value, member=member, values=", ".join(values))
    return Refusal(at, text, f"{value!r} is not among them")
