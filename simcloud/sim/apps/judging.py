"""Answers to what the code in containers asks: is the call allowed, does it get there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcloud.sim.apps import events as ae
from simcloud.sim.apps import peers, traces
from simcloud.sim.asks import Asks
from simcloud.sim.steps.calls import Reply, reply
from simcloud.sim.task import Container, Task

if TYPE_CHECKING:
    from simcloud.sim.events import Event
    from simcloud.sim.world import World


def answer(world: World, asked: Event, asks: Asks) -> Event:
    """The event that answers. Raises NotImplementedError for what it does not know."""
    if isinstance(asked, ae.WorkDue):
        return _receive(world.tasks[asked.task], asked, asks)
    if isinstance(asked, ae.MessageWorked | ae.DeleteDue):
        return _delete(world.tasks[asked.task], asked, asks)
    if isinstance(asked, ae.TraceDue):
        return traces.judge(world.tasks[asked.task], asked, world.now, asks)
    if isinstance(asked, ae.RequestsDue):
        return peers.judge(world, asked, asks)
    raise NotImplementedError(f"no way to judge {type(asked).__name__}")


def queue_of(task: Task, container: Container) -> str:
    """The ARN of the queue that the code works off: by name, URL or ARN, or where `$NAME` names an environment
    variable, by what that holds. '' where it holds nothing."""
    named = container.behaviour.takes if container.behaviour else ""
    if named.startswith("$"):
        named = container.environment.get(named.removeprefix("$"), "")
    if named.startswith("arn:") or not named:
        return named
    account, region = task.account, task.region
    if named.startswith("http"):
        host, _, path = named.partition("://")[2].partition("/")
        account, region = path.partition("/")[0] or account, (host.split(".")[1:2] or [region])[0]
    return f"arn:aws:sqs:{region}:{account}:{named.rsplit('/', 1)[-1]}"


def _receive(task: Task, asked: ae.WorkDue, asks: Asks) -> ae.ReceiveJudged:
    container = task.containers[asked.container]
    queue = queue_of(task, container)
    if queue:
        found = reply(task, "sqs:ReceiveMessage", queue, asks)
    else:
        variable = container.behaviour.takes.removeprefix("$") if container.behaviour else ""
        why = f"the container's environment has no {variable}"
        found = Reply("sqs:ReceiveMessage", "", "missing", f"KeyError: '{variable}'", why)
    return ae.ReceiveJudged(task.arn, asked.container, asked.run, asked.attempt, queue, found)


def _delete(task: Task, asked: ae.MessageWorked | ae.DeleteDue, asks: Asks) -> ae.DeleteJudged:
    queue = queue_of(task, task.containers[asked.container])
    attempt = asked.attempt if isinstance(asked, ae.DeleteDue) else 1
    found = reply(task, "sqs:DeleteMessage", queue, asks)
    return ae.DeleteJudged(task.arn, asked.container, asked.run, asked.taken, attempt, found)
