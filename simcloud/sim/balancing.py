"""Tasks behind a load balancer: registered while ACTIVATING, checked, and drained before SIGTERM (R-103)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts import timings, words
from simcloud.facts.fact import Words
from simcloud.facts.words import health as health_words
from simcloud.sim import events as e
from simcloud.sim import health
from simcloud.sim.after import after
from simcloud.sim.bulletin import announce
from simcloud.sim.effects import After, DeregisterTargets, Effect, LookAtTargets, RegisterTargets
from simcloud.sim.health import HealthCheck, Target
from simcloud.sim.release import Release
from simcloud.sim.service import Service
from simcloud.sim.task import Task
from simcloud.sim.traffic.events import RulesSeen
from simcloud.sim.traffic.pairs import group_behind

if TYPE_CHECKING:
    from simcloud.sim.world import World


def targets_of(release: Release) -> tuple[tuple[str, int], ...]:
    """The target groups of a release's tasks, each with the container's port."""
    return tuple(
        (group_behind(release, each), int(each["containerPort"]))
        for each in release.configuration.get("loadBalancers") or ()
        if each.get("targetGroupArn") and each.get("containerPort")
    )


@after(e.ContainersStarted)
def register(world: World, event: e.ContainersStarted) -> Iterator[Effect]:
    """The containers run: load balancers may begin to check the task."""
    task = world.tasks[event.task]
    if task.targets:
        yield RegisterTargets(task.arn, task.interface.id, task.interface.address, task.targets)


@after(e.TargetsRegistered)
def note_registration(world: World, event: e.TargetsRegistered) -> Iterator[Effect]:
    """Health checks begin."""
    task = world.tasks[event.task]
    task.registered = True
    names = ", ".join(_short(arn) for arn, _ in task.targets)
    world.tell(task, f"{task.interface.address} is registered with target group {names}")
    for check in event.checks:
        image = task.containers[_container(world, task, check.group)].behaviour
        listens = world.now + (image.start_seconds if image else 0.0)
        first = health.CHECKING if check.used else health.UNUSED
        task.target_health[check.group] = Target(check.port, check.check_port, first, world.now, listens)
        yield from _judge(world, task, check)


@after(e.SurroundingsChanged)
def look_again(world: World, event: e.SurroundingsChanged) -> Iterator[Effect]:
    """What the checks meet may be another thing now."""
    for task in world.tasks.values():
        if task.registered:
            yield LookAtTargets(task.arn, task.interface.id, task.interface.address, task.targets)


@after(RulesSeen)
def put_to_use(world: World, event: RulesSeen) -> Iterator[Effect]:
    """A rule forwards to their target group from now on: targets that nobody used are sent to at once, and checked."""
    if not event.shifted:
        return
    groups = {group for _, found in event.rules for group, _ in found or ()}
    for task in list(world.roster.crew(event.service).wanted.values()):
        idle = [task.target_health[group] for group in groups & set(task.target_health)]
        idle = [target for target in idle if target.health == health.UNUSED]
        for target in idle:
            target.health, target.since = health.HEALTHY, world.now
        if idle:
            yield LookAtTargets(task.arn, task.interface.id, task.interface.address, task.targets)


@after(e.ContainerExited)
def look_without(world: World, event: e.ContainerExited) -> Iterator[Effect]:
    """A container that ended answers no check, even where its task goes on."""
    task = world.tasks[event.task]
    if task.registered and task.wanted and not task.containers[event.container].essential:
        yield LookAtTargets(task.arn, task.interface.id, task.interface.address, task.targets)


@after(e.TargetsLookedAt)
def judge_again(world: World, event: e.TargetsLookedAt) -> Iterator[Effect]:
    """The same checks as before find what they find now."""
    task = world.tasks[event.task]
    for check in event.checks:
        if check.group in task.target_health:
            yield from _judge(world, task, check)


def _judge(world: World, task: Task, check: HealthCheck) -> Iterator[Effect]:
    """Plan when the target gets another state."""
    target = task.target_health[check.group]
    target.serial += 1
    target.check_port = check.check_port
    world.loads.balancers[check.group] = check.balancers
    if not check.used:
        target.health = health.UNUSED
        return
    if target.health.state == "unused":
        target.health, target.since = health.CHECKING, world.now
    container = _container(world, task, check.group)
    result = health.found(check, task, container)
    seconds = health.verdict_in(check, target, result, world.now)
    if seconds is None:
        return
    early = health.too_late(check, target, seconds, world.now) if result.state == "healthy" else None
    if early is not None:
        refused = health.TargetHealth(
            "unhealthy", "Target.FailedHealthChecks", str(health_words.FAILED), "its process does not listen yet"
        )
        yield After(early, e.TargetJudged(task.arn, check.group, refused, target.serial))
        seconds += (check.healthy - 1) * check.interval
    yield After(seconds, e.TargetJudged(task.arn, check.group, result, target.serial))


@after(e.TargetJudged)
def change_health(world: World, event: e.TargetJudged) -> Iterator[Effect]:
    """The target is healthy, or it is not, and why."""
    task = world.tasks[event.task]
    target = task.target_health.get(event.group)
    if target is None or target.serial != event.serial or not task.registered:
        return
    if target.health == event.health:
        return
    target.health = event.health
    said = f" ({event.health.description})" if event.health.description else ""
    world.tell(task, f"is {event.health.state} in target group {_short(event.group)}{said}", event.health.why)
    yield After(0.0, e.TargetHealthChanged(task.arn, event.group))


def _container(world: World, task: Task, group: str) -> str:
    """The container that the service's load balancer names; else the first essential one."""
    service = world.services.get(task.service)
    release = service.release(task.deployment) if service else None
    for each in (release.configuration.get("loadBalancers") or ()) if release else ():
        if release and group_behind(release, each) == group and each.get("containerName") in task.containers:
            return str(each["containerName"])
    return next((name for name, held in task.containers.items() if held.essential), next(iter(task.containers)))


def deregister(task: Task) -> Iterator[Effect]:
    """Take the task out of its target groups, and wait until they have drained; at once where it is in none."""
    if task.registered:
        yield DeregisterTargets(task.arn, task.interface.address, task.targets)
    else:
        yield After(0.0, e.Drained(task.arn), task.turn)


@after(e.TargetsDeregistered)
def drain(world: World, event: e.TargetsDeregistered) -> Iterator[Effect]:
    """Connections that are open may end: the longest deregistration delay of the groups. A task whose containers have
    ended has none."""
    task = world.tasks[event.task]
    task.registered = False
    for target in task.target_health.values():
        target.health, target.serial = health.LEAVING, target.serial + 1
    alive = any(each.status == "RUNNING" for each in task.containers.values() if each.essential)
    seconds = event.seconds if alive else 0.0
    why = ""
    if task.terminated and seconds > (notice := float(timings.SPOT_WARNING_SECONDS.value)):
        why = f"their deregistration delay is {seconds:.0f} s, and Spot gives {notice:.0f} s of notice"
        seconds = notice
    world.tell(task, f"is deregistered from its target groups and drains for {seconds:.0f} s", why)
    yield After(seconds, e.Drained(task.arn), task.turn)


@after(e.Drained)
def leave(world: World, event: e.Drained) -> Iterator[Effect]:
    """The target groups have forgotten it."""
    world.tasks[event.task].target_health.clear()
    yield from ()


def tell_registrations(world: World, service: Service) -> None:
    """The service's events about what was registered and deregistered since it last looked (R-222)."""
    crew = world.roster.crew(service.arn)
    mine = crew.in_order(crew.untold)
    crew.untold.clear()
    came = [task for task in mine if task.registered and task.told_targets != "in"]
    went = [task for task in mine if not task.registered and task.told_targets == "in"]
    _announce_each(world, service, words.REGISTERED, came)
    _announce_each(world, service, words.DEREGISTERED, went)
    if went:
        announce(world, service, words.DRAINING, count=len(went))
    for task in came:
        task.told_targets = "in"
    for task in went:
        task.told_targets = "out"


def _announce_each(world: World, service: Service, template: Words, tasks: list[Task]) -> None:
    groups = dict.fromkeys(arn for task in tasks for arn, _ in task.targets)
    for group in groups:
        count = sum(group in dict(task.targets) for task in tasks)
        announce(world, service, template, count=count, target_group=group)


def _short(arn: str) -> str:
    return arn.split("/")[-2] if arn.count("/") > 1 else arn
