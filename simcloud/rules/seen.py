"""What a law may see of the world: values only, gathered by `simcloud.cloud` before the request is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Subnet:
    """A subnet of the account."""

    vpc: str
    zone: str
    """Availability Zone name: us-east-1a."""


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """A target group of the account."""

    kind: str
    """TargetType: ip, instance, lambda or alb."""
    vpc: str
    balanced: bool
    """Does a load balancer forward to it?"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A read-only view of the world. What a request does not touch may be left empty."""

    account: str = "123456789012"
    region: str = "us-east-1"
    clusters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names of the ACTIVE clusters, each with the capacity providers associated with it."""
    inactive: frozenset[str] = frozenset()
    """Names of the clusters that were deleted."""
    default_strategies: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    """Default capacity provider strategy by cluster name, as the API spells the items; absent where there is none."""
    definition: Mapping[str, Any] | None = None
    """The stored task definition that the request names (`status` and `compatibilities` in it); None where there is
    none. For UpdateService without taskDefinition: the one that the service has."""
    subnets: Mapping[str, Subnet] = field(default_factory=dict)
    """By id, all of the account and region."""
    security_groups: Mapping[str, str] = field(default_factory=dict)
    """VPC id by security group id."""
    target_groups: Mapping[str, TargetGroup] = field(default_factory=dict)
    """By ARN."""
    services: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The ACTIVE services of the cluster that the request names, by name: what CreateService asked; for UpdateService
    what holds now."""
    rules: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Listener rules, and listeners of Network Load Balancers, by ARN, each with the target groups that it forwards
    to."""
    registries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Services of Cloud Map by ARN, each with the types of its DNS records."""
    namespaces: Mapping[str, str] = field(default_factory=dict)
    """ARN of each namespace of Cloud Map, by name and by ARN."""
    namespace_defaults: Mapping[str, str] = field(default_factory=dict)
    """The namespace that Service Connect takes in a cluster, by the cluster's name; absent where there is none."""
    discovered: Mapping[str, str] = field(default_factory=dict)
    """Names under which other services are found by Service Connect, as `namespace ARN/name`, with their ARNs."""
    tokens: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Requests of this operation already answered under a clientToken: by token, {"request": ..., "arns": [...]}."""
