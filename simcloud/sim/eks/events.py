"""What happened in EKS. A past participle each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from simcloud.sim.eks.resource import Key, Resource, Update
from simcloud.sim.events import Event


@dataclass(frozen=True)
class ResourceMade(Event):
    """A thing was asked for; its status begins to move."""

    resource: Resource


@dataclass(frozen=True)
class ResourceChanged(Event):
    """Members of a thing's body got new values, or its status a new one."""

    key: Key
    changes: dict[str, Any] = field(default_factory=dict)
    status: str = ""


@dataclass(frozen=True)
class ResourceRemoved(Event):
    """A thing that goes at once is gone."""

    key: Key


@dataclass(frozen=True)
class MoveDue(Event):
    """A status that does not stay has taken its time."""

    key: Key
    turn: int


@dataclass(frozen=True)
class UpdateBegun(Event):
    """An update of a thing began; it takes so many seconds."""

    update: Update
    seconds: float


@dataclass(frozen=True)
class UpdateEnded(Event):
    """An update has taken its time."""

    id: str


@dataclass(frozen=True)
class ClusterGroupMade(Event):
    """The cluster's own security group is there."""

    cluster: str
    group: str
