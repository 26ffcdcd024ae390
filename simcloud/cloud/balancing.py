"""Target groups in moto's ELBv2: what tasks register and deregister there."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.live import Live
from simcloud.facts import timings
from simcloud.sim.effects import DeregisterTargets, RegisterTargets
from simcloud.sim.events import Event, TargetsDeregistered, TargetsRegistered

DELAY = "deregistration_delay.timeout_seconds"


def perform(live: Live, effect: RegisterTargets | DeregisterTargets) -> Event:
    """Register or deregister the task's address. A target group that was deleted meanwhile is passed over."""
    groups = _groups(live, effect)
    if isinstance(effect, RegisterTargets):
        for group, port in groups:
            group.register([{"Id": effect.address, "Port": port}])
        waits = [float(group.health_check_interval_seconds) for group, _ in groups]
        return TargetsRegistered(effect.task, max(waits, default=0.0))
    for group, _ in groups:
        if effect.address in group.targets:
            group.deregister([{"Id": effect.address}])
    delays = [float(group.attributes.get(DELAY, timings.DEREGISTRATION_DELAY_DEFAULT.value)) for group, _ in groups]
    return TargetsDeregistered(effect.task, max(delays, default=0.0))


def _groups(live: Live, effect: RegisterTargets | DeregisterTargets) -> list[tuple[Any, int]]:
    from moto.elbv2.models import elbv2_backends

    held = elbv2_backends[live.account][live.region].target_groups
    return [(held[arn], port) for arn, port in effect.targets if arn in held]
