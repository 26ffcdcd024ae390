"""Fargate profiles. They are immutable: made, described, deleted."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.eks import finding
from simcloud.cloud.eks.making import given, judged, made, repeated, tags_of
from simcloud.cloud.eks.seen import seen
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.cloud.submitting import submit
from simcloud.facts.words import eks as eks_words
from simcloud.rules.eks.profiles import subnets_of
from simcloud.sim.eks.events import ResourceChanged
from simcloud.sim.eks.resource import CREATING, DELETING, PROFILE, Resource


def create(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """CreateFargateProfile. Without subnets: the private ones of the cluster."""
    cluster, name = request["clusterName"], request["fargateProfileName"]
    if again := repeated(call, PROFILE, cluster, name, request):
        return {"fargateProfile": shape(call, again)}
    judged("CreateFargateProfile", request, call)
    arn = finding.arn(call, "fargateprofile", cluster, name, call.world.uuid("eks profile"))
    body = {
        "fargateProfileName": name,
        "clusterName": cluster,
        "podExecutionRoleArn": request["podExecutionRoleArn"],
        "subnets": list(subnets_of(request, seen(call, request))),
        "selectors": [{"namespace": each["namespace"], **given(each, "labels")} for each in request["selectors"]],
        "health": {"issues": []},
        **given(request, "clientRequestToken"),
    }
    thing = made(call, PROFILE, cluster, name, arn, body, tags=request.get("tags"), status=CREATING)
    from simcloud.cloud.eks import access_entries

    access_entries.enter_nodes(call, cluster, request["podExecutionRoleArn"], "FARGATE_LINUX")
    return {"fargateProfile": shape(call, thing)}


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeFargateProfile."""
    return {"fargateProfile": shape(call, _found(request, call))}


def list_profiles(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListFargateProfiles: names."""
    found = finding.of_cluster(call, PROFILE, request["clusterName"])
    return page("fargateProfileNames", [each.name for each in found], request)


def delete(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeleteFargateProfile."""
    judged("DeleteFargateProfile", request, call)
    held = _found(request, call)
    submit(call, ResourceChanged(held.key, status=DELETING))
    return {"fargateProfile": shape(call, held)}


def _found(request: dict[str, Any], call: Call) -> Resource:
    cluster, name = finding.cluster(call, request["clusterName"]).name, request["fargateProfileName"]
    held = finding.maybe(call, PROFILE, cluster, name)
    if held is None:
        said = eks_words.PROFILE_NOT_FOUND.format(profile=name)
        finding.missing(said, clusterName=cluster, fargateProfileName=name)
    return held


def shape(call: Call, profile: Resource) -> dict[str, Any]:
    """A profile as the API gives it."""
    return {
        **profile.body,
        "fargateProfileArn": profile.arn,
        "createdAt": profile.created_at,
        "status": profile.status,
        "tags": tags_of(call, profile),
    }
