"""Access policies of EKS, and with which entries they are associated."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.eks import access_entries, finding
from simcloud.cloud.eks.making import judged
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.cloud.submitting import submit
from simcloud.facts import eks
from simcloud.facts.words import eks_parts as eks_parts_words
from simcloud.sim.eks.events import ResourceChanged


def list_policies(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListAccessPolicies."""
    every = [{"name": name, "arn": eks.ACCESS_POLICY_ARN + name} for name in eks.POLICIES.value]
    return page("accessPolicies", every, request)


def associate(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """AssociateAccessPolicy: new, or with another scope."""
    judged("AssociateAccessPolicy", request, call)
    entry = access_entries.found(request, call)
    held = entry.body["policies"]
    before = next((each for each in held if each["policyArn"] == request["policyArn"]), None)
    scope = {"namespaces": [], **request["accessScope"]}
    now = call.world.now
    one = {
        "policyArn": request["policyArn"],
        "accessScope": scope,
        "associatedAt": before["associatedAt"] if before else now,
        "modifiedAt": now,
    }
    policies = [each for each in held if each is not before] + [one]
    submit(call, ResourceChanged(entry.key, {"policies": policies}))
    return {
        "clusterName": request["clusterName"],
        "principalArn": request["principalArn"],
        "associatedAccessPolicy": one,
    }


def disassociate(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DisassociateAccessPolicy."""
    entry = access_entries.found(request, call)
    policies = [each for each in entry.body["policies"] if each["policyArn"] != request["policyArn"]]
    if len(policies) == len(entry.body["policies"]):
        finding.missing(str(eks_parts_words.POLICY_NOT_FOUND), clusterName=request["clusterName"])
    submit(call, ResourceChanged(entry.key, {"policies": policies}))
    return {}


def list_associated(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListAssociatedAccessPolicies."""
    entry = access_entries.found(request, call)
    return {
        "clusterName": request["clusterName"],
        "principalArn": request["principalArn"],
        **page("associatedAccessPolicies", entry.body["policies"], request),
    }
