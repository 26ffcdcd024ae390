"""What a law of CodeDeploy may see of the world: values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Named = tuple[str, str]
"""An application and a deployment group, or a cluster and a service."""


@dataclass(frozen=True, slots=True)
class DeploymentSeen:
    """A deployment."""

    status: str
    waiting: str = ""
    """READY_WAIT, TERMINATION_WAIT or ''."""
    target: str = ""
    hooks: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Lifecycle event and its status by the id under which its function reports."""

    @property
    def over(self) -> bool:
        return self.status in ("Succeeded", "Failed", "Stopped")


@dataclass(frozen=True, slots=True)
class RoleSeen:
    """The service role that a request names."""

    assumable: bool
    """Does it exist, and does it trust codedeploy.amazonaws.com?"""
    why: str = ""
    denied: str = ""
    """AWS's words for why it may not describe the ECS service; '' where it may."""


@dataclass(frozen=True, slots=True)
class CodeDeploySeen:
    """A read-only view of the world. What a request does not touch may be left empty."""

    account: str = "123456789012"
    region: str = "us-east-1"
    applications: Mapping[str, str] = field(default_factory=dict)
    """Compute platform by name."""
    groups: Mapping[Named, Mapping[str, Any]] = field(default_factory=dict)
    """DeploymentGroupInfo by application and name."""
    configurations: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """DeploymentConfigInfo by name, the predefined ones included."""
    revisions: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    """Registered locations by application."""
    deployments: Mapping[str, DeploymentSeen] = field(default_factory=dict)
    active: Mapping[Named, str] = field(default_factory=dict)
    """The deployment that is under way, by application and group."""
    services: Mapping[Named, str] = field(default_factory=dict)
    """Deployment controller of each ACTIVE ECS service, by cluster and service name."""
    clusters: frozenset[str] = frozenset()
    role: RoleSeen | None = None
    topics: frozenset[str] = frozenset()
    """ARNs of the SNS topics in the region."""
    balancers: Mapping[str, str] = field(default_factory=dict)
    """`application` or `network`: the kind of load balancer by target group name and by listener ARN."""
    asked: frozenset[str] | None = None
    """UpdateDeploymentGroup is judged as the group would be; these members the request really names."""

    def names(self, *members: str) -> bool:
        """Does the request itself say something about one of these members?"""
        return self.asked is None or not self.asked.isdisjoint(members)
