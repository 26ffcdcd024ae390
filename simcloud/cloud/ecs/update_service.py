"""UpdateService."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.ecs import finding, service_shape
from simcloud.cloud.ecs.refusing import invalid
from simcloud.cloud.ecs.seen import seen
from simcloud.cloud.ecs.services import active
from simcloud.cloud.ecs.unsimulated import demand_simulated
from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call
from simcloud.cloud.submitting import submit
from simcloud.facts import stop_words
from simcloud.sim.definition import read
from simcloud.sim.events import ServiceUpdated
from simcloud.sim.service import Service

KEPT = (
    "desiredCount",
    "deploymentConfiguration",
    "healthCheckGracePeriodSeconds",
    "enableExecuteCommand",
    "enableECSManagedTags",
    "propagateTags",
    "availabilityZoneRebalancing",
)
"""Members that change without a deployment of their own, or together with one."""
DEPLOYING = ("taskDefinition", "networkConfiguration", "capacityProviderStrategy", "platformVersion")
"""Members whose change starts a deployment (R-206)."""


def update(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UpdateService: new values at once, tasks as the scheduler gets to it."""
    inside = finding.cluster(call, request.get("cluster"))
    held = active(call, inside, request["service"])
    named = request.get("taskDefinition") or held.asked["taskDefinition"]
    stored = finding.definition(call, named)
    demand("UpdateService", request, seen(call, "UpdateService", request, stored))
    assert stored is not None, "the laws refuse a definition that does not exist"
    demand_simulated("UpdateService", request, stored)
    if request.get("enableExecuteCommand") and not read(stored).task_role:
        invalid(stop_words.EXEC_WITHOUT_ROLE.format(what="service", verb="updated"))
    changes = {name: request[name] for name in (*KEPT, *DEPLOYING) if request.get(name) is not None}
    if "taskDefinition" in changes:
        changes["taskDefinition"] = stored["taskDefinitionArn"]
    submit(call, ServiceUpdated(held.arn, changes, deploys=_deploys(request, changes, held)))
    return {"service": service_shape.shape(call, held, ("TAGS",))}


def _deploys(request: dict[str, Any], changes: dict[str, Any], held: Service) -> bool:
    """Does the request start a deployment: is it forced, or is one of the members that do really new?"""
    return bool(request.get("forceNewDeployment")) or any(
        name in changes and changes[name] != held.asked.get(name) for name in DEPLOYING
    )
