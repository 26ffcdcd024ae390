"""Laws on load balancers: name, subnets, security groups, deletion."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.words import balancing as words
from simcloud.facts.words.neighbours import ELB
from simcloud.rules.engine import rule
from simcloud.rules.neighbours.seen import Neighbours
from simcloud.rules.reading import structures, text, texts
from simcloud.rules.refusal import Refusal

CREATE = "elasticloadbalancing:CreateLoadBalancer"
PLACED = (CREATE, "elasticloadbalancing:SetSubnets")
GUARDED = (CREATE, "elasticloadbalancing:SetSecurityGroups")
API = ELB + "API_CreateLoadBalancer.html"
INVALID = "ValidationError"
CONFIGURATION = "InvalidConfigurationRequest"
_NAME = re.compile(r"[A-Za-z0-9-]*")


def _kind(request: Mapping[str, Any], seen: Neighbours) -> str:
    held = seen.balancers.get(text(request, "LoadBalancerArn"))
    return held.kind if held else text(request, "Type") or "application"


def _subnets(request: Mapping[str, Any]) -> tuple[str, ...]:
    mapped = tuple(text(one, "SubnetId") for one in structures(request, "SubnetMappings"))
    return texts(request, "Subnets") + mapped


@rule("FG416", on=CREATE, source=API, status="observed")
def a_load_balancer_is_named_in_32_characters(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A load balancer's name has at most 32 letters, digits and hyphens, no hyphen at either end, and does not begin
    with internal-."""
    name = text(request, "Name")
    broken = (
        (len(name) > words.NAME_LENGTH.value, words.BALANCER_NAME_LONG),
        (not _NAME.fullmatch(name), words.BALANCER_NAME_CHARACTERS),
        (name.startswith("internal-"), words.BALANCER_NAME_INTERNAL),
        (name.startswith("-"), words.BALANCER_NAME_BEGIN),
        (name.endswith("-"), words.BALANCER_NAME_END),
    )
    aws = next((aws for is_broken, aws in broken if is_broken), None)
    if aws is not None:
        yield Refusal("Name", aws.format(name=name), f"{name!r} is no name for a load balancer", INVALID)


@rule("FG417", on=PLACED, source=API)
def a_load_balancer_stands_in_subnets_that_exist(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """Every subnet of a load balancer exists."""
    for subnet in _subnets(request):
        if subnet not in seen.subnets:
            why = f"there is no subnet {subnet} in {seen.region}"
            yield Refusal("Subnets", words.SUBNET_NOT_VALID.format(subnet=subnet), why, "InvalidSubnet")


@rule("FG418", on=PLACED, source=API, status="observed")
def a_load_balancer_stands_in_each_zone_once(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """An Application Load Balancer has subnets in at least two Availability Zones, and no load balancer has two in
    one."""
    asked = _subnets(request)
    if _kind(request, seen) == "application" and len(asked) < 2:
        why = f"{len(asked)} subnet named; an Application Load Balancer stands in two zones at least"
        yield Refusal("Subnets", words.TWO_SUBNETS, why, INVALID)
        return
    zones = Counter(seen.subnets[subnet].zone for subnet in asked if subnet in seen.subnets)
    for zone, count in zones.items():
        if count > 1:
            yield Refusal("Subnets", words.ONE_A_ZONE, f"{count} of the subnets are in {zone}", CONFIGURATION)
            return


@rule("FG419", on=PLACED, source=API)
def a_load_balancer_stands_in_one_vpc(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """All subnets of a load balancer are in one VPC."""
    vpcs = sorted({seen.subnets[subnet].vpc for subnet in _subnets(request) if subnet in seen.subnets})
    if len(vpcs) > 1:
        why = f"the subnets are in {' and '.join(vpcs)}"
        yield Refusal("Subnets", words.TWO_VPCS.format(vpcs=",".join(vpcs)), why, CONFIGURATION)


@rule("FG420", on=GUARDED, source=API, status="observed")
def a_load_balancers_groups_are_of_its_vpc(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """The security groups of a load balancer exist and belong to the VPC of its subnets."""
    held = seen.balancers.get(text(request, "LoadBalancerArn"))
    vpcs = {seen.subnets[subnet].vpc for subnet in _subnets(request) if subnet in seen.subnets}
    vpc = held.vpc if held else next(iter(sorted(vpcs)), "")
    for group in texts(request, "SecurityGroups"):
        known = seen.groups.get(group)
        if vpc and (known is None or known.vpc != vpc):
            why = f"{group} is {'unknown' if known is None else f'of {known.vpc}'}, the load balancer stands in {vpc}"
            yield Refusal("SecurityGroups", words.GROUPS_INVALID, why, CONFIGURATION)
            return


@rule("FG421", on=CREATE, source=API, status="observed")
def a_load_balancer_of_the_internet_needs_a_gateway(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """An internet-facing load balancer, which is the default scheme, stands in a VPC that has an internet gateway."""
    if text(request, "Scheme") == "internal" or _kind(request, seen) == "gateway":
        return
    for vpc in sorted({seen.subnets[subnet].vpc for subnet in _subnets(request) if subnet in seen.subnets}):
        if vpc in seen.vpcs and not seen.vpcs[vpc].gateway:
            why = f"no internet gateway is attached to {vpc}; Scheme='internal' would need none"
            yield Refusal("Scheme", words.NO_GATEWAY.format(vpc=vpc), why, "InvalidSubnet")


@rule("FG422", on=PLACED, source=API)
def a_load_balancer_needs_eight_free_addresses(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """Each subnet of a load balancer has at least eight free addresses, so that it can grow."""
    for name in _subnets(request):
        subnet = seen.subnets.get(name)
        if subnet is not None and subnet.free < words.FREE_ADDRESSES.value:
            why = f"{subnet.cidr} has {subnet.free} left"
            yield Refusal("Subnets", words.FEW_ADDRESSES.format(subnet=name), why, "InvalidSubnet")


@rule("FG423", on=CREATE, source=API)
def a_load_balancers_name_is_taken_once(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A second load balancer of the same name in the region is refused, unless it asks for the same settings: then
    CreateLoadBalancer gives back the first."""
    name = text(request, "Name")
    held = next((one for one in seen.balancers.values() if one.name == name), None)
    if held is None:
        return
    asked = (
        ("Type", text(request, "Type") or "application", held.kind),
        ("Scheme", text(request, "Scheme") or "internet-facing", held.scheme),
        ("Subnets", sorted(_subnets(request)), sorted(held.subnets)),
        ("SecurityGroups", sorted(texts(request, "SecurityGroups")) or sorted(held.groups), sorted(held.groups)),
        ("IpAddressType", text(request, "IpAddressType") or held.addresses, held.addresses),
    )
    for member, wanted, has in asked:
        if wanted != has:
            why = f"{name} exists with {member} {has}, not {wanted}"
            yield Refusal("Name", words.BALANCER_EXISTS.format(name=name), why, "DuplicateLoadBalancerName")
            return


@rule("FG1526", on=PLACED, source=API, status="observed")
def elastic_addresses_are_for_network_load_balancers(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A Network Load Balancer that faces the internet takes an Elastic IP address in each subnet; others take none."""
    kind = _kind(request, seen)
    held = seen.balancers.get(text(request, "LoadBalancerArn"))
    for index, one in enumerate(structures(request, "SubnetMappings")):
        address = text(one, "AllocationId")
        inside = "internal" in (held.scheme if held else "", text(request, "Scheme"))
        if address and (kind != "network" or inside):
            aws = words.ELASTIC_INSIDE if kind == "network" else words.ELASTIC.format(kind=kind)
            yield Refusal(f"SubnetMappings[{index}].AllocationId", aws, f"{address} is an Elastic IP", CONFIGURATION)
            return


@rule("FG424", on="elasticloadbalancing:DeleteLoadBalancer", source=ELB + "API_DeleteLoadBalancer.html")
def a_protected_load_balancer_stays(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A load balancer is not deleted while its deletion protection is on."""
    arn = text(request, "LoadBalancerArn")
    held = seen.balancers.get(arn)
    if held is not None and held.protected:
        why = "its attribute deletion_protection.enabled is true"
        yield Refusal("LoadBalancerArn", words.BALANCER_PROTECTED.format(arn=arn), why, "OperationNotPermitted")
