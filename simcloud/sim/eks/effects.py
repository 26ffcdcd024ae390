"""What has to be done elsewhere because of EKS. Performed by `simcloud.cloud.eks.performing`."""

from __future__ import annotations

from simcloud.sim.effects import Effect


class MakeClusterGroup(Effect, frozen=True):
    """Make the security group that control plane and pods of a cluster share. Answered by ClusterGroupMade."""

    cluster: str
    vpc: str
    number: str


class DeleteClusterGroup(Effect, frozen=True):
    """Delete the security group of a cluster that is gone."""

    group: str


class MakePodNode(Effect, frozen=True):
    """Make a Fargate node for a pod: the role is assumed, an interface attached, the API server reached.

    Answered by PodPlaced or PodNotPlaced.
    """

    cluster: str
    pod: tuple[str, str]
    turn: int
    profile: str
    interface: str


class PullImages(Effect, frozen=True):
    """Pull the images of a pod's containers. Answered by PullsJudged."""

    cluster: str
    pod: tuple[str, str]
    turn: int


class DeletePodNode(Effect, frozen=True):
    """Delete the network interface of a pod that is gone."""

    interface: str
