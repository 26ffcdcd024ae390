"""What is known of listeners and their rules."""

from __future__ import annotations

from simcloud.sim.events import ServiceEvent

Weights = tuple[tuple[str, float], ...]
"""ARNs of target groups, each with its weight."""


class RulesSeen(ServiceEvent, frozen=True):
    """So the rules stand now. One that does not exist has None."""

    rules: tuple[tuple[str, Weights | None], ...]
    shifted: bool = False
    """Have their weights just been set? Then only the one that was set is told."""


class ShiftRefused(ServiceEvent, frozen=True):
    """ECS may not change a rule. `reason` is AWS's sentence about it."""

    stage: str
    reason: str
    why: str
