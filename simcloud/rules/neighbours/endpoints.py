"""Laws on VPC endpoints: which services have one, of which type, and where it may stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.words import networking as words
from simcloud.facts.words.neighbours import EC2
from simcloud.rules.engine import rule
from simcloud.rules.neighbours.seen import Endpoint, Neighbours
from simcloud.rules.reading import switch, text, texts
from simcloud.rules.refusal import Refusal

CREATE = "ec2:CreateVpcEndpoint"
MODIFY = "ec2:ModifyVpcEndpoint"
API = EC2 + "API_CreateVpcEndpoint.html"
INVALID = "InvalidParameter"


def _kind(request: Mapping[str, Any]) -> str:
    return text(request, "VpcEndpointType") or "Gateway"


def _held(request: Mapping[str, Any], seen: Neighbours) -> Endpoint | None:
    return seen.endpoints.get(text(request, "VpcEndpointId"))


@rule("FG462", on=CREATE, source=API, status="observed")
def an_endpoint_has_a_type_that_its_service_offers(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """An endpoint has one of the types that its service offers, and Gateway is the type where none is named: S3 and
    DynamoDB have gateway endpoints, the others interface endpoints alone."""
    service, kind = text(request, "ServiceName"), _kind(request)
    if service.startswith("com.amazonaws.vpce.") or text(request, "ServiceRegion"):
        return
    kinds = seen.endpoint_types.get(service, ())
    if not kinds:
        aws = words.SERVICE_NOT_FOUND.format(service=service)
        yield Refusal("ServiceName", aws, f"no service of {seen.region} has this name", "InvalidServiceName")
    elif kind not in kinds:
        aws = words.ENDPOINT_TYPE.format(kind=kind, kinds=", ".join(kinds))
        why = f"{service} has no {kind} endpoint, and Gateway is the type where none is named"
        yield Refusal("VpcEndpointType", aws, why, INVALID)


@rule("FG463", on=CREATE, source=API, status="observed")
def an_endpoint_stands_in_subnets_or_route_tables(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A gateway endpoint stands in route tables, an interface endpoint in subnets, never the other way round."""
    if _kind(request) == "Gateway" and texts(request, "SubnetIds"):
        why = "a gateway endpoint is a route, and has no interface in a subnet"
        yield Refusal("SubnetIds", words.SUBNETS_ON_GATEWAY, why, INVALID)
    if _kind(request) == "Interface" and texts(request, "RouteTableIds"):
        why = "an interface endpoint has addresses in subnets, and no route leads to it"
        yield Refusal("RouteTableIds", words.TABLES_ON_INTERFACE, why, INVALID)


@rule("FG464", on=(CREATE, MODIFY), source=API)
def private_dns_needs_the_dns_of_the_vpc(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """Private DNS of an interface endpoint answers inside the VPC's own DNS, so both DNS attributes of the VPC must be
    on."""
    vpc = _turned_on_in(request, seen)
    if vpc in seen.vpcs and not seen.vpcs[vpc].dns:
        why = (
            "private DNS is on unless you turn it off, and it needs both DNS attributes of the VPC"
            " (ec2.modify_vpc_attribute)"
        )
        yield Refusal("PrivateDnsEnabled", words.PRIVATE_DNS.format(vpc=vpc), why, INVALID)


@rule("FG465", on=(CREATE, MODIFY), source="https://github.com/hashicorp/terraform-provider-aws/issues/17535")
def a_services_private_dns_is_answered_once(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """One interface endpoint with private DNS answers for a service in a VPC; a second is refused."""
    vpc = _turned_on_in(request, seen)
    held = _held(request, seen)
    service = held.service if held else text(request, "ServiceName")
    for name, other in seen.endpoints.items():
        if vpc and (other.vpc, other.service) == (vpc, service) and other.interface and other.private_dns:
            aws = words.DNS_CONFLICT.format(host=host_of(service), vpc=vpc)
            yield Refusal("PrivateDnsEnabled", aws, f"{name} answers for it already", INVALID)
            return


def _turned_on_in(request: Mapping[str, Any], seen: Neighbours) -> str:
    """The VPC in which the request turns private DNS on; '' where it does not."""
    held = _held(request, seen)
    if held is not None:
        return held.vpc if held.interface and not held.private_dns and switch(request, "PrivateDnsEnabled") else ""
    asked = _kind(request) == "Interface" and switch(request, "PrivateDnsEnabled", True)
    return text(request, "VpcId") if asked else ""


def host_of(service: str) -> str:
    """`com.amazonaws.us-east-1.ecr.api` -> `api.ecr.us-east-1.amazonaws.com`: the service's name turned round."""
    region, *parts = service.removeprefix("com.amazonaws.").split(".")
    return ".".join([*reversed(parts), region, "amazonaws.com"])


@rule("FG466", on=(CREATE, MODIFY), source=API)
def an_endpoint_stands_in_its_vpc_once_a_zone(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """The subnets, security groups and route tables of an endpoint are of its VPC; it has one subnet a zone, and a
    route table has one gateway endpoint of a service."""
    held = _held(request, seen)
    vpc = held.vpc if held else text(request, "VpcId")
    if vpc not in seen.vpcs:
        return
    yield from _elsewhere(request, seen, vpc)
    staying = [one for one in (held.subnets if held else ()) if one not in texts(request, "RemoveSubnetIds")]
    zones = {seen.subnets[subnet].zone for subnet in staying if subnet in seen.subnets}
    for subnet in texts(request, "SubnetIds") or texts(request, "AddSubnetIds"):
        place = seen.subnets.get(subnet)
        if place is not None and place.zone in zones and subnet not in staying:
            aws = words.SAME_ZONE.format(subnet=subnet)
            why = f"another of its subnets is in {place.zone}"
            yield Refusal("SubnetIds", aws, why, "DuplicateSubnetsInSameZone")
        zones |= {place.zone} if place else set()
    service = held.service if held else text(request, "ServiceName")
    for table in texts(request, "RouteTableIds") or texts(request, "AddRouteTableIds"):
        others = (one for one in seen.endpoints.values() if one is not held and one.service == service)
        taken = next((one for one in others if table in one.route_tables and not one.interface), None)
        if taken is not None:
            aws = words.PREFIX_ROUTE.format(table=table, list=taken.prefix_list)
            yield Refusal("RouteTableIds", aws, "another endpoint of the service is in it", "RouteAlreadyExists")


def _elsewhere(request: Mapping[str, Any], seen: Neighbours, vpc: str) -> Iterator[Refusal]:
    """What the request names of another VPC. What does not exist at all is EC2's own matter."""
    subnets = {name: one.vpc for name, one in seen.subnets.items()}
    groups = {name: one.vpc for name, one in seen.groups.items()}
    tables = {name: one.vpc for name, one in seen.route_tables.items()}
    named = (("SubnetIds", "Subnet", subnets), ("SecurityGroupIds", "Security group", groups))
    for member, what, known in (*named, ("RouteTableIds", "Route table", tables)):
        for name in texts(request, member) or texts(request, f"Add{member}"):
            if name in known and known[name] != vpc:
                aws = words.NOT_OF_THE_VPC.format(what=what, name=name, vpc=vpc)
                yield Refusal(member, aws, f"it is of {known[name]}", INVALID)
