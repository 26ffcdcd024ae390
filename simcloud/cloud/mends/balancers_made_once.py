"""CreateLoadBalancer and CreateTargetGroup give back what exists where the same settings are asked again; moto makes a
second load balancer of the name, refuses the target group, and refuses two hyphens in a row, which AWS takes.

Idempotent: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html and
API_CreateLoadBalancer.html; the pattern of names: https://github.com/badmintoncryer/cdk-preflight (pf-elbv2-tg-name),
all read 2026-11-22. Other settings under the same name are refused by a law (FG408, FG423).
"""

from __future__ import annotations

import re
from types import ModuleType
from typing import Any

from simcloud.cloud.simulated import StandIn

NO_DOUBLE_HYPHEN = r"(?!.*--)(?!^-)(?!.*-$)^[A-Za-z0-9-]+$"
"""moto's pattern."""


def mend(module: ModuleType) -> None:
    """Look for the name first."""
    changed: Any = module
    backend = changed.ELBv2Backend
    make_balancer, make_group = backend.create_load_balancer, backend.create_target_group

    def create_load_balancer(self: Any, name: str, *args: Any, **kwargs: Any) -> Any:
        held = next((one for one in self.load_balancers.values() if one.name == name), None)
        return held or make_balancer(self, name, *args, **kwargs)

    def create_target_group(self: Any, name: str, **kwargs: Any) -> Any:
        held = next((one for one in self.target_groups.values() if one.name == name), None)
        return held or make_group(self, name, **kwargs)

    backend.create_load_balancer = create_load_balancer
    backend.create_target_group = create_target_group
    changed.re = StandIn(re, match=_match)


def _match(pattern: Any, text: str, flags: int = 0) -> re.Match[str] | None:
    allowed = pattern.replace("(?!.*--)", "") if pattern == NO_DOUBLE_HYPHEN else pattern
    return re.match(allowed, text, flags)
