"""A service as DescribeServices gives it."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.ecs import tags
from simcloud.cloud.ecs.release_shape import capacity, counts, deployment, platform, task_set
from simcloud.cloud.live import Call
from simcloud.sim.service import Service

ROLE = "arn:aws:iam::{account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"


def shape(call: Call, service: Service, include: Any = ()) -> dict[str, Any]:
    """All members that AWS fills."""
    asked = service.asked
    running, pending = counts(call, service)
    answer: dict[str, Any] = {
        "serviceArn": service.arn,
        "serviceName": service.name,
        "clusterArn": service.cluster,
        "loadBalancers": asked.get("loadBalancers") or [],
        "serviceRegistries": asked.get("serviceRegistries") or [],
        "status": service.status,
        "desiredCount": service.desired,
        "runningCount": running,
        "pendingCount": pending,
        **capacity(asked),
        **platform(call, asked, asked.get("platformVersion") or "LATEST"),
        "deploymentConfiguration": asked["deploymentConfiguration"],
        "deployments": [deployment(call, service, each) for each in service.deployments],
        "events": _events(service),
        "createdAt": service.created_at,
        "placementConstraints": asked.get("placementConstraints") or [],
        "placementStrategy": asked.get("placementStrategy") or [],
        "healthCheckGracePeriodSeconds": asked.get("healthCheckGracePeriodSeconds") or 0,
        "schedulingStrategy": asked["schedulingStrategy"],
        "deploymentController": asked["deploymentController"],
        "createdBy": service.created_by,
        "enableECSManagedTags": bool(asked.get("enableECSManagedTags")),
        "propagateTags": asked.get("propagateTags") or "NONE",
        "enableExecuteCommand": bool(asked.get("enableExecuteCommand")),
        "availabilityZoneRebalancing": asked["availabilityZoneRebalancing"],
        "resourceManagementType": "CUSTOMER",
        **_optional(call, service),
    }
    if "TAGS" in include:
        answer["tags"] = tags.of(call, service.arn)
    return answer


def changed(call: Call, service: Service, *, created: bool = False) -> dict[str, Any]:
    """A service as CreateService and UpdateService give it: which deployment is under way is not said yet; its tags
    are given to who created it with some (recorded, ecs/services.json)."""
    answer = shape(call, service)
    answer.pop("currentServiceDeployment", None)
    if created and (given := tags.of(call, service.arn)):
        answer["tags"] = given
    return answer


def deleted(call: Call, service: Service) -> dict[str, Any]:
    """A service as DeleteService gives it: without its revisions, and with what has long been known of its
    deployments (recorded, ecs/service_revisions.json)."""
    answer = shape(call, service)
    for name in ("currentServiceDeployment", "currentServiceRevisions"):
        answer.pop(name, None)
    configuration = {**answer["deploymentConfiguration"]}
    configuration.pop("bakeTimeInMinutes", None)
    if breaker := configuration.get("deploymentCircuitBreaker"):
        configuration["deploymentCircuitBreaker"] = {name: breaker[name] for name in ("enable", "rollback")}
    return {**answer, "deploymentConfiguration": configuration}


def _events(service: Service) -> list[dict[str, Any]]:
    """Its messages; none of a service that is gone (recorded, ecs/service_revisions.json)."""
    told = service.events if service.status != "INACTIVE" else ()
    return [{"id": each.id, "createdAt": each.at, "message": each.message} for each in told]


def _optional(call: Call, service: Service) -> dict[str, Any]:
    """Members that only some services have."""
    asked = service.asked
    found: dict[str, Any] = {
        name: asked[name] for name in ("taskDefinition", "networkConfiguration") if asked.get(name)
    }
    if role := _role(call, service):
        found["roleArn"] = role
    if service.controller != "ECS":
        found["taskSets"] = [task_set(call, service, each) for each in service.task_sets]
    if service.deployments:
        found["currentServiceRevisions"] = [
            _revision(call, service, each.id, each.number, each.requested) for each in service.deployments
        ]
    started = [each for each in service.history if each.started_at is not None]
    if started and service.status != "INACTIVE":
        found["currentServiceDeployment"] = started[-1].arn
    return found


def _revision(call: Call, service: Service, identity: str, number: str, requested: int) -> dict[str, Any]:
    running, pending = counts(call, service, identity)
    return {
        "arn": revision_arn(service, number),
        "requestedTaskCount": requested,
        "runningTaskCount": running,
        "pendingTaskCount": pending,
    }


def revision_arn(service: Service, number: str) -> str:
    """The ARN of a service revision."""
    return f"{service.arn.replace(':service/', ':service-revision/')}/{number}"


def _role(call: Call, service: Service) -> str:
    """The role given for a load balancer, else the service-linked role where ECS needs one: for load balancers,
    registries and interfaces of the service's own (recorded, ecs/services.json)."""
    given = str(service.asked.get("role") or "")
    if not given:
        needed = any(service.asked.get(name) for name in ("networkConfiguration", "loadBalancers", "serviceRegistries"))
        return ROLE.format(account=call.account) if needed else ""
    return given if given.startswith("arn:") else f"arn:aws:iam::{call.account}:role/{given.lstrip('/')}"
