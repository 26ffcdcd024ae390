"""Laws on the principal of an access entry, checked before the cluster is looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.sources import PREFLIGHT
from simcloud.facts.sources_eks import ACCESS_ENTRIES
from simcloud.facts.words import eks_parts as eks_parts_words
from simcloud.rules.eks import operations as op
from simcloud.rules.eks.seen import EksSeen
from simcloud.rules.engine import rule
from simcloud.rules.reading import text
from simcloud.rules.refusal import Refusal

Request = Mapping[str, Any]

PRINCIPAL = re.compile(r"arn:(?:aws|aws-cn|aws-us-gov):(?:iam|sts)::(\d{12}):(role|user|root|assumed-role)(?:/.+)?")
NODE_TYPES = ("EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX", "EC2")
TYPES = ("STANDARD", *NODE_TYPES, "HYPERPOD_LINUX")
LINKED = ":role/aws-service-role/"


@rule("FG711", on=op.CREATE_ENTRY, source=ACCESS_ENTRIES)
def principals_are_named_by_arn(request: Request) -> Iterator[Refusal]:
    """An access entry is for a principal of IAM, named by its ARN."""
    principal = text(request, "principalArn")
    if not PRINCIPAL.fullmatch(principal):
        because = f"'{principal}' is no principal's ARN"
        yield Refusal("principalArn", eks_parts_words.PRINCIPAL_FORM, because, code=op.PARAMETER)


@rule("FG721", on=op.CREATE_ENTRY, source=ACCESS_ENTRIES)
def entries_have_a_type_of_eks(request: Request) -> Iterator[Refusal]:
    """An access entry is of a type that EKS knows."""
    given = text(request, "type")
    if given and given not in TYPES:
        yield Refusal("type", eks_parts_words.ENTRY_TYPE, f"it is '{given}'", code=op.PARAMETER)


@rule("FG712", on=op.CREATE_ENTRY,
      source=f"{PREFLIGHT} (pf-eks-accessentry-principal-arn-service-linked-role)", status="observed")  # fmt: skip
def linked_roles_get_no_entry(request: Request) -> Iterator[Refusal]:
    """A service-linked role gets no access entry."""
    if LINKED in text(request, "principalArn"):
        because = "the role belongs to a service"
        yield Refusal("principalArn", eks_parts_words.PRINCIPAL_LINKED, because, code=op.PARAMETER)


@rule("FG713", on=op.CREATE_ENTRY,
      source=f"{PREFLIGHT} (pf-eks-accessentry-node-type-requires-role)", status="observed")  # fmt: skip
def nodes_come_as_roles(request: Request) -> Iterator[Refusal]:
    """An entry for nodes is for a role."""
    found = PRINCIPAL.fullmatch(text(request, "principalArn"))
    if found and text(request, "type") in NODE_TYPES and found[2] != "role":
        because = f"the principal is a {found[2]}"
        yield Refusal("principalArn", eks_parts_words.PRINCIPAL_NO_ROLE, because, code=op.PARAMETER)


@rule("FG714", on=op.CREATE_ENTRY,
      source=f"{PREFLIGHT} (pf-eks-accessentry-principal-arn-account)", status="observed")  # fmt: skip
def nodes_are_of_this_account(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """An entry for nodes is for a role of the cluster's account."""
    found = PRINCIPAL.fullmatch(text(request, "principalArn"))
    if found and text(request, "type") in NODE_TYPES and found[1] != seen.account:
        because = f"the role is in account {found[1]}"
        yield Refusal("principalArn", eks_parts_words.PRINCIPAL_OF_OTHER_ACCOUNT, because, code=op.PARAMETER)
