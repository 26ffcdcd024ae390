"""Laws on the roles that a request hands over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.sources import PREFLIGHT
from simcloud.facts.sources_eks import MOTO_EKS
from simcloud.facts.words import eks as eks_words
from simcloud.rules.eks import operations as op
from simcloud.rules.eks.reading import role_account
from simcloud.rules.eks.seen import EksSeen
from simcloud.rules.engine import rule
from simcloud.rules.reading import text
from simcloud.rules.refusal import Refusal

Request = Mapping[str, Any]

MEMBERS = ("roleArn", "podExecutionRoleArn", "nodeRole", "serviceAccountRoleArn")
HAND_OVER = (
    op.CREATE_CLUSTER,
    op.CREATE_PROFILE,
    op.CREATE_NODEGROUP,
    op.CREATE_ADDON,
    op.UPDATE_ADDON,
    op.CREATE_IDENTITY,
    op.UPDATE_IDENTITY,
)


@rule("FG715", on=HAND_OVER, source=MOTO_EKS, status="observed")
def roles_are_named_by_arn(request: Request) -> Iterator[Refusal]:
    """A role is named by its whole ARN."""
    for member in MEMBERS:
        role = text(request, member)
        if member in request and not role_account(role):
            yield Refusal(
                member, eks_words.ROLE_FORM.format(role=role), f"'{role}' is no role's ARN", code=op.PARAMETER
            )


@rule("FG716", on=HAND_OVER, source=f"{PREFLIGHT} (pf-eks-cluster-role-arn-account)", status="observed")
def roles_are_of_this_account(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A role that EKS is to use is in the account of the cluster."""
    for member in MEMBERS:
        account = role_account(text(request, member))
        if account and account != seen.account:
            because = f"the role is in account {account}, the cluster in {seen.account}"
            yield Refusal(member, eks_words.CROSS_ACCOUNT, because, code=op.DENIED)
