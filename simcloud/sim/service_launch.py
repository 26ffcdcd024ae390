"""The service scheduler launches tasks, or says why it cannot, and backs off from starts that fail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts import attempts, capacity, timings, words
from simcloud.facts.words import capacity as capacity_words
from simcloud.facts.words import stop_codes as stop_words
from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.breaker import count_failure
from simcloud.sim.bulletin import announce
from simcloud.sim.effects import After, AskLaunch, Effect
from simcloud.sim.launch import Launch
from simcloud.sim.placing import place
from simcloud.sim.rebalancing import tell_started
from simcloud.sim.release import Release
from simcloud.sim.service import Service
from simcloud.sim.service_tasks import review_in
from simcloud.sim.story import counted
from simcloud.sim.supply import Refusal, Shortage

if TYPE_CHECKING:
    from simcloud.sim.world import World

GROWING = 32
"""Rounds after which the wait surely grows no more. A service may fail for a year, and no float holds that power."""


def launch_missing(world: World, service: Service, release: Release, count: int) -> Iterator[Effect]:
    """Ask for so many tasks of a release, unless there is no capacity or the throttle holds."""
    if not release.on_fargate:
        _say_there_are_no_instances(world, service)
    elif world.now < service.next_launch:
        yield from review_in(world, service, service.next_launch - world.now)
    else:
        if waiting := [each.until for each in release.shortages.values() if each.until > world.now]:
            yield from review_in(world, service, min(waiting) - world.now)
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
    world.zones.update(event.zones)
    tasks, refused = place(world, service, release, _plan(world, service, release), event.count)
    for task in tasks:
        release.shortages.pop(task.provider, None)
        yield After(0.0, e.TaskAsked(task, _tags(world, service, release)))
    if tasks:
        tell_started(world, service, tasks)
        service.steady = False
    for provider, refusal in refused.items():
        yield from _run_short(world, service, release, provider, refusal)


def _run_short(world: World, service: Service, release: Release, provider: str, refusal: Refusal) -> Iterator[Effect]:
    """There is no room for a task: an event, and another try later (R-077, R-194). The task counts as failed: "can't
    launch" is one of the ways (API model, Deployment.failedTasks)."""
    count_failure(world, service, release.id)
    service.steady = False
    if refusal.kind == "blocked":
        announce(world, service, capacity_words.BLOCKED_SERVICE)
    else:
        reason = words.VCPU_LIMIT if refusal.kind == "quota" else words.NO_CAPACITY
        announce(world, service, words.UNPLACED, reason=reason)
    shortage = release.shortages.setdefault(provider, Shortage())
    wait = min(
        capacity.SHORT_FIRST_SECONDS.value * capacity.SHORT_FACTOR.value**shortage.tries,
        float(timings.THROTTLE_CAP.value),
    )
    shortage.tries, shortage.until = shortage.tries + 1, world.now + wait
    kind = f" on {provider}" if provider else ""
    world.tell_service(service, f"cannot place a task{kind} and tries again in {wait:.0f} s", refusal.why)
    yield from review_in(world, service, wait)


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
    grown = timings.THROTTLE_FIRST.value * timings.THROTTLE_FACTOR.value ** min(service.failed_rounds, GROWING)
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
