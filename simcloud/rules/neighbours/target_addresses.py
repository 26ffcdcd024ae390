"""Laws on what can be registered in a target group."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from simcloud.facts.sources import recorded
from simcloud.facts.words import balancing as words
from simcloud.facts.words.neighbours import ELB
from simcloud.rules.engine import rule
from simcloud.rules.neighbours.seen import Neighbours
from simcloud.rules.neighbours.target_groups import INVALID
from simcloud.rules.reading import structures, text
from simcloud.rules.refusal import Refusal

REGISTER = "elasticloadbalancing:RegisterTargets"
PRIVATE = tuple(map(ipaddress.IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")))
"""RFC 1918 and RFC 6598."""


def _address(target: str) -> ipaddress.IPv4Address | None:
    try:
        return ipaddress.IPv4Address(target)
    except ValueError:
        return None


def _blocks(cidrs: Iterable[str]) -> list[ipaddress.IPv4Network]:
    return [ipaddress.IPv4Network(cidr, strict=False) for cidr in cidrs]


def _is_address(target: str) -> bool:
    """Of either version."""
    try:
        ipaddress.ip_address(target)
    except ValueError:
        return False
    return True


@rule("FG414", on=REGISTER, source=ELB + "API_TargetDescription.html")
def a_target_is_of_the_groups_type(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A target group of type ip takes IP addresses, one of type instance takes instance ids."""
    group = seen.target_groups.get(text(request, "TargetGroupArn"))
    if group is None:
        return
    for index, target in enumerate(structures(request, "Targets")):
        name, at = text(target, "Id"), f"Targets[{index}].Id"
        if group.kind == "ip" and not _is_address(name):
            why = f"the target type of {group.name} is ip, and {name!r} is no address"
            yield Refusal(at, words.NOT_AN_ADDRESS.format(target=name), why, INVALID)
        elif group.kind == "instance" and not name.startswith("i-"):
            why = f"the target type of {group.name} is instance; Fargate tasks need a group of type ip"
            yield Refusal(at, words.NOT_AN_INSTANCE.format(target=name), why, INVALID)


@rule("FG415", on=REGISTER, source=recorded("elbv2/target_group_native.json"), status="observed")
def a_target_address_is_private_or_in_the_vpc(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """An address that is registered lies in a subnet of the target group's VPC, or outside that VPC in a private range:
    then its Availability Zone is the word all."""
    group = seen.target_groups.get(text(request, "TargetGroupArn"))
    vpc = seen.vpcs.get(group.vpc) if group is not None and group.kind == "ip" else None
    if vpc is None:
        return
    inside = _blocks(vpc.cidrs)
    subnets = _blocks(one.cidr for one in seen.subnets.values() if group is not None and one.vpc == group.vpc)
    for index, target in enumerate(structures(request, "Targets")):
        address, at = _address(text(target, "Id")), f"Targets[{index}]"
        if address is None:
            continue
        if any(address in block for block in inside):
            if not any(address in block for block in subnets):
                why = f"the VPC is {', '.join(vpc.cidrs)}, and none of its subnets holds {address}"
                yield Refusal(f"{at}.Id", words.IN_NO_SUBNET.format(target=address), why, INVALID)
        elif not any(address in block for block in PRIVATE):
            why = f"{address} is an address of the internet, and the VPC is {', '.join(vpc.cidrs)}"
            yield Refusal(f"{at}.Id", words.PUBLIC_ADDRESS.format(target=address), why, INVALID)
        elif text(target, "AvailabilityZone") != "all":
            why = f"{address} is outside {', '.join(vpc.cidrs)}; say AvailabilityZone='all' if that is meant"
            yield Refusal(f"{at}.AvailabilityZone", words.OUTSIDE_THE_VPC.format(target=address), why, INVALID)
