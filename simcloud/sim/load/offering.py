"""A load begins, or changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.sim.after import after
from simcloud.sim.effects import After, Effect
from simcloud.sim.load import events as le
from simcloud.sim.load.queues import mark
from simcloud.sim.load.state import Offer, Queue

if TYPE_CHECKING:
    from simcloud.sim.world import World


@after(le.LoadSet)
def offer(world: World, event: le.LoadSet) -> Iterator[Effect]:
    """The new curve holds from now on, in the place of the one before."""
    service = world.services[event.service]
    if not event.queue:
        world.loads.offers.setdefault(event.service, Offer()).set(world.now, event.curve)
        world.tell_service(service, f"is asked for {event.told} requests a second from now on")
    else:
        queue = world.loads.queues.setdefault(event.queue, Queue(event.queue, event.service))
        mark(world, queue)
        queue.worker = event.service
        queue.offer.set(world.now, event.curve)
        world.tell_service(service, f"works off queue {event.queue}, into which {event.told} messages a second go")
    yield After(0.0, le.CensusChanged(event.service))
