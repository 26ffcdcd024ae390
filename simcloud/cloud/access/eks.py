"""Amazon EKS: which cluster, or which thing of a cluster, an operation is about.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html
"""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.cloud.access.ask import NO_RESOURCE, Ask, Structure, arn, carried, of_tags, text
from simcloud.cloud.live import Call

THINGS = {
    "FargateProfile": ("fargateprofile", "fargateProfileName"),
    "Nodegroup": ("nodegroup", "nodegroupName"),
    "NodegroupConfig": ("nodegroup", "nodegroupName"),
    "NodegroupVersion": ("nodegroup", "nodegroupName"),
    "Addon": ("addon", "addonName"),
    "AccessEntry": ("access-entry", "principalArn"),
    "PodIdentityAssociation": ("podidentityassociation", "associationId"),
}
"""By the end of an operation's name the kind of thing, and the member that names it."""
_VERBS = ("Describe", "Delete", "Update")
_ENTRIES = ("AssociateAccessPolicy", "DisassociateAccessPolicy", "ListAssociatedAccessPolicies")
_NONE = frozenset(
    {
        "DescribeAddonConfiguration",
        "DescribeAddonVersions",
        "DescribeClusterVersions",
        "ListAccessPolicies",
        "ListEksAnywhereSubscriptions",
    }
)


def asks(operation: str, request: Structure, call: Call) -> Iterator[Ask]:
    """The action on its resource, and eks:TagResource on what is made with tags."""
    resource = _resource(operation, request, call)
    context = {**of_tags(request), **carried(call.world.tags.get(resource, {}), "")}
    context |= {"eks:clusterName": text(request["clusterName"])} if request.get("clusterName") else {}
    if operation == "CreateAccessEntry" and request.get("principalArn"):
        context["eks:principalArn"] = text(request["principalArn"])
    yield Ask(f"eks:{operation}", resource, context)
    if operation.startswith("Create") and request.get("tags"):
        yield Ask("eks:TagResource", _made(operation, request, call), context)


def _resource(operation: str, request: Structure, call: Call) -> str:
    if operation in _NONE:
        return NO_RESOURCE
    if request.get("resourceArn"):
        return text(request["resourceArn"])
    kind, member = _thing(operation)
    if kind:
        return _arn_of(call, kind, text(request.get("clusterName")), text(request.get(member)))
    return arn("eks", call, f"cluster/{text(request.get('clusterName') or request.get('name')) or '*'}")


def _thing(operation: str) -> tuple[str, str]:
    if operation in _ENTRIES:
        return THINGS["AccessEntry"]
    for verb in _VERBS:
        if operation.startswith(verb) and (found := THINGS.get(operation.removeprefix(verb))):
            return found
    return "", ""


def _arn_of(call: Call, kind: str, cluster: str, name: str) -> str:
    """As the world has it; of a thing that there is not, with whatever id."""
    held = call.world.eks.resources.get((kind, cluster, name)) if call.world.eks else None
    return held.arn if held else arn("eks", call, f"{kind}/{cluster}/{name}/*")


def _made(operation: str, request: Structure, call: Call) -> str:
    kind, member = THINGS.get(operation.removeprefix("Create"), ("cluster", "name"))
    if kind == "cluster":
        return _resource(operation, request, call)
    return arn("eks", call, f"{kind}/{text(request.get('clusterName'))}/{text(request.get(member))}/*")
