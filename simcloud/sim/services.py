"""A service is made, changed and deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.sim import events as e
from simcloud.sim import service_history, task_sets
from simcloud.sim.after import after
from simcloud.sim.effects import Effect
from simcloud.sim.service import Service
from simcloud.sim.service_tasks import SOON, number_of, review_in
from simcloud.sim.story import counted
from simcloud.sim.traffic.pairs import side_of

if TYPE_CHECKING:
    from simcloud.sim.world import World


@after(e.ServiceCreated)
def create(world: World, event: e.ServiceCreated) -> Iterator[Effect]:
    """The service exists; its scheduler looks at it in a moment."""
    service = event.asked
    world.services[service.arn] = service
    for release in service.releases:
        service.revisions[release.number] = release
        world.tell_service(service, f"created: keeps {_kept(service)} of {_short(release.definition)}")
    if service.deployments:
        service_history.record(world, service, service.primary, [])
    if not service.releases:
        world.tell_service(service, f"created: keeps {_kept(service)}, once it has a task set")
    yield from review_in(world, service, SOON.value)


def _kept(service: Service) -> str:
    return "a task on each instance" if service.daemon else counted(service.desired, "task")


@after(e.ServiceUpdated)
def update(world: World, event: e.ServiceUpdated) -> Iterator[Effect]:
    """New values; a deployment where they ask for one, which also ends the throttle (R-206, R-210)."""
    service = world.services[event.service]
    changes = dict(event.changes)
    if "desiredCount" in changes:
        _recount(world, service, int(changes.pop("desiredCount")))
    if "deploymentController" in changes and changes["deploymentController"]["type"] != service.controller:
        _hand_over(world, service, str(changes["deploymentController"]["type"]))
    service.asked.update(changes)
    if event.deploys:
        _deploy(world, service)
    for release in service.releases[:1]:
        release.updated_at = world.now
    yield from review_in(world, service, SOON.value)


def _recount(world: World, service: Service, desired: int) -> None:
    if desired != service.desired:
        world.tell_service(service, f"desired count {service.desired} becomes {desired}")
        service.desired, service.steady = desired, False


def _hand_over(world: World, service: Service, controller: str) -> None:
    """Somebody else deploys the service from now on: its deployments become task sets, or its task sets deployments.
    The tasks stay."""
    world.tell_service(service, f"is deployed by {controller} from now on")
    if controller == "ECS":
        in_order = sorted(service.task_sets, key=lambda each: each.status != "PRIMARY")
        service.deployments = [task_sets.as_deployment(each, first=each is in_order[0]) for each in in_order]
        service.task_sets = []
    elif service.deployments:
        service.task_sets = [task_sets.as_task_set(service, each, world.now) for each in service.deployments]
        service.deployments = []
        service_history.stop(world, service, "")
    service.revisions.update({each.number: each for each in service.releases})


def _deploy(world: World, service: Service) -> None:
    before = list(service.deployments)
    if before:
        before[0].status = "ACTIVE"
    new = service_history.new_deployment(world, service_history.recorded(service.asked))
    service.deployments.insert(0, new)
    new.alternate = side_of(service, new)
    service_history.record(world, service, new, list(before))
    service.steady, service.failed_rounds, service.next_launch = False, 0, 0.0
    service.said.clear()
    world.tell_service(service, f"deployment {new.id} of {_short(new.definition)} begins")


@after(e.RollbackAsked)
def ask_rollback(world: World, event: e.RollbackAsked) -> Iterator[Effect]:
    """StopServiceDeployment: the scheduler goes back in a moment. A rollback that goes on is left alone."""
    service = world.services[event.service]
    ongoing = service.ongoing
    if ongoing is not None and ongoing.status in ("PENDING", "IN_PROGRESS"):
        ongoing.become("ROLLBACK_REQUESTED", world.now)
        world.tell_service(service, "its deployment is stopped: a rollback was asked for", event.why)
        yield from review_in(world, service, SOON.value)


@after(e.ServiceDeleted)
def delete(world: World, event: e.ServiceDeleted) -> Iterator[Effect]:
    """DRAINING until its last task is gone."""
    service = world.services[event.service]
    service.status, service.desired = "DRAINING", 0
    left = number_of(world, service)
    world.tell_service(service, f"deleted: DRAINING, {counted(left, 'task')} to stop")
    for release in service.releases:
        release.updated_at = world.now
    for task_set in service.task_sets:
        task_set.status = "DRAINING"
    service_history.stop(world, service, "")
    yield from review_in(world, service, SOON.value)


def _short(arn: str) -> str:
    return arn.rsplit("/", 1)[-1]
