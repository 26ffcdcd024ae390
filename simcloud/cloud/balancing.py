"""Target groups in moto's ELBv2: what tasks register and deregister there, and how their health checks are."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Network
from typing import Any

from simcloud.cloud.live import Call, Live
from simcloud.facts import timings
from simcloud.reason.network import GroupRule, Interface, Network, SecurityGroup
from simcloud.reason.path import find_path
from simcloud.sim.effects import DeregisterTargets, LookAtTargets, RegisterTargets
from simcloud.sim.events import Event, TargetsDeregistered, TargetsLookedAt, TargetsRegistered
from simcloud.sim.health import TRAFFIC_PORT, HealthCheck

DELAY = "deregistration_delay.timeout_seconds"
NODE = 8
"""Load balancer nodes stand at this place, counted from the end of their subnet's block: moto gives them none."""

ANYWHERE = SecurityGroup("a load balancer without security groups", "", egress=(GroupRule("0.0.0.0/0", "-1"),))


def perform(live: Live, effect: RegisterTargets | DeregisterTargets | LookAtTargets) -> Event:
    """Register or deregister the task's address, or look at its checks. A target group that was deleted meanwhile is
    passed over."""
    groups = _groups(live, effect)
    if isinstance(effect, DeregisterTargets):
        for group, _ in groups:
            if effect.address in group.targets:
                group.deregister([{"Id": effect.address}])
        delays = [float(group.attributes.get(DELAY, timings.DEREGISTRATION_DELAY_DEFAULT.value)) for group, _ in groups]
        return TargetsDeregistered(effect.task, max(delays, default=0.0))
    checks = tuple(_check(live, effect, group, port) for group, port in groups)
    if isinstance(effect, LookAtTargets):
        return TargetsLookedAt(effect.task, checks)
    for group, port in groups:
        group.register([{"Id": effect.address, "Port": port}])
    return TargetsRegistered(effect.task, checks)


def _groups(live: Live, effect: RegisterTargets | DeregisterTargets | LookAtTargets) -> list[tuple[Any, int]]:
    from moto.elbv2.models import elbv2_backends

    held = elbv2_backends[live.account][live.region].target_groups
    return [(held[arn], port) for arn, port in effect.targets if arn in held]


def _check(live: Live, effect: RegisterTargets | LookAtTargets, group: Any, port: int) -> HealthCheck:
    from simcloud.cloud.neighbours.balancing import target_groups

    used = target_groups(Call(live, live.account, live.region, "")).get(group.arn)
    balancers = used.balancers if used else ()
    check_port = str(group.health_check_port or TRAFFIC_PORT)
    asked = port if not check_port.isdigit() else int(check_port)
    return HealthCheck(
        group=group.arn,
        port=port,
        protocol=str(group.health_check_protocol or "HTTP"),
        check_port=check_port if check_port.isdigit() else TRAFFIC_PORT,
        path=str(group.health_check_path or "/"),
        matcher=str((getattr(group, "matcher", None) or {}).get("HttpCode") or "200"),
        interval=float(group.health_check_interval_seconds),
        timeout=float(group.health_check_timeout_seconds),
        healthy=int(group.healthy_threshold_count),
        unhealthy=int(group.unhealthy_threshold_count),
        used=bool(balancers),
        balancers=tuple(arn.partition(":loadbalancer/")[2] for arn in balancers),
        closed=_closed(live, balancers, effect.interface, asked),
    )


def _closed(live: Live, balancers: tuple[str, ...], interface: str, port: int) -> str:
    """Why a load balancer's node does not get through to the interface; '' where all do."""
    from moto.elbv2.models import elbv2_backends

    from simcloud.cloud.network import around

    held = elbv2_backends[live.account][live.region].load_balancers
    try:
        picture = around(interface, live.region, live.account)
    except KeyError:
        return f"the network interface {interface} is gone"
    picture = replace(picture, groups={**picture.groups, ANYWHERE.id: ANYWHERE})
    target = picture.interfaces[interface]
    for balancer in (held[arn] for arn in balancers if arn in held):
        for subnet in balancer.subnets:
            path = find_path(picture, node(picture, balancer, subnet.id), target.address, port)
            if not path.open:
                return path.why.rstrip(".")
    return ""


def node(picture: Network, balancer: Any, subnet: str) -> Interface:
    """A node of the load balancer, in one of its subnets. One without security groups is in the VPC's default group; a
    Network Load Balancer without any speaks from its own address."""
    block = IPv4Network(picture.subnets[subnet].cidr)
    groups = tuple(balancer.security_groups or ())
    if not groups and balancer.type != "network":
        vpc = picture.subnets[subnet].vpc
        groups = tuple(one.id for one in picture.groups.values() if one.vpc == vpc and one.name == "default")
    if not groups:
        groups = (ANYWHERE.id,)
    return Interface(f"{balancer.name} in {subnet}", subnet, str(block[-NODE]), groups, description=balancer.name)
