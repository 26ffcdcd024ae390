"""Task sets: what CodeDeploy or somebody's own controller deploys instead of ECS (R-099).

The four functions of this module that yield effects are the whole interface for a controller inside the simulation:
`add_task_set`, `scale_task_set`, `promote_task_set`, `remove_task_set`. From outside they are reached by submitting the
events that they follow.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simcloud.facts import words
from simcloud.sim import events as e
from simcloud.sim import service_history, steadiness
from simcloud.sim.after import after
from simcloud.sim.effects import Effect
from simcloud.sim.release import Deployment, TaskSet
from simcloud.sim.service import Service
from simcloud.sim.service_tasks import SOON, is_empty, ready, review_in, serves, tasks_of
from simcloud.sim.task import Task

if TYPE_CHECKING:
    from simcloud.sim.world import World


def new_task_set(
    world: World,
    service: Service,
    configuration: dict[str, Any],
    *,
    scale: float = 100.0,
    status: str = "ACTIVE",
    external_id: str = "",
    started_by: str = "",
) -> TaskSet:
    """A task set that begins now: in the world once `TaskSetCreated` has happened. `configuration` has the members of
    a service revision, in the API's spelling; `scale` is percent of the service's desired count."""
    name = service_history.release_id(world)
    head, _, place = service.arn.partition(":service/")
    return TaskSet(
        name,
        configuration,
        world.now,
        world.now,
        status=status,
        arn=f"{head}:task-set/{place}/{name}",
        scale=scale,
        external_id=external_id,
        started_by=started_by,
        steady_at=world.now,
    )


@after(e.TaskSetCreated)
def add_task_set(world: World, event: e.TaskSetCreated) -> Iterator[Effect]:
    """The service has one more task set; its tasks come as the scheduler gets to it."""
    service, made = world.services[event.service], event.made
    service.task_sets.append(made)
    service.revisions[made.number] = made
    service.steady = False
    short = made.definition.rsplit("/", 1)[-1]
    world.tell_service(service, f"task set {made.id} of {short} begins, scaled to {made.scale:g} %")
    yield from review_in(world, service, SOON.value)


@after(e.TaskSetScaled)
def scale_task_set(world: World, event: e.TaskSetScaled) -> Iterator[Effect]:
    """Another percentage of the service's desired count."""
    service = world.services[event.service]
    held = _task_set(service, event.task_set)
    held.scale, held.updated_at = event.scale, world.now
    _unsettle(world, service, held)
    world.tell_service(service, f"task set {held.id} is scaled to {held.scale:g} %")
    yield from review_in(world, service, SOON.value)


@after(e.TaskSetPromoted)
def promote_task_set(world: World, event: e.TaskSetPromoted) -> Iterator[Effect]:
    """It serves production: its configuration becomes the service's, and the one that was PRIMARY is ACTIVE."""
    service = world.services[event.service]
    chosen = _task_set(service, event.task_set)
    for each in service.task_sets:
        if each.status == "PRIMARY" and each is not chosen:
            each.status, each.updated_at = "ACTIVE", world.now
    chosen.status, chosen.updated_at = "PRIMARY", world.now
    for member in service_history.RECORDED:
        service.asked.pop(member, None)
    service.asked.update(chosen.configuration)
    service.completed = chosen.number
    world.tell_service(service, f"task set {chosen.id} is the primary one")
    yield from review_in(world, service, SOON.value)


@after(e.TaskSetDeleted)
def remove_task_set(world: World, event: e.TaskSetDeleted) -> Iterator[Effect]:
    """DRAINING: its tasks stop, and with the last one it is gone."""
    service = world.services[event.service]
    held = _task_set(service, event.task_set)
    held.status, held.updated_at = "DRAINING", world.now
    _unsettle(world, service, held)
    world.tell_service(service, f"task set {held.id} is deleted: DRAINING")
    yield from review_in(world, service, SOON.value)


def settle(world: World, service: Service) -> Iterator[Effect]:
    """Say which task sets are steady, and drop those that have drained."""
    service.task_sets = [
        each for each in service.task_sets if each.status != "DRAINING" or not is_empty(world, service, each)
    ]
    for each in service.task_sets:
        here = tasks_of(world, service, each)
        whole = len(here) == each.requested and all(_stands(task) for task in here)
        if whole != each.steady:
            each.steady, each.steady_at = whole, world.now
            service.steady = False
    if service.task_sets and all(each.steady for each in service.task_sets):
        yield from steadiness.say(world, service, "all its task sets")


def _stands(task: Task) -> bool:
    """Is it ready, and do its load balancers send to it?"""
    return ready(task) and serves(task)


def as_deployment(held: TaskSet, *, first: bool) -> Deployment:
    """The task set as a deployment of ECS, with the tasks that it has."""
    return Deployment(
        held.id,
        held.configuration,
        held.created_at,
        held.updated_at,
        status="PRIMARY" if first else "ACTIVE",
        requested=held.requested,
        digests=held.digests,
        rollout="COMPLETED",
        rollout_reason=words.ROLLOUT_COMPLETED.format(deployment=held.id),
    )


def as_task_set(service: Service, held: Deployment, now: float) -> TaskSet:
    """The deployment as a task set, with the tasks that it has: the wanted one whole, others on their way out."""
    head, _, place = service.arn.partition(":service/")
    wanted = held.status == "PRIMARY"
    return TaskSet(
        held.id,
        held.configuration,
        held.created_at,
        held.updated_at,
        status="PRIMARY" if wanted else "DRAINING",
        requested=held.requested,
        digests=held.digests,
        arn=f"{head}:task-set/{place}/{held.id}",
        scale=100.0 if wanted else 0.0,
        steady_at=now,
    )


def _unsettle(world: World, service: Service, held: TaskSet) -> None:
    held.steady, held.steady_at, service.steady = False, world.now, False


def _task_set(service: Service, identity: str) -> TaskSet:
    return next(each for each in service.task_sets if each.id == identity)
