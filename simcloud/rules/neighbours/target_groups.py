"""Laws on target groups: name, place, protocol, and when one can be deleted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.words import balancing as words
from simcloud.facts.words.neighbours import ELB
from simcloud.rules.engine import rule
from simcloud.rules.neighbours.seen import Neighbours
from simcloud.rules.reading import text
from simcloud.rules.refusal import Refusal

CREATE = "elasticloadbalancing:CreateTargetGroup"
API = ELB + "API_CreateTargetGroup.html"
INVALID = "ValidationError"
HTTP = frozenset({"HTTP", "HTTPS"})
VERSIONS = frozenset({"HTTP1", "HTTP2", "GRPC"})
_NAME = re.compile(r"(?!-)(?!.*-$)[A-Za-z0-9-]+")
_NOT_AN_ALB = frozenset({"HTTP", "HTTPS", "UDP", "GENEVE"})


def kind_of(request: Mapping[str, Any]) -> str:
    """The target type; instance where none is named."""
    return text(request, "TargetType") or "instance"


@rule("FG404", on=CREATE, source=API, status="observed")
def a_target_group_is_named_in_32_characters(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A target group's name has at most 32 letters, digits and hyphens, and no hyphen at either end."""
    name = text(request, "Name")
    if len(name) > words.NAME_LENGTH.value:
        yield Refusal("Name", words.NAME_LONG.format(name=name), f"the name has {len(name)} characters", INVALID)
    elif not _NAME.fullmatch(name):
        yield Refusal("Name", words.NAME_PATTERN.format(name=name), f"{name!r} holds other characters", INVALID)


@rule("FG405", on=CREATE, source=API)
def a_target_group_has_protocol_port_and_vpc(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A target group names the protocol, the port and the VPC of its targets, and one of a Lambda function names none
    of them."""
    if kind_of(request) == "lambda":
        for member, spoken in (("Protocol", "Protocol"), ("Port", "Port"), ("VpcId", "VPC ID")):
            if request.get(member) is not None:
                aws = words.NOT_FOR_LAMBDA.format(what=spoken)
                yield Refusal(member, aws, "a Lambda function is called, not connected to", INVALID)
        return
    asked = (("Protocol", words.NO_PROTOCOL), ("Port", words.NO_PORT), ("VpcId", words.NO_VPC))
    for member, aws in asked:
        if request.get(member) in (None, ""):
            yield Refusal(member, aws, f"the target type is {kind_of(request)}, and {member} is missing", INVALID)
    vpc = text(request, "VpcId")
    if vpc and vpc not in seen.vpcs:
        yield Refusal("VpcId", words.VPC_NOT_FOUND.format(vpc=vpc), f"there is no VPC {vpc} in {seen.region}", INVALID)


@rule("FG406", on=CREATE, source=API, status="observed")
def a_group_of_load_balancers_speaks_tcp(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A target group whose target is an Application Load Balancer speaks TCP."""
    protocol = text(request, "Protocol")
    if kind_of(request) == "alb" and protocol in _NOT_AN_ALB:
        aws = words.ALB_PROTOCOL.format(protocol=protocol)
        yield Refusal("Protocol", aws, f"the target type is alb and the protocol {protocol}", INVALID)


@rule("FG407", on=CREATE, source=API, status="observed")
def a_protocol_version_is_of_http(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """The protocol version is HTTP1, HTTP2 or GRPC, and belongs to a target group that speaks HTTP or HTTPS."""
    protocol, version = text(request, "Protocol"), text(request, "ProtocolVersion")
    if not version:
        return
    if protocol and protocol not in HTTP:
        aws = words.VERSION_PROTOCOL.format(protocol=protocol)
        yield Refusal("ProtocolVersion", aws, f"a {protocol} target group has no protocol version", INVALID)
    elif version not in VERSIONS:
        yield Refusal("ProtocolVersion", words.VERSION_VALUE.format(version=version), f"{version} is none", INVALID)


_SETTINGS = (
    "Protocol",
    "Port",
    "VpcId",
    "TargetType",
    "ProtocolVersion",
    "HealthCheckProtocol",
    "HealthCheckPort",
    "HealthCheckPath",
    "HealthCheckIntervalSeconds",
    "HealthCheckTimeoutSeconds",
)


@rule("FG408", on=CREATE, source=API)
def a_target_groups_name_is_taken_once(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A second target group of the same name in the region is refused, unless it asks for the same settings: then
    CreateTargetGroup gives back the first."""
    name = text(request, "Name")
    held = next((group for group in seen.target_groups.values() if group.name == name), None)
    if held is None:
        return
    for member in _SETTINGS:
        asked = kind_of(request) if member == "TargetType" else request.get(member)
        if asked is not None and str(asked) != held.asked.get(member, ""):
            why = f"{name} exists with {member} {held.asked.get(member, '') or 'unset'}, not {asked}"
            yield Refusal("Name", words.GROUP_EXISTS.format(name=name), why, "DuplicateTargetGroupName")
            return


@rule("FG409", on="elasticloadbalancing:DeleteTargetGroup", source=ELB + "API_DeleteTargetGroup.html")
def a_target_group_in_use_stays(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A target group is deleted only when no listener and no rule forwards to it."""
    arn = text(request, "TargetGroupArn")
    held = seen.target_groups.get(arn)
    if held is not None and held.balancers:
        aws = words.GROUP_IN_USE.format(arn=arn)
        why = f"{held.name} is behind {', '.join(each.rsplit('/', 2)[-2] for each in held.balancers)}"
        yield Refusal("TargetGroupArn", aws, why, "ResourceInUse")
