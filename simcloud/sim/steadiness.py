"""A service that has what it wants says so, and again every six hours as long as it stays so (R-222, R-224)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts import timings, words
from simcloud.sim.after import after
from simcloud.sim.bulletin import announce
from simcloud.sim.effects import After, Effect
from simcloud.sim.events import ServiceEvent
from simcloud.sim.service import Service

if TYPE_CHECKING:
    from simcloud.sim.world import World


class SteadyStill(ServiceEvent, frozen=True):
    """Six hours have passed; stale where the service was not steady all the time."""

    since: float


def say(world: World, service: Service, with_what: str) -> Iterator[Effect]:
    """The service is steady: an event, where it was not before."""
    if service.steady:
        return
    service.steady, service.steady_since = True, world.now
    announce(world, service, words.STEADY)
    world.tell_service(service, f"has reached a steady state with {with_what}")
    yield _again(service)


def _again(service: Service) -> Effect:
    wait = float(timings.EVENT_REPEAT_SECONDS.value)
    return After(wait, SteadyStill(service.arn, service.steady_since))


@after(SteadyStill)
def repeat(world: World, event: SteadyStill) -> Iterator[Effect]:
    """The same event again. The story has told it."""
    service = world.services[event.service]
    if service.steady and service.steady_since == event.since and service.status == "ACTIVE":
        announce(world, service, words.STEADY)
        yield _again(service)
