"""Laws on security groups and their rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network, IPv6Network
from typing import Any

from simcloud.facts.words import networking as words
from simcloud.facts.words.neighbours import EC2
from simcloud.rules.engine import rule
from simcloud.rules.neighbours.seen import Neighbours
from simcloud.rules.reading import number, structures, text
from simcloud.rules.refusal import Refusal

RULES = ("ec2:AuthorizeSecurityGroupIngress", "ec2:AuthorizeSecurityGroupEgress")
API = EC2 + "API_AuthorizeSecurityGroupIngress.html"
INVALID = "InvalidParameterValue"
NUMBERS = {"6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6", "all": "-1"}
WITH_PORTS = ("tcp", "udp")
MOST_PORT = 65535
_DESCRIPTION = re.compile(r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{0,255}")
_PEERS = (("IpRanges", "CidrIp"), ("Ipv6Ranges", "CidrIpv6"), ("UserIdGroupPairs", "GroupId"))


def permissions(request: Mapping[str, Any]) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """Each permission with its place. The short form (CidrIp and the like beside GroupId) is one permission."""
    if "IpPermissions" in request:
        return tuple((f"IpPermissions[{i}]", one) for i, one in enumerate(structures(request, "IpPermissions")))
    if "IpProtocol" not in request:
        return ()
    short = {member: request.get(member) for member in ("IpProtocol", "FromPort", "ToPort")}
    return (("IpProtocol", {**short, "IpRanges": [{"CidrIp": request["CidrIp"]}] if "CidrIp" in request else []}),)


def protocol_of(permission: Mapping[str, Any]) -> str:
    """tcp, udp, icmp, -1 or a number."""
    given = text(permission, "IpProtocol").lower()
    return NUMBERS.get(given, given)


@rule("FG1528", on="ec2:CreateSecurityGroup", source=EC2 + "API_CreateSecurityGroup.html", status="observed")
def a_security_groups_name_is_taken_once(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """No two security groups of a VPC have one name."""
    name, vpc = text(request, "GroupName"), text(request, "VpcId")
    taken = [group for group, held in seen.groups.items() if (held.vpc, held.name) == (vpc, name)]
    if taken and name != "default":
        aws = words.GROUP_TAKEN.format(name=name, vpc=vpc)
        yield Refusal("GroupName", aws, f"{taken[0]} has it", "InvalidGroup.Duplicate")


@rule("FG455", on="ec2:CreateSecurityGroup", source=EC2 + "API_CreateSecurityGroup.html", status="observed")
def a_security_groups_name_is_free_to_take(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A security group is not called default and does not begin with sg-."""
    name = text(request, "GroupName")
    if name == "default":
        yield Refusal("GroupName", words.GROUP_RESERVED, "every VPC has a group of this name", INVALID)
    elif name.startswith("sg-"):
        yield Refusal("GroupName", words.GROUP_NAME.format(name=name), "ids begin like this", INVALID)


@rule("FG456", on=RULES, source=API, status="observed")
def a_rule_names_ports_that_exist(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A rule for TCP or UDP names a first and a last port from 0 to 65535, in this order; its protocol is one that
    there is."""
    for at, permission in permissions(request):
        protocol = protocol_of(permission)
        if not re.fullmatch(r"-1|tcp|udp|icmp|icmpv6|\d{1,3}", protocol):
            aws = words.PROTOCOL.format(protocol=text(permission, "IpProtocol"))
            yield Refusal(f"{at}.IpProtocol", aws, "tcp, udp, icmp, icmpv6, -1 or a number", INVALID)
        if protocol not in WITH_PORTS:
            continue
        first, last = number(permission, "FromPort"), number(permission, "ToPort")
        if first is None or last is None:
            yield Refusal(f"{at}.FromPort", words.PORTS_REQUIRED, "FromPort or ToPort is missing", INVALID)
        elif not 0 <= first <= MOST_PORT:
            aws = words.PORT_RANGE.format(end="from", port=first)
            yield Refusal(f"{at}.FromPort", aws, f"ports go from 0 to {MOST_PORT}", INVALID)
        elif not 0 <= last <= MOST_PORT:
            aws = words.PORT_RANGE.format(end="to", port=last)
            yield Refusal(f"{at}.ToPort", aws, f"ports go from 0 to {MOST_PORT}", INVALID)
        elif first > last:
            aws = words.PORTS_REVERSED.format(first=first, last=last)
            yield Refusal(f"{at}.FromPort", aws, f"{first} comes after {last}", INVALID)


@rule("FG457", on=RULES, source=API, status="observed")
def a_rule_names_a_block_of_addresses(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A block of addresses in a rule is written as address/length, also for a single address; a description has at most
    255 plain characters."""
    for at, permission in permissions(request):
        for member, key in _PEERS:
            for index, peer in enumerate(structures(permission, member)):
                cidr = text(peer, key)
                if key.startswith("Cidr") and cidr and not _is_block(cidr):
                    aws = words.CIDR_MALFORMED.format(cidr=cidr)
                    yield Refusal(f"{at}.{member}[{index}].{key}", aws, f"{cidr!r} is no block", INVALID)
                if not _DESCRIPTION.fullmatch(text(peer, "Description")):
                    at_text = f"{at}.{member}[{index}].Description"
                    yield Refusal(at_text, words.DESCRIPTION.format(), "too long, or other characters", INVALID)


def _is_block(cidr: str) -> bool:
    if "/" not in cidr:
        return False
    try:
        (IPv6Network if ":" in cidr else IPv4Network)(cidr, strict=False)
    except ValueError:
        return False
    return True


@rule("FG458", on=RULES, source=API)
def a_rules_peer_is_of_the_same_vpc(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A security group that a rule names is of the same VPC."""
    own = seen.groups.get(text(request, "GroupId"))
    for at, permission in permissions(request):
        for index, peer in enumerate(structures(permission, "UserIdGroupPairs")):
            other = seen.groups.get(text(peer, "GroupId"))
            if own is None or other is None or text(peer, "VpcPeeringConnectionId") or own.vpc == other.vpc:
                continue
            why = f"the group is of {own.vpc}, {text(peer, 'GroupId')} of {other.vpc}"
            at_peer = f"{at}.UserIdGroupPairs[{index}].GroupId"
            yield Refusal(at_peer, words.GROUP_ELSEWHERE, why, "InvalidGroup.NotFound")


def _already(request: Mapping[str, Any], held: tuple[tuple[str, str, str], ...]) -> Iterator[Refusal]:
    for at, permission in permissions(request):
        protocol = protocol_of(permission)
        first, last = number(permission, "FromPort"), number(permission, "ToPort")
        ports = "" if protocol == "-1" else f"{first}-{last}"
        for member, key in _PEERS:
            for peer in structures(permission, member):
                if (protocol, ports, text(peer, key)) in held and protocol in (*WITH_PORTS, "-1"):
                    traffic = f"{protocol.upper()}, from port: {first}, to port: {last}" if ports else "ALL"
                    aws = words.RULE_EXISTS.format(peer=text(peer, key), traffic=traffic)
                    yield Refusal(at, aws, "the group has this rule already", "InvalidPermission.Duplicate")


@rule("FG459", on=RULES[0], source=API)
def an_ingress_rule_is_made_once(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A group has no two equal rules for what may come in."""
    own = seen.groups.get(text(request, "GroupId"))
    yield from _already(request, own.ingress if own else ())


@rule("FG460", on=RULES[1], source=EC2 + "API_AuthorizeSecurityGroupEgress.html")
def an_egress_rule_is_made_once(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A group has no two equal rules for what may go out; a new group lets everything out by a rule that it has from
    the beginning."""
    own = seen.groups.get(text(request, "GroupId"))
    yield from _already(request, own.egress if own else ())


@rule("FG461", on="ec2:DeleteSecurityGroup", source=EC2 + "API_DeleteSecurityGroup.html")
def a_security_group_in_use_is_not_deleted(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A security group is deleted only when no network interface, no load balancer and no other group's rule names it,
    and the default group of a VPC never."""
    name = text(request, "GroupId")
    group = seen.groups.get(name)
    if group is None:
        return
    if group.name == "default":
        aws = words.DEFAULT_GROUP.format(group=name)
        yield Refusal("GroupId", aws, f"it is the default group of {group.vpc}", "CannotDelete")
        return
    users = [each for each, one in seen.interfaces.items() if name in one.groups]
    users += [one.name for one in seen.balancers.values() if name in one.groups]
    users += group.named_by
    if users:
        aws = words.DEPENDENT_OBJECT.format(group=name)
        yield Refusal("GroupId", aws, f"{', '.join(users)} names it", "DependencyViolation")
