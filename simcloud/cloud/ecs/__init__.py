"""Amazon ECS over `sim.World`: one file a noun, one function an operation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simcloud.cloud.ecs import (
    capacity_providers,
    clusters,
    container_instances,
    list_tasks,
    run_task,
    services,
    tags,
    task_definitions,
    tasks,
    update_service,
)
from simcloud.cloud.errors import NotSimulated
from simcloud.cloud.live import Call

Handler = Callable[[dict[str, Any], Call], dict[str, Any]]

_BY_NAME: dict[str, Handler] = {
    "CreateCluster": clusters.create,
    "DescribeClusters": clusters.describe,
    "ListClusters": clusters.list_clusters,
    "DeleteCluster": clusters.delete,
    "UpdateCluster": clusters.update,
    "UpdateClusterSettings": clusters.update_settings,
    "PutClusterCapacityProviders": capacity_providers.put_cluster,
    "DescribeCapacityProviders": capacity_providers.describe,
    "RegisterTaskDefinition": task_definitions.register,
    "DescribeTaskDefinition": task_definitions.describe,
    "ListTaskDefinitions": task_definitions.list_definitions,
    "ListTaskDefinitionFamilies": task_definitions.list_families,
    "DeregisterTaskDefinition": task_definitions.deregister,
    "RunTask": run_task.run,
    "StopTask": tasks.stop,
    "DescribeTasks": tasks.describe,
    "ListTasks": list_tasks.list_tasks,
    "CreateService": services.create,
    "UpdateService": update_service.update,
    "DeleteService": services.delete,
    "DescribeServices": services.describe,
    "ListServices": services.list_services,
    "TagResource": tags.tag,
    "UntagResource": tags.untag,
    "ListTagsForResource": tags.list_tags,
    "ListContainerInstances": container_instances.list_instances,
    "DescribeContainerInstances": container_instances.describe,
}


def _at_home(name: str, handler: Handler) -> Handler:
    """The world has one region; a client of another one is told so."""

    def answer(request: dict[str, Any], call: Call) -> dict[str, Any]:
        if call.region != call.world.region or call.account != call.world.account:
            raise NotSimulated("ecs", name, f"ECS is simulated in {call.world.region} of account {call.world.account}.")
        return handler(request, call)

    return answer


OPERATIONS: dict[str, Handler] = {name: _at_home(name, handler) for name, handler in _BY_NAME.items()}
"""By the API's operation name."""
