"""Laws on routes, route tables and NAT gateways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.words import networking as words
from simcloud.facts.words.neighbours import EC2
from simcloud.rules.engine import rule
from simcloud.rules.neighbours.seen import Neighbours
from simcloud.rules.reading import text
from simcloud.rules.refusal import Refusal

ROUTES = ("ec2:CreateRoute", "ec2:ReplaceRoute")
TARGETS = (
    "GatewayId",
    "LocalGatewayId",
    "CarrierGatewayId",
    "NatGatewayId",
    "NetworkInterfaceId",
    "VpcPeeringConnectionId",
    "EgressOnlyInternetGatewayId",
    "TransitGatewayId",
    "VpcEndpointId",
    "CoreNetworkArn",
    "InstanceId",
)
INVALID = "InvalidParameterValue"


@rule("FG451", on="ec2:CreateRoute", source=EC2 + "API_CreateRoute.html", status="observed")
def a_route_has_one_target(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A route leads to exactly one target."""
    named = [member for member in TARGETS if text(request, member)]
    if len(named) != 1:
        code = "InvalidParameterCombination" if named else "MissingParameter"
        why = f"{' and '.join(named) or 'none'} is named"
        yield Refusal("GatewayId", words.ONE_TARGET.format(), why, code)


@rule("FG452", on=ROUTES, source=EC2 + "API_CreateRoute.html", status="observed")
def a_routes_target_is_of_its_vpc(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A route leads to a NAT gateway that exists, or to the internet gateway that is attached to the VPC of the route
    table."""
    table = seen.route_tables.get(text(request, "RouteTableId"))
    if table is None:
        return
    nat, gateway = text(request, "NatGatewayId"), text(request, "GatewayId")
    if nat and nat not in seen.nat_gateways:
        aws = words.NAT_NOT_FOUND.format(nat=nat)
        yield Refusal("NatGatewayId", aws, f"there is no NAT gateway {nat}", "InvalidNatGatewayID.NotFound")
    elif gateway in seen.gateways and seen.gateways[gateway] != table.vpc:
        named = text(request, "RouteTableId")
        aws = words.DIFFERENT_NETWORKS.format(table=named, what="network gateway", other=gateway)
        where = seen.gateways[gateway] or "no VPC"
        yield Refusal("GatewayId", aws, f"{gateway} is attached to {where}, the table is of {table.vpc}", INVALID)


@rule("FG453", on="ec2:AssociateRouteTable", source=EC2 + "API_AssociateRouteTable.html", status="observed")
def a_subnet_has_one_route_table_of_its_vpc(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A subnet is associated with one route table, of its own VPC."""
    name, subnet = text(request, "RouteTableId"), text(request, "SubnetId")
    table, place = seen.route_tables.get(name), seen.subnets.get(subnet)
    if table is None or place is None:
        return
    if table.vpc != place.vpc:
        aws = words.DIFFERENT_NETWORKS.format(table=name, what="subnet", other=subnet)
        yield Refusal("SubnetId", aws, f"the table is of {table.vpc}, the subnet of {place.vpc}", INVALID)
        return
    other = next((each for each, one in seen.route_tables.items() if subnet in one.subnets and each != name), "")
    if other:
        aws = words.ASSOCIATED.format(table=name)
        yield Refusal("SubnetId", aws, f"the subnet is associated with {other}", "Resource.AlreadyAssociated")


@rule("FG454", on="ec2:CreateNatGateway", source=EC2 + "API_CreateNatGateway.html", status="observed")
def a_public_nat_gateway_has_an_elastic_ip(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A public NAT gateway, which is the default, has an Elastic IP; a private one has none."""
    private, address = text(request, "ConnectivityType") == "private", text(request, "AllocationId")
    if request.get("AvailabilityMode") == "regional":
        return
    if private and address:
        why = "a private NAT gateway translates to an address of its subnet"
        yield Refusal("AllocationId", words.NAT_PRIVATE, why, "InvalidParameterCombination")
    elif not private and not address:
        why = "allocate one with allocate_address(Domain='vpc') and name its AllocationId"
        yield Refusal("AllocationId", words.NAT_PUBLIC, why, "MissingParameter")


@rule("FG1583", on="ec2:DeleteRouteTable", source=EC2 + "API_DeleteRouteTable.html")
def a_main_route_table_is_not_deleted(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """The main route table of a VPC goes with the VPC, and not before."""
    name = text(request, "RouteTableId")
    table = seen.route_tables.get(name)
    if table and table.main:
        aws = words.DEPENDENCIES.format(what="routeTable", name=name)
        yield Refusal("RouteTableId", aws, f"it is the main route table of {table.vpc}", "DependencyViolation")
