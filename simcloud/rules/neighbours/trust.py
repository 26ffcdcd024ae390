"""Laws on trust policies: who may become a role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.words import identity as words
from simcloud.facts.words.neighbours import IAM
from simcloud.rules.engine import rule
from simcloud.rules.neighbours import documents
from simcloud.rules.neighbours.documents import MALFORMED
from simcloud.rules.neighbours.seen import Neighbours
from simcloud.rules.reading import text
from simcloud.rules.refusal import Refusal

TRUSTED = ("iam:CreateRole", "iam:UpdateAssumeRolePolicy")
ACTIONS = frozenset(
    {
        "sts:AssumeRole",
        "sts:AssumeRoleWithWebIdentity",
        "sts:AssumeRoleWithSAML",
        "sts:TagSession",
        "sts:SetSourceIdentity",
        "sts:SetContext",
    }
)
_SERVICE = re.compile(r"([a-z0-9-]+\.)+(amazonaws\.com(\.cn)?|aws\.internal|amazon\.com|aws\.com)")
_ACCOUNT = re.compile(r"\*|\d{12}|\d{4}-\d{4}-\d{4}|arn:aws:iam::\d{12}:(root|(user|role)/[^*]*[^*\s])|A[A-Z0-9]{15,}")


def _document(request: Mapping[str, Any]) -> tuple[str, dict[str, Any] | None]:
    member = "AssumeRolePolicyDocument" if "AssumeRolePolicyDocument" in request else "PolicyDocument"
    return member, documents.read(text(request, member))


def _statements(request: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Of a document that is well formed, each with its place."""
    member, document = _document(request)
    if document is not None and not any(documents.malformed(member, document)):
        for index, one in enumerate(documents.statements(document)):
            yield f"{member}.Statement[{index}]", one


@rule("FG480", on=TRUSTED, source=IAM, status="observed")
def a_trust_policy_is_well_formed(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A trust policy is JSON in the grammar of policies: a version, and statements with an effect and actions."""
    member, document = _document(request)
    if document is None:
        yield Refusal(member, words.JSON, "the text is no JSON object; json.dumps makes one", MALFORMED)
    else:
        yield from documents.malformed(member, document)


@rule("FG481", on=TRUSTED, source=IAM, status="observed")
def a_trust_policy_names_no_resource(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A trust policy names no resource: the role that it is attached to is the resource."""
    for at, one in _statements(request):
        if "Resource" in one or "NotResource" in one:
            why = "the resource is the role itself; leave Resource out"
            yield Refusal(f"{at}.Resource", words.RESOURCE_HERE, why, MALFORMED)


@rule("FG482", on=TRUSTED, source=IAM, status="observed")
def a_trust_policy_names_who_is_trusted(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A trust policy names a principal by kind: a service under amazonaws.com, or an account, user or role."""
    for at, one in _statements(request):
        who = one.get("Principal", one.get("NotPrincipal"))
        if who is None:
            yield Refusal(f"{at}.Principal", words.NO_PRINCIPAL, "who may assume the role?", MALFORMED)
        elif who == "*":
            why = "for anybody, which is hardly ever meant, write {'AWS': '*'}"
            yield Refusal(f"{at}.Principal", words.STAR.format(), why, MALFORMED)
        elif isinstance(who, Mapping):
            yield from _named(f"{at}.Principal", who, seen)


def _named(at: str, who: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    for service in documents.listed(who.get("Service", [])):
        if not _SERVICE.fullmatch(service):
            aws = words.PRINCIPAL.format(kind="SERVICE", value=service)
            why = "services are named like ecs-tasks.amazonaws.com"
            yield Refusal(f"{at}.Service", aws, why, MALFORMED)
    for principal in documents.listed(who.get("AWS", [])):
        gone = _is_missing(principal, seen)
        if gone or not _ACCOUNT.fullmatch(principal):
            aws = words.PRINCIPAL.format(kind="AWS", value=principal)
            why = "the role does not exist" if gone else "an account id, or the ARN of a root, user or role"
            yield Refusal(f"{at}.AWS", aws, why, MALFORMED)


def _is_missing(principal: str, seen: Neighbours) -> bool:
    """A role of this account that does not exist."""
    prefix = f"arn:aws:iam::{seen.account}:role/"
    return principal.startswith(prefix) and principal.rpartition("/")[2] not in seen.roles


@rule("FG483", on=TRUSTED, source=IAM, status="observed")
def a_trust_policy_is_about_assuming(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """The actions of a trust policy are those of STS by which a role is assumed, in their exact spelling."""
    for at, one in _statements(request):
        wrong = [action for action in documents.listed(one.get("Action", [])) if action not in ACTIONS]
        if wrong:
            why = f"{wrong[0]} is not about assuming the role; what the role may do stands in its other policies"
            yield Refusal(f"{at}.Action", words.STS_ONLY, why, MALFORMED)
