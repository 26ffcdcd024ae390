"""A service as DescribeServices gives it."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.ecs import tags
from simcloud.cloud.live import Call
from simcloud.sim.definition import Definition, read
from simcloud.sim.service import Deployment, Service
from simcloud.sim.task import ACTIVATING, PENDING, PROVISIONING, RUNNING, Task

ROLE = "arn:aws:iam::{account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"
STARTING = (PROVISIONING, PENDING, ACTIVATING)


def shape(call: Call, service: Service, include: Any = ()) -> dict[str, Any]:
    """All members that AWS fills."""
    asked = service.asked
    running, pending = _counts(call, service)
    answer: dict[str, Any] = {
        "serviceArn": service.arn,
        "serviceName": service.name,
        "clusterArn": service.cluster,
        "status": service.status,
        "desiredCount": service.desired,
        "runningCount": running,
        "pendingCount": pending,
        "taskDefinition": asked["taskDefinition"],
        "networkConfiguration": asked.get("networkConfiguration") or {},
        "platformVersion": asked.get("platformVersion") or "LATEST",
        "platformFamily": _definition(call, asked["taskDefinition"]).platform_family,
        "deploymentConfiguration": _configuration(service),
        "deployments": [_deployment(call, service, each) for each in service.deployments],
        "events": [{"id": each.id, "createdAt": each.at, "message": each.message} for each in service.events],
        "createdAt": service.created_at,
        "createdBy": service.created_by,
        "roleArn": ROLE.format(account=call.account),
        "loadBalancers": [],
        "serviceRegistries": [],
        "placementConstraints": [],
        "placementStrategy": [],
        "healthCheckGracePeriodSeconds": asked.get("healthCheckGracePeriodSeconds") or 0,
        "schedulingStrategy": "REPLICA",
        "deploymentController": {"type": "ECS"},
        "enableECSManagedTags": bool(asked.get("enableECSManagedTags")),
        "propagateTags": asked.get("propagateTags") or "NONE",
        "enableExecuteCommand": bool(asked.get("enableExecuteCommand")),
        "availabilityZoneRebalancing": asked.get("availabilityZoneRebalancing") or "ENABLED",
    }
    answer.update(_capacity(asked.get("capacityProviderStrategy"), asked.get("launchType")))
    if "TAGS" in include:
        answer["tags"] = tags.of(call, service.arn)
    return answer


def _counts(call: Call, service: Service, deployment: str = "") -> tuple[int, int]:
    """Running and pending tasks of the service, or of one of its deployments."""
    mine: list[Task] = [
        task
        for task in call.world.tasks.values()
        if task.service == service.arn and task.wanted and deployment in ("", task.deployment)
    ]
    return sum(task.status == RUNNING for task in mine), sum(task.status in STARTING for task in mine)


def _definition(call: Call, arn: str) -> Definition:
    return read(call.world.definitions[arn])


def _capacity(strategy: Any, launch_type: str | None) -> dict[str, Any]:
    return {"capacityProviderStrategy": strategy} if strategy else {"launchType": launch_type or "FARGATE"}


def _configuration(service: Service) -> dict[str, Any]:
    least, most = service.percents
    return {
        "deploymentCircuitBreaker": {"enable": False, "rollback": False},
        "minimumHealthyPercent": least,
        "maximumPercent": most,
        "strategy": "ROLLING",
        "bakeTimeInMinutes": 0,
    }


def _deployment(call: Call, service: Service, deployment: Deployment) -> dict[str, Any]:
    running, pending = _counts(call, service, deployment.id)
    plan = _definition(call, deployment.definition)
    desired = service.desired if deployment is service.deployments[0] else running + pending
    return {
        "id": deployment.id,
        "status": deployment.status,
        "taskDefinition": deployment.definition,
        "desiredCount": desired,
        "runningCount": running,
        "pendingCount": pending,
        "failedTasks": deployment.failed_tasks,
        "createdAt": deployment.created_at,
        "updatedAt": deployment.updated_at,
        "rolloutState": deployment.rollout,
        "rolloutStateReason": deployment.rollout_reason,
        "networkConfiguration": {"awsvpcConfiguration": deployment.network},
        "platformVersion": plan.platform_version,
        "platformFamily": plan.platform_family,
        **_capacity(deployment.strategy, deployment.launch_type),
    }
