"""SQS queues as targets (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html)."""

from __future__ import annotations

import hashlib
from typing import Any

from simcloud.cloud import entropy
from simcloud.cloud.events.delivering import Delivery, allowed, failed, service_may
from simcloud.facts.words import bus as words
from simcloud.sim.bus.state import Outcome

SEND = "sqs:SendMessage"
OWN_KEY = "alias/aws/sqs"


def deliver(delivery: Delivery) -> Outcome:
    """The text as a message. A FIFO queue needs a message group, and tells messages apart by their content."""
    says = f"cannot send to queue {delivery.name}"
    if (refusal := sendable(delivery, says)) is not None:
        return refusal
    group = (delivery.target.get("SqsParameters") or {}).get("MessageGroupId")
    if delivery.name.endswith(".fifo") and not _tells_by_content(queue_of(delivery)):
        message = "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided"
        return failed(delivery, says, str(words.CLIENT_ERROR), message, "its ContentBasedDeduplication is off")
    send(delivery, delivery.invocation.text, group)
    return Outcome(True, f"sends {spoken(delivery)} to queue {delivery.name}")


def _tells_by_content(queue: Any) -> bool:
    return str(queue.content_based_deduplication).lower() == "true"


def spoken(delivery: Delivery) -> str:
    """The event in a word or two."""
    event = delivery.invocation.event
    about = [str(arn).rpartition("/")[2][:8] for arn in event.get("resources") or () if ":task/" in str(arn)]
    return f"`{event.get('detail-type')}`{' of task ' + about[0] if about else ''}"


def queue_of(delivery: Delivery) -> Any:
    """moto's queue; None where there is none."""
    from moto.sqs.models import sqs_backends

    return sqs_backends[delivery.account][delivery.region].queues.get(delivery.name)


def sendable(delivery: Delivery, says: str) -> Outcome | None:
    """Is there a queue, does its policy let EventBridge in, and its key?"""
    queue = queue_of(delivery)
    if queue is None:
        message = "The specified queue does not exist."
        return failed(delivery, says, words.NO_RESOURCE, message, f"there is no queue {delivery.name}")
    return allowed(delivery, SEND, says) or _locked(delivery, queue, says)


def _locked(delivery: Delivery, queue: Any, says: str) -> Outcome | None:
    """A queue that is encrypted with a key of KMS: the key's policy must let EventBridge use it. That of AWS's own key
    for SQS does not, and cannot be changed."""
    key = queue.kms_master_key_id
    if not key or delivery.role:
        return None
    if str(key).endswith(OWN_KEY):
        why = f"its key {OWN_KEY} is AWS's own, whose policy lets no service in: encrypt with a key of yours"
        return failed(delivery, says, words.NO_PERMISSIONS, "KMS.AccessDeniedException", why)
    arn = _key_arn(delivery, str(key))
    for action in ("kms:GenerateDataKey", "kms:Decrypt"):
        found = service_may(delivery, action, arn)
        if not found.allowed:
            return failed(delivery, says, words.NO_PERMISSIONS, "KMS.AccessDeniedException", found.why)
    return None


def _key_arn(delivery: Delivery, key: str) -> str:
    from moto.kms.models import kms_backends

    held = kms_backends[delivery.account][delivery.region].keys
    bare = key.rpartition("/")[2] if ":alias/" not in key and not key.startswith("alias/") else key.split(":")[-1]
    if bare.startswith("alias/"):
        bare = next((name for name, one in held.items() if bare in one.aliases), bare)
    return f"arn:aws:kms:{delivery.region}:{delivery.account}:key/{bare}"


def send(delivery: Delivery, text: str, group: str | None, attributes: dict[str, Any] | None = None) -> None:
    """Put the message into moto's queue. moto's own SendMessage counts every message of the queue for each new one."""
    from moto.sqs.models import Message

    queue = queue_of(delivery)
    message = Message(str(entropy.motos_uuid4()), text)
    message.message_attributes = attributes or {}
    if group is not None:
        message.group_id = group
        message.deduplication_id = hashlib.sha256(text.encode()).hexdigest()
        message.sequence_number = f"{len(queue._messages) + 1:020d}"
    message.mark_sent(delay_seconds=int(queue.delay_seconds or 0))
    queue.add_message(message)
