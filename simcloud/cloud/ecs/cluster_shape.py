"""A cluster as the API gives it."""

from __future__ import annotations

import copy
from collections.abc import Collection
from typing import Any

from simcloud.cloud.ecs import tags
from simcloud.cloud.live import Call
from simcloud.sim.cluster import Cluster
from simcloud.sim.task import ACTIVATING, PENDING, PROVISIONING, RUNNING

ALL = ("ATTACHMENTS", "SETTINGS", "CONFIGURATIONS", "TAGS")
"""What a call that changes a cluster shows of it."""
KINDS = (("EC2", "Fargate"), ("External",), ("ManagedInstances",))
"""In the order in which AWS counts them."""
STARTING = (PROVISIONING, PENDING, ACTIVATING)


def shape(call: Call, held: Cluster, include: Collection[str] = ()) -> dict[str, Any]:
    """All members; settings, configuration, statistics, attachments and tags only where they are asked for."""
    mine = [each for each in call.world.tasks.values() if each.cluster == held.arn]
    active = [each for each in call.world.services.values() if each.cluster == held.arn and each.status == "ACTIVE"]
    answer: dict[str, Any] = {
        "clusterArn": held.arn,
        "clusterName": held.name,
        "status": held.status,
        "registeredContainerInstancesCount": 0,
        "runningTasksCount": sum(each.status == RUNNING for each in mine),
        "pendingTasksCount": sum(each.status in STARTING for each in mine),
        "activeServicesCount": len(active),
        "statistics": _statistics(call, held) if "STATISTICS" in include else [],
        "tags": tags.of(call, held.arn) if "TAGS" in include else [],
        "settings": copy.deepcopy(held.settings) if "SETTINGS" in include else [],
        "capacityProviders": list(held.providers),
        "defaultCapacityProviderStrategy": copy.deepcopy(held.default_strategy),
    }
    if held.configuration and "CONFIGURATIONS" in include:
        answer["configuration"] = copy.deepcopy(held.configuration)
    if held.service_connect_defaults:
        answer["serviceConnectDefaults"] = dict(held.service_connect_defaults)
    if "ATTACHMENTS" in include and (held.providers or held.attachments):
        answer["attachments"] = copy.deepcopy(held.attachments)
        answer["attachmentsStatus"] = "UPDATE_COMPLETE"
    return answer


def updating(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer to the call that changed a cluster's attachments: the change has only begun."""
    if "attachmentsStatus" in answer:
        answer["attachmentsStatus"] = "UPDATE_IN_PROGRESS"
    return answer


def _statistics(call: Call, held: Cluster) -> list[dict[str, str]]:
    """Counts by launch type, as names and values. Only Fargate ever counts anything here."""
    tasks = [each for each in call.world.tasks.values() if each.cluster == held.arn]
    services = [each for each in call.world.services.values() if each.cluster == held.arn]
    of_fargate = {
        "TasksCount": {
            "running": sum(each.status == RUNNING for each in tasks),
            "pending": sum(each.status in STARTING for each in tasks),
        },
        "ServiceCount": {
            "active": sum(each.status == "ACTIVE" for each in services),
            "draining": sum(each.status == "DRAINING" for each in services),
        },
    }
    return [
        {"name": f"{state}{kind}{what}", "value": str(count if kind == "Fargate" else 0)}
        for what, counted in of_fargate.items()
        for kinds in KINDS
        for state, count in counted.items()
        for kind in kinds
    ]
