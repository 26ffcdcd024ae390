"""The tasks of a service, whether they count, and when the scheduler looks at them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from simcloud.facts import timings
from simcloud.facts.words import stop_codes as stop_words
from simcloud.sim import events as e
from simcloud.sim.effects import After, Effect
from simcloud.sim.release import Release
from simcloud.sim.service import Service
from simcloud.sim.task import RUNNING, STOPPED, Task

if TYPE_CHECKING:
    from simcloud.sim.world import World

SOON = timings.SCHEDULER_REACTION_SECONDS


def tasks_of(world: World, service: Service, release: Release | None = None) -> list[Task]:
    """The service's tasks that are meant to run, oldest first."""
    crew = world.roster.crew(service.arn)
    return list((crew.wanted if release is None else crew.of.get(release.id, {})).values())


def number_of(world: World, service: Service, release: Release | None = None) -> int:
    """How many those are."""
    crew = world.roster.crew(service.arn)
    return len(crew.wanted if release is None else crew.of.get(release.id, ()))


def unproven(world: World, service: Service) -> list[Task]:
    """Those of the service's tasks that do not count now, oldest first. Only followers of events ask: what is found
    healthy is kept."""
    crew = world.roster.crew(service.arn)
    for task in list(crew.unproven.values()):
        if healthy(world, task):
            del crew.unproven[task.arn]
    return crew.in_order(crew.unproven)


def whole(world: World, service: Service, release: Release) -> bool:
    """Does the release have as many tasks as the service wants, and do all of them count?"""
    if number_of(world, service, release) != service.desired:
        return False
    return all(task.deployment != release.id for task in unproven(world, service))


def ended(world: World, service: Service, release: Release) -> list[float]:
    """Of each task of the release that ended by itself and is not to be replaced yet: seconds until it is, infinite
    while it is not STOPPED (R-215)."""
    wait = timings.REPLACE_SECONDS.value
    left = [
        math.inf if task.stopped_at is None else task.stopped_at + wait - world.now
        for task in world.roster.crew(service.arn).left.get(release.id, {}).values()
        if task.stop_code == stop_words.ESSENTIAL_EXITED_CODE
    ]
    return [seconds for seconds in left if seconds > 0]


def is_empty(world: World, service: Service, release: Release) -> bool:
    """Is no task of the release there any more, not even one that is stopping?"""
    crew = world.roster.crew(service.arn)
    return release.id not in crew.of and all(task.status == STOPPED for task in crew.left.get(release.id, {}).values())


def all_gone(world: World, service: Service) -> bool:
    """Has every task that the service had stopped?"""
    crew = world.roster.crew(service.arn)
    left = (task for of_release in crew.left.values() for task in of_release.values())
    return not crew.wanted and all(task.status == STOPPED for task in left)


def ready(task: Task) -> bool:
    """Is it RUNNING, and HEALTHY where its containers have health checks?"""
    return task.status == RUNNING and all(
        task.containers[plan.name].health == "HEALTHY" for plan in task.definition.containers if plan.health_interval
    )


def healthy(world: World, task: Task) -> bool:
    """Does the task count? By load balancer and its containers' health checks where it has some, else 40 s after
    RUNNING (R-204)."""
    if not ready(task) or task.started_at is None:
        return False
    if task.targets:
        return serves(task)
    if any(plan.health_interval for plan in task.definition.containers):
        return True
    return world.now >= task.started_at + timings.STEADY_SECONDS.value


def serves(task: Task) -> bool:
    """Do its load balancers send to it? A task without any serves while it is RUNNING."""
    if task.status != RUNNING or not task.targets:
        return task.status == RUNNING
    return task.registered and all(each.health.state in ("healthy", "unused") for each in task.target_health.values())


def review_in(world: World, service: Service, seconds: float) -> Iterator[Effect]:
    """Look at the service so many seconds from now, unless it is looked at before that anyway."""
    at = world.now + seconds
    if service.review_due is not None and world.now <= service.review_due <= at:
        return
    service.review_due = at
    yield After(seconds, e.ServiceReviewed(service.arn))


def look_when_healthy(world: World, service: Service) -> Iterator[Effect]:
    """The next moment at which a running task becomes one that counts; what health checks find is told apart."""
    due = [
        task.started_at + timings.STEADY_SECONDS.value - world.now
        for task in unproven(world, service)
        if task.status == RUNNING and task.started_at is not None and not task.targets
    ]
    coming = [seconds for seconds in due if seconds > 0]
    if coming:
        yield from review_in(world, service, min(coming))


def spoken(tasks: Iterable[Task]) -> str:
    """Tasks as a service event names them."""
    return " ".join(f"(task {task.id})" for task in tasks)
