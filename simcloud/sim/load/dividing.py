"""Requests are divided over target groups by the weights of a listener's rule, and over the tasks in each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from simcloud.sim.load.state import Kind
from simcloud.sim.service import Service

if TYPE_CHECKING:
    from simcloud.sim.world import World

EVENLY: dict[str, float] = {}
"""Nothing divides them: they go to every task that serves alike."""


def divided(world: World, service: Service) -> dict[str, float]:
    """Share of the requests by target group, as the first of the service's rules that is known has it; EVENLY where
    the service has no such rule. Of a rule without any weight nobody gets anything."""
    for rule in world.loads.routes.get(service.arn, ()):
        if weights := world.loads.rules.get(rule):
            total = sum(weight for _, weight in weights)
            return {group: weight / total if total else 0.0 for group, weight in weights}
    return EVENLY


def spread(kinds: Sequence[Kind], shares: Mapping[str, float]) -> tuple[Kind, ...]:
    """The kinds with their share, and with how many tasks they have to share it."""
    if not shares:
        everybody = sum(kind.serving for kind in kinds)
        return tuple(kind._replace(share=1.0, among=everybody) for kind in kinds)
    serving: Counter[str] = Counter()
    for kind in kinds:
        serving[kind.group] += kind.serving
    return tuple(kind._replace(share=shares.get(kind.group, 0.0), among=serving[kind.group]) for kind in kinds)


def nowhere(kinds: Sequence[Kind], shares: Mapping[str, float], own: Collection[str]) -> float:
    """Share of the requests that go where nothing serves. What a rule sends to groups of others is theirs to serve."""
    if not shares:
        return 0.0 if any(kind.serving for kind in kinds) else 1.0
    if not any(shares.values()):
        return 1.0
    served = {kind.group for kind in kinds if kind.serving}
    return sum(share for group, share in shares.items() if group in own and group not in served)
