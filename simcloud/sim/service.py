"""A service and what it holds, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from simcloud.facts import quotas
from simcloud.sim.release import Deployment, Release, TaskSet
from simcloud.sim.service_deployment import ServiceDeployment

__all__ = ["Deployment", "Release", "Service", "ServiceMessage", "TaskSet"]


@dataclass
class ServiceMessage:
    """One line of a service's events."""

    id: str
    at: float
    message: str
    template: str = ""
    """The message before it was filled in: what kind of message it is."""


@dataclass
class Service:
    """A service. `asked` and `request` are in the API's spelling."""

    name: str
    arn: str
    cluster: str
    desired: int
    created_at: float
    created_by: str
    deployments: list[Deployment] = field(default_factory=list)
    """The PRIMARY first. Empty where task sets take their place."""
    task_sets: list[TaskSet] = field(default_factory=list)
    """Of a service with the deployment controller CODE_DEPLOY or EXTERNAL, oldest first."""
    status: str = "ACTIVE"
    asked: dict[str, Any] = field(default_factory=dict)
    """What holds now."""
    request: dict[str, Any] = field(default_factory=dict)
    """CreateService as it was asked: the same again is no second service."""
    events: list[ServiceMessage] = field(default_factory=list)
    """Newest first."""
    history: list[ServiceDeployment] = field(default_factory=list)
    """Its service deployments, oldest first."""
    revisions: dict[str, Release] = field(default_factory=dict)
    """Every release it ever had, by its number: the service revisions."""
    completed: str = ""
    """The number of the release that last completed: where a rollback leads."""
    steady: bool = False
    steady_since: float = 0.0
    """When it last became so."""
    failed_rounds: int = 0
    """Rounds of launches in a row in which a task did not reach RUNNING."""
    round: int = 0
    """Launches are counted, so that two failures of one launch are one failure of the round."""
    failed_round: int = -1
    next_launch: float = 0.0
    """Not before this moment does the scheduler launch again (R-210)."""
    moving: tuple[str, ...] = ()
    """ARNs of tasks that are to make way for others in an Availability Zone with fewer."""
    rebalancing: bool = False
    """Has it said that it is not balanced, and not yet that it is?"""
    review_due: float | None = None
    """When the scheduler looks next; None when nothing is planned."""
    said: dict[str, float] = field(default_factory=dict)
    """When each message was last said: the same one is not repeated for six hours (R-224)."""

    @property
    def primary(self) -> Deployment:
        """The deployment that is wanted. Raises IndexError for a service of task sets."""
        return self.deployments[0]

    @property
    def releases(self) -> list[Release]:
        """Its deployments or its task sets."""
        return [*self.deployments, *self.task_sets]

    @property
    def controller(self) -> str:
        """ECS, CODE_DEPLOY or EXTERNAL: who makes its deployments."""
        return str((self.asked.get("deploymentController") or {}).get("type") or "ECS")

    @property
    def daemon(self) -> bool:
        """Does it run one task on each container instance?"""
        return self.asked.get("schedulingStrategy") == "DAEMON"

    @property
    def ongoing(self) -> ServiceDeployment | None:
        """The service deployment that is not over."""
        return next((each for each in reversed(self.history) if not each.over), None)

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

    def release(self, identity: str) -> Release | None:
        """The deployment or task set with this id that the service still has."""
        return next((each for each in self.releases if each.id == identity), None)
