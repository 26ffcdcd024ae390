"""From a request as the API spells it to the object that its laws look at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from simcloud.rules.as_written import AS_WRITTEN
from simcloud.rules.launch import read_launch
from simcloud.rules.marks import marks
from simcloud.rules.task_definition import TaskDefinition, read_task_definition


def read(operation: str, request: Mapping[str, Any], seen: Any) -> Any:
    """The normalised request of an operation that has laws; those of other services than ECS are judged as they are."""
    if ":" in operation or operation in AS_WRITTEN:
        return request
    if operation == "RegisterTaskDefinition":
        return read_task_definition(request)
    return read_launch(operation, request, seen)


HOLDERS: dict[str, frozenset[str]] = {
    "RegisterTaskDefinition": frozenset(
        {
            "containerDefinitions",
            "efsVolumeConfiguration",
            "extraHosts",
            "host",
            "linuxParameters",
            "logConfiguration",
            "portMappings",
            "s3filesVolumeConfiguration",
            "volumes",
        }
    )
}
"""By operation the members in which others stand that laws say they are about. What is in the rest, the variables of a
container above all, tells nothing of which laws to ask."""


def aspects(operation: str, request: Mapping[str, Any], normalised: Any) -> set[str]:
    """What laws on this operation can say that they are about: members of the request, and marks of a definition."""
    found = members(request, HOLDERS.get(operation, frozenset()))
    if isinstance(normalised, TaskDefinition):
        found.update(marks(normalised))
    return found


def members(request: Mapping[str, Any], holders: frozenset[str]) -> set[str]:
    """The names of the members of a request, and of those in its holders, at every depth. Empty lists and structures
    count: they are given."""
    found: set[str] = set()
    left: list[Any] = [request]
    for value in left:  # which grows while it is read
        if isinstance(value, dict):
            found.update(value)
            left += [value[name] for name in holders.intersection(value)]
        elif isinstance(value, list):
            left += value
    return found


_OF_THE_DEFINITION = frozenset(
    {
        "networkConfiguration",
        "platformVersion",
        "capacityProviderStrategy",
        "loadBalancers",
        "volumeConfigurations",
        "serviceConnectConfiguration",
        "serviceRegistries",
        "enableExecuteCommand",
    }
)
"""Members of a service that must fit its task definition, and are looked at again when that changes."""


def concerns(operation: str, request: Mapping[str, Any], at: str) -> bool:
    """Is a refusal at this place about what the request asks? An update is not refused for what it leaves as it was:
    a service whose definition was deregistered meanwhile can still be scaled."""
    member = re.split(r"[.\[]", at)[0]
    if operation != "UpdateService" or member == "cluster" or member in request:
        return True
    if "taskDefinition" in request and member in _OF_THE_DEFINITION:
        return True
    return "deploymentConfiguration" in request and "].advancedConfiguration" in at
