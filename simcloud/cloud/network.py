"""The VPCs of moto as the plain values that `simcloud.reason` finds paths through. Reads; changes nothing.

Gateway endpoints are read from the endpoint, not from the routes: moto's ModifyVpcEndpoint changes the list of route
tables without touching their routes.
"""

from __future__ import annotations

import json
import weakref
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from ipaddress import IPv4Network
from typing import Any

from simcloud.cloud import discovery
from simcloud.cloud.live import maybe_live
from simcloud.reason.addresses import address, within
from simcloud.reason.hop import Hop
from simcloud.reason.network import (
    AclEntry,
    GroupRule,
    Interface,
    InternetGateway,
    NatGateway,
    Network,
    NetworkAcl,
    PrefixList,
    Route,
    RouteTable,
    SecurityGroup,
    Subnet,
    Vpc,
    VpcEndpoint,
)
from simcloud.reason.path import Path, find_path

TASKS = "amazon-elb-ecs"
"""Who made the interface of a task."""

LOAD_BALANCERS = ".elb.amazonaws.com"
"""How the names of load balancers end."""

_TARGETS = (
    "nat_gateway_id",
    "gateway_id",
    "network_interface_id",
    "transit_gateway_id",
    "vpc_peering_connection_id",
    "egress_only_internet_gateway_id",
    "instance_id",
    "carrier_gateway_id",
)
"""The attributes in which moto's routes keep where they lead."""


def picture(region: str, account: str) -> Network:
    """Everything in the region that decides a path, as it stands now."""
    from moto.ec2.models import ec2_backends

    ec2 = ec2_backends[account][region]
    subnets = {one.id: _subnet(one, ec2) for zone in ec2.subnets.values() for one in zone.values()}
    lost = {one.id for one in subnets.values() if one.zone in lost_zones()}
    endpoints = {one.id: _without(_endpoint(one, ec2, subnets), lost) for one in ec2.vpc_end_points.values()}
    lists = {str(one.prefix_list_name): one.id for one in ec2.managed_prefix_lists.values()}
    standing = {interface.id for endpoint in endpoints.values() for interface in endpoint.interfaces}
    return Network(
        region=region,
        account=account,
        vpcs={one.id: _vpc(one) for one in ec2.vpcs.values()},
        subnets=subnets,
        route_tables={one.id: _route_table(one, endpoints.values(), lists) for one in ec2.route_tables.values()},
        internet_gateways={one.id: _internet_gateway(one) for one in ec2.internet_gateways.values()},
        nat_gateways={one.id: _nat_gateway(one, lost) for one in ec2.nat_gateways.values()},
        endpoints=endpoints,
        groups={one.id: _group(one) for groups in ec2.groups.values() for one in groups.values()},
        acls={one.id: _acl(one) for one in ec2.network_acls.values()},
        interfaces={one.id: _interface(one) for one in ec2.enis.values() if one.id not in standing},
        prefix_lists={one.id: _prefix_list(one) for one in ec2.managed_prefix_lists.values()},
    )


def route(
    interface_id: str,
    host: str,
    port: int,
    region: str,
    account: str,
    *,
    planned: Interface | None = None,
    call: tuple[str, str, str] | None = None,
) -> Path:
    """The path from an interface, or from one that is only planned, to `host:port`, there to make a call (action,
    resource, role; None for what the start of a task calls). Raises KeyError for an interface that does not exist."""
    if planned is not None:
        return find_path(picture(region, account), planned, host, port, call)
    if host.endswith(LOAD_BALANCERS):
        from simcloud.cloud import front_doors

        return front_doors.find(around(interface_id, region, account), interface_id, host, port, region, account)
    zones = discovery.zones(region, account, host)
    if not zones and address(host) is None:
        return _way_out(interface_id, host, port, region, account, call)
    network = around(interface_id, region, account)
    if zones:
        network = replace(network, private_zones=zones)
        vpc = network.subnets[network.interfaces[interface_id].subnet].vpc
        known = next((names[host.lower()] for names in zones.get(vpc, {}).values() if host.lower() in names), ())
        network = _with_task_at(network, known[0] if known else host, region, account)
    else:
        network = _with_task_at(network, host, region, account)
    return find_path(network, interface_id, host, port, call)


def _way_out(
    interface_id: str, host: str, port: int, region: str, account: str, call: tuple[str, str, str] | None
) -> Path:
    """The path to a name outside Cloud Map. Nothing but the picture and the interface decides it, and of the interface
    neither its id nor which public address it has. So a task that tries again and again, and the tasks that take its
    place, are answered from memory. Raises KeyError for an interface that does not exist."""
    from moto.ec2.models import ec2_backends

    ec2 = ec2_backends[account][region]
    standing = ec2.enis[interface_id]
    still = _still(ec2, region, account)
    own = (interface_id, standing.subnet.id, standing.private_ip_address, standing.public_ip, host, port, call)
    if (told := _told.get(own)) is not None:
        return told
    interface = _interface(standing)
    public = interface.public_address and ITS_ADDRESS
    shape = replace(interface, id=ITS_ID, public_address=public, description="")
    asked = (shape, host, port, call)
    if asked not in _paths:
        if len(_paths) >= MOST_PATHS:
            _paths.clear()
        network = replace(still, interfaces={**still.interfaces, ITS_ID: shape})
        _paths[asked] = find_path(network, ITS_ID, host, port, call)
    if len(_told) >= MOST_PATHS:
        _told.clear()
    _told[own] = _named(_paths[asked], interface)
    return _told[own]


ITS_ID, ITS_ADDRESS = "eni-of-the-task", "its-public-address"
"""What stands in a remembered path for the id and the public address of the interface that asks."""


def _named(path: Path, own: Interface) -> Path:
    """The remembered path, told of this interface."""

    def told(text: str) -> str:
        return text.replace(ITS_ID, own.id).replace(ITS_ADDRESS, own.public_address)

    hops = tuple(Hop(one.kind, told(one.id), one.ok, told(one.says)) for one in path.hops)
    decided = hops[path.hops.index(path.decided_by)]
    return replace(path, hops=hops, decided_by=decided, why=told(path.why), denied=told(path.denied))


def around(interface_id: str, region: str, account: str) -> Network:
    """What decides the paths to and from one interface: the region without the interfaces of other tasks, since there
    may be thousands of them. Raises KeyError for an interface that does not exist.

    It is read anew after every call that was accepted; between calls nothing but tasks' interfaces comes and goes.
    """
    from moto.ec2.models import ec2_backends

    ec2 = ec2_backends[account][region]
    own = _interface(ec2.enis[interface_id])
    still = _still(ec2, region, account)
    return replace(still, interfaces={**still.interfaces, own.id: own})


def _with_task_at(network: Network, host: str, region: str, account: str) -> Network:
    """The network with the task's interface that has this address, where the host is named by its address."""
    from moto.ec2.models import ec2_backends

    if address(host) is None:
        return network
    held = [one for one in ec2_backends[account][region].enis.values() if one.private_ip_address == host]
    return replace(network, interfaces={**network.interfaces, **{one.id: _interface(one) for one in held}})


_read: tuple[weakref.ref[Any], tuple[int, frozenset[str]], Network] | None = None
"""moto's EC2, how many calls had been accepted and which zones were lost, and the picture of then. It keeps no world
alive."""

MOST_PATHS = 4096
_paths: dict[tuple[Interface, str, int, tuple[str, str, str] | None], Path] = {}
"""The paths that were asked for in that picture."""
_told: dict[tuple[Any, ...], Path] = {}
"""The same, as they were told of an interface: between calls it keeps its groups, subnet and addresses."""


def _still(ec2: Any, region: str, account: str) -> Network:
    global _read
    state = maybe_live()
    calls = state.calls if state else -1
    seen = (calls, lost_zones())
    if calls < 0 or _read is None or _read[0]() is not ec2 or _read[1] != seen:
        whole = picture(region, account)
        tasks = {one.id for one in ec2.enis.values() if one.requester_id == TASKS}
        kept = {name: one for name, one in whole.interfaces.items() if name not in tasks}
        _paths.clear()
        _told.clear()
        _read = (weakref.ref(ec2), seen, replace(whole, interfaces=kept))
    return _read[2]


def _name(one: Any) -> str:
    """The Name tag, from the dict itself: moto's DescribeTags costs more than all the rest of the picture."""
    tags: Mapping[str, str] = one.ec2_backend.tags.get(one.id, {})
    return tags.get("Name", "")


def _true(value: Any) -> bool:
    """moto keeps some switches as it got them: a truth value or its name."""
    return str(value).lower() == "true"


def _vpc(one: Any) -> Vpc:
    cidrs = [
        held["cidr_block"]
        for held in one.get_cidr_block_association_set(ipv6=False)
        if held["cidr_block_state"]["state"] == "associated"
    ]
    return Vpc(one.id, tuple(cidrs), _true(one.enable_dns_support), _true(one.enable_dns_hostnames), _name(one))


def _subnet(one: Any, ec2: Any) -> Subnet:
    acls = (acl.id for acl in ec2.network_acls.values() if any(held.subnet_id == one.id for held in acl.associations))
    return Subnet(one.id, one.vpc_id, one.cidr_block, one.availability_zone, _name(one), next(acls, ""))


def _route_table(one: Any, endpoints: Iterable[VpcEndpoint], lists: Mapping[str, str]) -> RouteTable:
    routes = [_route(line) for line in one.routes if line.destination_cidr_block]
    for endpoint in endpoints:
        if endpoint.available and one.id in endpoint.route_tables and endpoint.service in lists:
            routes.append(Route(lists[endpoint.service], endpoint.id))
    subnets = tuple(target for target in one._associations.values() if target.startswith("subnet-"))
    return RouteTable(one.id, one.vpc_id, tuple(routes), subnets, one.main_association_id is not None, _name(one))


def _route(line: Any) -> Route:
    targets = (getattr(line, attribute, None) for attribute in _TARGETS)
    return Route(line.destination_cidr_block, next((target for target in targets if target), ""))


def _internet_gateway(one: Any) -> InternetGateway:
    return InternetGateway(one.id, one.vpc.id if one.vpc else "")


def lost_zones() -> frozenset[str]:
    """The zones that are down: what stands in them answers nobody."""
    state = maybe_live()
    return state.world.supply.lost if state else frozenset()


def _without(endpoint: VpcEndpoint, lost: Collection[str]) -> VpcEndpoint:
    """An endpoint's name leads to its interfaces in the zones that are up."""
    return replace(endpoint, interfaces=tuple(one for one in endpoint.interfaces if one.subnet not in lost))


def _nat_gateway(one: Any, lost: Collection[str]) -> NatGateway:
    public = next((held["publicIp"] for held in one.address_set if held.get("publicIp")), "")
    public = public if one.connectivity_type != "private" else ""  # moto keeps None where AWS's default is public
    return NatGateway(
        one.id, one.subnet_id, one.private_ip or "", public, one.state == "available" and one.subnet_id not in lost
    )


def _endpoint(one: Any, ec2: Any, subnets: Mapping[str, Subnet]) -> VpcEndpoint:
    kind = "interface" if str(one.vpc_endpoint_type or "").lower() == "interface" else "gateway"
    return VpcEndpoint(
        one.id,
        one.vpc_id,
        one.service_name,
        "interface" if kind == "interface" else "gateway",
        tuple(_standing(one, ec2, subnets)) if kind == "interface" else (),
        _true(one.private_dns_enabled),
        tuple(one.route_table_ids or ()),
        _policy(one),
        one.state == "available",
    )


def _standing(endpoint: Any, ec2: Any, subnets: Mapping[str, Subnet]) -> Iterable[Interface]:
    """The endpoint's interfaces, one a subnet, behind the endpoint's own security groups (else the VPC's default).

    moto gives them addresses that do not lie in the subnet, and none for a subnet added later: such an interface
    gets an address from the end of the subnet's block, the same each time.
    """
    if endpoint.state != "available":
        return  # a deleted endpoint stays in moto's list; its subnets and its VPC may be gone
    default = ec2.get_default_security_group(endpoint.vpc_id)
    groups = tuple(endpoint.security_group_ids) or ((default.id,) if default else ())
    made = [ec2.enis[one] for one in endpoint.network_interface_ids if one in ec2.enis]
    place = list(ec2.vpc_end_points).index(endpoint.id)
    for subnet_id in endpoint.subnet_ids or ():
        eni = next((one for one in made if one.subnet.id == subnet_id), None)
        cidr = subnets[subnet_id].cidr
        address = eni.private_ip_address if eni else ""
        if not within(address, (cidr,)):
            block = IPv4Network(cidr)
            address = str(block[-2 - place % (block.num_addresses - 6)])
        identity = eni.id if eni else f"{endpoint.id} in {subnet_id}"
        yield Interface(identity, subnet_id, address, groups, description=f"VPC Endpoint Interface {endpoint.id}")


def _policy(endpoint: Any) -> Mapping[str, Any] | None:
    """None for the default policy. A text that is no policy allows nothing."""
    try:
        document = json.loads(endpoint.policy_document)
    except ValueError:
        return {}
    if not isinstance(document, dict):
        return {}
    return None if document == endpoint.DEFAULT_POLICY else document


def _group(one: Any) -> SecurityGroup:
    ingress = tuple(rule for line in one.ingress_rules for rule in _rules(line))
    egress = tuple(rule for line in one.egress_rules for rule in _rules(line))
    return SecurityGroup(one.id, one.vpc_id or "", ingress, egress, one.name)


def _rules(line: Any) -> Iterable[GroupRule]:
    peers = (line.ip_range.get("CidrIp"), line.source_group.get("GroupId"), line.prefix_list_id)
    every = line.ip_protocol == "-1" or line.from_port in (None, -1)
    ports = None if every else (line.from_port, line.to_port)
    return (GroupRule(peer, line.ip_protocol, ports) for peer in peers if peer)


def _acl(one: Any) -> NetworkAcl:
    return NetworkAcl(one.id, one.vpc_id, tuple(_entry(line) for line in one.network_acl_entries if line.cidr_block))


def _entry(line: Any) -> AclEntry:
    ports = None if line.port_range_from is None else (int(line.port_range_from), int(line.port_range_to))
    allow, egress = line.rule_action == "allow", _true(line.egress)
    return AclEntry(int(line.rule_number), allow, egress, line.cidr_block, str(line.protocol), ports)


def _interface(one: Any) -> Interface:
    groups = tuple(group.id for group in one._group_set)
    return Interface(
        one.id, one.subnet.id, one.private_ip_address or "", groups, one.public_ip or "", one.description or ""
    )


def _prefix_list(one: Any) -> PrefixList:
    latest = list(one.entries.values())[-1] if one.entries else []
    return PrefixList(one.id, one.prefix_list_name or "", tuple(entry["Cidr"] for entry in latest))
