"""What EventBridge asks of the rest: invoke a target, bury an event, tell of a task, delete a schedule."""

from __future__ import annotations

from importlib import import_module

from simcloud.cloud.events import dead_letters, schedules, tasks
from simcloud.cloud.events.delivering import Delivery, failed, unreachable
from simcloud.cloud.live import Live
from simcloud.sim.bus.effects import BuryEvent, DeleteSchedule, Invoke, TellTask
from simcloud.sim.bus.events import Delivered
from simcloud.sim.bus.state import Invocation, Outcome
from simcloud.sim.effects import Effect
from simcloud.sim.events import Event

KINDS = {
    ("ecs", "cluster"): "tasks",
    ("sqs", ""): "queues",
    ("sns", ""): "topics",
    ("logs", "log-group"): "logs",
    ("events", ""): "archives",
    ("events", "event-bus"): "buses",
    ("scheduler", "aws-sdk"): "universal",
}
"""By service and kind of resource in a target's ARN, the file whose `deliver` invokes it."""


def perform(live: Live, effect: Effect) -> Event | None:
    """Do it, and return the event that answers. Raises NotImplementedError for an effect that is not EventBridge's."""
    if isinstance(effect, Invoke):
        return Delivered(effect.invocation, _invoke(live, effect.invocation))
    if isinstance(effect, BuryEvent):
        return dead_letters.bury(live, effect)
    if isinstance(effect, TellTask):
        return tasks.tell(live, effect)
    if isinstance(effect, DeleteSchedule):
        schedules.delete(live, effect.arn)
        return None
    raise NotImplementedError(f"no way to perform {type(effect).__name__}")


def _invoke(live: Live, invocation: Invocation) -> Outcome:
    """By what the target is."""
    delivery = Delivery(live, invocation)
    if (broken := unreachable(delivery)) is not None:
        return broken
    file = KINDS.get((delivery.service, delivery.kind))
    if file is None:
        says = f"would invoke {delivery.arn}, which has no effect in this simulation"
        return Outcome(False, says, idle=True)
    if delivery.region != live.region and delivery.service == "ecs":
        return failed(delivery, "cannot run a task", "NO_RESOURCE", f"there is no cluster {delivery.arn}")
    outcome: Outcome = import_module(f"simcloud.cloud.events.{file}").deliver(delivery)
    return outcome
