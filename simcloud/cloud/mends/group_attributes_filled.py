"""A target group of HTTP or HTTPS has all the attributes that AWS gives one; moto leaves out half of them, and adds one
of load balancers.

Recorded on 27 September 2026: https://github.com/radkawar/stackd (testdata/aws/elbv2/target_group_native.json).
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

DEFAULTS = {
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": "off",
    "deregistration_delay.timeout_seconds": "300",
    "stickiness.type": "lb_cookie",
    "stickiness.lb_cookie.duration_seconds": "86400",
    "slow_start.duration_seconds": "0",
    "stickiness.app_cookie.duration_seconds": "86400",
    "load_balancing.algorithm.type": "round_robin",
    "load_balancing.cross_zone.enabled": "use_load_balancer_configuration",
    "target_group_health.dns_failover.minimum_healthy_targets.percentage": "off",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": "1",
    "stickiness.enabled": "false",
    "target_group_health.dns_failover.minimum_healthy_targets.count": "1",
    "stickiness.app_cookie.cookie_name": "",
    "load_balancing.algorithm.anomaly_mitigation": "off",
}


def mend(module: ModuleType) -> None:
    """Fill them in as a group is made."""
    group: Any = module.FakeTargetGroup
    plain = group.__init__

    def made(self: Any, *args: Any, **kwargs: Any) -> None:
        plain(self, *args, **kwargs)
        if self.protocol in ("HTTP", "HTTPS") and self.target_type != "lambda":
            self.attributes = dict(DEFAULTS)

    group.__init__ = made
