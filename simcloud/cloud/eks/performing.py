"""The effects of EKS in the rest of the simulated AWS: the security group of a cluster, the nodes of pods."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.live import Live
from simcloud.sim.effects import Effect
from simcloud.sim.eks.effects import DeleteClusterGroup, DeletePodNode, MakeClusterGroup, MakePodNode, PullImages
from simcloud.sim.eks.events import ClusterGroupMade
from simcloud.sim.events import Event

DESCRIPTION = (
    "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any "
    "managed workloads."
)


def perform(live: Live, effect: Effect) -> Event | None:
    """Do it, and return the event that answers; None where nothing has to be answered."""
    if isinstance(effect, MakeClusterGroup):
        return _make_group(live, effect)
    if isinstance(effect, DeleteClusterGroup):
        _delete_group(live, effect)
        return None
    from simcloud.cloud.eks import pod_nodes

    if isinstance(effect, MakePodNode):
        return pod_nodes.make_node(live, effect)
    if isinstance(effect, PullImages):
        return pod_nodes.pull_images(live, effect)
    if isinstance(effect, DeletePodNode):
        pod_nodes.remove_interface(live, effect.interface)
        return None
    raise NotImplementedError(f"no way to perform {type(effect).__name__}")


def ec2_of(live: Live) -> Any:
    """moto's EC2 of the world's region."""
    from moto.ec2.models import ec2_backends

    return ec2_backends[live.account][live.region]


def _make_group(live: Live, effect: MakeClusterGroup) -> Event:
    """A group whose members talk to each other freely, and to everyone outwards."""
    ec2, name = ec2_of(live), f"eks-cluster-sg-{effect.cluster}-{effect.number}"
    tags = {
        "Name": name,
        f"kubernetes.io/cluster/{effect.cluster}": "owned",
        "aws:eks:cluster-name": effect.cluster,
    }
    group = ec2.create_security_group(name, DESCRIPTION, effect.vpc, tags=tags, force=True)
    source = [{"GroupId": group.id}]
    ec2.authorize_security_group_ingress(group.id, "-1", None, None, [], source_groups=source, vpc_id=effect.vpc)
    return ClusterGroupMade(effect.cluster, group.id)


def _delete_group(live: Live, effect: DeleteClusterGroup) -> None:
    """It goes with the cluster, unless somebody deleted it before or still uses it."""
    ec2 = ec2_of(live)
    used = any(effect.group in [each.id for each in eni.group_set] for eni in ec2.enis.values())
    group = ec2.get_security_group_from_id(effect.group)
    if group is not None and not used:
        ec2.delete_security_group(group_id=effect.group)
