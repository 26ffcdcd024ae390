"""Laws on VPCs, subnets and gateways: where they may lie, and what stands in the way of taking them down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network
from typing import Any

from simcloud.facts.words import networking as words
from simcloud.facts.words.neighbours import EC2
from simcloud.rules.engine import rule
from simcloud.rules.neighbours.seen import Neighbours
from simcloud.rules.reading import text
from simcloud.rules.refusal import Refusal

VIOLATION = "DependencyViolation"
INSIDE = (
    "ec2:CreateSubnet",
    "ec2:CreateSecurityGroup",
    "ec2:CreateRouteTable",
    "ec2:CreateNetworkAcl",
    "ec2:AttachInternetGateway",
)
"""What is made in a VPC, or for one."""


def _network(cidr: str) -> IPv4Network | None:
    try:
        return IPv4Network(cidr, strict=False)
    except ValueError:
        return None


@rule("FG1527", on=INSIDE, source=EC2 + "errors-overview.html", status="observed")
def a_vpc_that_is_named_exists(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """What is made in a VPC names one that exists."""
    vpc = text(request, "VpcId")
    if vpc and vpc not in seen.vpcs:
        why = f"there is no VPC {vpc} in {seen.region}"
        yield Refusal("VpcId", words.NO_VPC.format(vpc=vpc), why, "InvalidVpcID.NotFound")


@rule("FG445", on="ec2:CreateVpc", source=EC2 + "API_CreateVpc.html", status="observed")
def a_vpc_lies_in_no_reserved_range(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A VPC's addresses are not of a range that the internet keeps for itself: loopback, link-local, multicast, or
    0.0.0.0/8."""
    cidr = text(request, "CidrBlock")
    block = _network(cidr)
    for reserved in words.RESERVED.value if block else ():
        if block is not None and block.overlaps(IPv4Network(reserved)):
            aws = words.CIDR_INVALID.format(cidr=cidr)
            yield Refusal("CidrBlock", aws, f"{cidr} overlaps {reserved}", "InvalidVpc.Range")


@rule("FG446", on="ec2:CreateSubnet", source=EC2 + "API_CreateSubnet.html", status="observed")
def a_subnet_is_neither_too_big_nor_too_small(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A subnet's netmask is from /16 to /28, and its Availability Zone is one of the region."""
    cidr, zone = text(request, "CidrBlock"), text(request, "AvailabilityZone")
    block = _network(cidr)
    least, most = words.SUBNET_SIZES.value
    if block is not None and not least <= block.prefixlen <= most:
        aws = words.CIDR_INVALID.format(cidr=cidr)
        yield Refusal("CidrBlock", aws, f"/{block.prefixlen} is not from /{least} to /{most}", "InvalidSubnet.Range")
    if zone and seen.zones and zone not in seen.zones:
        aws = words.ZONE.format(zone=zone, zones=", ".join(seen.zones))
        yield Refusal("AvailabilityZone", aws, f"{seen.region} has no {zone}", "InvalidParameterValue")


@rule("FG447", on="ec2:AttachInternetGateway", source=EC2 + "API_AttachInternetGateway.html", status="observed")
def a_vpc_has_one_internet_gateway(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """An internet gateway is attached to one VPC, and a VPC has one internet gateway."""
    gateway, vpc = text(request, "InternetGatewayId"), text(request, "VpcId")
    if gateway not in seen.gateways or vpc not in seen.vpcs:
        return
    if attached := seen.gateways[gateway]:
        aws = words.GATEWAY_ATTACHED.format(gateway=gateway, vpc=attached)
        yield Refusal("InternetGatewayId", aws, f"it is attached to {attached}", "Resource.AlreadyAssociated")
    elif other := seen.vpcs[vpc].gateway:
        aws = words.GATEWAY_TWICE.format(vpc=vpc)
        yield Refusal("VpcId", aws, f"{other} is attached to it", "InvalidParameterValue")


@rule("FG448", on="ec2:DetachInternetGateway", source=EC2 + "API_DetachInternetGateway.html")
def a_gateway_in_use_stays_attached(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """An internet gateway is not detached while something in the VPC has a public address."""
    gateway, vpc = text(request, "InternetGatewayId"), text(request, "VpcId")
    if seen.gateways.get(gateway) != vpc:
        return
    public = [name for name, one in seen.interfaces.items() if one.vpc == vpc and one.public]
    public += [one.name for one in seen.balancers.values() if (one.vpc, one.scheme) == (vpc, "internet-facing")]
    if public:
        aws = words.MAPPED_ADDRESSES.format(vpc=vpc)
        yield Refusal("InternetGatewayId", aws, f"{', '.join(public)} can be reached from outside", VIOLATION)


@rule("FG449", on="ec2:DeleteInternetGateway", source=EC2 + "API_DeleteInternetGateway.html")
def an_attached_gateway_is_not_deleted(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """An internet gateway is detached before it is deleted."""
    gateway = text(request, "InternetGatewayId")
    if attached := seen.gateways.get(gateway):
        aws = words.DEPENDENCIES.format(what="internetGateway", name=gateway)
        yield Refusal("InternetGatewayId", aws, f"it is attached to {attached}", VIOLATION)


@rule("FG450", on="ec2:DeleteSubnet", source=EC2 + "API_DeleteSubnet.html")
def a_subnet_in_use_is_not_deleted(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A subnet is deleted only when nothing has a network interface in it: no task, mount target, endpoint, NAT gateway
    or load balancer."""
    subnet = text(request, "SubnetId")
    if subnet not in seen.subnets:
        return
    users = [name for name, one in seen.interfaces.items() if one.subnet == subnet]
    users += [name for name, where in seen.nat_gateways.items() if where == subnet]
    users += [one.name for one in seen.balancers.values() if subnet in one.subnets]
    if users:
        aws = words.DEPENDENCIES.format(what="subnet", name=subnet)
        yield Refusal("SubnetId", aws, f"{', '.join(sorted(set(users)))} stands in it", VIOLATION)


@rule("FG1597", on="ec2:DeleteVpc", source=EC2 + "API_DeleteVpc.html")
def a_vpc_in_use_is_not_deleted(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A VPC is deleted only when it holds nothing but what came with it: no subnet, gateway, endpoint, and no security
    group, route table or network ACL that somebody made."""
    vpc = text(request, "VpcId")
    if vpc not in seen.vpcs:
        return
    users = [name for name, one in seen.subnets.items() if one.vpc == vpc]
    users += [name for name, where in seen.gateways.items() if where == vpc]
    users += [name for name, one in seen.endpoints.items() if one.vpc == vpc]
    users += [name for name, one in seen.groups.items() if one.vpc == vpc and one.name != "default"]
    users += [name for name, one in seen.route_tables.items() if one.vpc == vpc and not one.main]
    users += [name for name, where in seen.lists.items() if where == vpc]
    if users:
        aws = words.DEPENDENCIES.format(what="vpc", name=vpc)
        yield Refusal("VpcId", aws, f"{', '.join(users)} belongs to it", VIOLATION)


@rule("FG1598", on="ec2:DeleteNetworkInterface", source=EC2 + "API_DeleteNetworkInterface.html", status="observed")
def an_interface_in_use_is_not_deleted(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A network interface that a task, a NAT gateway, an endpoint or a mount target has goes when that goes."""
    name = text(request, "NetworkInterfaceId")
    held = seen.interfaces.get(name)
    if held and held.used:
        why = "delete what it was made for"
        yield Refusal("NetworkInterfaceId", words.INTERFACE_IN_USE.format(interface=name), why, "InvalidParameterValue")
