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
    return [
        task
        for task in world.tasks.values()
        if task.service == service.arn and task.wanted and (release is None or task.deployment == release.id)
    ]


def ended(world: World, service: Service, release: Release) -> list[float]:
    """Of each task of the release that ended by itself and is not to be replaced yet: seconds until it is, infinite
    while it is not STOPPED (R-215)."""
    wait = timings.REPLACE_SECONDS.value
    left = [
        math.inf if task.stopped_at is None else task.stopped_at + wait - world.now
        for task in world.tasks.values()
        if task.deployment == release.id and task.stop_code == stop_words.ESSENTIAL_EXITED_CODE
    ]
    return [seconds for seconds in left if seconds > 0]


def is_empty(world: World, release: Release) -> bool:
    """Is no task of the release there any more, not even one that is stopping?"""
    return not any(task.deployment == release.id and task.status != STOPPED for task in world.tasks.values())


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
        for task in tasks_of(world, service)
        if task.status == RUNNING and task.started_at is not None and not task.targets
    ]
    coming = [seconds for seconds in due if seconds > 0]
    if coming:
        yield from review_in(world, service, min(coming))


def spoken(tasks: Iterable[Task]) -> str:
    """Tasks as a service event names them."""
    return " ".join(f"(task {task.id})" for task in tasks)
