"""What moto's EC2 holds, as the laws see it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from simcloud.cloud.live import Call
from simcloud.rules.neighbours.security_groups import NUMBERS
from simcloud.rules.neighbours.seen import Address, Endpoint, Group, Interface, RouteTable, Subnet, Vpc


def _ec2(call: Call) -> Any:
    from moto.ec2.models import ec2_backends

    return ec2_backends[call.account][call.region]


def _on(value: Any) -> bool:
    return str(value).lower() == "true"


def zones(call: Call) -> dict[str, str]:
    """Availability Zones of the region, each with its id."""
    from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend

    return {zone.name: zone.zone_id for zone in RegionsAndZonesBackend.zones.get(call.region, ())}


def vpcs(call: Call) -> dict[str, Vpc]:
    """By id."""
    attached = {vpc: gateway for gateway, vpc in gateways(call).items() if vpc}
    return {
        one.id: Vpc(
            tuple(held["cidr_block"] for held in one.get_cidr_block_association_set(ipv6=False)),
            _on(one.enable_dns_support) and _on(one.enable_dns_hostnames),
            attached.get(one.id, ""),
        )
        for one in _ec2(call).vpcs.values()
    }


def subnets(call: Call) -> dict[str, Subnet]:
    """By id."""
    held: dict[str, set[str]] = {}
    for interface in _ec2(call).enis.values():
        addresses = held.setdefault(interface.subnet.id, set())
        addresses.update(address["PrivateIpAddress"] for address in interface.private_ip_addresses)
    return {
        one.id: _subnet(one, held.get(one.id, set())) for zone in _ec2(call).subnets.values() for one in zone.values()
    }


def _subnet(one: Any, held: set[str]) -> Subnet:
    free = one.available_ip_address_count
    return Subnet(one.vpc_id, one.availability_zone, one.cidr_block, free, frozenset(held))


def gateways(call: Call) -> dict[str, str]:
    """Internet gateways."""
    return {one.id: one.vpc.id if one.vpc else "" for one in _ec2(call).internet_gateways.values()}


def nat_gateways(call: Call) -> dict[str, str]:
    """Those that are not deleted."""
    return {one.id: one.subnet_id for one in _ec2(call).nat_gateways.values() if one.state != "deleted"}


def addresses(call: Call) -> dict[str, Address]:
    """Elastic IPs by allocation id. A NAT gateway keeps its own until it is deleted."""
    held = _ec2(call).nat_gateways.values()
    gateways = {one._eni.id: one.id for one in held if one.state != "deleted" and one._eni is not None}
    found = {}
    for one in _ec2(call).addresses:
        gateway = gateways.get(one.eni.id, "") if one.eni else ""
        found[one.allocation_id] = Address(one.public_ip, one.association_id or "", gateway)
    return found


def route_tables(call: Call) -> dict[str, RouteTable]:
    """By id."""
    return {
        one.id: RouteTable(
            one.vpc_id,
            tuple(target for target in one._associations.values() if str(target).startswith("subnet-")),
            tuple(route.destination_cidr_block for route in one.routes if route.destination_cidr_block),
            one.main_association_id is not None,
        )
        for one in _ec2(call).route_tables.values()
    }


def lists(call: Call) -> dict[str, str]:
    """Network ACLs that somebody made, each with its VPC."""
    return {one.id: one.vpc_id for one in _ec2(call).network_acls.values() if not _on(one.default)}


def interfaces(call: Call) -> dict[str, Interface]:
    """By id."""
    held = frozenset(_held(call))
    return {
        one.id: Interface(
            one.subnet.id,
            one.subnet.vpc_id,
            tuple(group.id for group in one._group_set),
            bool(one.public_ip),
            one.id in held or one.status == "in-use",
        )
        for one in _ec2(call).enis.values()
    }


def _held(call: Call) -> Iterator[str]:
    """Interfaces of NAT gateways, endpoints and mount targets."""
    from simcloud.cloud.neighbours import keeping

    ec2 = _ec2(call)
    yield from (one._eni.id for one in ec2.nat_gateways.values() if one.state != "deleted" and one._eni is not None)
    for one in ec2.vpc_end_points.values():
        yield from one.network_interface_ids or () if one.state == "available" else ()
    yield from keeping.mounted(call)


def endpoints(call: Call) -> dict[str, Endpoint]:
    """Those that are there."""
    return {
        one.id: Endpoint(
            one.vpc_id,
            one.service_name,
            str(one.vpc_endpoint_type).lower() == "interface",
            _on(one.private_dns_enabled),
            tuple(one.subnet_ids or ()),
            tuple(one.route_table_ids or ()),
            one.destination_prefix_list_id or "",
        )
        for one in _ec2(call).vpc_end_points.values()
        if one.state == "available"
    }


def endpoint_types(call: Call) -> Mapping[str, tuple[str, ...]]:
    """Types of endpoint by service name."""
    return _endpoint_types(call.region)


@functools.cache
def _endpoint_types(region: str) -> Mapping[str, tuple[str, ...]]:
    from moto.ec2.models import vpcs as module

    from simcloud.cloud.mends.endpoint_services_as_a_table import names, types_of

    services = (f"com.amazonaws.{region}.{name}" for name in names(module))
    return MappingProxyType({service: tuple(types_of(module, service, region)) for service in services})


def groups(call: Call) -> dict[str, Group]:
    """By id."""
    held = [one for vpc in _ec2(call).groups.values() for one in vpc.values()]
    rules = {one.id: (tuple(_rules(one.ingress_rules)), tuple(_rules(one.egress_rules))) for one in held}
    return {
        one.id: Group(
            str(one.vpc_id or ""),
            one.name,
            *rules[one.id],
            tuple(
                other
                for other, lists in rules.items()
                if other != one.id and one.id in {r[2] for ll in lists for r in ll}
            ),
        )
        for one in held
    }


def _rules(lines: Any) -> Iterator[tuple[str, str, str]]:
    """(protocol, ports, peer) of each rule, once a peer."""
    for line in lines:
        protocol = NUMBERS.get(str(line.ip_protocol), str(line.ip_protocol))
        ports = "" if protocol == "-1" else f"{line.from_port}-{line.to_port}"
        peer = line.ip_range.get("CidrIp") or line.ip_range.get("CidrIpv6") or line.source_group.get("GroupId")
        yield protocol, ports, peer or ""
