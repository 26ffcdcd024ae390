"""A VPC in words: what the diagram shows, for who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from simcloud.reason.network import Network, RouteTable, Subnet
from simcloud.reason.path import Path
from simcloud.views.keys import Key

NAMELESS = "network interface"
"""What an interface is called where nothing better is known."""


def describe(
    network: Network, vpc: str, path: Path | None, keys: Sequence[Key], labels: Mapping[str, str] = MappingProxyType({})
) -> str:
    """The VPC, its subnets with what stands in them and where their routes lead, the keys and the path."""
    held = network.vpcs[vpc]
    lines = [f"VPC {vpc} {' '.join(held.cidrs)}, DNS support {_on(held.dns_support)}, "
             f"DNS host names {_on(held.dns_hostnames)}"]  # fmt: skip
    for subnet in network.subnets.values():
        if subnet.vpc == vpc:
            lines += _subnet(network, subnet, labels)
    lines += _gateways(network, vpc)
    lines += [f"  key {key.says}" for key in keys]
    if path is not None:
        lines += [f"Path to {path.host} port {path.port}:"]
        lines += [f"  {number}. {'passed' if hop.ok else 'ENDS HERE'}: {hop.says}"
                  for number, hop in enumerate(path.hops, start=1)]  # fmt: skip
        lines.append(path.why)
    return "\n".join(lines)


def _on(value: bool) -> str:
    return "on" if value else "off"


def _subnet(network: Network, subnet: Subnet, labels: Mapping[str, str]) -> Iterator[str]:
    table = network.route_table_of(subnet.id)
    kind = "public (its default route leads to an internet gateway)" if _public(table) else "private"
    yield f"  subnet {subnet.id} {subnet.cidr} {subnet.zone}: {kind}"
    for one in network.interfaces_in(subnet.id):
        public = f", public address {one.public_address}" if one.public_address else ", no public address"
        yield f"    {labels.get(one.id, NAMELESS)} {one.id}: {one.address}{public}"
    for nat in network.nat_gateways.values():
        if nat.subnet == subnet.id and nat.available:
            yield f"    NAT gateway {nat.id}: {nat.public_address or 'no public address'}"
    for endpoint in network.endpoints_in(subnet.vpc):
        for standing in endpoint.interfaces:
            if standing.subnet == subnet.id:
                what = f"interface endpoint {endpoint.id} for {endpoint.short}"
                yield f"    {what}: {standing.address}, private DNS {_on(endpoint.private_dns)}"
    if table is not None:
        routes = ", ".join(f"{route.to} to {route.via or 'nowhere'}" for route in table.routes if route.via != "local")
        yield f"    route table {table.id}: the VPC's own addresses stay inside{', ' + routes if routes else ''}"


def _public(table: RouteTable | None) -> bool:
    routes = table.routes if table else ()
    return any(route.to == "0.0.0.0/0" and route.via.startswith("igw-") for route in routes)


def _gateways(network: Network, vpc: str) -> Iterator[str]:
    for gateway in network.internet_gateways.values():
        if gateway.vpc == vpc:
            yield f"  internet gateway {gateway.id}"
    for endpoint in network.endpoints_in(vpc):
        if endpoint.kind == "gateway":
            tables = ", ".join(endpoint.route_tables) or "no route table"
            yield f"  gateway endpoint {endpoint.id} for {endpoint.short}, in {tables}"
