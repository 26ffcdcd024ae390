"""What the laws of EKS may see of the world. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

ACTIVE = "ACTIVE"


class Subnet(NamedTuple):
    """A subnet, as far as EKS looks at it."""

    vpc: str
    zone: str
    """us-east-1a"""
    zone_id: str
    """use1-az6"""
    private: bool
    """No route of its table, or of the VPC's main one, leads to an internet gateway."""


class Cluster(NamedTuple):
    """The cluster that a request names."""

    name: str
    status: str = ACTIVE
    version: str = "1.35"
    vpc: str = ""
    zones: tuple[str, ...] = ()
    authentication: str = "CONFIG_MAP"
    public: bool = True
    private: bool = False
    public_cidrs: tuple[str, ...] = ("0.0.0.0/0",)
    subnets: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    logged: tuple[str, ...] = ()
    """Types of control plane logs that are exported."""
    support: str = "EXTENDED"
    protected: bool = False
    zonal_shift: bool = False
    service_cidr: str = ""
    came_from: str = ""
    """The version before the last upgrade, as long as the cluster may go back to it."""


@dataclass(frozen=True)
class EksSeen:
    """The account and region that a request is made in, and the cluster that it names (None where there is none)."""

    account: str = ""
    region: str = ""
    cluster: Cluster | None = None
    taken: frozenset[str] = frozenset()
    """Names of clusters."""
    things: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What the cluster has: kind (fargateprofile, nodegroup, addon, access-entry, podidentityassociation,
    identityproviderconfig) to status (or type, or id) by name."""
    node_versions: Mapping[str, str] = field(default_factory=dict)
    subnets: Mapping[str, Subnet] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    """VPC by security group."""
    vpcs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """CIDR blocks by VPC."""
    principals: frozenset[str] = frozenset()
    """ARNs of roles, users and the root user of the account."""
    trusts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By role ARN, the services that may assume it; only roles that the request names."""
    associations: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Pod identity associations: id by namespace and service account."""

    def of(self, kind: str) -> Mapping[str, str]:
        """What the cluster has of a kind, by name."""
        return self.things.get(kind, {})

    def is_trusting(self, role: str, service: str) -> bool:
        """May the service assume the role?"""
        return service in self.trusts.get(role, frozenset())
