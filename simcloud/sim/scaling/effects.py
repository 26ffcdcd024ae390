"""What scaling asks of the rest of the simulated AWS: alarms in CloudWatch, a role in IAM."""

from __future__ import annotations

from typing import Any

from simcloud.sim.effects import Effect


class PutAlarm(Effect, frozen=True):
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


class DeleteAlarms(Effect, frozen=True):
    """Delete the alarms with these names."""

    names: tuple[str, ...]


class MakeScalingRole(Effect, frozen=True):
    """Make the service-linked role by which ECS services are scaled, where there is none."""
