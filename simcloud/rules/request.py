"""From a request as the API spells it to the object that its laws look at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.rules.launch import Launch, read_launch
from simcloud.rules.seen import Seen
from simcloud.rules.task_definition import TaskDefinition, read_task_definition


def read(operation: str, request: Mapping[str, Any], seen: Seen) -> TaskDefinition | Launch:
    """The normalised request of an operation that has laws."""
    if operation == "RegisterTaskDefinition":
        return read_task_definition(request)
    return read_launch(operation, request, seen)
