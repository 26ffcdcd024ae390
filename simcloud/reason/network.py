"""A region's network as plain values: what a path is found through.

Ids are AWS's (`vpc-...`, `subnet-...`), addresses are IPv4 text, ports are TCP. `Network` knows only lookups; the
judgement is in `filters`, `routes`, `names` and `path`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from simcloud.reason.addresses import within


@dataclass(frozen=True)
class Vpc:
    """A VPC. Both DNS switches matter: without support nothing resolves, without host names no private DNS."""

    id: str
    cidrs: tuple[str, ...]
    dns_support: bool = True
    dns_hostnames: bool = True
    name: str = ""


@dataclass(frozen=True)
class Subnet:
    """A subnet. Whether it is public or private is no property of it: its route table decides."""

    id: str
    vpc: str
    cidr: str
    zone: str = ""
    name: str = ""
    network_acl: str = ""


@dataclass(frozen=True)
class Route:
    """One line of a route table."""

    to: str
    """A block, or a prefix list (`pl-...`)."""
    via: str
    """`local`, or the id of a gateway, endpoint, peering connection ...; '' where the target is gone (blackhole)."""


@dataclass(frozen=True)
class RouteTable:
    """Routes for the subnets that name it; the `main` one also for subnets of the VPC that name none."""

    id: str
    vpc: str
    routes: tuple[Route, ...]
    subnets: tuple[str, ...] = ()
    main: bool = False
    name: str = ""


@dataclass(frozen=True)
class InternetGateway:
    id: str
    vpc: str = ""
    """The VPC it is attached to; '' where it is attached to none."""


@dataclass(frozen=True)
class NatGateway:
    """A NAT gateway. It leads out only where its own subnet does, and only with a public address."""

    id: str
    subnet: str
    address: str = ""
    public_address: str = ""
    available: bool = True


@dataclass(frozen=True)
class Interface:
    """A network interface (ENI): where a task, an endpoint or a mount target stands in a subnet."""

    id: str
    subnet: str
    address: str
    groups: tuple[str, ...] = ()
    public_address: str = ""
    description: str = ""


@dataclass(frozen=True)
class VpcEndpoint:
    """A VPC endpoint. Interface endpoints stand in subnets behind security groups; gateways stand in route tables."""

    id: str
    vpc: str
    service: str
    """The whole name: `com.amazonaws.us-east-1.ecr.api`."""
    kind: Literal["interface", "gateway"]
    interfaces: tuple[Interface, ...] = ()
    private_dns: bool = False
    route_tables: tuple[str, ...] = ()
    policy: Mapping[str, Any] | None = None
    """None for the default policy, which allows everything."""
    available: bool = True

    @property
    def short(self) -> str:
        """The service without its region: `ecr.api`."""
        return self.service.split(".", 3)[-1]


@dataclass(frozen=True)
class GroupRule:
    """One security group rule. `peer` is a block, a group (`sg-...`) or a prefix list (`pl-...`)."""

    peer: str
    protocol: str = "tcp"
    """`tcp`, `udp`, `icmp`, or `-1` for all of them."""
    ports: tuple[int, int] | None = None
    """First and last port; None for all of them."""

    def covers(self, port: int) -> bool:
        """Is a TCP connection to this port meant?"""
        if self.protocol == "-1":
            return True
        return self.protocol == "tcp" and (self.ports is None or self.ports[0] <= port <= self.ports[1])


@dataclass(frozen=True)
class SecurityGroup:
    """Stateful, and only allows: what no rule allows does not pass; the answer to what passed always does."""

    id: str
    vpc: str
    ingress: tuple[GroupRule, ...] = ()
    egress: tuple[GroupRule, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class AclEntry:
    """One numbered line of a network ACL. `ports` None means all."""

    number: int
    allow: bool
    egress: bool
    cidr: str
    protocol: str = "-1"
    """The number as text: `6` is TCP, `-1` is all."""
    ports: tuple[int, int] | None = None


@dataclass(frozen=True)
class NetworkAcl:
    """Stateless: the answer needs its own line. The first line by number that fits decides; none means no."""

    id: str
    vpc: str
    entries: tuple[AclEntry, ...]


@dataclass(frozen=True)
class PrefixList:
    """A named list of blocks, such as the addresses of S3 in a region."""

    id: str
    name: str
    cidrs: tuple[str, ...]


@dataclass(frozen=True)
class Network:
    """Everything of one account in one region that decides whether a connection opens."""

    region: str
    account: str
    vpcs: Mapping[str, Vpc] = field(default_factory=dict)
    subnets: Mapping[str, Subnet] = field(default_factory=dict)
    route_tables: Mapping[str, RouteTable] = field(default_factory=dict)
    internet_gateways: Mapping[str, InternetGateway] = field(default_factory=dict)
    nat_gateways: Mapping[str, NatGateway] = field(default_factory=dict)
    endpoints: Mapping[str, VpcEndpoint] = field(default_factory=dict)
    groups: Mapping[str, SecurityGroup] = field(default_factory=dict)
    acls: Mapping[str, NetworkAcl] = field(default_factory=dict)
    interfaces: Mapping[str, Interface] = field(default_factory=dict)
    prefix_lists: Mapping[str, PrefixList] = field(default_factory=dict)
    private_zones: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]] = field(default_factory=dict)
    """Private hosted zones by VPC, by the zone's name: the addresses of each name in it."""

    def route_table_of(self, subnet: str) -> RouteTable | None:
        """The table that names the subnet, else the main table of its VPC."""
        vpc = self.subnets[subnet].vpc
        tables = [table for table in self.route_tables.values() if table.vpc == vpc]
        named = (table for table in tables if subnet in table.subnets)
        return next(named, next((table for table in tables if table.main), None))

    def vpc_of(self, subnet: str) -> Vpc:
        """The VPC in which the subnet lies."""
        return self.vpcs[self.subnets[subnet].vpc]

    def endpoints_in(self, vpc: str) -> Iterator[VpcEndpoint]:
        """The endpoints of the VPC that are in service."""
        return (endpoint for endpoint in self.endpoints.values() if endpoint.vpc == vpc and endpoint.available)

    @cached_property
    def _everyone(self) -> dict[tuple[str, str], Interface]:
        """Interfaces by VPC and private address, those of the endpoints among them."""
        standing = [one for endpoint in self.endpoints.values() if endpoint.available for one in endpoint.interfaces]
        return {
            (self.subnets[one.subnet].vpc, one.address): one
            for one in [*self.interfaces.values(), *standing]
            if one.subnet in self.subnets
        }

    def interfaces_in(self, subnet: str) -> Iterator[Interface]:
        """The interfaces in the subnet, without those of NAT gateways and of endpoints."""
        nats = {(nat.subnet, nat.address) for nat in self.nat_gateways.values()}
        for one in self.interfaces.values():
            if one.subnet == subnet and (subnet, one.address) not in nats:
                yield one

    def standing_at(self, vpc: str, address: str) -> Interface | None:
        """The interface that has this private address in the VPC."""
        return self._everyone.get((vpc, address))

    def inside(self, vpc: str, address: str) -> bool:
        """Is the address one of the VPC's own?"""
        return within(address, self.vpcs[vpc].cidrs)
