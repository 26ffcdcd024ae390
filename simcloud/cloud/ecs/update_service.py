"""UpdateService."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.ecs import finding, namespaces, service_shape
from simcloud.cloud.ecs.refusing import client
from simcloud.cloud.ecs.seen import seen
from simcloud.cloud.ecs.service_request import changes_of_update, starts_deployment
from simcloud.cloud.ecs.services import active
from simcloud.cloud.ecs.unsimulated import tell_without_effect
from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call
from simcloud.cloud.submitting import submit
from simcloud.facts import words
from simcloud.sim.events import ServiceUpdated


def update(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UpdateService: new values at once, tasks as the scheduler gets to it."""
    inside = finding.cluster(call, request.get("cluster"))
    held = active(call, inside, request["service"])
    stored = finding.definition(call, request.get("taskDefinition") or held.asked.get("taskDefinition"))
    demand("UpdateService", request, seen(call, "UpdateService", request, stored))
    if not stored and (request.get("deploymentController") or {}).get("type") == "ECS":
        client(str(words.DEFINITION_NOT_FOUND))
    changes = changes_of_update(request, held, stored["taskDefinitionArn"] if stored else "")
    deploys = starts_deployment(request, changes, held)
    namespaces.name(call, request, inside.service_connect_defaults.get("namespace", ""))
    submit(call, ServiceUpdated(held.arn, changes, deploys))
    new_definition = stored if "taskDefinition" in changes else None
    tell_without_effect(call, f"service {held.name}", (held.name, held.arn), request, new_definition)
    return {"service": service_shape.changed(call, held)}
