"""The memory that a task's containers share: who is killed when together they need more than the task has (R-115)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts import words
from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.container_plan import ContainerPlan
from simcloud.sim.effects import After, Effect
from simcloud.sim.task import RUNNING, Container, Task

if TYPE_CHECKING:
    from simcloud.sim.world import World

KILLED = 137
"""128 + SIGKILL (R-140)."""


def limit(task: Task, plan: ContainerPlan) -> int:
    """MiB that the container may use: its own hard limit, else the task's (R-115)."""
    return plan.memory or task.definition.memory


def fill(task: Task, container: Container) -> Iterator[Effect]:
    """The process will need its memory by the time that it is up; look then, where that is more than the task has."""
    image = container.behaviour
    if image is not None and _needed(task) > task.definition.memory:
        yield After(image.start_seconds, e.MemoryFilled(task.arn, container.name, container.runs))


@after(e.MemoryFilled)
def kill_the_largest(world: World, event: e.MemoryFilled) -> Iterator[Effect]:
    """Where the task is full, the kernel kills the process that holds most (of equals the last)."""
    task = world.tasks[event.task]
    filling = task.containers[event.container]
    needed, held = _needed(task), task.definition.memory
    if filling.status != RUNNING or filling.runs != event.run or needed <= held:
        return
    largest = max(reversed(_running(task)), key=_peak)
    why = f"the task's containers need {needed} MiB together and may use {held} MiB; {_peak(largest)} MiB are its own"
    reason = str(words.OUT_OF_MEMORY)
    yield After(0.0, e.ContainerExited(task.arn, largest.name, KILLED, reason, why, largest.runs))


def _running(task: Task) -> list[Container]:
    return [each for each in task.containers.values() if each.status == RUNNING]


def _peak(container: Container) -> int:
    return container.behaviour.memory_mib if container.behaviour else 0


def _needed(task: Task) -> int:
    """MiB of all processes that run."""
    return sum(_peak(each) for each in _running(task))
