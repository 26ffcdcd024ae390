"""Applications, groups and revisions of CodeDeploy, as values. `info` and `location` are in the API's spelling."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Revision:
    """An application revision that was registered, or that a deployment brought."""

    location: dict[str, Any]
    """Complete, the AppSpec's content and its hash included."""
    registered_at: float
    description: str = ""
    first_used_at: float | None = None
    last_used_at: float | None = None


@dataclass
class Group:
    """A deployment group."""

    id: str
    name: str
    info: dict[str, Any]
    """DeploymentGroupInfo but for what deployments change."""
    attempted: str = ""
    """The deployment that was made last."""
    successful: str = ""
    target: dict[str, Any] = field(default_factory=dict)
    """Where the revision lies that the last deployment brought."""


@dataclass
class Application:
    """An application: a name over deployment groups and revisions."""

    id: str
    name: str
    platform: str
    created_at: float
    groups: dict[str, Group] = field(default_factory=dict)
    revisions: list[Revision] = field(default_factory=list)
