"""Clusters."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.eks import finding
from simcloud.cloud.eks.cluster_shape import first_body, shape
from simcloud.cloud.eks.making import judged, made, repeated
from simcloud.cloud.eks.seen import principal
from simcloud.cloud.errors import NotSimulated
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.cloud.submitting import submit
from simcloud.facts import eks
from simcloud.sim.eks.events import ResourceChanged
from simcloud.sim.eks.lives import holdings
from simcloud.sim.eks.resource import CLUSTER, CREATING, DELETING

CREATOR_POLICY = eks.ACCESS_POLICY_ARN + "AmazonEKSClusterAdminPolicy"


def create(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """CreateCluster. The same request again gives the same cluster."""
    name = request["name"]
    if again := repeated(call, CLUSTER, name, name, request):
        return {"cluster": shape(call, again)}
    if request.get("outpostConfig"):
        raise NotSimulated("eks", "CreateCluster with outpostConfig", "Local clusters on Outposts have no Fargate.")
    judged("CreateCluster", request, call)
    arn = finding.arn(call, "cluster", name)
    thing = made(call, CLUSTER, name, name, arn, first_body(request, call), tags=request.get("tags"), status=CREATING)
    _let_the_creator_in(request, call)
    answer = shape(call, thing)
    answer["accessConfig"] = {
        **answer["accessConfig"],
        "bootstrapClusterCreatorAdminPermissions": _is_admin(request),
    }
    return {"cluster": answer}


def _is_admin(request: dict[str, Any]) -> bool:
    return bool((request.get("accessConfig") or {}).get("bootstrapClusterCreatorAdminPermissions", True))


def _let_the_creator_in(request: dict[str, Any], call: Call) -> None:
    """The creator's access entry, where entries are used and it was not declined."""
    mode = (request.get("accessConfig") or {}).get("authenticationMode", "CONFIG_MAP")
    if mode == "CONFIG_MAP" or not _is_admin(request):
        return
    from simcloud.cloud.eks import access_entries

    policy = {"policyArn": CREATOR_POLICY, "accessScope": {"type": "cluster", "namespaces": []}}
    access_entries.enter(call, request["name"], principal(call.caller), "STANDARD", policies=[policy])


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeCluster."""
    return {"cluster": shape(call, finding.cluster(call, request["name"]))}


def list_clusters(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListClusters: names."""
    names = sorted(each.name for each in holdings(call.world).of(CLUSTER))
    return page("clusters", names, request)


def delete(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeleteCluster. One that is being deleted already is given back as it is."""
    held = finding.maybe_cluster(call, request["name"])
    if held is None or held.status != DELETING:
        judged("DeleteCluster", request, call)
        held = finding.cluster(call, request["name"])
        submit(call, ResourceChanged(held.key, status=DELETING))
    return {"cluster": shape(call, held)}
