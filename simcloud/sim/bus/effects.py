"""What EventBridge asks of the rest of the simulated AWS."""

from __future__ import annotations

from dataclasses import dataclass

from simcloud.sim.bus.state import Invocation, Outcome
from simcloud.sim.effects import Effect


@dataclass(frozen=True)
class TellTask(Effect):
    """Put an event about a task on the default bus. Answered by EventPut."""

    task: str
    status: str
    """lastStatus that the event tells."""
    version: int


@dataclass(frozen=True)
class Invoke(Effect):
    """Invoke a target. Answered by Delivered."""

    invocation: Invocation


@dataclass(frozen=True)
class BuryEvent(Effect):
    """Put an event that could not be delivered into its dead-letter queue. Answered by DeadLettered."""

    invocation: Invocation
    outcome: Outcome
    exhausted: str
    """Which limit of the retry policy was reached; '' where it was not retried."""


@dataclass(frozen=True)
class DeleteSchedule(Effect):
    """Delete a schedule that will not run again."""

    arn: str
