"""One policy and its statements: does a statement speak of this request?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from simcloud.reason.conditions import Context, fill, glob, holds, like, listed

SOME_RESOURCE = ""
"""A resource that is not named yet: an Allow of any resource fits it, a Deny only where it denies every resource."""
ANYONE = ""
"""A principal that is not named yet: any Principal element of an Allow fits it."""
NEW_LANGUAGE = "2012-10-17"
"""The policy language version from which on `${...}` is a variable; before, it is just text."""


@dataclass(frozen=True)
class Request:
    """Who wants to do what to which resource, with the condition keys that AWS knows of the request."""

    action: str
    resource: str = "*"
    principal: str = ANYONE
    """The ARN of a user or role, a service (`ecs-tasks.amazonaws.com`), or `ANYONE`."""
    context: Context = field(default_factory=dict)

    @property
    def account(self) -> str:
        """The principal's account; '' for a service."""
        return account_of(self.principal)

    @property
    def role(self) -> str:
        """The ARN of the role or user that asks, where AWS tells it as aws:PrincipalArn; '' elsewhere."""
        found = self.context.get("aws:PrincipalArn", "")
        return found if isinstance(found, str) else ""


def account_of(arn: str) -> str:
    """The account in an ARN; '' where it has none (S3) or it is no ARN."""
    parts = arn.split(":")
    return parts[4] if len(parts) > 5 else ""


@dataclass(frozen=True)
class Statement:
    """One statement: where it stands, and its element."""

    policy: str
    index: int
    element: Mapping[str, Any]
    version: str = NEW_LANGUAGE

    @property
    def effect(self) -> str:
        """`Allow` or `Deny`."""
        return str(self.element.get("Effect", ""))

    @property
    def name(self) -> str:
        """How to find it: by its Sid, or by its number from 1."""
        sid = self.element.get("Sid")
        return f"statement {sid or self.index + 1} of {self.policy}"

    def speaks_of(self, request: Request) -> bool:
        """Action, resource and conditions fit. (Who is meant is `means`: identity policies do not say.)"""
        return (
            self._action_fits(request.action)
            and self._resource_fits(request)
            and holds(self.element.get("Condition") or {}, request.context)
        )

    def _action_fits(self, action: str) -> bool:
        if "NotAction" in self.element:
            return not any(_action_like(one, action) for one in listed(self.element["NotAction"]))
        return any(_action_like(one, action) for one in listed(self.element.get("Action", [])))

    def _resource_fits(self, request: Request) -> bool:
        if "NotResource" in self.element:
            return request.resource != SOME_RESOURCE and not self._names(self.element["NotResource"], request)
        return self._names(self.element.get("Resource", "*"), request)

    def _names(self, resources: Any, request: Request) -> bool:
        if request.resource == SOME_RESOURCE:
            return self.effect == "Allow" or "*" in listed(resources)
        variables = self.version == NEW_LANGUAGE
        texts = (fill(one, request.context) if variables else one for one in listed(resources))
        return any(text is not None and like(text, request.resource) for text in texts)

    def means(self, principal: str, role: str = "") -> bool:
        """Does the Principal (or NotPrincipal) element name the one who asks? `role`: the ARN of the role behind a
        session, whose own ARN does not tell the role's path."""
        if "NotPrincipal" in self.element:
            return not _is_named(self.element["NotPrincipal"], principal, role)
        if principal == ANYONE:
            return self.effect == "Allow" or _is_everyone(self.element.get("Principal"))
        return _is_named(self.element.get("Principal"), principal, role)


@dataclass(frozen=True)
class Policy:
    """A policy document and the name under which a person knows it."""

    name: str
    document: Mapping[str, Any]

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The statements; one alone may stand without its list. What has not the form of a statement says nothing."""
        found = self.document.get("Statement", []) if isinstance(self.document, Mapping) else []
        elements = found if isinstance(found, list | tuple) else [found]
        version = str(self.document.get("Version", "2008-10-17")) if elements else NEW_LANGUAGE
        return tuple(
            Statement(self.name, index, element, version)
            for index, element in enumerate(elements)
            if isinstance(element, Mapping)
        )

    def matching(self, effect: str, request: Request, *, by_principal: bool = False) -> Iterator[Statement]:
        """The statements of this effect that speak of the request (and, where asked, mean its principal)."""
        for statement in self.statements:
            meant = not by_principal or statement.means(request.principal, request.role)
            if meant and statement.effect == effect and statement.speaks_of(request):
                yield statement


def _action_like(pattern: str, action: str) -> bool:
    return glob(pattern, ignore_case=True).fullmatch(action) is not None


def _is_everyone(principal: Any) -> bool:
    return principal == "*" or (isinstance(principal, Mapping) and "*" in listed(principal.get("AWS", [])))


def _is_named(principal: Any, who: str, role: str) -> bool:
    if _is_everyone(principal):
        return True
    if not isinstance(principal, Mapping):
        return False
    if not who.startswith("arn:"):
        return who in listed(principal.get("Service", [])) + listed(principal.get("Federated", []))
    return any(one in _names_of(who) or one == role for one in listed(principal.get("AWS", [])))


def _names_of(arn: str) -> set[str]:
    """The ways in which a Principal element may mean this user, role or session: itself, its role, its account."""
    account = account_of(arn)
    names = {arn, account, f"arn:aws:iam::{account}:root"}
    kind, _, rest = arn.split(":", 5)[-1].partition("/")
    if kind == "assumed-role":
        names.add(f"arn:aws:iam::{account}:role/{rest.split('/')[0]}")
    return names
