"""A scheduled action is put, runs when it is due, and is deleted. It waits for no cooldown (R-253)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts.words import scaling as words
from simcloud.sim.after import after
from simcloud.sim.effects import After, Effect
from simcloud.sim.scaling import events as se
from simcloud.sim.scaling.activities import into_range, record
from simcloud.sim.scaling.state import FAILED, SUCCESSFUL, Action, Target
from simcloud.sim.scaling.targets import tell
from simcloud.sim.schedules import first_run, next_run

if TYPE_CHECKING:
    from simcloud.sim.world import World

SUSPENDED = "ScheduledScalingSuspended"


@after(se.ActionPut)
def put(world: World, event: se.ActionPut) -> Iterator[Effect]:
    """The action is there; its first run is planned."""
    target, action = world.scaling.targets[event.target], event.action
    verb = "changed" if action.name in target.actions else "put"
    target.actions[action.name] = action
    due = first_run(action.plan, world.now)
    never = "" if due is not None else "its time has passed, so it never runs"
    tell(world, target, f"scheduled action {action.name} {verb}: {action.asked['Schedule']}", never)
    yield from _planned(world, target, action, due)


@after(se.ActionDeleted)
def delete(world: World, event: se.ActionDeleted) -> Iterator[Effect]:
    """The action is gone; what it has set stays."""
    target = world.scaling.targets[event.target]
    del target.actions[event.name]
    tell(world, target, f"scheduled action {event.name} deleted")
    yield from ()


@after(se.ActionDue)
def run(world: World, event: se.ActionDue) -> Iterator[Effect]:
    """Set the bounds, move the count into them, and plan the next run."""
    target = world.scaling.targets.get(event.target)
    action = target.actions.get(event.name) if target else None
    if target is None or action is None or action.turn != event.turn:
        return
    if target.suspended.get(SUSPENDED):
        tell(world, target, f"scheduled action {action.name} does not run", "scheduled scaling is suspended")
    else:
        yield from _apply(world, target, action)
    yield from _planned(world, target, action, next_run(action.plan, world.now))


def _planned(world: World, target: Target, action: Action, due: float | None) -> Iterator[Effect]:
    if due is not None:
        yield After(due - world.now, se.ActionDue(target.key, action.name, action.turn))


def _apply(world: World, target: Target, action: Action) -> Iterator[Effect]:
    """A new least above the old most (or the reverse) fails: then the action has to set both."""
    asked = action.asked["ScalableTargetAction"]
    least, most = asked.get("MinCapacity"), asked.get("MaxCapacity")
    wanted = (("min capacity", least), ("max capacity", most))
    bounds = " and ".join(f"{name} to {value}" for name, value in wanted if value is not None)
    cause = words.WAS_TRIGGERED.format(name=action.name)
    minimum = target.minimum if least is None else least
    maximum = target.maximum if most is None else most
    description = words.SETTING_BOUNDS.format(bounds=bounds)
    if minimum > maximum:
        text = words.BOUNDS_FAILED.format(bounds=bounds, reason=words.CAPACITY_ORDER)
        record(world, target, description, cause, FAILED, text).ended_at = world.now
        tell(world, target, f"scheduled action {action.name} fails", f"{minimum} to {maximum} tasks is no range")
        return
    record(world, target, description, cause, SUCCESSFUL, words.BOUNDS_SET.format(bounds=bounds))
    target.minimum, target.maximum = minimum, maximum
    tell(world, target, f"now between {minimum} and {maximum} tasks", cause)
    yield from into_range(world, target)
