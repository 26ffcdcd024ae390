"""Access entries: which principal of IAM reaches the cluster, and as whom."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.eks import finding
from simcloud.cloud.eks.making import judged, made, repeated, tags_of
from simcloud.cloud.errors import Refused
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.cloud.submitting import submit
from simcloud.facts.words import eks_parts as eks_parts_words
from simcloud.sim.eks.events import ResourceChanged, ResourceRemoved
from simcloud.sim.eks.resource import ENTRY, Resource

GROUPS = {
    "FARGATE_LINUX": ["system:bootstrappers", "system:nodes", "system:node-proxier"],
    "EC2_LINUX": ["system:nodes"],
    "EC2_WINDOWS": ["system:nodes", "eks:kube-proxy-windows"],
    "EC2": ["system:nodes"],
    "HYBRID_LINUX": ["system:nodes"],
}
"""The groups that EKS gives to nodes."""
USERS = {"FARGATE_LINUX": "system:node:{{SessionName}}", "HYBRID_LINUX": "system:node:{{SessionName}}"}
NODE = "system:node:{{EC2PrivateDNSName}}"


def create(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """CreateAccessEntry."""
    cluster, principal = request["clusterName"], request["principalArn"]
    if again := repeated(call, ENTRY, cluster, principal, request):
        return {"accessEntry": shape(call, again)}
    judged("CreateAccessEntry", request, call)
    entry = enter(
        call,
        cluster,
        principal,
        request.get("type") or "STANDARD",
        groups=request.get("kubernetesGroups"),
        user=request.get("username"),
        tags=request.get("tags"),
        token=request.get("clientRequestToken") or "",
    )
    return {"accessEntry": shape(call, entry)}


def enter(
    call: Call,
    cluster: str,
    principal: str,
    kind: str,
    *,
    groups: list[str] | None = None,
    user: str | None = None,
    tags: dict[str, str] | None = None,
    policies: list[dict[str, Any]] | None = None,
    token: str = "",
) -> Resource:
    """A new entry, kept in the world."""
    parts = principal.split(":", 5)
    what, _, name = parts[5].partition("/")
    identity = call.world.uuid("eks access entry")
    arn = finding.arn(call, "access-entry", cluster, what, parts[4], name.rsplit("/", 1)[-1] or "root", identity)
    now = call.world.now
    body = {
        "clusterName": cluster,
        "principalArn": principal,
        "kubernetesGroups": list(groups or GROUPS.get(kind, [])),
        "username": user or _user(principal, kind),
        "type": kind,
        "policies": [{**each, "associatedAt": now, "modifiedAt": now} for each in policies or ()],
        "clientRequestToken": token,
    }
    return made(call, ENTRY, cluster, principal, arn, body, tags=tags)


def _user(principal: str, kind: str) -> str:
    """The Kubernetes user that EKS chooses."""
    if kind != "STANDARD":
        return USERS.get(kind, NODE)
    account, _, role = principal.split(":", 4)[4].partition(":role/")
    if not role:
        return principal
    return f"arn:aws:sts::{account}:assumed-role/{role.rsplit('/', 1)[-1]}/{{{{SessionName}}}}"


def enter_nodes(call: Call, cluster: str, role: str, kind: str) -> None:
    """The entry that EKS makes for the nodes of a profile or a node group, where the cluster uses entries."""
    mode = finding.cluster(call, cluster).body["accessConfig"]["authenticationMode"]
    if mode != "CONFIG_MAP" and finding.maybe(call, ENTRY, cluster, role) is None:
        enter(call, cluster, role, kind)


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeAccessEntry."""
    return {"accessEntry": shape(call, found(request, call))}


def list_entries(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListAccessEntries: principals, of one policy where that is asked."""
    policy = request.get("associatedPolicyArn")
    held = _in_use(request, call)
    kept = [each for each in held if not policy or any(one["policyArn"] == policy for one in each.body["policies"])]
    return page("accessEntries", [each.name for each in kept], request)


def _in_use(request: dict[str, Any], call: Call) -> list[Resource]:
    held = finding.of_cluster(call, ENTRY, request["clusterName"])
    _demand_entries(request, call)
    return held


def _demand_entries(request: dict[str, Any], call: Call) -> None:
    """Raise InvalidRequestException where the cluster uses no entries."""
    body = finding.cluster(call, request["clusterName"]).body
    if body["accessConfig"]["authenticationMode"] == "CONFIG_MAP":
        fields = {"clusterName": request["clusterName"]}
        raise Refused("InvalidRequestException", str(eks_parts_words.ENTRY_MODE), fields=fields)


def update(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UpdateAccessEntry: its groups and its user."""
    judged("UpdateAccessEntry", request, call)
    held = found(request, call)
    changes: dict[str, Any] = {}
    if request.get("kubernetesGroups") is not None:
        changes["kubernetesGroups"] = list(request["kubernetesGroups"])
    if request.get("username"):
        changes["username"] = request["username"]
    submit(call, ResourceChanged(held.key, changes))
    return {"accessEntry": shape(call, held)}


def delete(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeleteAccessEntry."""
    submit(call, ResourceRemoved(found(request, call).key))
    return {}


def found(request: dict[str, Any], call: Call) -> Resource:
    """The entry that a request names. Raises ResourceNotFoundException or InvalidRequestException."""
    _demand_entries(request, call)
    held = finding.maybe(call, ENTRY, request["clusterName"], request["principalArn"])
    if held is None:
        finding.missing(str(eks_parts_words.ENTRY_NOT_FOUND), clusterName=request["clusterName"])
    return held


def shape(call: Call, entry: Resource) -> dict[str, Any]:
    """An entry as the API gives it."""
    return {
        **entry.body,
        "accessEntryArn": entry.arn,
        "createdAt": entry.created_at,
        "modifiedAt": entry.modified_at,
        "tags": tags_of(call, entry),
    }
