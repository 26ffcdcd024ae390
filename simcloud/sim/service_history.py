"""The history of a service: service deployments and their statuses, service revisions (R-235)."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from simcloud.facts import words
from simcloud.sim.release import Deployment, Release
from simcloud.sim.service import Service
from simcloud.sim.service_deployment import ROLLING_BACK, ServiceDeployment

if TYPE_CHECKING:
    from simcloud.sim.world import World

RECORDED = (
    "taskDefinition",
    "launchType",
    "capacityProviderStrategy",
    "platformVersion",
    "networkConfiguration",
    "loadBalancers",
    "serviceRegistries",
    "serviceConnectConfiguration",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
    "gatewayConnectors",
    "monitoring",
)
"""Members of a service that a service revision records."""
DEPLOYMENT_DIGITS = 19
ID_BYTES = 16
ID_LENGTH = 21


def recorded(asked: dict[str, Any]) -> dict[str, Any]:
    """What a revision keeps of a service."""
    return {member: asked[member] for member in RECORDED if asked.get(member) not in (None, [], {})}


def release_id(world: World) -> str:
    """ecs-svc/ and 19 digits."""
    number = int(world.fresh("deployment", 16), 16) % 10**DEPLOYMENT_DIGITS
    return f"ecs-svc/{number:0{DEPLOYMENT_DIGITS}d}"


def new_deployment(world: World, configuration: dict[str, Any]) -> Deployment:
    """A deployment that begins now."""
    name = release_id(world)
    reason = words.ROLLOUT_IN_PROGRESS.format(deployment=name)
    return Deployment(name, configuration, world.now, world.now, rollout_reason=reason)


def record(world: World, service: Service, target: Release, sources: list[Release]) -> ServiceDeployment:
    """A new service deployment, PENDING; one that is not over yet gives way to it."""
    place = service.arn.partition(":service/")[2]
    head = service.arn.partition(":service/")[0]
    raw = bytes.fromhex(world.fresh("service-deployment", 2 * ID_BYTES))
    name = base64.urlsafe_b64encode(raw).decode()[:ID_LENGTH]
    for before in service.history:
        if not before.over:
            before.become("STOP_REQUESTED", world.now, str(words.DEPLOYMENT_SUPERSEDED))
    made = ServiceDeployment(
        arn=f"{head}:service-deployment/{place}/{name}",
        target=target.number,
        sources=tuple(each.number for each in sources),
        configuration=dict(service.asked.get("deploymentConfiguration") or {}),
        created_at=world.now,
        updated_at=world.now,
    )
    service.history.append(made)
    service.revisions[target.number] = target
    return made


def begin(world: World, service: Service) -> None:
    """The scheduler has looked: what was pending is in progress, what gave way has stopped."""
    for each in service.history:
        if each.status == "STOP_REQUESTED":
            each.become("STOPPED", world.now)
        elif each.status == "PENDING" and service.status == "ACTIVE":
            each.become("IN_PROGRESS", world.now)
            each.started_at = world.now


def complete(world: World, service: Service) -> None:
    """The deployment that was wanted is done: the newest, or the one that was gone back to."""
    if (ongoing := service.ongoing) is not None:
        ongoing.become("ROLLBACK_SUCCESSFUL" if ongoing.rollback else "SUCCESSFUL", world.now)


def stop(world: World, service: Service, reason: str) -> None:
    """The deployment is given up, and nothing is put in its place."""
    if (ongoing := service.ongoing) is not None:
        ongoing.become("STOPPED", world.now, reason)


def go_back(world: World, service: Service, reason: str, number: str) -> None:
    """The rollback has begun."""
    if (ongoing := service.ongoing) is not None:
        ongoing.become("ROLLBACK_IN_PROGRESS", world.now, reason)
        ongoing.rollback = {"reason": reason, "startedAt": world.now, "number": number}


def fail_rollback(world: World, service: Service, reason: str) -> None:
    """There is nothing to go back to."""
    if (ongoing := service.ongoing) is not None:
        ongoing.become("ROLLBACK_FAILED", world.now, reason)


def is_rollback(service: Service) -> bool:
    """Is the service on its way back?"""
    ongoing = service.ongoing
    return ongoing is not None and ongoing.status in ROLLING_BACK


def note_failures(service: Service, count: int, threshold: int) -> None:
    """What the circuit breaker has counted so far."""
    ongoing = service.ongoing
    if ongoing is not None and not ongoing.rollback:
        ongoing.failures, ongoing.threshold = count, threshold


def note_trip(service: Service) -> None:
    """The circuit breaker has acted."""
    if (ongoing := service.ongoing) is not None:
        ongoing.triggered = True
