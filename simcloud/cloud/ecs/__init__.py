"""Amazon ECS over `sim.World`: one file a noun, one function an operation.

A noun's file is imported when one of its operations is called for the first time: who runs a task does not wait for
account settings.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from simcloud.cloud.ecs.identifiers import demand_fitting
from simcloud.cloud.ecs.left_out import LEFT_OUT
from simcloud.cloud.errors import NotSimulated
from simcloud.cloud.live import Call

Handler = Callable[[dict[str, Any], Call], dict[str, Any]]

BY_NAME: dict[str, str] = {
    # clusters
    "CreateCluster": "clusters.create",
    "DescribeClusters": "clusters.describe",
    "ListClusters": "clusters.list_clusters",
    "DeleteCluster": "clusters.delete",
    "UpdateCluster": "clusters.update",
    "UpdateClusterSettings": "clusters.update_settings",
    # capacity providers
    "PutClusterCapacityProviders": "capacity_providers.put_cluster",
    "DescribeCapacityProviders": "capacity_providers.describe",
    "CreateCapacityProvider": "capacity_providers.create",
    "UpdateCapacityProvider": "capacity_providers.update",
    "DeleteCapacityProvider": "capacity_providers.delete",
    # account settings
    "PutAccountSetting": "account_settings.put",
    "PutAccountSettingDefault": "account_settings.put_default",
    "DeleteAccountSetting": "account_settings.delete",
    "ListAccountSettings": "account_settings.list_settings",
    # task definitions
    "RegisterTaskDefinition": "task_definitions.register",
    "DescribeTaskDefinition": "task_definitions.describe",
    "ListTaskDefinitions": "task_definitions.list_definitions",
    "ListTaskDefinitionFamilies": "task_definitions.list_families",
    "DeregisterTaskDefinition": "task_definitions.deregister",
    "DeleteTaskDefinitions": "task_definitions.delete",
    # tasks
    "RunTask": "run_task.run",
    "StopTask": "tasks.stop",
    "DescribeTasks": "tasks.describe",
    "ListTasks": "list_tasks.list_tasks",
    "StartTask": "start_task.start",
    "ExecuteCommand": "execute_command.execute",
    "GetTaskProtection": "task_protection.get",
    "UpdateTaskProtection": "task_protection.update",
    # services
    "CreateService": "services.create",
    "UpdateService": "update_service.update",
    "DeleteService": "services.delete",
    "DescribeServices": "services.describe",
    "ListServices": "list_services.list_services",
    "ListServicesByNamespace": "list_services.list_by_namespace",
    # service deployments and revisions
    "ListServiceDeployments": "service_deployments.list_deployments",
    "DescribeServiceDeployments": "service_deployments.describe",
    "StopServiceDeployment": "service_deployments.stop",
    "ContinueServiceDeployment": "service_deployments.go_on",
    "DescribeServiceRevisions": "service_revisions.describe",
    # task sets
    "CreateTaskSet": "task_sets.create",
    "DescribeTaskSets": "task_sets.describe",
    "UpdateTaskSet": "task_sets.update",
    "DeleteTaskSet": "task_sets.delete",
    "UpdateServicePrimaryTaskSet": "task_sets.promote",
    # tags
    "TagResource": "tags.tag",
    "UntagResource": "tags.untag",
    "ListTagsForResource": "tags.list_tags",
    # container instances
    "ListContainerInstances": "container_instances.list_instances",
    "DescribeContainerInstances": "container_instances.describe",
    "UpdateContainerInstancesState": "container_instances.update_state",
    "DeregisterContainerInstance": "container_instances.deregister",
    "UpdateContainerAgent": "container_instances.update_agent",
    "DiscoverPollEndpoint": "container_instances.poll_endpoint",
    "PutAttributes": "container_instances.put_attributes",
    "DeleteAttributes": "container_instances.delete_attributes",
    "ListAttributes": "container_instances.list_attributes",
}
"""By the API's operation name the function that answers, as `file.function` in this folder."""


def _handler(name: str, place: str) -> Handler:
    """The function, imported at its first call. The world has one region; a client of another one is told so."""

    def answer(request: dict[str, Any], call: Call) -> dict[str, Any]:
        if call.region != call.world.region or call.account != call.world.account:
            raise NotSimulated("ecs", name, f"ECS is simulated in {call.world.region} of account {call.world.account}.")
        demand_fitting(name, request, call)
        file, _, function = place.partition(".")
        found: Handler = getattr(import_module(f"{__name__}.{file}"), function)
        return found(request, call)

    return answer


def _refusal(name: str, why: str) -> Handler:
    """Says that the operation is left out, and why."""

    def refuse(_: dict[str, Any], call: Call) -> dict[str, Any]:
        raise NotSimulated("ecs", name, why)

    return refuse


OPERATIONS: dict[str, Handler] = {
    **{name: _refusal(name, why) for name, why in LEFT_OUT.items()},
    **{name: _handler(name, place) for name, place in BY_NAME.items()},
}
"""By the API's operation name."""
