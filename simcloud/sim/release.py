"""What a service's tasks are started from: a configuration, as a deployment or as a task set. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simcloud.sim.discovery.endpoints import Endpoint
    from simcloud.sim.supply import Shortage


@dataclass
class Release:
    """One configuration of a service, and what became of the tasks that were started from it."""

    id: str
    """ecs-svc/ and 19 digits."""
    configuration: dict[str, Any]
    """The members of the service that a service revision records, in the API's spelling. Never changed."""
    created_at: float
    updated_at: float
    status: str = "PRIMARY"
    requested: int = 0
    """So many tasks the scheduler has decided to have of it."""
    failed_tasks: int = 0
    endpoints: tuple[Endpoint, ...] | None = None
    """Of Service Connect, that its tasks know: as they were when its first task was asked for; None before."""
    alternate: bool = False
    """Are its tasks behind the alternate target groups of its load balancers? Traffic is shifted between the two."""
    digests: dict[str, str] = field(default_factory=dict)
    """The image digest of each container, known from the first task that ran."""
    shortages: dict[str, Shortage] = field(default_factory=dict)
    """Capacity providers ('' for a launch type) that had no room for its tasks when the scheduler last tried."""

    @property
    def number(self) -> str:
        """The 19 digits: the service revision has the same."""
        return self.id.rpartition("/")[2]

    @property
    def definition(self) -> str:
        """ARN of the task definition."""
        return str(self.configuration["taskDefinition"])

    @property
    def network(self) -> dict[str, Any]:
        """awsvpcConfiguration; empty where the tasks have no interface of their own."""
        network = self.configuration.get("networkConfiguration") or {}
        return dict(network.get("awsvpcConfiguration") or {})

    @property
    def launch_type(self) -> str:
        """'' where a capacity provider strategy decides."""
        return str(self.configuration.get("launchType") or "")

    @property
    def strategy(self) -> list[dict[str, Any]]:
        """The capacity provider strategy; empty where a launch type was asked for."""
        return list(self.configuration.get("capacityProviderStrategy") or [])

    @property
    def on_fargate(self) -> bool:
        """Is there capacity for its tasks? This account has no container instances, only Fargate."""
        if self.strategy:
            return all(item["capacityProvider"] in ("FARGATE", "FARGATE_SPOT") for item in self.strategy)
        return self.launch_type == "FARGATE"


@dataclass
class Deployment(Release):
    """One version of a service whose deployments ECS makes, on its way in or out."""

    rollout: str = "IN_PROGRESS"
    rollout_reason: str = ""


@dataclass
class TaskSet(Release):
    """A set of tasks of a service whose deployments CodeDeploy or somebody's own controller makes."""

    arn: str = ""
    scale: float = 100.0
    """Percent of the service's desired count."""
    external_id: str = ""
    started_by: str = ""
    steady: bool = False
    steady_at: float = 0.0
    """When it became steady, or stopped being so."""

    def computed(self, desired: int) -> int:
        """So many tasks it is to have, of a service that wants `desired`: always rounded up."""
        return -(-int(desired * round(self.scale * 100)) // 10000)
