"""Laws on Fargate profiles: what they select, and the subnets in which their pods run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import eks
from simcloud.facts.sources import PREFLIGHT
from simcloud.facts.sources_eks import EKS_FARGATE, FARGATE_PROFILE, MOTO_EKS
from simcloud.facts.words import eks as eks_words
from simcloud.rules.eks import operations as op
from simcloud.rules.eks.reading import request_id
from simcloud.rules.eks.seen import EksSeen
from simcloud.rules.engine import rule
from simcloud.rules.reading import mapping, structures, text, texts
from simcloud.rules.refusal import Refusal

Request = Mapping[str, Any]


@rule("FG782", on=op.CREATE_PROFILE, source=MOTO_EKS, status="observed")
def a_profile_selects_a_namespace(request: Request) -> Iterator[Refusal]:
    """A Fargate profile has a selector, and every selector names a namespace."""
    selectors = structures(request, "selectors")
    if not selectors:
        yield Refusal("selectors", eks_words.NO_SELECTOR, "no selector is given", code=op.PARAMETER)
    elif any(not text(each, "namespace") for each in selectors):
        yield Refusal("selectors", eks_words.NO_NAMESPACE, "a selector has no namespace", code=op.PARAMETER)


@rule("FG783", on=op.CREATE_PROFILE, source=FARGATE_PROFILE)
def a_profile_has_five_selectors(request: Request) -> Iterator[Refusal]:
    """A Fargate profile has at most five selectors."""
    given = len(structures(request, "selectors"))
    if given > eks.SELECTORS.value:
        yield Refusal("selectors", eks_words.TOO_MANY_SELECTORS, f"{given} are given", code=op.PARAMETER)


@rule("FG784", on=op.CREATE_PROFILE, source=MOTO_EKS, status="observed")
def a_selector_has_five_labels(request: Request) -> Iterator[Refusal]:
    """A selector has at most five labels."""
    for index, selector in enumerate(structures(request, "selectors")):
        given = len(mapping(selector, "labels"))
        if given > eks.SELECTOR_LABELS.value:
            at = f"selectors[{index}].labels"
            yield Refusal(at, eks_words.TOO_MANY_LABELS, f"{given} are given", code=op.PARAMETER)


def subnets_of(request: Request, seen: EksSeen) -> tuple[str, ...]:
    """The subnets of a profile: those that it names, else the private ones of its cluster."""
    if given := texts(request, "subnets"):
        return given
    held = seen.cluster.subnets if seen.cluster else ()
    return tuple(each for each in held if each in seen.subnets and seen.subnets[each].private)


@rule("FG785", on=op.CREATE_PROFILE, source=FARGATE_PROFILE)
def a_profile_stays_in_the_vpc_of_its_cluster(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """A Fargate profile has subnets; they exist, and are in the VPC of the cluster."""
    if seen.cluster is None:
        return
    if not subnets_of(request, seen):
        because = "none is given, and the cluster has no private one"
        yield Refusal("subnets", eks_words.PROFILE_SUBNETS_NEEDED, because, code=op.PARAMETER)
    for index, subnet in enumerate(texts(request, "subnets")):
        at = f"subnets[{index}]"
        if subnet not in seen.subnets:
            said = eks_words.SUBNET_NOT_FOUND.format(subnet=subnet, request=request_id(subnet))
            yield Refusal(at, said, f"there is no subnet '{subnet}' in {seen.region}", code=op.PARAMETER)
        elif seen.subnets[subnet].vpc != seen.cluster.vpc:
            said = eks_words.PROFILE_SUBNET_OF_OTHER_VPC.format(subnet=subnet, vpc=seen.cluster.vpc)
            yield Refusal(at, said, f"it is in {seen.subnets[subnet].vpc}", code=op.PARAMETER)


@rule("FG787", on=op.CREATE_PROFILE, source=f"{PREFLIGHT} (pf-eks-fargate-subnets-private-only)", status="observed")
def pods_run_in_private_subnets(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """Pods on Fargate run in private subnets: no route of theirs leads to an internet gateway."""
    for index, subnet in enumerate(texts(request, "subnets")):
        if subnet in seen.subnets and not seen.subnets[subnet].private:
            said = eks_words.SUBNET_NOT_PRIVATE.format(subnet=subnet)
            because = "its route table has a route to an internet gateway"
            yield Refusal(f"subnets[{index}]", said, because, code=op.PARAMETER)


@rule("FG788", on=op.CREATE_PROFILE, source=EKS_FARGATE)
def fargate_keeps_to_its_zones(request: Request, seen: EksSeen) -> Iterator[Refusal]:
    """No subnet of a Fargate profile lies in a zone without Fargate, such as the one with the id use1-az3."""
    for index, subnet in enumerate(texts(request, "subnets")):
        known = seen.subnets.get(subnet)
        if known and known.zone_id in eks.ZONES_WITHOUT_FARGATE.value:
            said = eks_words.PROFILE_ZONE.format(subnet=subnet, zone=known.zone)
            yield Refusal(f"subnets[{index}]", said, f"{known.zone} is {known.zone_id}", code=op.ZONE)
