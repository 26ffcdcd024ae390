"""Requests of ECS that launch nothing: their laws look at them as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.rules.launch import Launch

AS_WRITTEN = frozenset(
    {
        "PutAccountSetting",
        "PutAccountSettingDefault",
        "DeleteAccountSetting",
        "ListAccountSettings",
        "DescribeClusters",
        "DescribeServices",
        "DescribeTaskDefinition",
        "DescribeTaskSets",
        "ListClusters",
        "ListContainerInstances",
        "ListServiceDeployments",
        "ListServices",
        "ListServicesByNamespace",
        "DeleteTaskDefinitions",
        "DeregisterTaskDefinition",
        "ListTaskDefinitions",
        "ListTaskDefinitionFamilies",
        "DescribeTasks",
        "ListTasks",
        "StopTask",
        "ExecuteCommand",
        "GetTaskProtection",
        "UpdateTaskProtection",
        "TagResource",
        "UntagResource",
        "ListTagsForResource",
        "PutAttributes",
        "DeleteAttributes",
        "ListAttributes",
        "DescribeContainerInstances",
        "UpdateContainerInstancesState",
        "UpdateContainerAgent",
        "DeregisterContainerInstance",
    }
)


def as_written(request: Any) -> Mapping[str, Any]:
    """The request as the API spells it, of an operation that other laws read as a launch."""
    if isinstance(request, Launch):
        return request.raw
    return request if isinstance(request, Mapping) else {}
