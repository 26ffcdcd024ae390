"""moto's DescribeTargetHealth says of every address that it is healthy, at once and for ever. Tasks are checked in the
simulation: what it found is told here. Targets that no task has (instances, addresses of elsewhere) stay moto's where a
load balancer uses their group; where none does they are unused, as is what was never registered.

Recorded on 27 September 2026: https://github.com/radkawar/stackd (testdata/aws/elbv2/target_group_native.json).
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

from simcloud.sim.health import UNUSED


def mend(module: ModuleType) -> None:
    """Ask the simulation; show targets that drain, too."""
    from simcloud.cloud import target_health

    plain = module.ELBv2Backend.describe_target_health

    def describe_target_health(self: Any, target_group_arn: str, targets: list[dict[str, Any]]) -> list[Any]:
        held = target_health.of(target_group_arn)
        if not targets and held:
            group = self.target_groups.get(target_group_arn)
            known = dict(group.targets) if group else {}
            leaving = {address: {"Id": address, "Port": one.port} for address, one in held.items()}
            targets = list({**known, **leaving}.values())
        found = []
        for target in plain(self, target_group_arn, targets) if targets or not held else ():
            one = held.get(target.instance_id)
            if one is not None:
                health = one.health
                target = module.FakeHealthStatus(
                    target.instance_id,
                    one.port,
                    str(one.port) if one.check_port == "traffic-port" else one.check_port,
                    health.state,
                    health.reason or None,
                    health.description or None,
                )
            else:
                _tell_unused(self, target_group_arn, target)
            found.append(target)
        return found

    module.ELBv2Backend.describe_target_health = describe_target_health


def _tell_unused(backend: Any, arn: str, target: Any) -> None:
    """Correct what moto says of a target that no task has."""
    if target.health_check_port == "traffic-port":
        target.health_check_port = str(target.port)
    if target.instance_id not in backend.target_groups[arn].targets:
        target.status, target.reason = "unused", "Target.NotRegistered"
        target.description = "Target is not registered to the target group"
    elif not backend._any_listener_using(arn):
        target.status, target.reason, target.description = UNUSED.state, UNUSED.reason, UNUSED.description
