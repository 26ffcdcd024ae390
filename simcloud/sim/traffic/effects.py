"""What is asked of the load balancers."""

from __future__ import annotations

from simcloud.sim.effects import Effect


class LookAtRules(Effect, frozen=True):
    """See where listeners or their rules send requests. Answered by RulesSeen."""

    service: str
    rules: tuple[str, ...]
    """ARNs. Of a listener, those of its rules count that forward to one of the groups."""
    groups: tuple[str, ...]


class SetWeights(Effect, frozen=True):
    """Give target groups these weights in a listener or a rule. Answered by RulesSeen, or by ShiftRefused."""

    service: str
    rule: str
    weights: tuple[tuple[str, int], ...]
    role: str = ""
    """ARN of the role that has to be allowed to; '' where nobody asks."""
    stage: str = ""
    """At which stage of a deployment it is done."""
