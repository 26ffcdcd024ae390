"""Deployments and task sets as DescribeServices and DescribeTaskSets give them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.cloud.ecs import tags
from simcloud.cloud.ecs.service_request import on_fargate
from simcloud.cloud.live import Call
from simcloud.sim.definition import read
from simcloud.sim.discovery.endpoints import cloud_map_service
from simcloud.sim.service import Deployment, Release, Service, TaskSet
from simcloud.sim.task import ACTIVATING, PENDING, PROVISIONING, RUNNING

STARTING = (PROVISIONING, PENDING, ACTIVATING)


def counts(call: Call, service: Service, release: str = "") -> tuple[int, int]:
    """Running and pending tasks of the service, or of one of its deployments or task sets."""
    mine = [
        task.status
        for task in call.world.tasks.values()
        if task.service == service.arn and task.wanted and release in ("", task.deployment)
    ]
    return mine.count(RUNNING), sum(status in STARTING for status in mine)


def capacity(configuration: Mapping[str, Any]) -> dict[str, Any]:
    """capacityProviderStrategy or launchType: never both."""
    strategy = configuration.get("capacityProviderStrategy")
    return {"capacityProviderStrategy": strategy} if strategy else {"launchType": configuration["launchType"]}


def platform(call: Call, configuration: Mapping[str, Any], version: str = "") -> dict[str, str]:
    """Version and family, of what runs on Fargate. Without a version: the one that the definition's system means."""
    definition = call.world.definitions.get(str(configuration.get("taskDefinition") or ""))
    if definition is None or not on_fargate(configuration):
        return {}
    plan = read(definition)
    asked = version or str(configuration.get("platformVersion") or "LATEST")
    resolved = asked if version or asked != "LATEST" else plan.platform_version
    return {"platformVersion": resolved, "platformFamily": plan.platform_family}


def ephemeral_storage(call: Call, service: Service) -> dict[str, Any]:
    """The customer's key for the tasks' own storage, where the cluster has one."""
    managed = call.world.clusters[service.cluster].configuration.get("managedStorageConfiguration") or {}
    key = managed.get("fargateEphemeralStorageKmsKeyId")
    return {"fargateEphemeralStorage": {"kmsKeyId": key}} if key else {}


def _common(call: Call, service: Service, release: Release) -> dict[str, Any]:
    running, pending = counts(call, service, release.id)
    configuration = release.configuration
    members = ("networkConfiguration",)
    return {
        "id": release.id,
        "status": release.status,
        "taskDefinition": release.definition,
        "pendingCount": pending,
        "runningCount": running,
        "createdAt": release.created_at,
        "updatedAt": release.updated_at,
        **capacity(configuration),
        **platform(call, configuration),
        **{name: configuration[name] for name in members if configuration.get(name)},
        **ephemeral_storage(call, service),
    }


def deployment(call: Call, service: Service, held: Deployment) -> dict[str, Any]:
    """A deployment of a service that ECS deploys."""
    members = ("serviceConnectConfiguration", "volumeConfigurations", "vpcLatticeConfigurations")
    answer = {
        **_common(call, service, held),
        "desiredCount": held.requested if service.status == "ACTIVE" else 0,
        "failedTasks": held.failed_tasks,
        "rolloutState": held.rollout,
        "rolloutStateReason": held.rollout_reason,
        **{name: held.configuration[name] for name in members if held.configuration.get(name)},
    }
    if resources := _connect_resources(call, service, held):
        answer["serviceConnectResources"] = resources
    return answer


def _connect_resources(call: Call, service: Service, held: Deployment) -> list[dict[str, str]]:
    """The Cloud Map service of each discovery name: the same one in every deployment of the service."""
    connect = held.configuration.get("serviceConnectConfiguration") or {}
    found = []
    for each in (connect.get("services") or ()) if connect.get("enabled") else ():
        name = each.get("discoveryName") or each["portName"]
        found.append({"discoveryName": name, "discoveryArn": cloud_map_service(call.world, service.arn, name)})
    return found


def task_set(call: Call, service: Service, held: TaskSet, include: Any = ()) -> dict[str, Any]:
    """A task set of a service that CodeDeploy or the customer deploys."""
    answer = {
        **_common(call, service, held),
        "taskSetArn": held.arn,
        "serviceArn": service.arn,
        "clusterArn": service.cluster,
        "computedDesiredCount": held.requested,
        "loadBalancers": held.configuration.get("loadBalancers") or [],
        "serviceRegistries": held.configuration.get("serviceRegistries") or [],
        "scale": {"value": held.scale, "unit": "PERCENT"},
        "stabilityStatus": "STEADY_STATE" if held.steady else "STABILIZING",
        "stabilityStatusAt": held.steady_at,
        "tags": tags.of(call, held.arn) if "TAGS" in include else [],
    }
    optional = {"startedBy": held.started_by, "externalId": held.external_id}
    answer.update({name: value for name, value in optional.items() if value})
    return answer
