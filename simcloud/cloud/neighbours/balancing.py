"""What moto's Elastic Load Balancing holds, as the laws see it. Where it was never used, nothing is imported."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.cloud.live import Call
from simcloud.rules.neighbours.forwarding import groups
from simcloud.rules.neighbours.seen import Balancer, Listener, TargetGroup


def _elb(call: Call) -> Any:
    """moto's backend; None where the service was never called."""
    module = sys.modules.get("moto.elbv2.models")
    return module.elbv2_backends[call.account][call.region] if module else None


def balancers(call: Call) -> dict[str, Balancer]:
    """By ARN."""
    elb = _elb(call)
    return {
        one.arn: Balancer(
            one.name,
            one.type,
            one.vpc_id,
            one.scheme or "internet-facing",
            tuple(subnet.id for subnet in one.subnets),
            tuple(one.security_groups or ()),
            one.ip_address_type or "ipv4",
            one.attrs.get("deletion_protection.enabled") == "true",
            {int(listener.port): listener.arn for listener in one.listeners.values() if listener.port},
            {key: str(value) for key, value in one.attrs.items()},
        )
        for one in (elb.load_balancers.values() if elb else ())
    }


def _listeners(call: Call) -> Iterator[Any]:
    elb = _elb(call)
    for balancer in elb.load_balancers.values() if elb else ():
        yield from balancer.listeners.values()


def listeners(call: Call) -> dict[str, Listener]:
    """By ARN."""
    return {
        one.arn: Listener(
            one.load_balancer_arn,
            one.protocol,
            int(one.port or 0),
            frozenset(str(rule.priority) for rule in one._non_default_rules.values()),
        )
        for one in _listeners(call)
    }


def rules(call: Call) -> dict[str, str]:
    """Listener of each rule, the default ones included."""
    return {rule.arn: one.arn for one in _listeners(call) for rule in one.rules.values()}


def default_rules(call: Call) -> dict[str, str]:
    """Listener of each rule that came with it."""
    return {rule.arn: one.arn for one in _listeners(call) for rule in one.rules.values() if rule.is_default}


def _used(call: Call) -> dict[str, list[str]]:
    """Load balancers by the target group that a listener or a rule of theirs forwards to."""
    found: dict[str, list[str]] = {}
    for one in _listeners(call):
        actions = [*one.default_actions, *(action for rule in one.rules.values() for action in rule.actions)]
        for action in actions:
            data: Mapping[str, Any] = getattr(action, "data", action)
            for arn in groups(data):
                found.setdefault(arn, [])
                if one.load_balancer_arn not in found[arn]:
                    found[arn].append(one.load_balancer_arn)
    return found


def target_groups(call: Call) -> dict[str, TargetGroup]:
    """By ARN."""
    elb, used = _elb(call), _used(call)
    return {one.arn: _target_group(one, used.get(one.arn, [])) for one in (elb.target_groups.values() if elb else ())}


def _target_group(one: Any, used: list[str]) -> TargetGroup:
    asked = {
        "Protocol": one.protocol,
        "Port": one.port,
        "VpcId": one.vpc_id,
        "TargetType": one.target_type,
        "ProtocolVersion": one.protocol_version,
        "HealthCheckProtocol": one.health_check_protocol,
        "HealthCheckPort": one.health_check_port,
        "HealthCheckPath": one.health_check_path,
        "HealthCheckIntervalSeconds": one.health_check_interval_seconds,
        "HealthCheckTimeoutSeconds": one.health_check_timeout_seconds,
    }
    return TargetGroup(
        one.name,
        one.target_type,
        one.protocol or "",
        one.protocol_version or "",
        int(one.port or 0),
        one.vpc_id or "",
        tuple(used),
        int(one.health_check_interval_seconds),
        int(one.health_check_timeout_seconds),
        one.health_check_protocol or "",
        {key: str(value) for key, value in one.attributes.items()},
        {key: str(value) for key, value in asked.items() if value is not None},
    )
