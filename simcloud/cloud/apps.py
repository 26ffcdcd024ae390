"""What the code in containers does in the rest of the simulated AWS."""

from __future__ import annotations

from simcloud.cloud.live import Live
from simcloud.sim.apps.effects import DeleteMessage, PutTrace, TakeMessage
from simcloud.sim.effects import Effect
from simcloud.sim.events import Event


def perform(live: Live, effect: Effect) -> Event | None:
    """Do it, and return the event that answers. Raises NotImplementedError for another effect."""
    if isinstance(effect, TakeMessage | DeleteMessage):
        from simcloud.cloud import queues

        return queues.perform(live, effect)
    if isinstance(effect, PutTrace):
        from moto.xray.models import xray_backends

        xray_backends[live.account][effect.region].process_segment(effect.document)
        return None
    raise NotImplementedError(f"no way to perform {type(effect).__name__}")
