"""What an alarm asks of the rest of the simulated AWS."""

from __future__ import annotations

from simcloud.sim.effects import Effect


class ShowAlarm(Effect, frozen=True):
    """Let CloudWatch show the state that the alarm has now."""

    name: str


class Publish(Effect, frozen=True):
    """Publish a message on an SNS topic."""

    topic: str
    subject: str
    message: str
