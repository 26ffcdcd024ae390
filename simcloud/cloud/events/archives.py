"""Archives of EventBridge, which moto keeps: an archive has a rule of its own, whose target it is."""

from __future__ import annotations

import json

from simcloud.cloud.events.delivering import Delivery
from simcloud.sim.bus.state import Outcome


def deliver(delivery: Delivery) -> Outcome:
    """The event is kept, as moto keeps it."""
    from moto.events.models import events_backends

    _, _, _, region, account, _ = delivery.invocation.source.split(":", 5)
    name, _, identity = json.loads(delivery.invocation.text)["archive-arn"].partition(":archive/")[2].partition(":")
    archive = events_backends[account][region].archives.get(name)
    if archive is None or archive.uuid != identity:
        return Outcome(False, f"keeps nothing: archive {name} is gone", idle=True)
    archive.events.append(dict(delivery.invocation.event))  # type: ignore[arg-type]
    return Outcome(True, f"keeps the event in archive {name}")
