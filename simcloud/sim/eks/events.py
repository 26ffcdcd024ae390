"""What happened in EKS. A past participle each."""

from __future__ import annotations

from typing import Any

from msgspec import field

from simcloud.sim.eks.resource import Key, Resource, Update
from simcloud.sim.events import Event


class ResourceMade(Event, frozen=True):
    """A thing was asked for; its status begins to move."""

    resource: Resource


class ResourceChanged(Event, frozen=True):
    """Members of a thing's body got new values, or its status a new one."""

    key: Key
    changes: dict[str, Any] = field(default_factory=dict)
    status: str = ""


class ResourceRemoved(Event, frozen=True):
    """A thing that goes at once is gone."""

    key: Key


class MoveDue(Event, frozen=True):
    """A status that does not stay has taken its time."""

    key: Key
    turn: int


class UpdateBegun(Event, frozen=True):
    """An update of a thing began; it takes so many seconds."""

    update: Update
    seconds: float


class UpdateEnded(Event, frozen=True):
    """An update has taken its time."""

    id: str


class ClusterGroupMade(Event, frozen=True):
    """The cluster's own security group is there."""

    cluster: str
    group: str
