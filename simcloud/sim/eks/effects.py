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
