"""Laws on whom the roles that a request hands over trust: asked once the cluster and its network are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.sources import PREFLIGHT, issue
from simcloud.facts.sources_eks import POD_EXECUTION_ROLE
from simcloud.facts.words import eks as eks_words
from simcloud.facts.words import eks_parts as eks_parts_words
from simcloud.rules.eks import operations as op
from simcloud.rules.eks.reading import role_account
from simcloud.rules.eks.seen import EksSeen
from simcloud.rules.engine import rule
from simcloud.rules.reading import text
from simcloud.rules.refusal import Refusal

Request = Mapping[str, Any]

CONTROL_PLANE = "eks.amazonaws.com"
FARGATE_PODS = "eks-fargate-pods.amazonaws.com"
NODES = "ec2.amazonaws.com"
PODS = "pods.eks.amazonaws.com"


def _lacks_trust(request: Request, seen: EksSeen, member: str, service: str) -> str:
    """The role that does not exist or does not trust the service; '' where all is well or another law speaks."""
    role = text(request, member)
    return role if role_account(role) == seen.account != "" and not seen.is_trusting(role, service) else ""


def _because(role: str, service: str, seen: EksSeen) -> str:
    if role not in seen.principals:
        return f"there is no role {role}"
    return f"the trust policy of {role.rsplit('/', 1)[-1]} does not let {service} assume it"


@rule("FG717", on=op.CREATE_CLUSTER, source=issue("terraform-aws-modules/terraform-aws-eks", 2406), status="observed")
def the_cluster_role_trusts_eks(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A cluster's role exists and lets eks.amazonaws.com assume it."""
    if role := _lacks_trust(request, seen, "roleArn", CONTROL_PLANE):
        said = eks_words.ROLE_NOT_ASSUMED.format(role=role)
        yield Refusal("roleArn", said, _because(role, CONTROL_PLANE, seen), code=op.PARAMETER)


@rule("FG718", on=op.CREATE_PROFILE, source=POD_EXECUTION_ROLE)
def the_pod_execution_role_trusts_fargate(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A pod execution role lets eks-fargate-pods.amazonaws.com assume it, for profiles of this cluster."""
    if seen.cluster and (role := _lacks_trust(request, seen, "podExecutionRoleArn", FARGATE_PODS)):
        because = _because(role, FARGATE_PODS, seen)
        yield Refusal("podExecutionRoleArn", eks_words.TRUST_MISSING, because, code=op.PARAMETER)


@rule("FG719", on=op.CREATE_NODEGROUP, source="https://github.com/aws/aws-k8s-tester", status="observed")
def the_node_role_trusts_ec2(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A node group's role lets ec2.amazonaws.com assume it."""
    if seen.cluster and (role := _lacks_trust(request, seen, "nodeRole", NODES)):
        said = eks_parts_words.NODE_TRUST.format(role=role)
        yield Refusal("nodeRole", said, _because(role, NODES, seen), code=op.PARAMETER)


@rule(
    "FG720",
    on=op.CREATE_IDENTITY,
    source=f"{PREFLIGHT} (pf-eks-podidentity-policy-requires-disable-session-tags)",
    status="observed",
)
def the_identity_role_trusts_pods(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """The role of a pod identity association lets pods.eks.amazonaws.com assume it and tag the session."""
    if seen.cluster and (role := _lacks_trust(request, seen, "roleArn", PODS)):
        yield Refusal("roleArn", eks_parts_words.IDENTITY_TRUST, _because(role, PODS, seen), code=op.PARAMETER)
