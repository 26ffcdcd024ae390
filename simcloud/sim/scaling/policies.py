"""A scaling policy is put and deleted, and its alarms with it (R-245)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.sim.after import after
from simcloud.sim.effects import Effect
from simcloud.sim.scaling import events as se
from simcloud.sim.scaling.effects import DeleteAlarms
from simcloud.sim.scaling.targets import tell

if TYPE_CHECKING:
    from simcloud.sim.world import World

NO_FORECAST = "it has no effect in this simulation: no load is forecast"


@after(se.PolicyPut)
def put(world: World, event: se.PolicyPut) -> Iterator[Effect]:
    """The policy is there, with the alarms that it needs."""
    target = world.scaling.targets[event.target]
    verb = "changed" if event.policy.name in target.policies else "put"
    held = target.policies.get(event.policy.name)
    event.policy.last = held.last if held else None
    target.policies[event.policy.name] = event.policy
    why = NO_FORECAST if event.policy.kind == "PredictiveScaling" else ""
    tell(world, target, f"policy {event.policy.name} ({event.policy.kind}) {verb}", why)
    yield from event.alarms
    if event.gone:
        yield DeleteAlarms(event.gone)


@after(se.PolicyDeleted)
def delete(world: World, event: se.PolicyDeleted) -> Iterator[Effect]:
    """The policy is gone, and the alarms that it owned; one that its maker made stays."""
    target = world.scaling.targets[event.target]
    policy = target.policies.pop(event.name)
    tell(world, target, f"policy {policy.name} deleted")
    if policy.alarms:
        yield DeleteAlarms(policy.alarms)
