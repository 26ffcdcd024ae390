"""A thing of EKS's: a cluster or something that belongs to one, and how its status moves on by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from simcloud.facts import eks

CLUSTER = "cluster"
PROFILE = "fargateprofile"
NODEGROUP = "nodegroup"
ADDON = "addon"
ENTRY = "access-entry"
IDENTITY = "podidentityassociation"
PROVIDER = "identityproviderconfig"

CREATING = "CREATING"
ACTIVE = "ACTIVE"
UPDATING = "UPDATING"
DELETING = "DELETING"
GONE = ""
"""Where a thing that is deleted ends: it is no longer there."""

Key = tuple[str, str, str]
"""Kind, cluster, name."""

TITLES = {
    CLUSTER: "EKS cluster",
    PROFILE: "Fargate profile",
    NODEGROUP: "node group",
    ADDON: "add-on",
    ENTRY: "access entry",
    IDENTITY: "pod identity association",
    PROVIDER: "identity provider config",
}


class Move(NamedTuple):
    """Where a status leads, and after how many seconds."""

    to: str
    seconds: float


MOVES: dict[tuple[str, str], Move] = {
    (CLUSTER, CREATING): Move(ACTIVE, eks.CLUSTER_CREATE.value),
    (CLUSTER, DELETING): Move(GONE, eks.CLUSTER_DELETE.value),
    (PROFILE, CREATING): Move(ACTIVE, eks.PROFILE_CREATE.value),
    (PROFILE, DELETING): Move(GONE, eks.PROFILE_DELETE.value),
    (NODEGROUP, CREATING): Move(ACTIVE, eks.NODEGROUP_CREATE.value),
    (NODEGROUP, DELETING): Move(GONE, eks.NODEGROUP_DELETE.value),
    (ADDON, CREATING): Move(ACTIVE, eks.ADDON_CHANGE.value),
    (ADDON, DELETING): Move(GONE, eks.ADDON_CHANGE.value),
}
"""Statuses that do not stay. What is UPDATING becomes ACTIVE when its update ends."""


@dataclass
class Resource:
    """A thing of a kind. `body` is what the API gives, in its spelling, without status and tags."""

    kind: str
    cluster: str
    """The name of its cluster; a cluster's own."""
    name: str
    arn: str
    status: str
    body: dict[str, Any]
    created_at: float
    modified_at: float
    turn: int = 0
    """How often its status moved: a timer set before the last move is stale."""

    @property
    def key(self) -> Key:
        return (self.kind, self.cluster, self.name)

    @property
    def title(self) -> str:
        """As the story calls it: `Fargate profile web`."""
        return f"{TITLES[self.kind]} {self.name}"


@dataclass
class Update:
    """An update of a cluster, a node group or an add-on: in progress, then successful."""

    id: str
    target: Key
    type: str
    params: list[dict[str, str]]
    created_at: float
    changes: dict[str, Any] = field(default_factory=dict)
    """Members of the target's body that get new values when it ends."""
    status: str = "InProgress"


@dataclass
class Holdings:
    """Everything of EKS in the account."""

    resources: dict[Key, Resource] = field(default_factory=dict)
    updates: dict[str, Update] = field(default_factory=dict)
    kubernetes: dict[str, Any] = field(default_factory=dict)
    """The API server of each cluster that is up (`sim.eks.kubernetes.Kubernetes`)."""
    past: list[Any] = field(default_factory=list)
    """Pods that ran in clusters that are gone: they are on the bill."""

    def of(self, kind: str, cluster: str = "") -> list[Resource]:
        """Resources of a kind, of one cluster or of all, oldest first."""
        return [each for each in self.resources.values() if each.kind == kind and cluster in ("", each.cluster)]
