"""A template that makes IAM resources has to be acknowledged by whoever makes a stack of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from simcloud.cloud.cloudformation.template import invalid
from simcloud.facts.words import stacks as words

NAMED = {
    "AWS::IAM::Group": "GroupName",
    "AWS::IAM::InstanceProfile": "InstanceProfileName",
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
    "AWS::IAM::Role": "RoleName",
    "AWS::IAM::User": "UserName",
}
"""IAM resources that may have a name of their own, and the property that holds it."""

UNNAMED = frozenset({"AWS::IAM::AccessKey", "AWS::IAM::Policy", "AWS::IAM::UserToGroupAddition"})


def demand(template: Mapping[str, Any], given: Collection[str]) -> None:
    """Raise Refused (InsufficientCapabilitiesException) where a capability is missing."""
    if wanted := needed(template):
        enough = (
            {"CAPABILITY_NAMED_IAM"} if wanted == "CAPABILITY_NAMED_IAM" else {"CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"}
        )
        if not enough & set(given):
            invalid(words.CAPABILITIES.format(names=wanted), "InsufficientCapabilitiesException")


def needed(template: Mapping[str, Any]) -> str:
    """CAPABILITY_NAMED_IAM, CAPABILITY_IAM, or ''."""
    resources = [each for each in template["Resources"].values() if each.get("Type") in {*NAMED, *UNNAMED}]
    if any(NAMED.get(each["Type"], "") in (each.get("Properties") or {}) for each in resources):
        return "CAPABILITY_NAMED_IAM"
    return "CAPABILITY_IAM" if resources else ""
