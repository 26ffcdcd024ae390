"""The roles and policies of moto as values, and the two questions that the platform asks of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from simcloud.facts.managed_policies import MANAGED_POLICIES
from simcloud.reason.iam import Decision, Policies, decide, trusted
from simcloud.reason.policy import Policy, Request, account_of

PARTITION: Final = "aws"
TASKS: Final = "ecs-tasks.amazonaws.com"


def may(
    role_arn: str,
    session: str,
    action: str,
    resource: str,
    context: Mapping[str, str | Sequence[str]] | None,
    account: str,
    *,
    own: Policy | None = None,
    alone: bool = False,
) -> Decision:
    """May the role, in a session of this name, do the action on the resource?

    Identity policies and the permissions boundary of the role decide, and the resource's `own` policy; with `alone`
    nobody may whom that one does not name. A role that does not exist may do nothing.
    """
    role = role_named(role_arn, account)
    if role is None:
        return Decision(False, f"because no identity-based policy allows the {action} action", _missing(role_arn))
    name = role_arn.rsplit("/", 1)[-1]
    principal = f"arn:aws:sts::{account}:assumed-role/{name}/{session}"
    known = {
        "aws:PrincipalAccount": account,
        "aws:PrincipalArn": role_arn,
        "aws:PrincipalType": "AssumedRole",
        "aws:userid": f"{role.id}:{session}",
        "aws:ResourceAccount": account_of(resource) or account,
        "aws:SecureTransport": "true",
        **{f"aws:PrincipalTag/{key}": value for key, value in tags_of(role).items()},
    }
    request = Request(action, resource, principal, {**known, **(context or {})})
    if alone and own is not None and not (found := trusted(own, request)).allowed:
        return found
    return decide(request, Policies(identity_policies(role, account), boundary(role, account), own))


def assumable(
    role_arn: str, service: str, account: str, *, region: str = "us-east-1", source: str = "", action: str = ""
) -> Decision:
    """Does the role's trust policy let this service (`ecs-tasks.amazonaws.com`) assume it?

    ECS names itself to the policy by account, and for tasks by an ARN that is no narrower than `task/*` (R-168): a
    policy may ask for that or for the whole account; asking for a cluster or a definition it never matches (recorded by
    https://github.com/radkawar/stackd, testdata/aws/ecs/task_role_trust.json). Another service names itself by
    `source`. `action`: another than sts:AssumeRole.
    """
    role = role_named(role_arn, account)
    if role is None:
        return Decision(False, "because no resource-based policy allows the sts:AssumeRole action", _missing(role_arn))
    of_ecs = f"arn:aws:ecs:{region}:{account}:{'task/*' if service == TASKS else '*'}"
    known = {"aws:SourceAccount": account, "aws:SourceArn": source or of_ecs}
    trust = Policy(f"the trust policy of {role.name}", document(role.assume_role_policy_document))
    return trusted(trust, Request(action or "sts:AssumeRole", role_arn, service, known))


def _missing(role_arn: str) -> str:
    return f"there is no role {role_arn}"


def role_named(role_arn: str, account: str) -> Any | None:
    """moto's role, by its ARN or by its bare name; None where there is none."""
    from moto.iam.models import iam_backends

    if role_arn.startswith("arn:") and account_of(role_arn) != account:
        return None
    roles = iam_backends[account][PARTITION].roles.values()
    return next((role for role in roles if role_arn in (role.arn, role.name)), None)


def tags_of(role: Any) -> dict[str, str]:
    """A role's tags."""
    held = role.tags.values() if isinstance(role.tags, dict) else role.tags or ()
    return {tag["Key"]: tag["Value"] for tag in held}


def identity_policies(holder: Any, account: str) -> list[Policy]:
    """The inline and the managed policies of a user, a group or a role."""
    inline = [Policy(name, document(text)) for name, text in holder.policies.items()]
    return inline + [managed(arn, account) for arn in holder.managed_policies]


def boundary(role: Any, account: str) -> Policy | None:
    """The role's permissions boundary."""
    arn = role.permissions_boundary_arn
    return managed(arn, account) if arn else None


def managed(arn: str, account: str) -> Policy:
    """A managed policy by its ARN: AWS's own from the facts, else the default version that moto holds."""
    from moto.iam.models import iam_backends

    name = arn.rsplit("/", 1)[-1]
    if arn in MANAGED_POLICIES:
        return Policy(name, MANAGED_POLICIES[arn])
    held = iam_backends[account][PARTITION].managed_policies.get(arn)
    if held is None:
        return Policy(name, {})
    text = next((one.document for one in held.versions if one.version_id == held.default_version_id), "{}")
    return Policy(name, document(text))


def document(text: str | Mapping[str, Any]) -> Mapping[str, Any]:
    """A policy document from its text. A text that is none says nothing: it neither allows nor denies."""
    if isinstance(text, Mapping):
        return text
    try:
        document = json.loads(text)
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}
