"""ListTasks."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.ecs import finding
from simcloud.cloud.errors import Refused
from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.sim.cluster import Cluster


def list_tasks(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListTasks: those that are meant to run, unless desiredStatus says STOPPED. No task lies on an instance, none
    belongs to a daemon."""
    inside = finding.cluster(call, request.get("cluster"))
    demand("ListTasks", request, None)
    service = _service_arn(request, call, inside)
    desired = request.get("desiredStatus", "RUNNING")
    nowhere = bool(request.get("containerInstance") or request.get("daemonName"))
    found = [
        task.arn
        for task in call.world.tasks.values()
        if task.cluster == inside.arn
        and task.desired == desired
        and not nowhere
        and request.get("family") in (None, task.definition.family)
        and request.get("startedBy") in (None, task.started_by)
        and request.get("launchType") in (None, task.launch_type)
        and service in (None, task.service)
    ]
    return page("taskArns", found, request)


def _service_arn(request: dict[str, Any], call: Call, inside: Cluster) -> str | None:
    named = request.get("serviceName")
    if not named:
        return None
    held = finding.service(call, inside, named)
    if held is None:
        raise Refused("ServiceNotFoundException", "Service not found.")
    return held.arn
