"""The service scheduler: keeps the count, replaces what stopped, backs off from failing starts, rolls revisions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts import attempts, stop_words, timings, words
from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.bulletin import announce
from simcloud.sim.effects import After, AskLaunch, Effect
from simcloud.sim.launch import Launch, new_task
from simcloud.sim.service import Deployment, Service
from simcloud.sim.story import counted
from simcloud.sim.strategy import next_provider
from simcloud.sim.task import RUNNING, STOPPED, Task

if TYPE_CHECKING:
    from simcloud.sim.world import World

SOON = timings.SCHEDULER_REACTION_SECONDS


def tasks_of(world: World, service: Service, deployment: Deployment | None = None) -> list[Task]:
    """The service's tasks that are meant to run, oldest first."""
    return [
        task
        for task in world.tasks.values()
        if task.service == service.arn and task.wanted and (deployment is None or task.deployment == deployment.id)
    ]


def healthy(world: World, task: Task) -> bool:
    """Does the task count? By its containers' health checks where it has some, else 40 s after RUNNING (R-204)."""
    if task.status != RUNNING or task.started_at is None:
        return False
    if any(plan.health_interval for plan in task.definition.containers):
        return all(
            task.containers[plan.name].health == "HEALTHY"
            for plan in task.definition.containers
            if plan.health_interval
        )
    return world.now >= task.started_at + timings.STEADY_SECONDS.value


def review_in(world: World, service: Service, seconds: float) -> Iterator[Effect]:
    """Look at the service so many seconds from now, unless it is looked at before that anyway."""
    at = world.now + seconds
    if service.review_due is not None and world.now <= service.review_due <= at:
        return
    service.review_due = at
    yield After(seconds, e.ServiceReviewed(service.arn))


@after(e.ServiceReviewed)
def review(world: World, event: e.ServiceReviewed) -> Iterator[Effect]:
    """Compare what is wanted with what there is, and act on the difference."""
    service = world.services[event.service]
    if service.review_due is not None and service.review_due <= world.now:
        service.review_due = None
    if service.status == "INACTIVE":
        return
    yield from _stop_surplus(world, service)
    yield from _retire_old(world, service)
    yield from _launch_missing(world, service)
    yield from _settle(world, service)


def _stop_surplus(world: World, service: Service) -> Iterator[Effect]:
    """Scale in: from the subnet with the most tasks, the newest first (R-208)."""
    here = tasks_of(world, service, service.primary)
    stopping: list[Task] = []
    while len(here) > service.desired:
        subnets = [task.interface.subnet for task in here]
        leaving = max(
            here, key=lambda task: (task.status != RUNNING, subnets.count(task.interface.subnet), here.index(task))
        )
        here.remove(leaving)
        stopping.append(leaving)
    yield from _stop(world, service, stopping, service.primary)


def _retire_old(world: World, service: Service) -> Iterator[Effect]:
    """Stop tasks of older deployments as far as enough healthy ones remain (R-200)."""
    enough = sum(healthy(world, task) for task in tasks_of(world, service))
    leaving: list[Task] = []
    for deployment in service.deployments[1:]:
        for task in tasks_of(world, service, deployment):
            counts = healthy(world, task)
            if counts and enough - 1 < service.least:
                continue
            enough -= counts
            leaving.append(task)
    yield from _stop(world, service, leaving, service.primary)


def _stop(world: World, service: Service, leaving: list[Task], deployment: Deployment) -> Iterator[Effect]:
    if not leaving:
        return
    reason = words.SCALING_ACTIVITY.format(deployment=deployment.id)
    why = f"service {service.name} wants {counted(service.desired, 'task')} of its newest deployment"
    announce(world, service, words.STOPPED, count=len(leaving), tasks=_spoken(leaving))
    for task in leaving:
        yield After(0.0, e.StopAsked(task.arn, str(stop_words.SCHEDULER_INITIATED), reason, why))
    yield from review_in(world, service, SOON.value)


def _launch_missing(world: World, service: Service) -> Iterator[Effect]:
    """Start what is missing, as far as maximumPercent leaves room and the throttle is over."""
    missing = service.desired - len(tasks_of(world, service, service.primary))
    if missing <= 0:
        return
    occupied = len(tasks_of(world, service))
    room = service.most - occupied if len(service.deployments) > 1 else missing
    if room <= 0:
        if service.percents[1] <= 100 and service.least >= occupied:
            announce(world, service, words.BLOCKED)
        return
    if world.now < service.next_launch:
        yield from review_in(world, service, service.next_launch - world.now)
        return
    yield AskLaunch(service.arn, service.primary.id, min(missing, room))


@after(e.LaunchJudged)
def launch(world: World, event: e.LaunchJudged) -> Iterator[Effect]:
    """Launch tasks, or say why not and back off (R-138)."""
    service = world.services[event.service]
    if event.refusal:
        service.round += 1
        announce(world, service, words.LAUNCH_FAILED, error=event.refusal)
        world.tell_service(service, "cannot launch a task", event.why)
        yield from _back_off(world, service)
        return
    service.round += 1
    tasks: list[Task] = []
    for _ in range(event.count):
        tasks.append(new_task(world, _plan(world, service, tasks), tasks))
    announce(world, service, words.STARTED, count=len(tasks), tasks=_spoken(tasks))
    service.steady = False
    for task in tasks:
        yield After(0.0, e.TaskAsked(task, _tags(world, service)))


def _plan(world: World, service: Service, beside: list[Task]) -> Launch:
    deployment = service.primary
    provider = ""
    if deployment.strategy:
        placed: dict[str, int] = {}
        for task in (*tasks_of(world, service, deployment), *beside):
            placed[task.provider] = placed.get(task.provider, 0) + 1
        provider = next_provider(deployment.strategy, placed)
    return Launch(
        cluster=world.clusters[service.cluster],
        stored=world.definitions[deployment.definition],
        network=deployment.network,
        launch_type="FARGATE" if provider else deployment.launch_type,
        provider=provider,
        group=f"service:{service.name}",
        started_by=deployment.id,
        service=service.arn,
        deployment=deployment.id,
        round=service.round,
        exec_enabled=bool(service.asked.get("enableExecuteCommand")),
    )


def _tags(world: World, service: Service) -> dict[str, str]:
    """Tags of a service's task: AWS's own if managed tags are on, and those that propagateTags names."""
    managed = {"aws:ecs:clusterName": world.clusters[service.cluster].name, "aws:ecs:serviceName": service.name}
    source = {"SERVICE": service.arn, "TASK_DEFINITION": service.primary.definition}.get(
        service.asked.get("propagateTags", "NONE")
    )
    return {**(managed if service.asked.get("enableECSManagedTags") else {}), **world.tags.get(source or "", {})}


@after(e.StartFailed)
def count_failure(world: World, event: e.StartFailed) -> Iterator[Effect]:
    """A task of a service did not start: an event, and a growing wait before the next try (R-210, R-217)."""
    task = world.tasks[event.task]
    service = world.services.get(task.service)
    if service is None or service.status != "ACTIVE":
        return
    for deployment in service.deployments:
        deployment.failed_tasks += deployment.id == task.deployment
    announce(world, service, words.UNPLACED, reason=event.reason.rstrip("."))
    if task.round > service.failed_round:
        service.failed_round = task.round
        yield from _back_off(world, service)


def _back_off(world: World, service: Service) -> Iterator[Effect]:
    grown = timings.THROTTLE_FIRST.value * timings.THROTTLE_FACTOR.value**service.failed_rounds
    wait = min(grown, float(timings.THROTTLE_CAP.value))
    service.failed_rounds += 1
    service.next_launch = world.now + wait
    if service.failed_rounds >= attempts.UNSTEADY_ROUNDS.value:
        announce(world, service, words.CANNOT_START)
    world.tell_service(
        service,
        f"waits {wait:.0f} s before it launches again",
        f"launches failed {counted(service.failed_rounds, 'time')} in a row",
    )
    yield from review_in(world, service, wait)


@after(e.Activated, e.ContainerHealthy)
def notice_start(world: World, event: e.Activated) -> Iterator[Effect]:
    """A task of a service runs: the throttle is over."""
    service = world.services.get(world.tasks[event.task].service)
    if service is not None:
        service.failed_rounds, service.next_launch = 0, 0.0
        yield from review_in(world, service, 0.0)


@after(e.EssentialContainerExited, e.StopAsked, e.InterfaceDeleted)
def notice_end(world: World, event: e.TaskEvent) -> Iterator[Effect]:
    """A task of a service ends or is gone: something may be missing."""
    task = world.tasks.get(event.task)
    service = world.services.get(task.service) if task else None
    if service is not None and service.status != "INACTIVE":
        yield from review_in(world, service, SOON.value)


def _settle(world: World, service: Service) -> Iterator[Effect]:
    """Say when a deployment is done and the service steady; end a service that drains."""
    if service.status == "DRAINING":
        if not any(task.service == service.arn and task.status != STOPPED for task in world.tasks.values()):
            service.status = "INACTIVE"
            service.deployments = []
            world.tell_service(service, "INACTIVE: its last task is gone")
        return
    _drop_empty_deployments(world, service)
    here = tasks_of(world, service, service.primary)
    whole = len(here) == service.desired and all(healthy(world, task) for task in here)
    if not whole or len(service.deployments) > 1:
        yield from _look_when_healthy(world, service)
        return
    if service.primary.rollout == "IN_PROGRESS":
        _complete(world, service)
    if not service.steady:
        service.steady = True
        announce(world, service, words.STEADY)
        world.tell_service(service, f"has reached a steady state with {counted(service.desired, 'task')}")


def _drop_empty_deployments(world: World, service: Service) -> None:
    kept = [
        each
        for each in service.deployments[1:]
        if any(task.deployment == each.id and task.status != STOPPED for task in world.tasks.values())
    ]
    service.deployments = [service.primary, *kept]


def _complete(world: World, service: Service) -> None:
    primary = service.primary
    primary.rollout, primary.updated_at = "COMPLETED", world.now
    primary.rollout_reason = words.ROLLOUT_COMPLETED.format(deployment=primary.id)
    announce(world, service, words.COMPLETED, deployment=primary.id)


def _look_when_healthy(world: World, service: Service) -> Iterator[Effect]:
    """The next moment at which a running task becomes one that counts."""
    due = [
        task.started_at + timings.STEADY_SECONDS.value - world.now
        for task in tasks_of(world, service)
        if task.status == RUNNING and task.started_at is not None
    ]
    coming = [seconds for seconds in due if seconds > 0]
    if coming:
        yield from review_in(world, service, min(coming))


def _spoken(tasks: list[Task]) -> str:
    return " ".join(f"(task {task.id})" for task in tasks)
