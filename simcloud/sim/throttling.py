"""Calls that AWS refuses for a while because there were too many: commanded, for lessons (R-095)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.sim.after import after
from simcloud.sim.effects import After, Effect
from simcloud.sim.events import Event

if TYPE_CHECKING:
    from simcloud.sim.world import World


class Throttled(Event, frozen=True):
    """Calls of an operation (`ecs:RunTask`) or of a service (`ecs`) are refused."""

    operation: str
    until: float
    """Epoch seconds."""


class ThrottleEnded(Event, frozen=True):
    """They are answered again."""

    operation: str
    until: float


@after(Throttled)
def throttle(world: World, event: Throttled) -> Iterator[Effect]:
    """Whoever calls has to try again later."""
    world.faults.throttled[event.operation] = event.until
    told = f"calls of {event.operation} are throttled for {event.until - world.now:g} s"
    world.story.tell(world.now, "fault", told, "commanded", ("fault", event.operation))
    yield After(event.until - world.now, ThrottleEnded(event.operation, event.until))


@after(ThrottleEnded)
def end(world: World, event: ThrottleEnded) -> Iterator[Effect]:
    """Unless they were throttled anew since."""
    if world.faults.throttled.get(event.operation) == event.until:
        del world.faults.throttled[event.operation]
        told = f"calls of {event.operation} are answered again"
        world.story.tell(world.now, "fault", told, "", ("fault", event.operation))
    yield from ()
