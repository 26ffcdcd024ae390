"""Event buses as targets of schedules: PutEvents as the role. (What a rule sends to another bus stays inside the
simulation.)"""

from __future__ import annotations

import json

from simcloud.cloud.events.delivering import Delivery, allowed, failed
from simcloud.facts.words import bus as words
from simcloud.sim.bus.envelope import envelope
from simcloud.sim.bus.events import EventPut
from simcloud.sim.bus.state import Outcome


def deliver(delivery: Delivery) -> Outcome:
    """The schedule's input as the detail of an event."""
    from moto.events.models import events_backends

    live, says = delivery.live, f"cannot put an event on bus {delivery.name}"
    if delivery.name not in events_backends[delivery.account][delivery.region].event_buses:
        return failed(delivery, says, words.NO_RESOURCE, "Event bus does not exist", f"there is no bus {delivery.name}")
    if (refusal := allowed(delivery, "events:PutEvents", says)) is not None:
        return refusal
    given = delivery.target.get("EventBridgeParameters") or {}
    try:
        detail = json.loads(delivery.invocation.text)
    except ValueError:
        detail = None
    if not isinstance(detail, dict):
        return failed(delivery, says, str(words.CLIENT_ERROR), "the input is no JSON object")
    event = envelope(live.world, str(given.get("Source", "")), str(given.get("DetailType", "")), (), detail)
    live.world.post(EventPut(event, delivery.region, delivery.name))
    return Outcome(True, f"puts `{event['detail-type']}` on bus {delivery.name}")
