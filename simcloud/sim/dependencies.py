"""Containers of a task that wait for each other: dependsOn, startTimeout, and waiting in vain (R-051, R-052)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts.words import stop_codes as stop_words
from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.effects import After, Effect
from simcloud.sim.task import RUNNING, STOPPED, Container, Task

if TYPE_CHECKING:
    from simcloud.sim.world import World


def start_dependents(task: Task) -> Iterator[Effect]:
    """Start the containers that had to wait and need not any more."""
    for name, container in task.containers.items():
        waits_for = task.definition.container(name).depends_on
        if (
            not container.runtime_id
            and waits_for
            and container.status != STOPPED
            and all(met(task.containers[other], condition) for other, condition in waits_for)
        ):
            yield After(0.0, e.ContainerStarted(task.arn, name), task.turn)


def met(container: Container, condition: str) -> bool:
    """Is the condition of a dependsOn met (R-051)?"""
    if condition == "START":
        return bool(container.runtime_id)
    if condition == "HEALTHY":
        return container.health == "HEALTHY"
    if condition == "COMPLETE":
        return container.exit_code is not None
    return container.exit_code == 0


def waiting_for(task: Task, container: Container) -> list[str]:
    """The containers that have not started because this one has not come as far as they demand."""
    return [
        plan.name
        for plan in task.definition.containers
        if not task.containers[plan.name].runtime_id
        and any(other == container.name and not met(container, condition) for other, condition in plan.depends_on)
    ]


def dependents(task: Task, container: Container) -> list[str]:
    """The containers that run and depend on this one: it is stopped after them."""
    return [
        plan.name
        for plan in task.definition.containers
        if task.containers[plan.name].status == RUNNING and any(other == container.name for other, _ in plan.depends_on)
    ]


def waits(task: Task) -> bool:
    """Does a container of the task wait for one that runs?"""
    return any(each.runtime_id and waiting_for(task, each) for each in task.containers.values())


def give_up_waiting(task: Task, ended: Container) -> Iterator[Effect]:
    """A container that waits for the success, or the health, of one that failed will never start."""
    for name in waiting_for(task, ended):
        why = f"container {name} waits for container {ended.name}, which ended with {ended.exit_code}"
        yield After(0.0, e.StopAsked(task.arn, str(stop_words.FAILED_TO_START), str(stop_words.DEPENDENCY_FAILED), why))


def limit_waiting(task: Task, container: Container) -> Iterator[Effect]:
    """Whoever waits for this container waits for its startTimeout at most."""
    seconds = task.definition.container(container.name).start_timeout
    if seconds is not None and waiting_for(task, container):
        yield After(seconds, e.StartTimedOut(task.arn, container.name, container.runs))


@after(e.StartTimedOut)
def stop_waiting(world: World, event: e.StartTimedOut) -> Iterator[Effect]:
    """The startTimeout of a container is over: what still waits for it gives up, and the task with it."""
    from simcloud.facts.words import start as start_words

    task = world.tasks[event.task]
    container = task.containers[event.container]
    waiting = waiting_for(task, container)
    if waiting and container.runs == event.run:
        text = start_words.DEPENDENCY_TIMED_OUT.format(container=container.name, target=waiting[0])
        seconds = task.definition.container(container.name).start_timeout
        why = f"container {waiting[0]} has waited for container {container.name} for {seconds:g} s"
        yield After(0.0, e.StopAsked(task.arn, str(stop_words.FAILED_TO_START), text, why))
