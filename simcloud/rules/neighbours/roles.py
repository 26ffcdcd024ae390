"""Laws on IAM's names, and on the policies that say what an identity may do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.words import identity as words
from simcloud.facts.words.neighbours import IAM, IAM_QUOTAS
from simcloud.rules.engine import rule
from simcloud.rules.neighbours import documents
from simcloud.rules.neighbours.documents import MALFORMED
from simcloud.rules.neighbours.seen import Neighbours
from simcloud.rules.reading import text
from simcloud.rules.refusal import Refusal

NAMED = ("iam:CreateRole", "iam:CreatePolicy", "iam:CreateUser", "iam:CreateGroup", "iam:PutRolePolicy")
POLICIES = (
    "iam:PutRolePolicy",
    "iam:PutUserPolicy",
    "iam:PutGroupPolicy",
    "iam:CreatePolicy",
    "iam:CreatePolicyVersion",
)
INVALID = "ValidationError"
NAMES = ("RoleName", "PolicyName", "UserName", "GroupName")
_NAME = re.compile(r"[A-Za-z0-9_+=,.@-]+")


@rule("FG484", on=NAMED, source=IAM_QUOTAS, status="observed")
def an_identity_is_named_in_plain_characters(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Names in IAM hold letters, digits and + = , . @ _ -; the path /aws-service-role/ is AWS's own, and a boundary is
    the ARN of a policy."""
    for member in NAMES:
        name = text(request, member)
        if name and not _NAME.fullmatch(name):
            spelt = member[0].lower() + member[1:]
            yield Refusal(member, words.NAME.format(member=spelt), f"{name!r} holds other characters", INVALID)
    if text(request, "Path").startswith("/aws-service-role"):
        yield Refusal("Path", words.RESERVED_PATH, "such roles are made by AWS's services", "InvalidInput")
    boundary = text(request, "PermissionsBoundary")
    if boundary and ":policy/" not in boundary:
        yield Refusal("PermissionsBoundary", words.BOUNDARY.format(arn=boundary), "it is no policy", "InvalidInput")


@rule("FG485", on=POLICIES, source=IAM, status="observed")
def an_identity_policy_says_what_not_who(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A policy of an identity names no principal: whoever it is attached to is the principal."""
    for at, one in _statements(request):
        if "Principal" in one or "NotPrincipal" in one:
            why = "the principal is the role, user or group that the policy is attached to"
            yield Refusal(f"{at}.Principal", words.PRINCIPAL_HERE, why, MALFORMED)


@rule("FG486", on=POLICIES, source=IAM, status="observed")
def an_identity_policy_spells_actions_and_resources(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """The service in an action or in an ARN is written out, the partition of an ARN is the account's, and a Sid holds
    letters and digits."""
    for at, one in _statements(request):
        for action in documents.listed(one.get("Action", one.get("NotAction", []))):
            vendor, colon, _ = action.partition(":")
            if colon and re.search(r"[*?]", vendor):
                yield Refusal(f"{at}.Action", words.VENDOR, f"{action} leaves the service open", MALFORMED)
        for resource in documents.listed(one.get("Resource", one.get("NotResource", []))):
            yield from _resource(f"{at}.Resource", resource)
        sid = one.get("Sid", "")
        if isinstance(sid, str) and not re.fullmatch(r"[0-9A-Za-z]*", sid):
            yield Refusal(f"{at}.Sid", words.SID, f"{sid!r} holds other characters", MALFORMED)


def _resource(at: str, resource: str) -> Iterator[Refusal]:
    parts = resource.split(":")
    if len(parts) < 6 or parts[0] != "arn":
        return
    if parts[1] not in ("aws", "*"):
        aws = words.PARTITION.format(partition=parts[1], resource=resource)
        yield Refusal(at, aws, "this account is in the partition aws", MALFORMED)
    elif re.search(r"[*?]", parts[2]):
        yield Refusal(at, words.RESOURCE_VENDOR, f"{resource} leaves the service open", MALFORMED)


def _statements(request: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    document = documents.read(text(request, "PolicyDocument"))
    for index, one in enumerate(documents.statements(document) if document else ()):
        yield f"PolicyDocument.Statement[{index}]", one


def _bytes(document: str) -> int:
    """Characters of a policy, as IAM counts them: white space outside texts is free."""
    try:
        return len(json.dumps(json.loads(document), separators=(",", ":"), ensure_ascii=False))
    except ValueError:
        return len(document)


@rule("FG487", on=POLICIES, source=IAM_QUOTAS, status="observed")
def a_policy_is_no_longer_than_its_quota(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A managed policy has at most 6,144 characters, and the inline policies of a role at most 10,240 together; white
    space is not counted."""
    size = _bytes(text(request, "PolicyDocument"))
    role, name = text(request, "RoleName"), text(request, "PolicyName")
    if role:
        held = seen.roles[role].inline if role in seen.roles else {}
        size += sum(_bytes(document) for other, document in held.items() if other != name)
        if size > words.INLINE_BYTES.value:
            aws = words.INLINE_SIZE.format(most=words.INLINE_BYTES.value, name=role)
            yield Refusal("PolicyDocument", aws, f"together they would have {size} characters", "LimitExceeded")
    elif not text(request, "UserName") and not text(request, "GroupName") and size > words.MANAGED_BYTES.value:
        aws = words.MANAGED_SIZE.format(most=words.MANAGED_BYTES.value)
        yield Refusal("PolicyDocument", aws, f"it has {size} characters", "LimitExceeded")


@rule("FG488", on="iam:AttachRolePolicy", source=IAM_QUOTAS, status="observed")
def a_role_has_up_to_twenty_policies(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """Up to twenty managed policies are attached to a role."""
    held = seen.roles.get(text(request, "RoleName"))
    most = words.POLICIES_PER_ROLE.value
    if held is not None and text(request, "PolicyArn") not in held.attached and len(held.attached) >= most:
        aws = words.ATTACHED.format(most=most)
        yield Refusal("PolicyArn", aws, f"{len(held.attached)} are attached already", "LimitExceeded")
