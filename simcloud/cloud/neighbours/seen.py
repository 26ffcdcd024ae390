"""The view for the laws: which mappings there are, each gathered from moto when a law first looks into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from simcloud.cloud.live import Call
from simcloud.cloud.neighbours import balancing, keeping, networks
from simcloud.rules.neighbours.limits import Broken
from simcloud.rules.neighbours.seen import Later, Neighbours


def gather(call: Call, broken: tuple[Broken, ...], operation: str = "") -> Neighbours:
    """What a law may see of the operation, and of the account and region of the call."""

    def later(collect: Callable[[Call], Mapping[str, Any]]) -> Later[Any]:
        return Later(lambda: collect(call))

    return Neighbours(
        operation=operation,
        account=call.account,
        region=call.region,
        broken=broken,
        zones=later(networks.zones),
        vpcs=later(networks.vpcs),
        subnets=later(networks.subnets),
        groups=later(networks.groups),
        gateways=later(networks.gateways),
        nat_gateways=later(networks.nat_gateways),
        addresses=later(networks.addresses),
        route_tables=later(networks.route_tables),
        lists=later(networks.lists),
        interfaces=later(networks.interfaces),
        endpoints=later(networks.endpoints),
        endpoint_types=later(networks.endpoint_types),
        balancers=later(balancing.balancers),
        listeners=later(balancing.listeners),
        rules=later(balancing.rules),
        default_rules=later(balancing.default_rules),
        target_groups=later(balancing.target_groups),
        file_systems=later(keeping.file_systems),
        mount_targets=later(keeping.mount_targets),
        roles=later(keeping.roles),
        users=later(keeping.users),
        circles=later(keeping.circles),
        policies=later(keeping.policies),
        leaving=later(keeping.leaving),
        event_rules=later(keeping.event_rules),
        event_targets=later(keeping.event_targets),
        trusting=later(keeping.trusting),
        zones_of_time=later(keeping.zones_of_time),
        schedule_groups=later(keeping.schedule_groups),
    )
