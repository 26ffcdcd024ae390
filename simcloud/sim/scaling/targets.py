"""A scalable target is registered, changed, and leaves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.effects import After, Effect
from simcloud.sim.scaling import events as se
from simcloud.sim.scaling.activities import into_range
from simcloud.sim.scaling.effects import DeleteAlarms, MakeScalingRole
from simcloud.sim.scaling.state import Target

if TYPE_CHECKING:
    from simcloud.sim.world import World


def tell(world: World, target: Target, what: str, why: str = "") -> None:
    """A line of the story about a target."""
    name = target.resource.rsplit("/", 1)[-1]
    world.story.tell(world.now, f"scaling of {name}", what, why, (name, target.service, target.arn))


@after(se.TargetRegistered)
def register(world: World, event: se.TargetRegistered) -> Iterator[Effect]:
    """The target exists; a desired count outside of its bounds is moved into them."""
    target = event.registered
    world.scaling.targets[target.key] = target
    if event.tags:
        world.tags[target.arn] = dict(event.tags)
    tell(world, target, f"registered: between {target.minimum} and {target.maximum} tasks")
    yield MakeScalingRole()
    yield from into_range(world, target)


@after(se.TargetChanged)
def change(world: World, event: se.TargetChanged) -> Iterator[Effect]:
    """New bounds or another suspended state; the count is looked at, even where no bound changed (R-244)."""
    target = world.scaling.targets[event.target]
    if (target.minimum, target.maximum) != (event.minimum, event.maximum):
        tell(world, target, f"now between {event.minimum} and {event.maximum} tasks")
    for name in event.suspended:
        if event.suspended[name] != target.suspended.get(name, False):
            tell(world, target, f"{name} is {str(event.suspended[name]).lower()} now")
    target.minimum, target.maximum, target.suspended = event.minimum, event.maximum, event.suspended
    yield from into_range(world, target)


@after(se.TargetDeregistered)
def deregister(world: World, event: se.TargetDeregistered) -> Iterator[Effect]:
    """The target leaves, with its policies, their alarms and its scheduled actions."""
    target = world.scaling.targets.pop(event.target, None)
    if target is None:
        return
    world.tags.pop(target.arn, None)
    tell(world, target, "deregistered", event.why)
    names = tuple(name for policy in target.policies.values() for name in policy.alarms)
    if names:
        yield DeleteAlarms(names)


@after(e.ServiceDeleted)
def leave_with_the_service(world: World, event: e.ServiceDeleted) -> Iterator[Effect]:
    """Who deletes a service finds its target deregistered (https://github.com/eagletmt/hako/pull/69)."""
    for target in world.scaling.targets.values():
        if target.service == event.service:
            yield After(0.0, se.TargetDeregistered(target.key, "its service was deleted"))
