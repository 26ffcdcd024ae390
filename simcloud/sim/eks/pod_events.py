"""What happened to a cluster's objects and pods. A past participle each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simcloud.sim.eks.kubernetes import PodKey
from simcloud.sim.events import Event


@dataclass(frozen=True)
class ObjectApplied(Event):
    """An object was created or changed: complete, as it is stored."""

    cluster: str
    manifest: dict[str, Any]


@dataclass(frozen=True)
class ObjectDeleted(Event):
    """An object was deleted, and with it what it owns."""

    cluster: str
    kind: str
    namespace: str
    name: str


@dataclass(frozen=True)
class PodMoved(Event):
    """Something happened to a pod. `turn`: stale where the pod has moved on since."""

    cluster: str
    pod: PodKey
    turn: int


@dataclass(frozen=True)
class NodeDue(PodMoved):
    """It is time for the pod's Fargate node."""


@dataclass(frozen=True)
class PodPlaced(PodMoved):
    """The pod's node joined the cluster."""

    node: str
    address: str
    interface: str
    zone: str = ""


@dataclass(frozen=True)
class PodNotPlaced(PodMoved):
    """Fargate made no node: AWS's sentence, and the reason. `again`: seconds to the next try, 0 for none."""

    message: str
    why: str
    again: float = 0.0


@dataclass(frozen=True)
class NodeMissed(PodMoved):
    """Kubernetes has noticed that the pod's node is gone."""


@dataclass(frozen=True)
class PodEvicted(PodMoved):
    """The node was not ready for as long as the pod bears it."""


@dataclass(frozen=True)
class PullDue(PodMoved):
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


@dataclass(frozen=True)
class PullsJudged(PodMoved):
    """The pulls of all containers, in order, up to the first that failed."""

    pulls: tuple[Pulled, ...]


@dataclass(frozen=True)
class PodStarted(PodMoved):
    """The containers run."""

    pulls: tuple[Pulled, ...]


@dataclass(frozen=True)
class ContainerEnded(PodMoved):
    """The main process of a container ended."""

    container: str
    code: int
    reason: str
    pulls: tuple[Pulled, ...]


@dataclass(frozen=True)
class RestartDue(PodMoved):
    """The back-off is over: the containers start again."""

    pulls: tuple[Pulled, ...]


@dataclass(frozen=True)
class PodStopped(PodMoved):
    """No container of the pod runs any more, and its node is gone."""
