"""Services: create, describe, list, delete."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.ecs import finding, service_shape, tags
from simcloud.cloud.ecs.refusing import at_most, invalid
from simcloud.cloud.ecs.seen import seen
from simcloud.cloud.ecs.unsimulated import demand_simulated
from simcloud.cloud.errors import Refused
from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.cloud.submitting import submit
from simcloud.facts import stop_words
from simcloud.sim.cluster import Cluster
from simcloud.sim.definition import read
from simcloud.sim.events import ServiceCreated, ServiceDeleted, Tagged
from simcloud.sim.service import Service
from simcloud.sim.services import new_deployment

DESCRIBED = 10


def create(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """CreateService. The same request again gives the service back. Roles are tried when tasks are launched."""
    stored = finding.definition(call, request.get("taskDefinition"))
    demand("CreateService", request, seen(call, "CreateService", request, stored))
    inside = finding.cluster(call, request.get("cluster"))
    held = finding.service(call, inside, request["serviceName"])
    if held is not None and held.status == "ACTIVE":
        return {"service": service_shape.shape(call, held, ("TAGS",))}
    if held is not None and held.status == "DRAINING":
        invalid("Unable to Start a service that is still Draining.")
    assert stored is not None, "the laws refuse a definition that does not exist"
    demand_simulated("CreateService", request, stored)
    if request.get("enableExecuteCommand") and not read(stored).task_role:
        invalid(stop_words.EXEC_WITHOUT_ROLE.format(what="service", verb="created"))
    given = tags.as_dict(request.get("tags"))
    made = _made(call, inside, stored["taskDefinitionArn"], request)
    submit(call, ServiceCreated(made))
    if given:
        submit(call, Tagged(made.arn, given))
    return {"service": service_shape.shape(call, made, ("TAGS",))}


def _made(call: Call, inside: Cluster, definition: str, request: dict[str, Any]) -> Service:
    name, world = request["serviceName"], call.world
    strategy = (
        [] if request.get("launchType") else list(request.get("capacityProviderStrategy") or inside.default_strategy)
    )
    network = request["networkConfiguration"]["awsvpcConfiguration"]
    launch_type = "" if strategy else request.get("launchType") or "FARGATE"
    asked = {**request, "taskDefinition": definition, "capacityProviderStrategy": strategy}
    return Service(
        name=name,
        arn=finding.service_arn(call, inside, name),
        cluster=inside.arn,
        desired=request.get("desiredCount", 0),
        created_at=world.now,
        created_by=call.caller,
        asked=asked,
        request=dict(request),
        deployments=[new_deployment(world, definition, network, launch_type, strategy)],
    )


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeServices: at most ten at a time; deleted ones for a while."""
    inside = finding.cluster(call, request.get("cluster"))
    named = request["services"]
    if not named:
        invalid("Services cannot be empty.")
    at_most("services", named, DESCRIBED)
    found = {name: finding.service(call, inside, name) for name in named}
    known = {name: held for name, held in found.items() if held is not None and held.cluster == inside.arn}
    return {
        "services": [service_shape.shape(call, held, request.get("include") or ()) for held in known.values()],
        "failures": [
            {"arn": finding.service_arn(call, inside, name), "reason": "MISSING"} for name in named if name not in known
        ],
    }


def list_services(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListServices: those that are not INACTIVE, ten a page unless asked otherwise."""
    inside = finding.cluster(call, request.get("cluster"))
    wanted = request.get("launchType")
    arns = [
        each.arn
        for each in call.world.services.values()
        if each.cluster == inside.arn
        and each.status != "INACTIVE"
        and wanted in (None, each.primary.launch_type or "FARGATE")
        and request.get("schedulingStrategy", "REPLICA") == "REPLICA"
    ]
    return page("serviceArns", arns, request, usual=10)


def delete(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeleteService: refused while it is scaled above 0, unless force; then DRAINING."""
    held = active(call, finding.cluster(call, request.get("cluster")), request["service"])
    if held.desired > 0 and not request.get("force"):
        invalid("The service cannot be stopped while it is scaled above 0.")
    submit(call, ServiceDeleted(held.arn))
    return {"service": service_shape.shape(call, held)}


def active(call: Call, inside: Cluster, named: str) -> Service:
    """The ACTIVE service. Raises ServiceNotFoundException or ServiceNotActiveException."""
    held = finding.service(call, inside, named)
    if held is None:
        raise Refused("ServiceNotFoundException", "Service not found.")
    if held.status != "ACTIVE":
        raise Refused("ServiceNotActiveException", "Service was not ACTIVE.")
    return held
