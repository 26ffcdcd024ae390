"""Applications."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.codedeploy import finding, tags
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.cloud.submitting import submit
from simcloud.sim.codedeploy.events import ApplicationCreated, ApplicationDeleted, ApplicationRenamed
from simcloud.sim.codedeploy.state import Application

NO_TOKEN = "InvalidNextTokenException"


def create(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """CreateApplication: for servers, unless it names another compute platform."""
    world = call.world
    made = Application(
        world.uuid("codedeploy-application"),
        request["applicationName"],
        request.get("computePlatform", "Server"),
        world.now,
    )
    submit(call, ApplicationCreated(made))
    tags.put(call, finding.arn(call, "application", made.name), request.get("tags"))
    return {"applicationId": made.id}


def get(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """GetApplication."""
    return {"application": _info(finding.application(call, request))}


def batch_get(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """BatchGetApplications: all of them, or the laws have refused."""
    held = call.world.codedeploy.applications
    return {"applicationsInfo": [_info(held[name]) for name in request["applicationNames"]]}


def list_applications(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListApplications, by name."""
    return page("applications", sorted(call.world.codedeploy.applications), request, code=NO_TOKEN)


def update(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UpdateApplication: another name."""
    new = request.get("newApplicationName", request["applicationName"])
    if new != request["applicationName"]:
        submit(call, ApplicationRenamed(request["applicationName"], new))
    return {}


def delete(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeleteApplication, with its groups and revisions. To delete what is not there is no error."""
    submit(call, ApplicationDeleted(request["applicationName"]))
    return {}


def _info(held: Application) -> dict[str, Any]:
    return {
        "applicationId": held.id,
        "applicationName": held.name,
        "createTime": held.created_at,
        "linkedToGitHub": False,
        "computePlatform": held.platform,
    }
