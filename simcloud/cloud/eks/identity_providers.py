"""OpenID Connect providers that authenticate people at the cluster's API server."""

from __future__ import annotations

import json
from typing import Any

from simcloud.cloud.eks import finding
from simcloud.cloud.eks.making import begun, given, judged, made, tags_of
from simcloud.cloud.errors import Refused
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.cloud.submitting import submit
from simcloud.facts import eks
from simcloud.facts.words import eks_parts as eks_parts_words
from simcloud.sim.eks.events import ResourceRemoved
from simcloud.sim.eks.resource import PROVIDER, Resource

MEMBERS = (
    "identityProviderConfigName",
    "issuerUrl",
    "clientId",
    "usernameClaim",
    "usernamePrefix",
    "groupsClaim",
    "groupsPrefix",
    "requiredClaims",
)


def associate(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """AssociateIdentityProviderConfig: the cluster is updated."""
    judged("AssociateIdentityProviderConfig", request, call)
    cluster, oidc = request["clusterName"], request["oidc"]
    name = oidc["identityProviderConfigName"]
    arn = finding.arn(call, "identityproviderconfig", cluster, "oidc", name, call.world.uuid("eks provider"))
    body = {**given(oidc, *MEMBERS), "clusterName": cluster}
    thing = made(call, PROVIDER, cluster, name, arn, body, tags=request.get("tags"))
    params = {"IdentityProviderConfig": json.dumps([{"type": "oidc", "name": name}], separators=(",", ":"))}
    target = finding.cluster(call, cluster).key
    answer = begun(call, target, "AssociateIdentityProviderConfig", params, {}, eks.PROVIDER_CHANGE.value)
    return {**answer, "tags": tags_of(call, thing)}


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeIdentityProviderConfig."""
    held = _found(request, call)
    busy = finding.cluster(call, held.cluster).status == "UPDATING"
    shape = {
        **held.body,
        "identityProviderConfigArn": held.arn,
        "tags": tags_of(call, held),
        "status": "CREATING" if busy else "ACTIVE",
    }
    return {"identityProviderConfig": {"oidc": shape}}


def list_providers(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListIdentityProviderConfigs."""
    held = finding.of_cluster(call, PROVIDER, request["clusterName"])
    return page("identityProviderConfigs", [{"type": "oidc", "name": each.name} for each in held], request)


def disassociate(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DisassociateIdentityProviderConfig: the cluster is updated."""
    held = _found(request, call)
    target = finding.cluster(call, held.cluster)
    if target.status == "UPDATING":
        from simcloud.facts.words import eks as eks_words

        what = "DisassociateIdentityProviderConfig"
        said = eks_words.UPDATE_IN_PROGRESS.format(what=what, cluster=held.cluster)
        raise Refused("ResourceInUseException", said, fields={"clusterName": held.cluster})
    submit(call, ResourceRemoved(held.key))
    params = {"IdentityProviderConfig": json.dumps([{"type": "oidc", "name": held.name}], separators=(",", ":"))}
    return begun(call, target.key, "DisassociateIdentityProviderConfig", params, {}, eks.PROVIDER_CHANGE.value)


def _found(request: dict[str, Any], call: Call) -> Resource:
    cluster = finding.cluster(call, request["clusterName"]).name
    asked = request["identityProviderConfig"]
    if asked["type"] != "oidc":
        fields = {"clusterName": cluster}
        raise Refused("InvalidParameterException", str(eks_parts_words.PROVIDER_TYPE), fields=fields)
    held = finding.maybe(call, PROVIDER, cluster, asked["name"])
    if held is None:
        finding.missing(eks_parts_words.PROVIDER_NOT_FOUND.format(cluster=cluster), clusterName=cluster)
    return held
