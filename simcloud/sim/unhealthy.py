"""Tasks that run and fail their health checks: the service stops and replaces them (R-111, R-112, R-205)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts import words
from simcloud.facts.words import stop_codes as stop_words
from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.breaker import count_failure
from simcloud.sim.bulletin import announce
from simcloud.sim.effects import After, Effect
from simcloud.sim.release import Release
from simcloud.sim.service import Service
from simcloud.sim.service_tasks import review_in, spoken, tasks_of, unproven
from simcloud.sim.task import RUNNING, Task

if TYPE_CHECKING:
    from simcloud.sim.world import World


@after(e.TargetHealthChanged, e.ContainerUnhealthy)
def notice(world: World, event: e.TaskEvent) -> Iterator[Effect]:
    """The scheduler looks: at once, or when the task's grace period is over."""
    task = world.tasks[event.task]
    service = world.services.get(task.service)
    if service is not None and service.status != "INACTIVE" and task.wanted:
        yield from review_in(world, service, max(0.0, _grace_ends(service, task) - world.now))


def _grace_ends(service: Service, task: Task) -> float:
    """Epoch seconds. Only a task that is found unhealthy has to wait for it; before RUNNING nothing is judged."""
    if not _is_sick(task) or task.started_at is None:
        return 0.0
    return task.started_at + float(service.asked.get("healthCheckGracePeriodSeconds") or 0)


def sick(world: World, service: Service) -> list[Task]:
    """Running tasks that a target group, or the health check of a container, found unhealthy, their grace period
    over."""
    if not any(_is_checked(world, release) for release in service.releases):
        return []  # most services have no checks: their tasks need not be looked at
    return [
        task
        for task in unproven(world, service)
        if task.status == RUNNING and _is_sick(task) and world.now >= _grace_ends(service, task)
    ]


def _is_checked(world: World, release: Release) -> bool:
    """Has anything of its tasks a health check?"""
    containers = world.definitions[release.definition]["containerDefinitions"]
    return bool(release.configuration.get("loadBalancers")) or any(each.get("healthCheck") for each in containers)


def _is_sick(task: Task) -> bool:
    """Asked of every task at every look: most have neither targets nor health checks."""
    if task.target_health and any(each.health.state == "unhealthy" for each in task.target_health.values()):
        return True
    return any(container.health == "UNHEALTHY" and container.essential for container in task.containers.values())


def keeps_until_replaced(service: Service) -> bool:
    """Outside of a deployment, where maximumPercent leaves room, the replacement comes first (R-205)."""
    settled = len(service.deployments) == 1 and service.primary.rollout == "COMPLETED"
    return settled and service.most > service.desired


def stop_sick(world: World, service: Service) -> Iterator[Effect]:
    """Stop those that need not wait for a replacement, or whose replacement runs."""
    ill = sick(world, service)
    if not ill:
        return
    if keeps_until_replaced(service):
        left = {task.arn for task in ill}
        well = sum(task.status == RUNNING for task in tasks_of(world, service) if task.arn not in left)
        ill = ill[: max(0, len(ill) - max(0, service.desired - well))]
    for task in ill:
        yield from _stop(world, service, task)
    if ill:
        service.steady = False
        announce(world, service, words.STOPPED, count=len(ill), tasks=spoken(ill))
        yield from review_in(world, service, 0.0)


def _stop(world: World, service: Service, task: Task) -> Iterator[Effect]:
    if task.health == "UNHEALTHY":
        announce(world, service, words.UNHEALTHY_CONTAINER, task=task.id)
        count_failure(world, service, task.deployment)
        names = ", ".join(each.name for each in task.containers.values() if each.health == "UNHEALTHY")
        why = f"container {names} failed its health checks"
        text = str(words.FAILED_CONTAINER_HEALTH)
        yield After(0.0, e.StopAsked(task.arn, str(stop_words.SCHEDULER_INITIATED), text, why))
        return
    group, target = next(
        (group, held) for group, held in task.target_health.items() if held.health.state == "unhealthy"
    )
    reason = target.health.description
    announce(world, service, words.UNHEALTHY_TARGET, port=target.port, target_group=group, reason=reason)
    count_failure(world, service, task.deployment)
    text = words.FAILED_ELB.format(target_group=group)
    yield After(0.0, e.StopAsked(task.arn, str(stop_words.SCHEDULER_INITIATED), text, target.health.why))
