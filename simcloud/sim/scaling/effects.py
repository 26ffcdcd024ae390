"""What scaling asks of the rest of the simulated AWS: alarms in CloudWatch, a role in IAM."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simcloud.sim.effects import Effect


@dataclass(frozen=True)
class PutAlarm(Effect):
    """Make an alarm of a target tracking policy, or give it new values."""

    name: str
    description: str
    action: str
    """ARN that the alarm notifies: the policy's, and by whom it was made."""
    above: bool
    threshold: float
    period: int
    """Seconds."""
    periods: int
    metric: dict[str, Any]
    """namespace, name, statistic, unit and dimensions of the metric; or queries, for metric math."""


@dataclass(frozen=True)
class DeleteAlarms(Effect):
    """Delete the alarms with these names."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class MakeScalingRole(Effect):
    """Make the service-linked role by which ECS services are scaled, where there is none."""
