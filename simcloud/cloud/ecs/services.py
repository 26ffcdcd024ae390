"""Services: create, describe, delete."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.ecs import finding, namespaces, service_request, service_shape, tags
from simcloud.cloud.ecs.refusing import at_most, invalid
from simcloud.cloud.ecs.seen import seen, token_key
from simcloud.cloud.ecs.unsimulated import tell_without_effect
from simcloud.cloud.errors import Refused
from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call
from simcloud.cloud.submitting import submit
from simcloud.facts import words
from simcloud.sim.cluster import Cluster
from simcloud.sim.events import ServiceCreated, ServiceDeleted, Tagged, TokenUsed
from simcloud.sim.service import Service
from simcloud.sim.service_history import new_deployment, recorded
from simcloud.sim.task_sets import new_task_set

DESCRIBED = 10


def create(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """CreateService. The same request again gives the service back. Roles are tried when tasks are launched."""
    stored = finding.definition(call, request.get("taskDefinition"))
    demand("CreateService", request, seen(call, "CreateService", request, stored))
    inside = finding.cluster(call, request.get("cluster"))
    held = finding.service(call, inside, request["serviceName"])
    if held is not None and held.status == "ACTIVE":
        return {"service": service_shape.changed(call, held, created=True)}
    if held is not None and held.status == "DRAINING":
        invalid(str(words.STILL_DRAINING))
    given = tags.as_dict(request.get("tags"))
    made = _made(call, inside, stored["taskDefinitionArn"] if stored else "", request)
    namespaces.name(call, request, inside.service_connect_defaults.get("namespace", ""))
    submit(call, ServiceCreated(made))
    if given:
        submit(call, Tagged(made.arn, given))
    if request.get("clientToken"):
        submit(call, TokenUsed(token_key(call, "CreateService", request), dict(request), (made.arn,)))
    tell_without_effect(call, f"service {made.name}", (made.name, made.arn), request, stored)
    return {"service": service_shape.changed(call, made, created=True)}


def _made(call: Call, inside: Cluster, definition: str, request: dict[str, Any]) -> Service:
    name, world = request["serviceName"], call.world
    made = Service(
        name=name,
        arn=finding.service_arn(call, inside, name),
        cluster=inside.arn,
        desired=request.get("desiredCount", 0),
        created_at=world.now,
        created_by=call.caller,
        asked=service_request.kept_of_create(request, definition, inside.default_strategy),
        request=dict(request),
    )
    if made.controller == "ECS":
        made.deployments = [new_deployment(world, recorded(made.asked))]
    elif made.controller == "CODE_DEPLOY":
        made.task_sets = [new_task_set(world, made, recorded(made.asked), status="PRIMARY")]
    return made


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeServices: at most ten at a time; deleted ones for a while."""
    inside = finding.cluster(call, request.get("cluster"))
    demand("DescribeServices", request, None)
    named = request["services"]
    if not named:
        invalid("Services cannot be empty.")
    at_most("services", named, DESCRIBED)
    found = {name: finding.service(call, inside, name) for name in named}
    known = {held.arn: held for held in found.values() if held is not None and held.cluster == inside.arn}
    return {
        "services": [service_shape.shape(call, held, request.get("include") or ()) for held in known.values()],
        "failures": [
            {"arn": finding.service_arn(call, inside, name), "reason": "MISSING"}
            for name, held in found.items()
            if held is None or held.arn not in known
        ],
    }


def delete(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeleteService: refused while it is scaled above 0, unless force; then DRAINING. One that drains is given back.

    AWS says nothing of a service that is not there but the error's name (recorded, ecs/services.json).
    """
    inside = finding.cluster(call, request.get("cluster"))
    held = finding.service(call, inside, request["service"])
    if held is None or held.cluster != inside.arn or held.status == "INACTIVE":
        raise Refused("ServiceNotFoundException", "")
    if held.status == "DRAINING":
        return {"service": service_shape.deleted(call, held)}
    if not request.get("force"):
        _demand_scaled_down(held)
    submit(call, ServiceDeleted(held.arn))
    return {"service": service_shape.deleted(call, held)}


def _demand_scaled_down(held: Service) -> None:
    if held.desired > 0 and not held.daemon:
        invalid(str(words.SCALED_ABOVE_ZERO))
    if len(held.deployments) > 1:
        invalid(str(words.DEPLOYMENTS_ACTIVE))


def existing(call: Call, inside: Cluster, named: str) -> Service:
    """The service of the cluster, deleted or not. Raises ServiceNotFoundException."""
    held = finding.service(call, inside, named)
    if held is None or held.cluster != inside.arn:
        raise Refused("ServiceNotFoundException", str(words.SERVICE_NOT_FOUND))
    return held


def active(call: Call, inside: Cluster, named: str) -> Service:
    """The ACTIVE service. Raises ServiceNotFoundException or ServiceNotActiveException."""
    held = existing(call, inside, named)
    if held.status != "ACTIVE":
        raise Refused("ServiceNotActiveException", str(words.SERVICE_NOT_ACTIVE))
    return held
