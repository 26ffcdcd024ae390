"""SNS topics as targets: the topic's policy must let events.amazonaws.com publish."""

from __future__ import annotations

from simcloud.cloud.events.delivering import Delivery, allowed, failed
from simcloud.cloud.events.queues import spoken
from simcloud.facts.words import bus as words
from simcloud.sim.bus.state import Outcome


def deliver(delivery: Delivery) -> Outcome:
    """The text as a message to the subscribers."""
    from moto.sns.models import sns_backends

    says = f"cannot publish on topic {delivery.name}"
    topics = sns_backends[delivery.account][delivery.region]
    if delivery.arn not in topics.topics:
        return failed(delivery, says, words.NO_RESOURCE, "Topic does not exist", f"there is no topic {delivery.name}")
    if (refusal := allowed(delivery, "sns:Publish", says)) is not None:
        return refusal
    topics.publish(delivery.invocation.text, arn=delivery.arn)
    return Outcome(True, f"publishes {spoken(delivery)} on topic {delivery.name}")
