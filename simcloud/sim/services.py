"""A service is made, changed and deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simcloud.facts import words
from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.effects import Effect
from simcloud.sim.scheduler import SOON, review_in, tasks_of
from simcloud.sim.service import Deployment, Service
from simcloud.sim.story import counted

if TYPE_CHECKING:
    from simcloud.sim.world import World

DEPLOYMENT_DIGITS = 19


def new_deployment(
    world: World, definition: str, network: dict[str, Any], launch_type: str, strategy: list[dict[str, Any]]
) -> Deployment:
    """A deployment that begins now."""
    number = int(world.fresh("deployment", 16), 16) % 10**DEPLOYMENT_DIGITS
    name = f"ecs-svc/{number:0{DEPLOYMENT_DIGITS}d}"
    return Deployment(
        name,
        definition,
        network,
        launch_type,
        strategy,
        world.now,
        world.now,
        rollout_reason=words.ROLLOUT_IN_PROGRESS.format(deployment=name),
    )


@after(e.ServiceCreated)
def create(world: World, event: e.ServiceCreated) -> Iterator[Effect]:
    """The service exists; its scheduler looks at it in a moment."""
    service = event.asked
    world.services[service.arn] = service
    kept = counted(service.desired, "task")
    world.tell_service(service, f"created: keeps {kept} of {_short(service.primary.definition)}")
    yield from review_in(world, service, SOON.value)


@after(e.ServiceUpdated)
def update(world: World, event: e.ServiceUpdated) -> Iterator[Effect]:
    """New values; a deployment where they ask for one, which also ends the throttle (R-206, R-210)."""
    service = world.services[event.service]
    changes = dict(event.changes)
    if "desiredCount" in changes:
        _recount(world, service, int(changes.pop("desiredCount")))
    service.asked.update(changes)
    if event.deploys:
        _deploy(world, service, changes)
    service.primary.updated_at = world.now
    yield from review_in(world, service, SOON.value)


def _recount(world: World, service: Service, desired: int) -> None:
    if desired != service.desired:
        world.tell_service(service, f"desired count {service.desired} becomes {desired}")
        service.desired, service.steady = desired, False


def _deploy(world: World, service: Service, changes: dict[str, Any]) -> None:
    old = service.primary
    old.status = "ACTIVE"
    network = (changes.get("networkConfiguration") or {}).get("awsvpcConfiguration") or old.network
    strategy = changes.get("capacityProviderStrategy", old.strategy)
    launch_type = "" if strategy else (old.launch_type or "FARGATE")
    new = new_deployment(world, str(changes.get("taskDefinition", old.definition)), network, launch_type, strategy)
    service.deployments.insert(0, new)
    service.steady, service.failed_rounds, service.next_launch = False, 0, 0.0
    service.said.clear()
    world.tell_service(service, f"deployment {new.id} of {_short(new.definition)} begins")


@after(e.ServiceDeleted)
def delete(world: World, event: e.ServiceDeleted) -> Iterator[Effect]:
    """DRAINING until its last task is gone."""
    service = world.services[event.service]
    service.status, service.desired = "DRAINING", 0
    left = len(tasks_of(world, service))
    world.tell_service(service, f"deleted: DRAINING, {counted(left, 'task')} to stop")
    for deployment in service.deployments:
        deployment.updated_at = world.now
    yield from review_in(world, service, SOON.value)


def _short(arn: str) -> str:
    return arn.rsplit("/", 1)[-1]
