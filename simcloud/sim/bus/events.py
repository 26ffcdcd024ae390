"""What happened on EventBridge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from simcloud.sim.bus.state import DEFAULT, Invocation, Outcome, Rule, Schedule
from simcloud.sim.events import Event


class BusEvent(Event, frozen=True):
    """After everything else of the same moment: deliveries wait for what they are about."""

    priority: ClassVar[int] = 9


class RulePut(BusEvent, frozen=True):
    """A rule was made, or it, its state or its targets were changed: as it is now."""

    rule: Rule


class RuleDeleted(BusEvent, frozen=True):
    arn: str


class EventPut(BusEvent, frozen=True):
    """An event is on a bus."""

    event: Mapping[str, Any]
    """As EventBridge spells it."""
    region: str
    bus: str = DEFAULT
    rule: str = ""
    """ARN of the only rule that sees it; '' for every rule of the bus."""
    forwarded: bool = False
    """Did it come from another bus?"""


class RuleDue(BusEvent, frozen=True):
    """A rule with a schedule fires; stale where it was changed since."""

    arn: str
    turn: str


class SchedulePut(BusEvent, frozen=True):
    """A schedule was made or changed: as it is now."""

    schedule: Schedule


class ScheduleDeleted(BusEvent, frozen=True):
    arn: str


class ScheduleDue(BusEvent, frozen=True):
    """A schedule's moment has come; stale where it was changed since."""

    arn: str
    turn: str


class ScheduleFired(BusEvent, frozen=True):
    """The schedule's target is to be invoked, in its flexible time window."""

    arn: str
    turn: str
    due: float
    """The moment for which it was planned, epoch seconds."""


class InvocationDue(BusEvent, frozen=True):
    """A target is to be invoked, for the first time or again."""

    invocation: Invocation


class Delivered(BusEvent, frozen=True):
    """A target was invoked, or could not be."""

    invocation: Invocation
    outcome: Outcome


class DeadLettered(BusEvent, frozen=True):
    """An event that could not be delivered went into its dead-letter queue, or not even there."""

    invocation: Invocation
    queue: str
    why: str
    """'' where it is in the queue."""


class CodeDeployActed(BusEvent, frozen=True):
    """Something happened to a deployment of CodeDeploy's, and CodeDeploy has acted on it."""

    deployment: str
