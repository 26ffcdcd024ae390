"""A service deployment: how one service revision takes the place of others. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

OVER = ("SUCCESSFUL", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED")
"""Statuses that nothing follows."""
ROLLING_BACK = ("ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS")


@dataclass
class Hook:
    """A lifecycle hook that a stage of a deployment asked."""

    id: str
    kind: str
    """AWS_LAMBDA or PAUSE."""
    target: str
    """The function's ARN; '' for a pause."""
    expires_at: float
    action: str
    """What happens when nobody answered in time: ROLLBACK or CONTINUE."""
    status: str = "AWAITING_ACTION"


@dataclass
class ServiceDeployment:
    """A record of one deployment. Times are epoch seconds; None where the moment has not come."""

    arn: str
    target: str
    """Number of the service revision that is being deployed."""
    sources: tuple[str, ...]
    """Numbers of the revisions that ran when it was asked for."""
    configuration: dict[str, Any]
    """deploymentConfiguration, as it was then."""
    created_at: float
    updated_at: float
    status: str = "PENDING"
    reason: str = ""
    started_at: float | None = None
    finished_at: float | None = None
    stopped_at: float | None = None
    stage: str = ""
    """The lifecycle stage it is at; '' in a rolling deployment."""
    stage_since: float = 0.0
    looked: bool = False
    """Have the listener rules been looked at, and can carry the shift?"""
    steps: int = 0
    """Shares of production traffic that have been shifted."""
    shifted_at: float = 0.0
    """When the last of them was."""
    asked: int = 0
    """So many times the hooks before a shift have been asked."""
    weight: float = 0.0
    """Percent of production traffic that the new revision has."""
    test_weight: float = 0.0
    hooks: list[Hook] = field(default_factory=list)
    alarms: tuple[str, ...] | None = None
    """Names of the alarms that watch it; None before it began."""
    triggered_alarms: tuple[str, ...] = ()
    """Those that made it fail."""
    baking_since: float | None = None
    """When a rolling deployment that alarms watch was whole."""
    failures: int = 0
    """Failed tasks that the circuit breaker counted."""
    threshold: int = 0
    triggered: bool = False
    rollback: dict[str, Any] = field(default_factory=dict)
    """Why, when and to which revision it was rolled back; empty where it was not."""

    @property
    def over(self) -> bool:
        """Will nothing follow?"""
        return self.status in OVER

    def become(self, status: str, now: float, reason: str = "") -> None:
        """Take a new status."""
        self.status, self.updated_at = status, now
        self.reason = reason or self.reason
        if self.over:
            self.finished_at = now
        if status == "STOPPED":
            self.stopped_at = now
