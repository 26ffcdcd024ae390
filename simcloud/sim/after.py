"""Which functions follow which event. Each is handed the world and the event and yields what has to be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from simcloud.sim.effects import Effect
from simcloud.sim.events import Event

if TYPE_CHECKING:
    from simcloud.sim.world import World

Follower = Callable[["World", Any], Iterator[Effect]]
F = TypeVar("F", bound=Follower)

FOLLOWERS: dict[type[Event], list[Follower]] = {}
"""By kind of event; `world` puts each list into the order of its LAWS."""


def after(*kinds: type[Event]) -> Callable[[F], F]:
    """Register a function to follow events of these kinds."""

    def register(follower: F) -> F:
        for kind in kinds:
            FOLLOWERS.setdefault(kind, []).append(follower)
        return follower

    return register
