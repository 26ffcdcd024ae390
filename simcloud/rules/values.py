"""The law on values of which AWS offers a fixed list: botocore sends any text, and the service refuses what it does not
know.

Not here: `protocol`, of which anything else counts as tcp (the API model says so); log drivers and ulimits, which have
texts of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import statuses, words
from simcloud.facts.sources import API_MODEL
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"
_OF_EFS = "efsVolumeConfiguration"


def _written(task: TaskDefinition) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Where, the structure, and the member of it, of every text that comes from a fixed list."""
    for key in ("networkMode", "pidMode", "ipcMode"):
        yield key, task.raw, key
    for key in ("cpuArchitecture", "operatingSystemFamily"):
        yield f"runtimePlatform.{key}", reading.mapping(task.raw, "runtimePlatform"), key
    yield "proxyConfiguration.type", reading.mapping(task.raw, "proxyConfiguration"), "type"
    for index, volume in enumerate(task.volumes):
        efs = reading.mapping(volume, _OF_EFS)
        yield f"volumes[{index}].{_OF_EFS}.transitEncryption", efs, "transitEncryption"
        authorization = reading.mapping(efs, "authorizationConfig")
        yield f"volumes[{index}].{_OF_EFS}.authorizationConfig.iam", authorization, "iam"
        docker = reading.mapping(volume, "dockerVolumeConfiguration")
        yield f"volumes[{index}].dockerVolumeConfiguration.scope", docker, "scope"
    for container in task.containers:
        yield f"{container.at}.versionConsistency", container.raw, "versionConsistency"
        for member, key in (("dependsOn", "condition"), ("portMappings", "appProtocol")):
            for index, item in enumerate(reading.structures(container.raw, member)):
                yield f"{container.at}.{member}[{index}].{key}", item, key


def _kinds(task: TaskDefinition) -> Iterator[tuple[str, str, str, str]]:
    """Where, the list's name, the member, and the text, of the members that are all called `type`."""
    for container in task.containers:
        firelens = reading.mapping(container.raw, "firelensConfiguration")
        if firelens:
            yield f"{container.at}.firelensConfiguration.type", "firelens", "type", reading.text(firelens, "type")
        for member, offered in (("environmentFiles", "environment file"), ("resourceRequirements", "resource")):
            for index, item in enumerate(reading.structures(container.raw, member)):
                yield f"{container.at}.{member}[{index}].type", offered, "type", reading.text(item, "type")
    for index, constraint in enumerate(reading.structures(task.raw, "placementConstraints")):
        if "type" in constraint:
            yield f"placementConstraints[{index}].type", "constraint", "type", reading.text(constraint, "type")
    for index, kind in enumerate(reading.texts(task.raw, "requiresCompatibilities")):
        yield f"requiresCompatibilities[{index}]", "compatibility", "requiresCompatibilities", kind


@rule("FG377", on=REGISTER, source=API_MODEL, status="assumed")
def a_value_is_one_that_is_offered(task: TaskDefinition) -> Iterator[Refusal]:
    """Where AWS offers a fixed list of values, in that spelling, nothing else is taken."""
    offered = statuses.OFFERED.value
    written = [
        (at, "proxy" if key == "type" else key, key, reading.text(holder, key))
        for at, holder, key in _written(task)
        if holder.get(key)
    ]
    for at, name, key, value in [*written, *_kinds(task)]:
        if value not in offered[name]:
            text = words.NO_SUCH_VALUE.format(value=value, member=key, values=", ".join(offered[name]))
            yield Refusal(at, text, f"{value!r} is not among them")
