"""The target of a deployment: its ECS service, lifecycle events and task sets."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.codedeploy import finding
from simcloud.cloud.errors import Refused
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.facts.words import deployment as words
from simcloud.sim.codedeploy.deployment import Deployment, LifecycleEvent
from simcloud.sim.release import TaskSet
from simcloud.sim.task import PENDING, PROVISIONING, RUNNING


def list_targets(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListDeploymentTargets: the one target, if it has a status that is asked for."""
    held = finding.deployment(call, request)
    asked = (request.get("targetFilters") or {}).get("TargetStatus")
    found = [held.target] if not asked or _status(held) in asked else []
    return page("targetIds", found, request, code="InvalidNextTokenException")


def get(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """GetDeploymentTarget."""
    return {"deploymentTarget": _target(call, finding.deployment(call, request))}


def batch_get(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """BatchGetDeploymentTargets."""
    held = finding.deployment(call, request)
    return {"deploymentTargets": [_target(call, held) for _ in request["targetIds"]]}


def no_instances(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListDeploymentInstances and its like are for servers and Lambda."""
    raise Refused("InvalidComputePlatformException", str(words.COMPUTE_PLATFORM))


def _target(call: Call, held: Deployment) -> dict[str, Any]:
    blue = [_task_set(call, held, held.blue, "Blue", 100.0 - held.weight)] if held.blue else []
    green = [_task_set(call, held, held.green, "Green", held.weight)] if held.green else []
    return {
        "deploymentTargetType": "ECSTarget",
        "ecsTarget": {
            "deploymentId": held.id,
            "targetId": held.target,
            "targetArn": held.service,
            "lastUpdatedAt": _updated(held),
            "lifecycleEvents": [_event(each) for each in held.events],
            "status": _status(held),
            "taskSetsInfo": [*blue, *green],
        },
    }


def _status(held: Deployment) -> str:
    """The target has succeeded with its last event, before the original task set is gone."""
    statuses = {each.status for each in held.events}
    if statuses == {"Succeeded"}:
        return "Succeeded"
    if held.status in ("Failed", "Stopped"):
        return "Failed"
    return "Ready" if held.status == "Ready" else "InProgress"


def _updated(held: Deployment) -> float:
    moments = [held.completed_at, held.started_at, held.created_at]
    moments += [moment for each in held.events for moment in (each.started_at, each.ended_at)]
    return max(moment for moment in moments if moment is not None)


def _event(held: LifecycleEvent) -> dict[str, Any]:
    return {
        "lifecycleEventName": held.name,
        "startTime": held.started_at,
        "endTime": held.ended_at,
        "status": held.status,
    }


def _task_set(call: Call, held: Deployment, task_set: TaskSet, label: str, weight: float) -> dict[str, Any]:
    """One of the two task sets; the API spells its id `identifer`."""
    service = call.world.services.get(held.service)
    tasks = [each.status for each in call.world.tasks.values() if each.deployment == task_set.id]
    behind = (task_set.configuration.get("loadBalancers") or [{}])[0].get("targetGroupArn")
    name = next((name for name, arn in held.groups.items() if arn and arn == behind), "")
    gone = task_set.status == "DRAINING" or service is None
    return {
        "identifer": task_set.id,
        "desiredCount": 0 if gone or service is None else task_set.computed(service.desired),
        "pendingCount": sum(status in (PROVISIONING, PENDING) for status in tasks),
        "runningCount": tasks.count(RUNNING),
        "status": task_set.status,
        "trafficWeight": weight,
        "targetGroup": {"name": name} if name else None,
        "taskSetLabel": label,
    }
