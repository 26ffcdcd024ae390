"""What happened on EventBridge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from simcloud.sim.bus.state import DEFAULT, Invocation, Outcome, Rule, Schedule
from simcloud.sim.events import Event


@dataclass(frozen=True)
class BusEvent(Event):
    """After everything else of the same moment: deliveries wait for what they are about."""

    priority: ClassVar[int] = 9


@dataclass(frozen=True)
class RulePut(BusEvent):
    """A rule was made, or it, its state or its targets were changed: as it is now."""

    rule: Rule


@dataclass(frozen=True)
class RuleDeleted(BusEvent):
    arn: str


@dataclass(frozen=True)
class EventPut(BusEvent):
    """An event is on a bus."""

    event: Mapping[str, Any]
    """As EventBridge spells it."""
    region: str
    bus: str = DEFAULT
    rule: str = ""
    """ARN of the only rule that sees it; '' for every rule of the bus."""
    forwarded: bool = False
    """Did it come from another bus?"""


@dataclass(frozen=True)
class RuleDue(BusEvent):
    """A rule with a schedule fires; stale where it was changed since."""

    arn: str
    turn: str


@dataclass(frozen=True)
class SchedulePut(BusEvent):
    """A schedule was made or changed: as it is now."""

    schedule: Schedule


@dataclass(frozen=True)
class ScheduleDeleted(BusEvent):
    arn: str


@dataclass(frozen=True)
class ScheduleDue(BusEvent):
    """A schedule's moment has come; stale where it was changed since."""

    arn: str
    turn: str


@dataclass(frozen=True)
class ScheduleFired(BusEvent):
    """The schedule's target is to be invoked, in its flexible time window."""

    arn: str
    turn: str
    due: float
    """The moment for which it was planned, epoch seconds."""


@dataclass(frozen=True)
class InvocationDue(BusEvent):
    """A target is to be invoked, for the first time or again."""

    invocation: Invocation


@dataclass(frozen=True)
class Delivered(BusEvent):
    """A target was invoked, or could not be."""

    invocation: Invocation
    outcome: Outcome


@dataclass(frozen=True)
class DeadLettered(BusEvent):
    """An event that could not be delivered went into its dead-letter queue, or not even there."""

    invocation: Invocation
    queue: str
    why: str
    """'' where it is in the queue."""


@dataclass(frozen=True)
class CodeDeployActed(BusEvent):
    """Something happened to a deployment of CodeDeploy's, and CodeDeploy has acted on it."""

    deployment: str
