"""What has to be done elsewhere because of EKS. Performed by `simcloud.cloud.eks.performing`."""

from __future__ import annotations

from dataclasses import dataclass

from simcloud.sim.effects import Effect


@dataclass(frozen=True)
class MakeClusterGroup(Effect):
    """Make the security group that control plane and pods of a cluster share. Answered by ClusterGroupMade."""

    cluster: str
    vpc: str
    number: str


@dataclass(frozen=True)
class DeleteClusterGroup(Effect):
    """Delete the security group of a cluster that is gone."""

    group: str


@dataclass(frozen=True)
class MakePodNode(Effect):
    """Make a Fargate node for a pod: the role is assumed, an interface attached, the API server reached.

    Answered by PodPlaced or PodNotPlaced.
    """

    cluster: str
    pod: tuple[str, str]
    turn: int
    profile: str
    interface: str


@dataclass(frozen=True)
class PullImages(Effect):
    """Pull the images of a pod's containers. Answered by PullsJudged."""

    cluster: str
    pod: tuple[str, str]
    turn: int


@dataclass(frozen=True)
class DeletePodNode(Effect):
    """Delete the network interface of a pod that is gone."""

    interface: str
