"""IAM itself: which user, role, group or policy an operation is about.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simcloud.cloud.access import keys
from simcloud.cloud.access.ask import NO_RESOURCE, SOME_RESOURCE, Ask, Structure, of_tags, text
from simcloud.cloud.live import Call

WHOLE = {
    "CreateAccountAlias": NO_RESOURCE,
    "GenerateCredentialReport": NO_RESOURCE,
    "GetAccountAuthorizationDetails": NO_RESOURCE,
    "GetAccountPasswordPolicy": NO_RESOURCE,
    "GetAccountSummary": NO_RESOURCE,
    "GetCredentialReport": NO_RESOURCE,
    "ListAccountAliases": NO_RESOURCE,
    "ListGroups": "group/",
    "ListInstanceProfiles": "instance-profile/",
    "ListRoles": "role/",
    "ListUsers": "user/",
}
"""Operations about all things of a kind, or about none."""
_OWN = frozenset(
    {"GetUser", "CreateAccessKey", "ListAccessKeys", "UpdateAccessKey", "DeleteAccessKey", "ChangePassword"}
)
"""Operations that mean the caller where they name no user."""
POLICIES_PATH = "policy path /"


def asks(operation: str, request: Structure, call: Call) -> Iterator[Ask]:
    """The action on what it names."""
    context = {**of_tags(request), **_context(operation, request)}
    shown = POLICIES_PATH if operation == "ListPolicies" else None
    yield Ask(f"iam:{operation}", _resource(operation, request, call), context, shown)


def _resource(operation: str, request: Structure, call: Call) -> str:
    head = f"arn:aws:iam::{call.account}:"
    if operation == "ListPolicies":
        return NO_RESOURCE
    if operation in WHOLE:
        return WHOLE[operation] if WHOLE[operation] == NO_RESOURCE else head + WHOLE[operation]
    if operation == "CreateServiceLinkedRole":
        service = text(request.get("AWSServiceName"))
        return f"{head}role/aws-service-role/{service}/*"
    if operation == "CreatePolicy":
        return f"{head}policy{request.get('Path') or '/'}{text(request.get('PolicyName'))}"
    for kind in ("InstanceProfile", "Group", "Role", "User"):
        if name := text(request.get(f"{kind}Name")):
            return _existing(call, kind, name) or f"{head}{_spelt(kind)}{request.get('Path') or '/'}{name}"
    if operation in _OWN and (held := keys.find(call.key)):
        return held.arn
    return text(request.get("PolicyArn")) or SOME_RESOURCE


def _spelt(kind: str) -> str:
    return {"InstanceProfile": "instance-profile"}.get(kind, kind.lower())


def _existing(call: Call, kind: str, name: str) -> str:
    """The ARN of a thing that there is; '' where there is none."""
    from moto.iam.models import iam_backends

    backend = iam_backends[call.account][keys.PARTITION]
    held: dict[str, dict[str, Any]] = {
        "User": backend.users,
        "Group": backend.groups,
        "Role": backend.roles,
        "InstanceProfile": backend.instance_profiles,
    }
    return next((str(each.arn) for each in held[kind].values() if each.name == name), "")


def _context(operation: str, request: Structure) -> dict[str, str]:
    found = {}
    if request.get("PolicyArn") and operation.startswith(("Attach", "Detach")):
        found["iam:PolicyARN"] = text(request["PolicyArn"])
    if request.get("PermissionsBoundary"):
        found["iam:PermissionsBoundary"] = text(request["PermissionsBoundary"])
    if operation == "CreateServiceLinkedRole":
        found["iam:AWSServiceName"] = text(request.get("AWSServiceName"))
    return found
