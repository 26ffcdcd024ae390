"""Managed node groups: their status moves over time, and their machines take pods (`sim.eks.machines`)."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.eks import finding
from simcloud.cloud.eks.making import given, judged, made, repeated, tags_of
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.cloud.submitting import submit
from simcloud.facts import eks
from simcloud.facts.machines import PODS
from simcloud.facts.words import eks_parts as eks_parts_words
from simcloud.sim.eks.events import ResourceChanged
from simcloud.sim.eks.lives import tell
from simcloud.sim.eks.machines import is_known
from simcloud.sim.eks.resource import CREATING, DELETING, NODEGROUP, Resource

INSTANCE, DISK_GIB = "t3.medium", 20
SIZES = {"minSize": 1, "maxSize": 2, "desiredSize": 2}


def create(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """CreateNodegroup."""
    cluster, name = request["clusterName"], request["nodegroupName"]
    if again := repeated(call, NODEGROUP, cluster, name, request):
        return {"nodegroup": shape(call, again)}
    judged("CreateNodegroup", request, call)
    identity = call.world.uuid("eks nodegroup")
    arn = finding.arn(call, "nodegroup", cluster, name, identity)
    body = _body(request, finding.cluster(call, cluster).body["version"], f"eks-{name}-{identity}")
    thing = made(call, NODEGROUP, cluster, name, arn, body, tags=request.get("tags"), status=CREATING)
    if not is_known(body.get("instanceTypes", [""])[0]):
        why = f"nodes are simulated of the types {', '.join(sorted(PODS.value))}: pods that need these stay Pending"
        tell(call.world, thing, "its nodes are not simulated", why)
    from simcloud.cloud.eks import access_entries

    access_entries.enter_nodes(call, cluster, request["nodeRole"], "EC2_LINUX")
    return {"nodegroup": shape(call, thing)}


def _body(request: dict[str, Any], cluster_version: str, scaling_group: str) -> dict[str, Any]:
    version = request.get("version") or cluster_version
    by_template = bool(request.get("launchTemplate"))
    own = {} if by_template else {"diskSize": request.get("diskSize") or DISK_GIB}
    return {
        "nodegroupName": request["nodegroupName"],
        "clusterName": request["clusterName"],
        "version": version,
        "releaseVersion": request.get("releaseVersion") or release_of(version),
        "capacityType": request.get("capacityType") or "ON_DEMAND",
        "scalingConfig": {**SIZES, **_sizes(request.get("scalingConfig") or {})},
        "subnets": list(request["subnets"]),
        "nodeRole": request["nodeRole"],
        "resources": {"autoScalingGroups": [{"name": scaling_group}]},
        "health": {"issues": []},
        "updateConfig": request.get("updateConfig") or {"maxUnavailable": 1},
        "amiType": request.get("amiType") or eks.NODE_AMI.value,
        "labels": request.get("labels") or {},
        **({} if by_template and not request.get("instanceTypes") else {"instanceTypes": _types(request)}),
        **own,
        **given(request, "remoteAccess", "taints", "launchTemplate", "nodeRepairConfig", "warmPoolConfig"),
        **given(request, "clientRequestToken"),
    }


def _types(request: dict[str, Any]) -> list[str]:
    return list(request.get("instanceTypes") or [INSTANCE])


def _sizes(asked: dict[str, int]) -> dict[str, int]:
    """What is asked for; a size that is left out fits itself in."""
    if not asked:
        return {}
    least = asked.get("minSize", min(SIZES["minSize"], asked.get("desiredSize", 1)))
    most = asked.get("maxSize", max(SIZES["maxSize"], asked.get("desiredSize", 0), least))
    return {"minSize": least, "maxSize": most, "desiredSize": asked.get("desiredSize", max(least, min(2, most)))}


def release_of(version: str) -> str:
    """The AMI's release for a Kubernetes version."""
    release = eks.RELEASES.value.get(version)
    return f"{release.patch if release else version}-20260101"


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeNodegroup."""
    return {"nodegroup": shape(call, found(request, call))}


def list_nodegroups(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListNodegroups: names."""
    held = finding.of_cluster(call, NODEGROUP, request["clusterName"])
    return page("nodegroups", [each.name for each in held], request)


def delete(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeleteNodegroup."""
    held = found(request, call)
    if held.status != DELETING:
        submit(call, ResourceChanged(held.key, status=DELETING))
    return {"nodegroup": shape(call, held)}


def found(request: dict[str, Any], call: Call) -> Resource:
    """The node group that a request names. Raises ResourceNotFoundException."""
    cluster, name = finding.cluster(call, request["clusterName"]).name, request["nodegroupName"]
    held = finding.maybe(call, NODEGROUP, cluster, name)
    if held is None:
        said = eks_parts_words.NODEGROUP_NOT_FOUND.format(nodegroup=name)
        finding.missing(said, clusterName=cluster, nodegroupName=name)
    return held


def shape(call: Call, nodegroup: Resource) -> dict[str, Any]:
    """A node group as the API gives it."""
    return {
        **nodegroup.body,
        "nodegroupArn": nodegroup.arn,
        "createdAt": nodegroup.created_at,
        "modifiedAt": nodegroup.modified_at,
        "status": nodegroup.status,
        "tags": tags_of(call, nodegroup),
    }
