"""From what a request names to the thing itself."""

from __future__ import annotations

from typing import Any, NoReturn

from simcloud.cloud.errors import Refused
from simcloud.cloud.live import Call
from simcloud.facts.words import eks as eks_words
from simcloud.sim.eks import lost_nodes, pods  # noqa: F401 - with them all that follows events of EKS
from simcloud.sim.eks.lives import holdings
from simcloud.sim.eks.resource import CLUSTER, Resource

NOT_FOUND = "ResourceNotFoundException"


def maybe(call: Call, kind: str, cluster: str, name: str) -> Resource | None:
    """The thing, or None."""
    return holdings(call.world).resources.get((kind, cluster, name))


def maybe_cluster(call: Call, name: str) -> Resource | None:
    """The cluster, or None."""
    return maybe(call, CLUSTER, name, name)


def cluster(call: Call, name: str) -> Resource:
    """The cluster. Raises ResourceNotFoundException."""
    found = maybe_cluster(call, name)
    if found is None:
        missing(eks_words.CLUSTER_NOT_FOUND.format(cluster=name), clusterName=name)
    return found


def of_cluster(call: Call, kind: str, cluster_name: str) -> list[Resource]:
    """What the cluster has of a kind, oldest first. Raises ResourceNotFoundException where there is no cluster."""
    cluster(call, cluster_name)
    return holdings(call.world).of(kind, cluster_name)


def missing(message: str, **fields: Any) -> NoReturn:
    """Raise ResourceNotFoundException."""
    raise Refused(NOT_FOUND, message, fields=fields)


def arn(call: Call, *parts: str) -> str:
    """The ARN of a thing of EKS: cluster/web, fargateprofile/web/fp/..."""
    return f"arn:aws:eks:{call.region}:{call.account}:{'/'.join(parts)}"
