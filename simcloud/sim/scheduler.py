"""The service scheduler: compares what is wanted with what there is, stops what is too much, rolls revisions."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

from simcloud.facts import words
from simcloud.facts.words import stop_codes as stop_words
from simcloud.sim import deployment_alarms, rebalancing, rollback, service_history, steadiness, task_sets
from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.balancing import tell_registrations
from simcloud.sim.breaker import watch
from simcloud.sim.bulletin import announce
from simcloud.sim.effects import After, Effect
from simcloud.sim.protection import protected
from simcloud.sim.release import Release
from simcloud.sim.service import Deployment, Service
from simcloud.sim.service_launch import launch_missing
from simcloud.sim.service_tasks import (
    SOON,
    all_gone,
    ended,
    is_empty,
    look_when_healthy,
    number_of,
    review_in,
    spoken,
    tasks_of,
    unproven,
    whole,
)
from simcloud.sim.stages import BEFORE_TASKS, CLEAN_UP, advance, give_back, in_stages, shifts
from simcloud.sim.story import counted
from simcloud.sim.task import RUNNING, Task
from simcloud.sim.traffic.pairs import serving
from simcloud.sim.unhealthy import keeps_until_replaced, sick, stop_sick

if TYPE_CHECKING:
    from simcloud.sim.world import World


@after(e.ServiceReviewed)
def review(world: World, event: e.ServiceReviewed) -> Iterator[Effect]:
    """Compare what is wanted with what there is, and act on the difference."""
    service = world.services[event.service]
    if service.review_due is not None and service.review_due <= world.now:
        service.review_due = None
    if service.status == "INACTIVE":
        return
    tell_registrations(world, service)
    if stopped := [*stop_sick(world, service), *rebalancing.finish(world, service)]:
        yield from stopped
        return  # the rest is looked at with them gone
    if service.deployments:
        yield from _roll(world, service)
    else:
        yield from _keep_task_sets(world, service)
    yield from _end(world, service)


def _roll(world: World, service: Service) -> Iterator[Effect]:
    """Keep the primary deployment's count; replace the older ones by it."""
    service_history.begin(world, service)
    deployment_alarms.begin(world, service)
    staged = in_stages(service)
    if staged is not None:
        yield from advance(world, service, staged)
    if (ongoing := service.ongoing) is not None and ongoing.status == "ROLLBACK_REQUESTED":
        rollback.roll_back(world, service, ongoing.reason or str(words.ROLLBACK_BY_USER), words.ROLLOUT_BACK_BY_USER)
    watch(world, service)
    yield from give_back(world, service)
    primary = service.primary
    yield from stop_surplus(world, service, primary, service.desired)
    staged = in_stages(service)
    if staged is not None and staged.stage != CLEAN_UP:
        yield from _keep_old(world, service)
    elif primary.rollout != "FAILED":
        yield from _retire_old(world, service)
    elif shifts(service.asked.get("deploymentConfiguration") or {}):
        yield from _keep_old(world, service)
    if staged is None or staged.stage not in BEFORE_TASKS:
        yield from _fill(world, service, at_once=staged is not None)
    yield from _settle(world, service)


def stop_surplus(world: World, service: Service, release: Release, desired: int) -> Iterator[Effect]:
    """Scale in: from the zone with the most tasks, the newest first (R-208). Protected tasks stay (R-227)."""
    replaced = {task.arn for task in _replaced(world, service) if task.deployment == release.id}
    surplus = number_of(world, service, release) - len(replaced) - desired
    if surplus <= 0:
        return
    here = [task for task in tasks_of(world, service, release) if task.arn not in replaced]
    zones = {task.arn: rebalancing.zone_of(world, task) or task.interface.subnet for task in here}
    crowd = Counter(zones.values())
    free: dict[tuple[bool, str], list[tuple[int, Task]]] = {}
    for number, task in enumerate(here):
        if not protected(world, task):
            free.setdefault((task.status != RUNNING, zones[task.arn]), []).append((number, task))
    stopping: list[Task] = []
    while len(stopping) < surplus and free:
        kind = max(free, key=lambda kind: (kind[0], crowd[kind[1]], free[kind][-1][0]))
        _, leaving = free[kind].pop()
        if not free[kind]:
            del free[kind]
        crowd[kind[1]] -= 1
        stopping.append(leaving)
    yield from _stop(world, service, stopping, release)


def _replaced(world: World, service: Service) -> list[Task]:
    """Tasks that fail their health checks, or make way for others in another zone: they stay until those have come."""
    if not service.deployments or not keeps_until_replaced(service):
        return []
    ill = sick(world, service)
    moving = [task for task in tasks_of(world, service) if task.arn in service.moving] if service.moving else []
    return [*ill, *(task for task in moving if task not in ill)]


def _retire_old(world: World, service: Service) -> Iterator[Effect]:
    """Stop tasks of older deployments as far as enough healthy ones remain (R-200)."""
    if len(service.deployments) < 2:
        return
    waiting = {task.arn for task in unproven(world, service)}
    enough = number_of(world, service) - len(waiting)
    leaving: list[Task] = []
    for deployment in service.deployments[1:]:
        here, before = tasks_of(world, service, deployment), len(leaving)
        for task in here:
            counts = task.arn not in waiting
            if protected(world, task) or (counts and enough - 1 < service.least):
                continue
            enough -= counts
            leaving.append(task)
        deployment.requested = len(here) - (len(leaving) - before)
    yield from _stop(world, service, leaving, service.primary)


def _keep_old(world: World, service: Service) -> Iterator[Effect]:
    """Until the last stage the revision that is being replaced keeps its count: it serves. Any other that a deployment
    before this one left behind goes."""
    blue = serving(service)
    for deployment in service.deployments[1:]:
        if deployment is not blue:
            deployment.requested = 0
            yield from stop_surplus(world, service, deployment, 0)
            continue
        missing = deployment.requested - number_of(world, service, deployment)
        missing -= yield from _not_yet(world, service, deployment)
        if missing > 0 and deployment.rollout == "COMPLETED":
            yield from launch_missing(world, service, deployment, missing)


def _stop(world: World, service: Service, leaving: list[Task], release: Release) -> Iterator[Effect]:
    if not leaving:
        return
    reason = words.SCALING_ACTIVITY.format(deployment=release.id)
    why = f"service {service.name} wants {counted(service.desired, 'task')} of its newest deployment"
    if service.task_sets:
        why = f"task set {release.id} is scaled to {release.requested}"
    announce(world, service, words.STOPPED, count=len(leaving), tasks=spoken(leaving))
    for task in leaving:
        yield After(0.0, e.StopAsked(task.arn, str(stop_words.SCHEDULER_INITIATED), reason, why))
    yield from review_in(world, service, SOON.value)


def _fill(world: World, service: Service, *, at_once: bool) -> Iterator[Effect]:
    """Start what is missing, as far as maximumPercent leaves room; in a deployment of stages, the whole new revision. A
    deployment that failed launches nothing more."""
    primary = service.primary
    leaving = len(_replaced(world, service))
    here = number_of(world, service, primary) - leaving
    missing = service.desired - here
    if missing <= 0:
        primary.requested = service.desired
        return
    occupied = number_of(world, service)
    limited = (len(service.deployments) > 1 and not at_once) or leaving
    room = service.most - occupied if limited else missing
    primary.requested = here + max(0, min(missing, room))
    if primary.rollout == "FAILED":
        return
    if room > 0:
        count = min(missing, room) - (yield from _not_yet(world, service, primary))
        if count > 0:
            yield from launch_missing(world, service, primary, count)
    elif service.most <= service.least and service.least >= occupied:
        announce(world, service, words.BLOCKED)


def _not_yet(world: World, service: Service, release: Release) -> Generator[Effect, None, int]:
    """So many tasks that ended by themselves are not replaced yet; the scheduler looks again when the next one is."""
    left = ended(world, service, release)
    coming = [seconds for seconds in left if seconds < math.inf]
    if coming:
        yield from review_in(world, service, min(coming))
    return len(left)


def _keep_task_sets(world: World, service: Service) -> Iterator[Effect]:
    """Keep the count of each task set."""
    for each in service.task_sets:
        each.requested = 0 if each.status == "DRAINING" else each.computed(service.desired)
        yield from stop_surplus(world, service, each, each.requested)
        missing = each.requested - number_of(world, service, each)
        missing -= yield from _not_yet(world, service, each)
        if missing > 0:
            yield from launch_missing(world, service, each, missing)
    yield from task_sets.settle(world, service)
    yield from look_when_healthy(world, service)


@after(e.EssentialContainerExited, e.StopAsked, e.InterfaceDeleted)
def notice_end(world: World, event: e.TaskEvent) -> Iterator[Effect]:
    """A task of a service ends or is gone: something may be missing."""
    task = world.tasks.get(event.task)
    service = world.services.get(task.service) if task else None
    if service is not None and service.status != "INACTIVE":
        yield from review_in(world, service, SOON.value)


def _settle(world: World, service: Service) -> Iterator[Effect]:
    """Say when a deployment is done and the service steady."""
    if service.status == "DRAINING":
        return
    if (staged := in_stages(service)) is not None and staged.stage != CLEAN_UP:
        yield from look_when_healthy(world, service)
        return
    older = [each for each in service.deployments[1:] if not is_empty(world, service, each)]
    if older or not whole(world, service, service.primary):
        if not deployment_alarms.watched(service):
            service.deployments = [service.primary, *older]
        yield from look_when_healthy(world, service)
        return
    if service.primary.rollout == "IN_PROGRESS" and (left := _still(world, service)) > 0:
        yield from review_in(world, service, left)
        return
    service.deployments = [service.primary]
    if service.primary.rollout == "IN_PROGRESS":
        _complete(world, service)
    yield from steadiness.say(world, service, counted(service.desired, "task"))
    yield from rebalancing.watch(world, service)


def _still(world: World, service: Service) -> float:
    """Seconds for which a deployment that has what it wants is not over."""
    return max(deployment_alarms.bake_left(world, service), rollback.left(world, service))


def _rest(world: World, service: Service) -> None:
    """A deleted service still shows its primary deployment: it wants nothing and is done (recorded by
    https://github.com/radkawar/stackd, testdata/aws/ecs/services.json)."""
    service.deployments = service.deployments[:1]
    for primary in service.deployments:
        primary.requested = 0
        if primary.rollout == "IN_PROGRESS":
            _finish(world, primary)


def _finish(world: World, primary: Deployment) -> None:
    primary.rollout, primary.updated_at = "COMPLETED", world.now
    primary.rollout_reason = words.ROLLOUT_COMPLETED.format(deployment=primary.id)


def _complete(world: World, service: Service) -> None:
    primary = service.primary
    _finish(world, primary)
    service.completed = primary.number
    announce(world, service, words.COMPLETED, deployment=primary.id)
    service_history.complete(world, service)


def _end(world: World, service: Service) -> Iterator[Effect]:
    """End a service that drains, once its last task is gone; its history goes with it."""
    if service.status != "DRAINING":
        return
    if all_gone(world, service):
        service.status = "INACTIVE"
        _rest(world, service)
        service.task_sets = []
        service.history, service.revisions = [], {}
        world.tell_service(service, "INACTIVE: its last task is gone")
    yield from ()
