"""What a service says in its events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simcloud.facts import quotas, timings, words
from simcloud.facts.words import capacity
from simcloud.sim.service import Service, ServiceMessage

if TYPE_CHECKING:
    from simcloud.sim.world import World


ALWAYS = (
    words.STEADY,
    words.UNPLACED,
    words.REGISTERED,
    words.DEREGISTERED,
    words.DRAINING,
    capacity.UNBALANCED,
    capacity.BALANCED,
    capacity.REBALANCING_STOPPED,
)


def announce(world: World, service: Service, template: str, **filled: Any) -> bool:
    """Add an event to the service, unless it said the very same within six hours (R-224). Was it added?"""
    message = template.format(service=service.name, **filled)
    last = service.said.get(message)
    if last is not None and world.now < last + timings.EVENT_REPEAT_SECONDS.value and not _always(template):
        return False
    service.said[message] = world.now
    service.events.insert(0, ServiceMessage(world.uuid("service-event"), world.now, message, str(template)))
    del service.events[quotas.SERVICE_EVENTS.value :]
    return True


def _always(template: str) -> bool:
    """A steady state found again is news, and every failed attempt tells its reason (R-217)."""
    return template in ALWAYS
