"""What the laws of the neighbours see of the world: values only, looked up when a law first asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from simcloud.rules.neighbours.limits import Broken

V = TypeVar("V")


class Later(Mapping[str, V], Generic[V]):
    """A mapping that is gathered when it is first looked into: most laws need one or two of twenty."""

    def __init__(self, gather: Callable[[], Mapping[str, V]]) -> None:
        self._gather = gather
        self._held: Mapping[str, V] | None = None

    def __getitem__(self, key: str) -> V:
        return self._all()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> Mapping[str, V]:
        if self._held is None:
            self._held = self._gather()
        return self._held


@dataclass(frozen=True, slots=True)
class Vpc:
    """A VPC."""

    cidrs: tuple[str, ...]
    dns: bool
    """Are enableDnsSupport and enableDnsHostnames both on?"""
    gateway: str = ""
    """The internet gateway attached to it; '' where there is none."""


@dataclass(frozen=True, slots=True)
class Subnet:
    """A subnet."""

    vpc: str
    zone: str
    cidr: str
    free: int
    """Addresses that are still free in it."""
    held: frozenset[str]
    """Addresses that network interfaces hold."""


@dataclass(frozen=True, slots=True)
class RouteTable:
    """A route table."""

    vpc: str
    subnets: tuple[str, ...]
    """Those associated with it by name."""
    cidrs: tuple[str, ...]
    """Destinations of its routes."""
    main: bool = False
    """Is it the VPC's main route table?"""


@dataclass(frozen=True, slots=True)
class Address:
    """An Elastic IP."""

    public: str
    association: str
    """'' where it is associated with nothing."""
    nat_gateway: str
    """The NAT gateway that has it, or ''."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A VPC endpoint."""

    vpc: str
    service: str
    interface: bool
    private_dns: bool
    subnets: tuple[str, ...]
    route_tables: tuple[str, ...]
    prefix_list: str = ""
    """Id of the prefix list that a gateway endpoint is the route to."""


@dataclass(frozen=True, slots=True)
class Interface:
    """A network interface."""

    subnet: str
    vpc: str
    groups: tuple[str, ...]
    public: bool
    """Has it a public address?"""
    used: bool = False
    """Does something stand behind it: a task, a NAT gateway, an endpoint, a mount target?"""


@dataclass(frozen=True, slots=True)
class Group:
    """A security group."""

    vpc: str
    name: str
    ingress: tuple[tuple[str, str, str], ...]
    """Rules as (protocol, ports, peer)."""
    egress: tuple[tuple[str, str, str], ...]
    named_by: tuple[str, ...]
    """Other groups whose rules name this one."""


@dataclass(frozen=True, slots=True)
class Balancer:
    """A load balancer."""

    name: str
    kind: str
    """application, network or gateway."""
    vpc: str
    scheme: str
    subnets: tuple[str, ...]
    groups: tuple[str, ...]
    addresses: str
    """ipv4 or dualstack."""
    protected: bool
    """Is it protected from deletion?"""
    ports: Mapping[int, str]
    """Listeners by port."""
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listener:
    """A listener."""

    balancer: str
    protocol: str
    port: int
    priorities: frozenset[str]
    """Of its rules."""


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """A target group."""

    name: str
    kind: str
    """instance, ip, lambda or alb."""
    protocol: str
    version: str
    """HTTP1, HTTP2 or GRPC; '' for other protocols."""
    port: int
    vpc: str
    balancers: tuple[str, ...]
    interval: int
    """Of its health check, in seconds."""
    timeout: int
    check: str
    """Protocol of its health check."""
    attributes: Mapping[str, str]
    asked: Mapping[str, str]
    """What CreateTargetGroup set, by the request's member."""


@dataclass(frozen=True, slots=True)
class FileSystem:
    """An EFS file system."""

    zone: str
    """Of One Zone storage; '' for a regional file system."""
    mode: str
    """ThroughputMode."""
    subnets: tuple[str, ...]
    """Of its mount targets."""


@dataclass(frozen=True, slots=True)
class Role:
    """An IAM role."""

    attached: tuple[str, ...]
    """ARNs of its managed policies."""
    inline: Mapping[str, str]
    """Documents of its own policies by name."""


@dataclass(frozen=True, slots=True)
class User:
    """An IAM user."""

    keys: int
    """Access keys."""
    password: bool
    """Has it a login profile?"""
    devices: int
    """Of MFA."""
    circles: tuple[str, ...]
    """Groups that it is in."""


@dataclass(frozen=True, slots=True)
class Circle:
    """An IAM group."""

    users: tuple[str, ...]
    attached: tuple[str, ...]
    """ARNs of its managed policies."""
    inline: tuple[str, ...]
    """Names of its own policies."""


@dataclass(frozen=True, slots=True)
class Managed:
    """A managed policy of the account."""

    attachments: int
    versions: int


def _none() -> Mapping[str, V]:
    return {}


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A read-only view of the account in one region. What a request does not touch may be left empty."""

    operation: str = ""
    """That is asked for: CreateVpc."""
    account: str = "123456789012"
    region: str = "us-east-1"
    broken: tuple[Broken, ...] = ()
    """Where the request is outside the limits of the API's model."""
    zones: Mapping[str, str] = field(default_factory=_none)
    """Availability Zones of the region, each with its id."""
    vpcs: Mapping[str, Vpc] = field(default_factory=_none)
    subnets: Mapping[str, Subnet] = field(default_factory=_none)
    groups: Mapping[str, Group] = field(default_factory=_none)
    gateways: Mapping[str, str] = field(default_factory=_none)
    """Internet gateways, each with the VPC that it is attached to, or ''."""
    nat_gateways: Mapping[str, str] = field(default_factory=_none)
    """NAT gateways, each with its subnet. Deleted ones are not among them."""
    addresses: Mapping[str, Address] = field(default_factory=_none)
    """Elastic IPs by allocation id."""
    route_tables: Mapping[str, RouteTable] = field(default_factory=_none)
    lists: Mapping[str, str] = field(default_factory=_none)
    """Network ACLs, each with its VPC; those that came with a VPC are not among them."""
    interfaces: Mapping[str, Interface] = field(default_factory=_none)
    endpoints: Mapping[str, Endpoint] = field(default_factory=_none)
    endpoint_types: Mapping[str, tuple[str, ...]] = field(default_factory=_none)
    """By service name, the types of endpoint that the service has."""
    balancers: Mapping[str, Balancer] = field(default_factory=_none)
    """By ARN."""
    listeners: Mapping[str, Listener] = field(default_factory=_none)
    """By ARN."""
    rules: Mapping[str, str] = field(default_factory=_none)
    """Listener rules by ARN, each with its listener."""
    default_rules: Mapping[str, str] = field(default_factory=_none)
    """Those of them that a listener was made with."""
    target_groups: Mapping[str, TargetGroup] = field(default_factory=_none)
    """By ARN."""
    file_systems: Mapping[str, FileSystem] = field(default_factory=_none)
    mount_targets: Mapping[str, str] = field(default_factory=_none)
    """Each with its file system."""
    roles: Mapping[str, Role] = field(default_factory=_none)
    users: Mapping[str, User] = field(default_factory=_none)
    circles: Mapping[str, Circle] = field(default_factory=_none)
    """Groups of IAM by name."""
    policies: Mapping[str, Managed] = field(default_factory=_none)
    """Managed policies of the account by ARN."""
    leaving: Mapping[str, bool] = field(default_factory=_none)
    """Secrets by name and by ARN: is it to be deleted?"""
    event_rules: Mapping[str, str] = field(default_factory=_none)
    """Rules of EventBridge as bus/name, each with its ARN."""
    event_targets: Mapping[str, tuple[str, ...]] = field(default_factory=_none)
    """Ids of the targets of each rule of EventBridge, as bus/name."""
    trusting: Mapping[str, frozenset[str]] = field(default_factory=_none)
    """Roles by ARN, each with those of AWS's services that start things on schedules and events that may assume it."""
    zones_of_time: Mapping[str, str] = field(default_factory=_none)
    """Time zones by name."""
    schedule_groups: Mapping[str, tuple[str, ...]] = field(default_factory=_none)
    """Groups of EventBridge Scheduler, each with the names of its schedules."""
