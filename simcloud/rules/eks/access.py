"""Laws on who may reach a cluster: access entries and their policies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import eks
from simcloud.facts.sources import PREFLIGHT
from simcloud.facts.sources_eks import ACCESS_ENTRIES, ACCESS_POLICIES
from simcloud.facts.words import eks_parts as eks_parts_words
from simcloud.rules.eks import operations as op
from simcloud.rules.eks.lookup import ENTRY
from simcloud.rules.eks.principals import NODE_TYPES, PRINCIPAL
from simcloud.rules.eks.seen import EksSeen
from simcloud.rules.engine import rule
from simcloud.rules.reading import mapping, text, texts
from simcloud.rules.refusal import Refusal

Request = Mapping[str, Any]

POLICY = re.compile(r"arn:aws[\w-]*:eks::aws:cluster-access-policy/\w+")
SCOPES = ("cluster", "namespace")
ENTRIES = (op.CREATE_ENTRY, op.UPDATE_ENTRY, op.ASSOCIATE_POLICY)


def _case(name: str) -> str:
    return f"{PREFLIGHT} ({name})"


@rule("FG722", on=ENTRIES, source=_case("pf-eks-accessentry-requires-api-auth-mode"), status="observed")
def entries_need_the_api(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """Access entries need a cluster whose authentication mode includes the API."""
    if seen.cluster and seen.cluster.authentication == "CONFIG_MAP":
        yield Refusal("clusterName", eks_parts_words.ENTRY_MODE, "the mode is CONFIG_MAP", code=op.REQUEST)


@rule("FG723", on=op.CREATE_ENTRY, source=_case("pf-eks-accessentry-principal-arn-duplicate"), status="observed")
def a_principal_has_one_entry(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A principal has one access entry in a cluster."""
    if text(request, "principalArn") in seen.of(ENTRY):
        yield Refusal("principalArn", eks_parts_words.ENTRY_EXISTS, "it has an entry already", code=op.IN_USE)


@rule("FG724", on=op.CREATE_ENTRY, source=ACCESS_ENTRIES)
def principals_exist(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """The principal of an access entry exists, as far as it is of this account."""
    principal = text(request, "principalArn")
    found = PRINCIPAL.fullmatch(principal)
    if found and found[1] == seen.account and seen.cluster and principal not in seen.principals:
        because = f"there is no {principal}"
        yield Refusal("principalArn", eks_parts_words.PRINCIPAL_UNKNOWN, because, code=op.PARAMETER)


@rule("FG748", on=op.CREATE_ENTRY, source=_case("pf-eks-accessentry-node-type-forbids-groups"), status="observed")
def nodes_get_their_names_from_eks(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """An entry for nodes names neither groups nor a user: EKS does."""
    kind = text(request, "type")
    if kind not in NODE_TYPES or seen.cluster is None:
        return
    if texts(request, "kubernetesGroups"):
        said = eks_parts_words.GROUPS_OF_NODES.format(type=kind)
        yield Refusal("kubernetesGroups", said, f"the type is {kind}", code=op.PARAMETER)
    if text(request, "username"):
        said = eks_parts_words.USERNAME_OF_NODES.format(type=kind)
        yield Refusal("username", said, f"the type is {kind}", code=op.PARAMETER)


@rule("FG768", on=(op.UPDATE_ENTRY, op.ASSOCIATE_POLICY), source=ACCESS_ENTRIES)
def the_entry_exists(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """The access entry that is to be changed exists."""
    principal = text(request, "principalArn")
    if seen.cluster and principal not in seen.of(ENTRY):
        because = f"the cluster has no entry for {principal}"
        yield Refusal("principalArn", eks_parts_words.ENTRY_NOT_FOUND, because, code=op.NOT_FOUND)


@rule("FG749", on=op.ASSOCIATE_POLICY, source=ACCESS_POLICIES)
def policies_are_those_of_eks(request: Request) -> Iterator[Refusal]:
    """An access policy is one of EKS's own, not one of IAM."""
    policy = text(request, "policyArn")
    name = policy.removeprefix(eks.ACCESS_POLICY_ARN)
    if not POLICY.fullmatch(policy):
        said = eks_parts_words.POLICY_FORM
        yield Refusal("policyArn", said, f"'{policy}' is no access policy's ARN", code=op.PARAMETER)
    elif name not in eks.POLICIES.value:
        yield Refusal("policyArn", eks_parts_words.POLICY_NOT_FOUND, f"there is no '{policy}'", code=op.NOT_FOUND)


@rule("FG766", on=op.ASSOCIATE_POLICY,
      source=_case("pf-eks-accessentry-scope-namespace-requires-namespaces"), status="observed")  # fmt: skip
def scopes_name_namespaces_or_the_cluster(request: Request) -> Iterator[Refusal]:
    """A policy holds for the whole cluster, or for namespaces that are named."""
    scope = mapping(request, "accessScope")
    kind, namespaces = text(scope, "type"), texts(scope, "namespaces")
    if kind not in SCOPES:
        yield Refusal("accessScope.type", eks_parts_words.SCOPE_TYPE, f"it is '{kind}'", code=op.PARAMETER)
    elif kind == "namespace" and not namespaces:
        at = "accessScope.namespaces"
        yield Refusal(at, eks_parts_words.SCOPE_NAMESPACE, "no namespace is given", code=op.PARAMETER)
    elif kind == "cluster" and namespaces:
        at = "accessScope.namespaces"
        yield Refusal(at, eks_parts_words.SCOPE_CLUSTER, "namespaces are given", code=op.PARAMETER)


@rule("FG767", on=op.ASSOCIATE_POLICY,
      source=_case("pf-eks-accessentry-node-type-forbids-policies"), status="observed")  # fmt: skip
def policies_are_for_people(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """Access policies are associated with entries of type STANDARD."""
    kind = seen.of(ENTRY).get(text(request, "principalArn"), "STANDARD")
    if kind in NODE_TYPES:
        yield Refusal("principalArn", eks_parts_words.POLICY_OF_NODES, f"the type is {kind}", code=op.REQUEST)
