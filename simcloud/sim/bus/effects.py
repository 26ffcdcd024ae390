"""What EventBridge asks of the rest of the simulated AWS."""

from __future__ import annotations

from simcloud.sim.bus.state import Invocation, Outcome
from simcloud.sim.effects import Effect


class TellTask(Effect, frozen=True):
    """Put an event about a task on the default bus. Answered by EventPut."""

    task: str
    status: str
    """lastStatus that the event tells."""
    version: int


class Invoke(Effect, frozen=True):
    """Invoke a target. Answered by Delivered."""

    invocation: Invocation


class BuryEvent(Effect, frozen=True):
    """Put an event that could not be delivered into its dead-letter queue. Answered by DeadLettered."""

    invocation: Invocation
    outcome: Outcome
    exhausted: str
    """Which limit of the retry policy was reached; '' where it was not retried."""


class DeleteSchedule(Effect, frozen=True):
    """Delete a schedule that will not run again."""

    arn: str
