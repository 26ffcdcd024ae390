"""Is it allowed? IAM's evaluation of the policies that apply, with AWS's own tail of the refusal.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html: an explicit Deny wins; within
one account an identity policy or the resource's own policy must allow, and a permissions boundary, the session's policy
and a VPC endpoint's policy must allow as well; between accounts both sides must allow. A trust policy and a KMS key's
policy are the only word on their resource: `trusted`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from simcloud.reason.policy import Policy, Request, Statement, account_of

IDENTITY, BOUNDARY, SESSION, RESOURCE, ENDPOINT = (
    "identity-based policy",
    "permissions boundary",
    "session policy",
    "resource-based policy",
    "VPC endpoint policy",
)
_ARTICLES = {IDENTITY: "an", BOUNDARY: "a", SESSION: "a", RESOURCE: "a", ENDPOINT: "a"}


@dataclass(frozen=True)
class Policies:
    """Every policy that applies to a request, by its kind."""

    identity: Sequence[Policy] = ()
    boundary: Policy | None = None
    resource: Policy | None = None
    endpoint: Policy | None = None
    session: Sequence[Policy] = ()
    """What AssumeRole was given to limit the session; none is no limit."""

    def by_kind(self) -> list[tuple[str, Policy]]:
        """All of them with their kinds, in the order in which a Deny is looked for."""
        single = [(BOUNDARY, self.boundary), (RESOURCE, self.resource), (ENDPOINT, self.endpoint)]
        many = [(IDENTITY, one) for one in self.identity] + [(SESSION, one) for one in self.session]
        return many + [(kind, one) for kind, one in single if one is not None]


@dataclass(frozen=True)
class Decision:
    """The answer, and what decided it."""

    allowed: bool
    because: str
    """AWS's tail of the refusal, such as `because no identity-based policy allows the s3:GetObject action`; '' if not
    refused."""
    why: str
    """One sentence for the story."""
    statement: Statement | None = field(default=None, compare=False)
    """The statement that allowed or denied; None where it was the lack of one."""


def decide(request: Request, policies: Policies) -> Decision:
    """May the principal do the action on the resource?"""
    for kind, policy in policies.by_kind():
        by_principal = kind in (RESOURCE, ENDPOINT)
        for statement in policy.matching("Deny", request, by_principal=by_principal):
            return _denied(request, kind, statement)
    granted = _granted(request, policies)
    if isinstance(granted, Decision):
        return granted
    if policies.endpoint is not None:
        let = next(policies.endpoint.matching("Allow", request, by_principal=True), None)
        if let is None:
            return _not_allowed(request, ENDPOINT, policies.endpoint.name)
    return Decision(True, "", f"{granted.name} allows {request.action}", granted)


def _granted(request: Request, policies: Policies) -> Statement | Decision:
    """The statement that grants, from the identity's side or the resource's; else the refusal."""
    by_resource = _from_resource(request, policies.resource)
    own = by_resource if _same_account(request) else None
    if own is not None and not _only_role(own, request):
        return own
    granted = own or next((one for policy in policies.identity for one in policy.matching("Allow", request)), None)
    if granted is None:
        return _not_allowed(request, IDENTITY, *(policy.name for policy in policies.identity))
    if policies.boundary is not None and not any(policies.boundary.matching("Allow", request)):
        return _not_allowed(request, BOUNDARY, policies.boundary.name)
    if policies.session and not any(True for one in policies.session for _ in one.matching("Allow", request)):
        return _not_allowed(request, SESSION, *(policy.name for policy in policies.session))
    if not _same_account(request) and by_resource is None:
        return _not_allowed(request, RESOURCE, *([policies.resource.name] if policies.resource else []))
    return granted


def _from_resource(request: Request, policy: Policy | None) -> Statement | None:
    """The statement of the resource's policy that names the principal. Naming its whole account is no grant by
    itself: it only lets that account's own policies decide."""
    if policy is None:
        return None
    found = policy.matching("Allow", request, by_principal=True)
    return next((one for one in found if not _only_account(one, request) or not _same_account(request)), None)


def _only_account(statement: Statement, request: Request) -> bool:
    principal = statement.element.get("Principal")
    named = principal.get("AWS", []) if isinstance(principal, Mapping) else []
    named = named if isinstance(named, list | tuple) else [named]
    whole = {request.account, f"arn:aws:iam::{request.account}:root"}
    return bool(named) and all(one in whole or account_of(str(one)) != request.account for one in named)


def _only_role(statement: Statement, request: Request) -> bool:
    """Does it name the role behind a session, and not the session? Such a grant stays inside the role's boundary and
    the session's policy; one to a user or to the session itself does not."""
    if ":assumed-role/" not in request.principal:
        return False
    principal = statement.element.get("Principal")
    named = principal.get("AWS", []) if isinstance(principal, Mapping) else principal
    named = named if isinstance(named, list | tuple) else [named]
    return not {"*", request.principal} & {str(one) for one in named}


def _same_account(request: Request) -> bool:
    theirs = account_of(request.resource)
    return not theirs or theirs == request.account


def _denied(request: Request, kind: str, statement: Statement) -> Decision:
    return Decision(
        False,
        f"with an explicit deny in {_ARTICLES[kind]} {kind}",
        f"{statement.name} ({kind}) denies {request.action}, and a Deny wins over every Allow",
        statement,
    )


def _not_allowed(request: Request, kind: str, *names: str) -> Decision:
    looked = f" (looked at: {', '.join(names)})" if names else " (there is none)"
    return Decision(
        False,
        f"because no {kind} allows the {request.action} action",
        f"no {kind} allows {request.action} on {request.resource or 'the resource'}{looked}",
    )


def trusted(policy: Policy, request: Request) -> Decision:
    """May the principal assume the role (or use the key) whose own policy this is? It alone decides."""
    denied = next(policy.matching("Deny", request, by_principal=True), None)
    if denied is not None:
        return _denied(request, RESOURCE, denied)
    allowed = next(policy.matching("Allow", request, by_principal=True), None)
    if allowed is not None:
        return Decision(True, "", f"{allowed.name} lets {request.principal} do {request.action}", allowed)
    named = ", ".join(sorted(_principals(policy))) or "nobody"
    return Decision(
        False,
        f"because no resource-based policy allows the {request.action} action",
        f"{policy.name} lets {named} do {request.action}, not {request.principal}",
    )


def _principals(policy: Policy) -> set[str]:
    found: set[str] = set()
    for statement in policy.statements:
        principal: Any = statement.element.get("Principal", {})
        for named in principal.values() if isinstance(principal, Mapping) else [principal]:
            found |= {str(one) for one in (named if isinstance(named, list | tuple) else [named])}
    return found


def may_pass(request: Request, policies: Policies, *, to_service: str) -> Decision:
    """May the caller hand this role (the request's resource) to a service? iam:PassRole, with iam:PassedToService."""
    context = {**request.context, "iam:PassedToService": to_service}
    return decide(replace(request, action="iam:PassRole", context=context), policies)
