"""Add-ons of a cluster."""

from __future__ import annotations

import json
from typing import Any

from simcloud.cloud.eks import finding
from simcloud.cloud.eks.addon_versions import default_version
from simcloud.cloud.eks.making import begun, given, judged, made, repeated, tags_of
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.cloud.submitting import submit
from simcloud.facts import eks
from simcloud.facts.words import eks_parts as eks_parts_words
from simcloud.sim.eks.events import ResourceChanged, ResourceRemoved
from simcloud.sim.eks.resource import ADDON, CREATING, DELETING, Resource

PARAMETERS = {
    "addonVersion": "AddonVersion",
    "serviceAccountRoleArn": "ServiceAccountRoleArn",
    "resolveConflicts": "ResolveConflicts",
    "configurationValues": "ConfigurationValues",
    "podIdentityAssociations": "PodIdentityAssociations",
}


def create(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """CreateAddon. Without a version: the default one for the cluster."""
    cluster, name = request["clusterName"], request["addonName"]
    if again := repeated(call, ADDON, cluster, name, request):
        return {"addon": shape(call, again)}
    judged("CreateAddon", request, call)
    arn = finding.arn(call, "addon", cluster, name, call.world.uuid("eks addon"))
    known = eks.ADDONS.value[name]
    body = {
        "addonName": name,
        "clusterName": cluster,
        "addonVersion": request.get("addonVersion")
        or default_version(name, finding.cluster(call, cluster).body["version"]),
        "health": {"issues": []},
        "namespaceConfig": request.get("namespaceConfig") or {"namespace": known.namespace},
        **given(request, "serviceAccountRoleArn", "configurationValues", "clientRequestToken"),
    }
    thing = made(call, ADDON, cluster, name, arn, body, tags=request.get("tags"), status=CREATING)
    return {"addon": shape(call, thing)}


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeAddon."""
    return {"addon": shape(call, _found(request, call))}


def list_addons(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListAddons: names."""
    held = finding.of_cluster(call, ADDON, request["clusterName"])
    return page("addons", [each.name for each in held], request)


def update(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UpdateAddon."""
    judged("UpdateAddon", request, call)
    held = _found(request, call)
    asked = given(request, *PARAMETERS)
    params = {PARAMETERS[name]: value if isinstance(value, str) else json.dumps(value) for name, value in asked.items()}
    changes = given(request, "addonVersion", "serviceAccountRoleArn", "configurationValues")
    return begun(call, held.key, "AddonUpdate", params, changes, eks.ADDON_CHANGE.value)


def delete(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeleteAddon. With `preserve` its pods stay, and EKS forgets it at once."""
    held = _found(request, call)
    answer = {**shape(call, held), "status": DELETING}
    if request.get("preserve"):
        submit(call, ResourceRemoved(held.key))
    elif held.status != DELETING:
        submit(call, ResourceChanged(held.key, status=DELETING))
    return {"addon": answer}


def _found(request: dict[str, Any], call: Call) -> Resource:
    cluster, name = finding.cluster(call, request["clusterName"]).name, request["addonName"]
    held = finding.maybe(call, ADDON, cluster, name)
    if held is None:
        said = eks_parts_words.ADDON_NOT_FOUND.format(addon=name, cluster=cluster)
        finding.missing(said, clusterName=cluster, addonName=name)
    return held


def shape(call: Call, addon: Resource) -> dict[str, Any]:
    """An add-on as the API gives it."""
    return {
        **addon.body,
        "addonArn": addon.arn,
        "createdAt": addon.created_at,
        "modifiedAt": addon.modified_at,
        "status": addon.status,
        "publisher": "eks",
        "owner": "aws",
        "tags": tags_of(call, addon),
    }
