"""From an accepted call to the world: the event happens now, and all that is due now with it."""

from __future__ import annotations

from simcloud.cloud.live import Call
from simcloud.sim.events import Event


def submit(call: Call, event: Event) -> None:
    """Let the event happen at this moment. The clock does not move."""
    from simcloud.cloud import clock

    call.world.post(event)
    clock.move(0)
