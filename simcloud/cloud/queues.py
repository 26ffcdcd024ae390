"""Messages of moto's SQS, handed out as SQS hands them out; and the simulation hears of every change.

A message is visible again when its time-out is over, not a moment later; it is deleted by its newest receipt alone
(https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html), and moves to the
dead-letter queue when it is asked for after `maxReceiveCount` receives.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simcloud.cloud.live import Live, maybe_live
from simcloud.sim.apps import laws
from simcloud.sim.apps.effects import DeleteMessage, TakeMessage
from simcloud.sim.apps.events import Change, DeleteAnswered, MessageTaken, NothingTaken, QueueChanged
from simcloud.sim.effects import Effect
from simcloud.sim.events import Event

FOLLOWING = laws.LAWS
"""From the first use of SQS on, the world follows the laws of queues."""
MILLI = 1000.0
EARLY = 0.5
"""Milliseconds: moments are compared with the rounding of a float."""


def perform(live: Live, effect: Effect) -> Event:
    """Receive a message, or delete one. Raises NotImplementedError for another effect."""
    if isinstance(effect, TakeMessage):
        return _take(live, effect)
    if isinstance(effect, DeleteMessage):
        return _delete(live, effect)
    raise NotImplementedError(f"no way to perform {type(effect).__name__}")


def _queue(arn: str) -> Any:
    from moto.sqs.models import sqs_backends

    _, _, _, region, account, name = arn.split(":", 5)
    return sqs_backends[account][region].queues[name]


def _take(live: Live, effect: TakeMessage) -> Event:
    queue = _queue(effect.queue)
    found = hand_out(queue, 1, queue.visibility_timeout, live.world.now)
    if not found:
        return NothingTaken(effect.task, effect.container, effect.run, queue.name)
    one = found[0]
    shows_at = max(one.visible_at / MILLI, live.world.now)
    given = effect.task, effect.container, effect.run, queue.name
    return MessageTaken(*given, one.id, one.body, one.receipt_handle, shows_at)


def _delete(live: Live, effect: DeleteMessage) -> Event:
    taken = effect.taken
    gone = remove(_queue(effect.queue), taken.receipt)
    return DeleteAnswered(effect.task, effect.container, effect.run, taken, gone)


def tell(queue: Any, change: Change, message: Any = None, until: float = 0.0, to: str = "") -> None:
    """Let the simulation hear of it. Queues of another account or region than the world's are nobody's to work off."""
    state = maybe_live()
    if state is None or (queue.account_id, queue.region) != (state.account, state.region):
        return
    identity, body = (message.id, message.body) if message is not None else ("", "")
    state.world.post(QueueChanged(queue.name, change, identity, until / MILLI, body, to))


def visible(message: Any, now: float) -> bool:
    """Can it be received at this moment (epoch seconds)?"""
    moment = now * MILLI + EARLY
    return bool(moment >= message.visible_at and moment >= message.delayed_until)


def hand_out(queue: Any, count: int, timeout: int, now: float) -> list[Any]:
    """Up to so many messages, out of sight for `timeout` seconds from now on: moto's own objects. Of a message group of
    a FIFO queue none while another one of it is in flight."""
    taken: list[Any] = []
    for message in _offered(queue, now):
        policy = queue.redrive_policy if queue.dead_letter_queue is not None else None
        if _expired(queue, message, now):
            _leave(queue, message, "expired")
        elif policy and message.approximate_receive_count >= policy["maxReceiveCount"]:
            _leave(queue, message, "moved", queue.dead_letter_queue)
        else:
            message.mark_received(visibility_timeout=timeout)
            taken.append(message)
            tell(queue, "taken", message, message.visible_at if int(timeout) else 0.0)
            if len(taken) == count:
                break
    return taken


def _offered(queue: Any, now: float) -> Iterator[Any]:
    """Those that can be received, oldest first: a long queue is looked through as far as somebody asks. It may change
    meanwhile."""
    blocked: set[str] = set()
    for message in list(queue._messages):
        group = message.group_id if queue.fifo_queue else None
        if not visible(message, now):
            blocked |= {group} if group else set()
        elif group not in blocked:
            yield message


def _expired(queue: Any, message: Any, now: float) -> bool:
    return bool(message.sent_timestamp / MILLI + queue.message_retention_period <= now)


def _leave(queue: Any, message: Any, change: Change, to: Any = None) -> None:
    queue._messages.remove(message)
    tell(queue, change, message, to=to.name if to is not None else "")
    if to is not None:
        to.add_message(message)


def remove(queue: Any, receipt: str) -> bool:
    """Delete the message whose newest receipt this is. False for an older one: SQS says yes, and keeps the message."""
    for message in queue._messages:
        if message.receipt_handle == receipt:
            queue._messages.remove(message)
            queue.deleted_messages.update(each for each in message.all_receipt_handles if each)
            tell(queue, "deleted", message)
            return True
    return False
