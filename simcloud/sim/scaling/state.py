"""What Application Auto Scaling holds, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from simcloud.sim.scaling.cooldown import Cooldown
from simcloud.sim.schedules import Plan


@dataclass
class Policy:
    """A scaling policy."""

    name: str
    arn: str
    kind: str
    """PolicyType."""
    configuration: dict[str, Any]
    """In the API's spelling."""
    created_at: float
    alarms: tuple[str, ...] = ()
    """Names of the CloudWatch alarms that it owns: the high one, then the low one."""
    maker: str = ""
    """A UUID, behind createdBy in what those alarms notify."""
    last: Cooldown | None = None
    """Its last scaling."""


@dataclass
class Action:
    """A scheduled action."""

    name: str
    arn: str
    asked: dict[str, Any]
    """Schedule, Timezone, StartTime, EndTime and ScalableTargetAction, in the API's spelling."""
    plan: Plan
    created_at: float
    turn: str
    """Another one after each change: a run planned before it is stale."""


@dataclass
class Target:
    """A scalable target: the desired count of an ECS service."""

    namespace: str
    resource: str
    dimension: str
    id: str
    """A UUID: in its ARN, and in those of its policies and actions."""
    arn: str
    role: str
    service: str
    """ARN of the ECS service."""
    minimum: int
    maximum: int
    created_at: float
    suspended: dict[str, bool] = field(default_factory=dict)
    """SuspendedState, whole."""
    policies: dict[str, Policy] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    told: str = ""
    """What last kept a policy from scaling, as the story told it."""

    @property
    def key(self) -> str:
        """What no other target has."""
        return key(self.namespace, self.resource, self.dimension)


@dataclass
class Activity:
    """A scaling activity."""

    id: str
    namespace: str
    resource: str
    dimension: str
    description: str
    cause: str
    started_at: float
    status: str
    message: str
    ended_at: float | None = None
    count: int | None = None
    """The desired count that it set; None for one that set bounds."""
    before: int | None = None
    """The count from which it started, or from which those did that it overtook."""
    service: str = ""
    """ARN of the service whose count it set."""

    @property
    def open(self) -> bool:
        """Does it wait for the service?"""
        return self.status == IN_PROGRESS


IN_PROGRESS, SUCCESSFUL, OVERRIDDEN, FAILED = "InProgress", "Successful", "Overridden", "Failed"


def key(namespace: str, resource: str, dimension: str) -> str:
    """The key of a target."""
    return f"{namespace}|{dimension}|{resource}"
