"""Deployments that were made: looked at, stopped, continued."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.codedeploy import finding
from simcloud.cloud.codedeploy.revisions import without_content
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.cloud.submitting import submit
from simcloud.facts.words import deployment as words
from simcloud.sim.codedeploy.deployment import Deployment
from simcloud.sim.codedeploy.events import HookReported, StopRequested, WaitEnded

COUNTED = ("Pending", "InProgress", "Succeeded", "Failed", "Skipped", "Ready")
_COUNTED_AS = {"Created": "Pending", "Stopped": "Skipped"}


def get(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """GetDeployment."""
    return {"deploymentInfo": info(finding.deployment(call, request))}


def batch_get(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """BatchGetDeployments: those that exist."""
    held = call.world.codedeploy.deployments
    return {"deploymentsInfo": [info(held[each]) for each in request["deploymentIds"] if each in held]}


def list_deployments(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListDeployments, newest first."""
    found = [each.id for each in reversed(call.world.codedeploy.deployments.values()) if _is_asked(each, request)]
    return page("deployments", found, request, code="InvalidNextTokenException")


def _is_asked(held: Deployment, request: dict[str, Any]) -> bool:
    if "applicationName" in request and (held.application, held.group) != (
        request["applicationName"],
        request["deploymentGroupName"],
    ):
        return False
    statuses, window = request.get("includeOnlyStatuses"), request.get("createTimeRange") or {}
    if (statuses and held.status not in statuses) or "externalId" in request:
        return False
    return bool(window.get("start", held.created_at) <= held.created_at <= window.get("end", held.created_at))


def stop(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """StopDeployment: at once. Rolled back if the call, or else the deployment, says so."""
    held = finding.deployment(call, request)
    asked = request.get("autoRollbackEnabled")
    roll_back = held.rolls_back_on("DEPLOYMENT_STOP_ON_REQUEST") if asked is None else bool(asked)
    submit(call, StopRequested(held.id, roll_back))
    return {"status": "Succeeded", "statusMessage": str(words.STOP_MESSAGE)}


def go_on(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ContinueDeployment: what it waits with happens now."""
    submit(call, WaitEnded(request["deploymentId"]))
    return {}


def skip_wait(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """SkipWaitTimeForInstanceTermination: the older name of ContinueDeployment with TERMINATION_WAIT."""
    return go_on(request, call)


def report(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """PutLifecycleEventHookExecutionStatus: a validation function reports."""
    execution = request["lifecycleEventHookExecutionId"]
    submit(call, HookReported(request["deploymentId"], execution, request["status"] == "Succeeded"))
    return {"lifecycleEventHookExecutionId": execution}


def info(held: Deployment) -> dict[str, Any]:
    """DeploymentInfo. Members that are None are left out of the answer."""
    status = _COUNTED_AS.get(held.status, held.status)
    return {
        "applicationName": held.application,
        "deploymentGroupName": held.group,
        "deploymentConfigName": held.configuration,
        "deploymentId": held.id,
        "previousRevision": without_content(held.previous) if held.previous else None,
        "revision": without_content(held.revision),
        "status": held.status,
        "errorInformation": {"code": held.error[0], "message": held.error[1]} if held.error else None,
        "createTime": held.created_at,
        "startTime": held.started_at,
        "completeTime": held.completed_at,
        "deploymentOverview": {each: int(each == status) for each in COUNTED},
        "description": held.description or None,
        "creator": held.creator,
        "ignoreApplicationStopFailures": False,
        "updateOutdatedInstancesOnly": False,
        "rollbackInfo": _rollback(held),
        "instanceTerminationWaitTimeStarted": held.termination_started,
        "deploymentStatusMessages": [],
        "computePlatform": "ECS",
        "relatedDeployments": {},
        **{member: value for member, value in held.settings.items() if member != "alarmConfiguration"},
    }


def _rollback(held: Deployment) -> dict[str, Any] | None:
    found = {
        "rollbackDeploymentId": held.rollback,
        "rollbackTriggeringDeploymentId": held.rolls_back,
        "rollbackMessage": held.rollback_message,
    }
    return {member: value for member, value in found.items() if value} or None
