"""What the laws may see of the world, gathered for one request. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.cloud.ecs import finding
from simcloud.cloud.live import Call
from simcloud.rules.seen import Seen, Subnet, TargetGroup


def seen(call: Call, operation: str, request: Mapping[str, Any], definition: Mapping[str, Any] | None = None) -> Seen:
    """A view for a request that launches tasks. `definition` is the one that it names or that its service has."""
    active = [each for each in call.world.clusters.values() if each.status == "ACTIVE"]
    return Seen(
        account=call.account,
        region=call.region,
        clusters={each.name: each.providers for each in active},
        default_strategies={each.name: tuple(each.default_strategy) for each in active if each.default_strategy},
        definition=definition,
        subnets=subnets(call),
        security_groups=_groups(call),
        target_groups=_target_groups(call) if request.get("loadBalancers") or operation == "UpdateService" else {},
        services=_services(call, operation, request),
        tokens=_tokens(call, operation),
    )


def subnets(call: Call) -> dict[str, Subnet]:
    """All subnets of the account in the region."""
    from moto.ec2.models import ec2_backends

    zones = ec2_backends[call.account][call.region].subnets.values()
    return {each.id: Subnet(each.vpc_id, each.availability_zone) for zone in zones for each in zone.values()}


def token_key(operation: str, token: str) -> str:
    """Under which key the world keeps a used client token."""
    return f"{operation}/{token}"


def _groups(call: Call) -> dict[str, str]:
    from moto.ec2.models import ec2_backends

    groups = ec2_backends[call.account][call.region].groups.values()
    return {each.id: str(each.vpc_id or "") for held in groups for each in held.values()}


def _target_groups(call: Call) -> dict[str, TargetGroup]:
    from moto.elbv2.models import elbv2_backends

    groups = elbv2_backends[call.account][call.region].target_groups.values()
    return {
        each.arn: TargetGroup(each.target_type, each.vpc_id or "", bool(each.load_balancer_arns)) for each in groups
    }


def _services(call: Call, operation: str, request: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """As they were asked for; for an update as they are now."""
    inside = finding.maybe_cluster(call, request.get("cluster"))
    return {
        each.name: {**each.request, **each.asked} if operation == "UpdateService" else each.request
        for each in call.world.services.values()
        if inside is not None and each.cluster == inside.arn and each.status == "ACTIVE"
    }


def _tokens(call: Call, operation: str) -> dict[str, Mapping[str, Any]]:
    prefix = token_key(operation, "")
    return {key.removeprefix(prefix): held for key, held in call.world.tokens.items() if key.startswith(prefix)}
