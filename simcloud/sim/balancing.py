"""Tasks behind a load balancer: registered while ACTIVATING, deregistered and drained before SIGTERM (R-103)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts import words
from simcloud.facts.fact import Words
from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.bulletin import announce
from simcloud.sim.effects import After, DeregisterTargets, Effect, RegisterTargets
from simcloud.sim.release import Release
from simcloud.sim.service import Service
from simcloud.sim.task import Task

if TYPE_CHECKING:
    from simcloud.sim.world import World


def targets_of(release: Release) -> tuple[tuple[str, int], ...]:
    """The target groups of a release's tasks, each with the container's port."""
    return tuple(
        (str(each["targetGroupArn"]), int(each["containerPort"]))
        for each in release.configuration.get("loadBalancers") or ()
        if each.get("targetGroupArn") and each.get("containerPort")
    )


@after(e.ContainersStarted)
def register(world: World, event: e.ContainersStarted) -> Iterator[Effect]:
    """The containers run: load balancers may begin to check the task."""
    task = world.tasks[event.task]
    if task.targets:
        yield RegisterTargets(task.arn, task.interface.address, task.targets)


@after(e.TargetsRegistered)
def note_registration(world: World, event: e.TargetsRegistered) -> Iterator[Effect]:
    """It counts once its targets have passed their first health check."""
    task = world.tasks[event.task]
    task.registered, task.target_healthy_at = True, world.now + event.seconds
    names = ", ".join(_short(arn) for arn, _ in task.targets)
    world.tell(task, f"{task.interface.address} is registered with target group {names}")
    yield from ()


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
    alive = any(each.status == "RUNNING" for each in task.containers.values() if each.essential)
    seconds = event.seconds if alive else 0.0
    world.tell(task, f"is deregistered from its target groups and drains for {seconds:.0f} s")
    yield After(seconds, e.Drained(task.arn), task.turn)


def tell_registrations(world: World, service: Service) -> None:
    """The service's events about what was registered and deregistered since it last looked (R-222)."""
    mine = [task for task in world.tasks.values() if task.service == service.arn and task.targets]
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
