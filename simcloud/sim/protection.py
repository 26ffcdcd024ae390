"""Scale-in protection: a task of a service that says it is busy is not stopped by scale-in or by a deployment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.sim.after import after
from simcloud.sim.effects import After, Effect
from simcloud.sim.events import ServiceReviewed, TaskEvent
from simcloud.sim.story import counted
from simcloud.sim.task import Task

if TYPE_CHECKING:
    from simcloud.sim.world import World


class TaskProtected(TaskEvent, frozen=True):
    """A task is protected for so many seconds; 0 ends its protection."""

    seconds: float


class ProtectionEnded(TaskEvent, frozen=True):
    """A protection that was not renewed has run out."""

    until: float


def protected(world: World, task: Task) -> bool:
    """Must scale-in and deployments leave the task alone?"""
    return task.protected_until is not None and world.now < task.protected_until


@after(TaskProtected)
def protect(world: World, event: TaskProtected) -> Iterator[Effect]:
    """Each call sets the time anew."""
    task = world.tasks[event.task]
    if event.seconds > 0:
        task.protected_until = world.now + event.seconds
        world.tell(task, f"protected from scale-in for {counted(round(event.seconds / 60), 'minute')}")
        yield After(event.seconds, ProtectionEnded(task.arn, task.protected_until))
    else:
        yield from _end(world, task, "no longer protected from scale-in")


@after(ProtectionEnded)
def expire(world: World, event: ProtectionEnded) -> Iterator[Effect]:
    """What waited for the task may go on."""
    task = world.tasks[event.task]
    if task.protected_until == event.until:
        yield from _end(world, task, "its protection from scale-in has run out")


def _end(world: World, task: Task, told: str) -> Iterator[Effect]:
    if task.protected_until is None:
        return
    task.protected_until = None
    world.tell(task, told)
    if task.service in world.services:
        yield After(0.0, ServiceReviewed(task.service))
