"""CloudFormation looks again and again at a stack whose resources are not ready: in simulated time, by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from simcloud.sim.after import after
from simcloud.sim.effects import Effect
from simcloud.sim.events import Event

if TYPE_CHECKING:
    from simcloud.sim.world import World


class StackReviewDue(Event, frozen=True):
    """It is time to look at a stack. `turn` makes it stale once the stack does something else."""

    stack: str
    turn: int
    priority: ClassVar[int] = 9


class StackTold(Event, frozen=True):
    """Something about a stack is to be told."""

    stack: str
    what: str
    why: str
    about: tuple[str, ...]


class ReviewStack(Effect, frozen=True):
    """Go on with what the stack is doing, as far as its resources are ready."""

    stack: str
    turn: int


@after(StackReviewDue)
def review(_: World, event: StackReviewDue) -> Iterator[Effect]:
    """The stack itself is CloudFormation's: it is looked at where it is kept."""
    yield ReviewStack(event.stack, event.turn)


@after(StackTold)
def tell(world: World, event: StackTold) -> Iterator[Effect]:
    """A line of the story."""
    world.story.tell(world.now, f"stack {event.stack}", event.what, event.why, event.about)
    yield from ()
