"""ECS Task State Change: an event for each change of a task's or a container's status.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html. A task that is to stop is told
first with the status that it leaves (RUNNING, to be STOPPED: R-192), and then with the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.bus.effects import TellTask
from simcloud.sim.bus.envelope import wanted
from simcloud.sim.bus.state import Told
from simcloud.sim.effects import Effect
from simcloud.sim.task import Task

if TYPE_CHECKING:
    from simcloud.sim.world import World

ECS, KIND = "aws.ecs", "ECS Task State Change"


def kinds(of: type[e.Event] = e.TaskEvent) -> Iterator[type[e.Event]]:
    """Every kind of event that can happen to a task."""
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def watch_tasks(world: World) -> None:
    """What is true of the tasks now is no news."""
    if wanted(world, ECS, KIND):
        world.bus.tasks = {task.arn: _as_told(task) for task in world.tasks.values()}


def _as_told(task: Task) -> Told:
    return Told(task.status, task.desired, tuple(each.status for each in task.containers.values()))


@after(e.TaskAsked)
def tell_asked(world: World, event: e.TaskAsked) -> Iterator[Effect]:
    """A new task."""
    yield from _tell(world, event.asked)


@after(*kinds())
def tell_change(world: World, event: e.TaskEvent) -> Iterator[Effect]:
    """A task that has changed since it was last told."""
    if world.bus is None:
        return
    task = world.tasks.get(event.task)
    if task is None:
        world.bus.tasks.pop(event.task, None)
        world.bus.started.pop(event.task, None)
    else:
        yield from _tell(world, task)


def _tell(world: World, task: Task) -> Iterator[Effect]:
    if world.bus is None or not wanted(world, ECS, KIND):
        return
    before, now = world.bus.tasks.get(task.arn), _as_told(task)
    if before == now:
        return
    world.bus.tasks[task.arn] = now
    if before is not None and before.desired != now.desired and before.status != now.status:
        yield TellTask(task.arn, before.status, task.version - 1)
    yield TellTask(task.arn, task.status, task.version)
