"""Pod identity associations: kept and given back. Their agent is a DaemonSet: pods on Fargate get nothing of them."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.eks import finding
from simcloud.cloud.eks.making import given, judged, made, tags_of
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.cloud.submitting import submit
from simcloud.facts.words import eks_parts as eks_parts_words
from simcloud.sim.eks.events import ResourceChanged, ResourceRemoved
from simcloud.sim.eks.lives import tell
from simcloud.sim.eks.resource import IDENTITY, Resource

ID_LENGTH = 16
SUMMARY = ("clusterName", "namespace", "serviceAccount")


def create(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """CreatePodIdentityAssociation."""
    judged("CreatePodIdentityAssociation", request, call)
    cluster = request["clusterName"]
    name = "a-" + call.world.fresh("eks association", ID_LENGTH)
    arn = finding.arn(call, "podidentityassociation", cluster, name)
    body = {
        **given(request, *SUMMARY, "roleArn", "targetRoleArn", "policy"),
        "associationId": name,
        "disableSessionTags": bool(request.get("disableSessionTags")),
    }
    if request.get("targetRoleArn"):
        body["externalId"] = f"{call.region}/{call.account}/{cluster}/{name}"
    thing = made(call, IDENTITY, cluster, name, arn, body, tags=request.get("tags"))
    tell(call.world, thing, "has no effect on Fargate", "pods on Fargate get their permissions from IRSA")
    return {"association": shape(call, thing)}


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribePodIdentityAssociation."""
    return {"association": shape(call, _found(request, call))}


def list_associations(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListPodIdentityAssociations, by namespace and service account where that is asked."""
    held = finding.of_cluster(call, IDENTITY, request["clusterName"])
    kept = [
        {**given(each.body, *SUMMARY), "associationArn": each.arn, "associationId": each.name}
        for each in held
        if request.get("namespace") in (None, each.body["namespace"])
        and request.get("serviceAccount") in (None, each.body["serviceAccount"])
    ]
    return page("associations", kept, request)


def update(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UpdatePodIdentityAssociation: its roles, its policy, its session tags."""
    judged("UpdatePodIdentityAssociation", request, call)
    held = _found(request, call)
    changes = given(request, "roleArn", "targetRoleArn", "policy", "disableSessionTags")
    submit(call, ResourceChanged(held.key, changes))
    return {"association": shape(call, held)}


def delete(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeletePodIdentityAssociation."""
    held = _found(request, call)
    answer = shape(call, held)
    submit(call, ResourceRemoved(held.key))
    return {"association": answer}


def _found(request: dict[str, Any], call: Call) -> Resource:
    cluster, name = finding.cluster(call, request["clusterName"]).name, request["associationId"]
    held = finding.maybe(call, IDENTITY, cluster, name)
    if held is None:
        said = eks_parts_words.IDENTITY_NOT_FOUND.format(association=name)
        finding.missing(said, clusterName=cluster)
    return held


def shape(call: Call, association: Resource) -> dict[str, Any]:
    """An association as the API gives it."""
    return {
        **association.body,
        "associationArn": association.arn,
        "createdAt": association.created_at,
        "modifiedAt": association.modified_at,
        "tags": tags_of(call, association),
    }
