"""What happened to a cluster's objects and pods. A past participle each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simcloud.sim.eks.kubernetes import PodKey
from simcloud.sim.events import Event


class ObjectApplied(Event, frozen=True):
    """An object was created or changed: complete, as it is stored."""

    cluster: str
    manifest: dict[str, Any]


class ObjectDeleted(Event, frozen=True):
    """An object was deleted, and with it what it owns."""

    cluster: str
    kind: str
    namespace: str
    name: str


class PodMoved(Event, frozen=True):
    """Something happened to a pod. `turn`: stale where the pod has moved on since."""

    cluster: str
    pod: PodKey
    turn: int


class NodeDue(PodMoved, frozen=True):
    """It is time for the pod's Fargate node."""


class PodPlaced(PodMoved, frozen=True):
    """The pod's node joined the cluster."""

    node: str
    address: str
    interface: str
    zone: str = ""


class PodNotPlaced(PodMoved, frozen=True):
    """Fargate made no node: AWS's sentence, and the reason. `again`: seconds to the next try, 0 for none."""

    message: str
    why: str
    again: float = 0.0


class NodeMissed(PodMoved, frozen=True):
    """Kubernetes has noticed that the pod's node is gone."""


class PodEvicted(PodMoved, frozen=True):
    """The node was not ready for as long as the pod bears it."""


class PullDue(PodMoved, frozen=True):
    """The kubelet pulls the pod's images (again)."""


@dataclass(frozen=True)
class Pulled:
    """What came of one container's pull: seconds and bytes, or the failure."""

    container: str
    image: str
    seconds: float = 0.0
    size: int = 0
    failure: str = ""
    why: str = ""
    behaviour: Any = None
    """The image, as it behaves."""
    by: str = ""
    """By which kind of gateway or endpoint the layers came."""
    private: bool = False
    """From a private repository of ECR, whose layers are in S3."""


class PullsJudged(PodMoved, frozen=True):
    """The pulls of all containers, in order, up to the first that failed."""

    pulls: tuple[Pulled, ...]


class PodStarted(PodMoved, frozen=True):
    """The containers run."""

    pulls: tuple[Pulled, ...]


class ContainerEnded(PodMoved, frozen=True):
    """The main process of a container ended."""

    container: str
    code: int
    reason: str
    pulls: tuple[Pulled, ...]


class RestartDue(PodMoved, frozen=True):
    """The back-off is over: the containers start again."""

    pulls: tuple[Pulled, ...]


class PodStopped(PodMoved, frozen=True):
    """No container of the pod runs any more, and its node is gone."""
