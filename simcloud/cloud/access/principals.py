"""Who asks, as IAM sees it: the policies that speak for the caller and against it, and what conditions know of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from simcloud.cloud import identity
from simcloud.cloud.access.keys import PARTITION, Held
from simcloud.cloud.live import Call
from simcloud.reason.iam import Policies
from simcloud.reason.policy import Policy

ADDRESS = "203.0.113.10"
"""aws:SourceIp of every call: a caller has an address, and this one is nobody's (RFC 5737)."""

Context = dict[str, str | list[str]]


@dataclass(frozen=True)
class Principal:
    """A user, or a session of a role."""

    arn: str
    context: Context
    policies: Policies
    """Those of its own; the resource's are added for each thing that is asked for."""


def principal(held: Held, call: Call, service: str) -> Principal:
    """The caller behind a key."""
    if held.session is not None and held.user is None:
        return _session(held, call, service)
    return _user(held, call, service)


def everywhere(call: Call, service: str) -> Context:
    """The condition keys that every request has."""
    moment = datetime.fromtimestamp(call.world.now, UTC)
    return {
        "aws:CurrentTime": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "aws:EpochTime": str(int(call.world.now)),
        "aws:PrincipalAccount": call.account,
        "aws:PrincipalIsAWSService": "false",
        "aws:RequestedRegion": "us-east-1" if service == "iam" else call.region,
        "aws:SecureTransport": "true",
        "aws:SourceIp": ADDRESS,
        "aws:ViaAWSService": "false",
    }


def _user(held: Held, call: Call, service: str) -> Principal:
    from moto.iam.models import iam_backends

    user, backend = held.user, iam_backends[held.account][PARTITION]
    groups = [group for group in backend.groups.values() if user in group.users]
    policies = [one for holder in (user, *groups) for one in identity.identity_policies(holder, held.account)]
    edge = getattr(user, "permissions_boundary_arn", None)
    tags = backend.tagger.list_tags_for_resource(user.arn)["Tags"]
    context: Context = {
        **everywhere(call, service),
        "aws:PrincipalArn": user.arn,
        "aws:PrincipalType": "User",
        "aws:userid": user.id,
        "aws:username": user.name,
        **_tagged({tag["Key"]: tag["Value"] for tag in tags}),
        **(_temporary(held) if held.session is not None else {}),
    }
    return Principal(user.arn, context, Policies(policies, identity.managed(edge, held.account) if edge else None))


def _session(held: Held, call: Call, service: str) -> Principal:
    session = held.session
    role = None if held.of_nobody else identity.role_named(session.role_arn, held.account)
    context: Context = {
        **everywhere(call, service),
        "aws:PrincipalArn": session.role_arn,
        "aws:PrincipalType": "FederatedUser" if held.of_nobody else "AssumedRole",
        "aws:userid": f"{role.id}:{session.session_name}" if role else f"{held.account}:{session.session_name}",
        **_temporary(held),
        **_tagged({**(identity.tags_of(role) if role else {}), **getattr(session, "tags", {})}),
    }
    limits = _limits(held)
    if role is None:
        return Principal(held.arn, context, Policies(limits if held.of_nobody else ()))
    own = identity.identity_policies(role, held.account)
    return Principal(held.arn, context, Policies(own, identity.boundary(role, held.account), session=limits))


def _limits(held: Held) -> list[Policy]:
    """The session policies that AssumeRole was given."""
    inline = [Policy("the session policy", identity.document(held.session.policy))] if held.session.policy else []
    return inline + [identity.managed(arn, held.account) for arn in getattr(held.session, "policy_arns", ())]


def _temporary(held: Held) -> Context:
    issued: Any = held.session.access_key.create_date
    return {"aws:TokenIssueTime": issued.strftime("%Y-%m-%dT%H:%M:%SZ"), "aws:MultiFactorAuthPresent": "false"}


def _tagged(tags: dict[str, str]) -> Context:
    return {f"aws:PrincipalTag/{key}": value for key, value in tags.items()}
