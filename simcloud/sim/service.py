"""A service and its deployments, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from simcloud.facts import quotas


@dataclass
class ServiceMessage:
    """One line of a service's events."""

    id: str
    at: float
    message: str


@dataclass
class Deployment:
    """One version of the service on its way in or out."""

    id: str
    """ecs-svc/ and 19 digits."""
    definition: str
    """ARN of the task definition."""
    network: dict[str, Any]
    """awsvpcConfiguration."""
    launch_type: str
    strategy: list[dict[str, Any]]
    created_at: float
    updated_at: float
    status: str = "PRIMARY"
    rollout: str = "IN_PROGRESS"
    rollout_reason: str = ""
    failed_tasks: int = 0


@dataclass
class Service:
    """A service. `asked` and `request` are in the API's spelling."""

    name: str
    arn: str
    cluster: str
    desired: int
    created_at: float
    created_by: str
    deployments: list[Deployment]
    """The PRIMARY first."""
    status: str = "ACTIVE"
    asked: dict[str, Any] = field(default_factory=dict)
    """What holds now."""
    request: dict[str, Any] = field(default_factory=dict)
    """CreateService as it was asked: the same again is no second service."""
    events: list[ServiceMessage] = field(default_factory=list)
    """Newest first."""
    steady: bool = False
    failed_rounds: int = 0
    """Rounds of launches in a row in which a task did not reach RUNNING."""
    round: int = 0
    """Launches are counted, so that two failures of one launch are one failure of the round."""
    failed_round: int = -1
    next_launch: float = 0.0
    """Not before this moment does the scheduler launch again (R-210)."""
    review_due: float | None = None
    """When the scheduler looks next; None when nothing is planned."""
    said: dict[str, float] = field(default_factory=dict)
    """When each message was last said: the same one is not repeated for six hours (R-224)."""

    @property
    def primary(self) -> Deployment:
        """The deployment that is wanted."""
        return self.deployments[0]

    @property
    def percents(self) -> tuple[int, int]:
        """minimumHealthyPercent and maximumPercent (R-200)."""
        given = self.asked.get("deploymentConfiguration") or {}
        least, most = given.get("minimumHealthyPercent"), given.get("maximumPercent")
        return (
            quotas.MINIMUM_HEALTHY_DEFAULT.value if least is None else int(least),
            quotas.MAXIMUM_PERCENT_DEFAULT.value if most is None else int(most),
        )

    @property
    def least(self) -> int:
        """So many healthy tasks must remain during a deployment."""
        return -(-self.desired * self.percents[0] // 100)

    @property
    def most(self) -> int:
        """So many tasks may be starting and running during a deployment."""
        return self.desired * self.percents[1] // 100
