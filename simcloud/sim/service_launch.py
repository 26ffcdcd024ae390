"""The service scheduler launches tasks, or says why it cannot, and backs off from starts that fail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from simcloud.facts import attempts, timings, words
from simcloud.facts.words import stop_codes as stop_words
from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.balancing import targets_of
from simcloud.sim.breaker import count_failure
from simcloud.sim.bulletin import announce
from simcloud.sim.effects import After, AskLaunch, Effect
from simcloud.sim.launch import Launch, crowded, new_task
from simcloud.sim.release import Release
from simcloud.sim.service import Service
from simcloud.sim.service_tasks import review_in, spoken, tasks_of
from simcloud.sim.story import counted
from simcloud.sim.strategy import next_provider
from simcloud.sim.task import Task

if TYPE_CHECKING:
    from simcloud.sim.world import World


def launch_missing(world: World, service: Service, release: Release, count: int) -> Iterator[Effect]:
    """Ask for so many tasks of a release, unless there is no capacity or the throttle holds."""
    if not release.on_fargate:
        _say_there_are_no_instances(world, service)
    elif world.now < service.next_launch:
        yield from review_in(world, service, service.next_launch - world.now)
    else:
        yield AskLaunch(service.arn, release.id, count)


def _say_there_are_no_instances(world: World, service: Service) -> None:
    """Only Fargate has capacity here: for any other launch type the cluster is empty (R-066)."""
    if announce(world, service, words.NO_INSTANCE_FITS):
        world.tell_service(service, "cannot place a task", "its cluster has no container instances")


@after(e.LaunchJudged)
def launch(world: World, event: e.LaunchJudged) -> Iterator[Effect]:
    """Launch tasks, or say why not and back off (R-138)."""
    service = world.services[event.service]
    release = service.release(event.deployment)
    if release is None:
        return
    service.round += 1
    if event.refusal:
        count_failure(world, service, release.id)
        announce(world, service, words.LAUNCH_FAILED, error=event.refusal)
        world.tell_service(service, "cannot launch a task", event.why)
        yield from _back_off(world, service)
        return
    tasks: list[Task] = []
    placed = Counter(task.provider for task in tasks_of(world, service, release)) if release.strategy else Counter()
    plan = _plan(world, service, release)
    crowd = crowded(world, plan, plan.group)
    for _ in range(event.count):
        if release.strategy:
            plan = replace(plan, provider=next_provider(release.strategy, placed))
        tasks.append(new_task(world, plan, (), crowd))
        tasks[-1].targets = targets_of(release)
        crowd[tasks[-1].interface.subnet] += 1
        placed[tasks[-1].provider] += 1
    announce(world, service, words.STARTED, count=len(tasks), tasks=spoken(tasks))
    service.steady = False
    for task in tasks:
        yield After(0.0, e.TaskAsked(task, _tags(world, service, release)))


def _plan(world: World, service: Service, release: Release) -> Launch:
    """What each of its tasks is to be; a capacity provider is chosen for each."""
    return Launch(
        cluster=world.clusters[service.cluster],
        stored=world.definitions[release.definition],
        network=release.network,
        launch_type="FARGATE" if release.strategy else release.launch_type,
        group=f"service:{service.name}",
        started_by=release.id,
        service=service.arn,
        deployment=release.id,
        round=service.round,
        exec_enabled=bool(service.asked.get("enableExecuteCommand")),
        volumes=release.configuration.get("volumeConfigurations") or (),
        digests=release.digests,
    )


def _tags(world: World, service: Service, release: Release) -> dict[str, str]:
    """Tags of a service's task: AWS's own if managed tags are on, and those that propagateTags names."""
    managed = {"aws:ecs:clusterName": world.clusters[service.cluster].name, "aws:ecs:serviceName": service.name}
    source = {"SERVICE": service.arn, "TASK_DEFINITION": release.definition}.get(
        service.asked.get("propagateTags", "NONE")
    )
    return {**(managed if service.asked.get("enableECSManagedTags") else {}), **world.tags.get(source or "", {})}


@after(e.StartFailed)
def notice_failure(world: World, event: e.StartFailed) -> Iterator[Effect]:
    """A task of a service did not start: an event, and a growing wait before the next try (R-210, R-217)."""
    task = world.tasks[event.task]
    service = world.services.get(task.service)
    if service is None or service.status != "ACTIVE":
        return
    count_failure(world, service, task.deployment)
    announce(world, service, words.UNPLACED, reason=event.reason.rstrip("."))
    if task.round > service.failed_round:
        service.failed_round = task.round
        yield from _back_off(world, service)


@after(e.InterfaceDeleted)
def notice_exit(world: World, event: e.InterfaceDeleted) -> Iterator[Effect]:
    """A task that ended by itself is over: the scheduler takes note of it a little later."""
    task = world.tasks[event.task]
    if task.service in world.services and task.stop_code == stop_words.ESSENTIAL_EXITED_CODE:
        yield After(timings.EXIT_COUNTED_SECONDS.value, e.ExitCounted(task.service, task.deployment))


@after(e.ExitCounted)
def count_exit(world: World, event: e.ExitCounted) -> Iterator[Effect]:
    """In a deployment that is not over, it counts as a failure too (R-215)."""
    service = world.services[event.service]
    if service.status == "ACTIVE":
        count_failure(world, service, event.deployment)
        yield from review_in(world, service, 0.0)


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
    """A task of a service runs: the throttle is over, and the digests of its images are known."""
    task = world.tasks[event.task]
    service = world.services.get(task.service)
    if service is None:
        return
    service.failed_rounds, service.next_launch = 0, 0.0
    if (release := service.release(task.deployment)) is not None and not release.digests:
        release.digests = {each.name: each.digest for each in task.containers.values() if each.digest}
    yield from review_in(world, service, 0.0)
