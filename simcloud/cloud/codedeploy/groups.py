"""Deployment groups."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.codedeploy import finding, tags
from simcloud.cloud.codedeploy.revisions import without_content
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.cloud.submitting import submit
from simcloud.facts.codedeploy import USUAL
from simcloud.sim.codedeploy.deployment import Deployment
from simcloud.sim.codedeploy.events import GroupChanged, GroupCreated, GroupDeleted
from simcloud.sim.codedeploy.state import Group
from simcloud.sim.events import Remarked

EMPTY: dict[str, Any] = {
    "ec2TagFilters": [],
    "onPremisesInstanceTagFilters": [],
    "autoScalingGroups": [],
    "triggerConfigurations": [],
    "alarmConfiguration": {"enabled": False, "ignorePollAlarmFailure": False, "alarms": []},
    "autoRollbackConfiguration": {"enabled": False, "events": []},
    "outdatedInstancesStrategy": "UPDATE",
    "terminationHookEnabled": False,
}
"""What AWS fills in where a group says nothing."""
ASKED = (
    "deploymentConfigName",
    "serviceRoleArn",
    "deploymentStyle",
    "blueGreenDeploymentConfiguration",
    "loadBalancerInfo",
    "ec2TagSet",
    "onPremisesTagSet",
    "ecsServices",
    "ec2DeploymentOptions",
    *EMPTY,
)


def create(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """CreateDeploymentGroup."""
    application = finding.application(call, request)
    name, identity = request["deploymentGroupName"], call.world.uuid("codedeploy-group")
    info = {
        "applicationName": application.name,
        "deploymentGroupId": identity,
        "deploymentGroupName": name,
        "deploymentConfigName": USUAL.value[application.platform],
        **EMPTY,
        **_asked(request),
        "computePlatform": application.platform,
    }
    if application.platform == "Server":
        info.setdefault(
            "deploymentStyle", {"deploymentType": "IN_PLACE", "deploymentOption": "WITHOUT_TRAFFIC_CONTROL"}
        )
    submit(call, GroupCreated(application.name, Group(identity, name, info)))
    tags.put(call, finding.arn(call, "deploymentgroup", f"{application.name}/{name}"), request.get("tags"))
    _tell_without_effect(call, name, info)
    return {"deploymentGroupId": identity}


def get(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """GetDeploymentGroup."""
    return {"deploymentGroupInfo": _info(call, finding.group(call, request))}


def batch_get(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """BatchGetDeploymentGroups: those that exist; a sentence tells of the others."""
    held = finding.application(call, request).groups
    asked = request["deploymentGroupNames"]
    answer: dict[str, Any] = {"deploymentGroupsInfo": [_info(call, held[name]) for name in asked if name in held]}
    if missing := [name for name in asked if name not in held]:
        answer["errorMessage"] = f"No Deployment Group found for name: {', '.join(missing)}"
    return answer


def list_groups(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListDeploymentGroups of an application, by name."""
    application = finding.application(call, request)
    found = page("deploymentGroups", sorted(application.groups), request, code="InvalidNextTokenException")
    return {"applicationName": application.name, **found}


def update(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UpdateDeploymentGroup: what it names is replaced, the rest stays."""
    held = finding.group(call, request, "currentDeploymentGroupName")
    name = request.get("newDeploymentGroupName", held.name)
    info = {**held.info, **_asked(request), "deploymentGroupName": name}
    submit(call, GroupChanged(request["applicationName"], held.name, name, info))
    _tell_without_effect(call, name, _asked(request))
    return {"hooksNotCleanedUp": []}


def delete(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeleteDeploymentGroup. To delete what is not there is no error."""
    submit(call, GroupDeleted(request["applicationName"], request["deploymentGroupName"]))
    return {"hooksNotCleanedUp": []}


def _asked(request: dict[str, Any]) -> dict[str, Any]:
    asked = {member: request[member] for member in ASKED if member in request}
    if "autoScalingGroups" in asked:
        asked["autoScalingGroups"] = [{"name": name} for name in asked["autoScalingGroups"]]
    for member in ("alarmConfiguration", "autoRollbackConfiguration"):
        if member in asked:
            asked[member] = {**EMPTY[member], **asked[member]}
    return asked


def _info(call: Call, held: Group) -> dict[str, Any]:
    """DeploymentGroupInfo with what deployments made of it."""
    known = call.world.codedeploy.deployments
    info = dict(held.info)
    if held.target:
        info["targetRevision"] = without_content(held.target)
    for member, named in (("lastSuccessfulDeployment", held.successful), ("lastAttemptedDeployment", held.attempted)):
        if named:
            info[member] = _last(known[named])
    return info


def _last(held: Deployment) -> dict[str, Any]:
    return {
        "deploymentId": held.id,
        "status": held.status,
        "endTime": held.completed_at,
        "createTime": held.created_at,
    }


def _tell_without_effect(call: Call, name: str, asked: dict[str, Any]) -> None:
    """One line of the story for what is kept but does nothing yet."""
    found = []
    if asked.get("triggerConfigurations"):
        found.append("notifications to SNS topics")
    if found:
        what = f"what has no effect in this simulation: {'; '.join(found)}"
        submit(call, Remarked(f"deployment group {name}", what, (name,)))
