"""Dead-letter queues: where an event goes that could not be delivered, with why
(https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html)."""

from __future__ import annotations

import json

from simcloud.cloud.events import queues
from simcloud.cloud.events.delivering import Delivery, towards
from simcloud.cloud.live import Live
from simcloud.sim.bus.effects import BuryEvent
from simcloud.sim.bus.events import DeadLettered
from simcloud.sim.bus.inputs import whole


def bury(live: Live, effect: BuryEvent) -> DeadLettered:
    """Send the event as it came, with attributes that tell what happened to it. A schedule's role sends it; a rule's
    does not, there the queue's own policy decides."""
    made = effect.invocation
    arn = str(made.target["DeadLetterConfig"]["Arn"])
    delivery = towards(Delivery(live, made), arn)
    if not made.scheduled:
        delivery = _without_role(delivery)
    if (refusal := queues.sendable(delivery, "")) is not None:
        return DeadLettered(made, delivery.name, refusal.why)
    told = made.text if made.scheduled else json.dumps(whole(made.event))
    attributes = {name: {"DataType": "String", "StringValue": value} for name, value in _told(effect).items() if value}
    queues.send(delivery, told, None, attributes)
    return DeadLettered(made, delivery.name, "")


def _without_role(delivery: Delivery) -> Delivery:
    made = delivery.invocation
    bare = {name: value for name, value in made.target.items() if name != "RoleArn"}
    return Delivery(delivery.live, type(made)(**{**made.__dict__, "target": bare}))


def _told(effect: BuryEvent) -> dict[str, str]:
    made, outcome = effect.invocation, effect.outcome
    source = "SCHEDULE_ARN" if made.scheduled else "RULE_ARN"
    told = {
        source: made.source,
        "TARGET_ARN": str(made.target["Arn"]),
        "ERROR_CODE": outcome.code,
        "ERROR_MESSAGE": outcome.message,
        "EXHAUSTED_RETRY_CONDITION": effect.exhausted,
        "RETRY_ATTEMPTS": str(made.retries),
    }
    if made.scheduled:
        told["SCHEDULED_TIME"] = str(made.event["time"])
    return told
