"""What an alarm asks of the rest of the simulated AWS."""

from __future__ import annotations

from dataclasses import dataclass

from simcloud.sim.effects import Effect


@dataclass(frozen=True)
class ShowAlarm(Effect):
    """Let CloudWatch show the state that the alarm has now."""

    name: str


@dataclass(frozen=True)
class Publish(Effect):
    """Publish a message on an SNS topic."""

    topic: str
    subject: str
    message: str
