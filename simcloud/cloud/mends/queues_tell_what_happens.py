"""moto's queues tell nobody when a message comes or goes, look at every message for each one that is received, keep a
message out of sight a moment too long, delete it by a receipt that is no longer the newest, and keep half of a change
that they refuse."""

from __future__ import annotations

from copy import deepcopy
from types import ModuleType
from typing import Any

from simcloud.cloud import clock, queues


def mend(module: ModuleType) -> None:
    """Receive and delete as SQS does, and tell the simulation of every change."""
    queue, backend, message = module.Queue, module.SQSBackend, module.Message
    plain: dict[str, Any] = {
        "_set_attributes": queue._set_attributes,
        "add_message": queue.add_message,
        "delete_message": queue.delete_message,
        "change_message_visibility": backend.change_message_visibility,
        "purge_queue": backend.purge_queue,
        "delete_queue": backend.delete_queue,
    }

    def add_message(self: Any, added: Any) -> None:
        before = len(self._messages)
        plain["add_message"](self, added)
        if len(self._messages) > before:
            hidden = not queues.visible(added, clock.now())
            queues.tell(self, "sent", added, max(added.delayed_until, added.visible_at) if hidden else 0.0)

    def set_attributes(self: Any, *given: Any, **named: Any) -> None:
        kept = dict(self.__dict__)
        try:
            plain["_set_attributes"](self, *given, **named)
        except Exception:  # moto has set the attributes before the one that it refuses, and half of that one
            self.__dict__.clear()
            self.__dict__.update(kept)
            raise

    def delete_message(self: Any, receipt_handle: str) -> None:
        if not queues.remove(self, receipt_handle) and not any(
            each.had_receipt_handle(receipt_handle) for each in self._messages
        ):
            plain["delete_message"](self, receipt_handle)

    def receive_message(
        self: Any,
        queue_name: str,
        count: int,
        wait_seconds_timeout: int,
        visibility_timeout: int,
        message_attribute_names: list[str] | None = None,
    ) -> list[Any]:
        asked, until = self.get_queue(queue_name), clock.now() + wait_seconds_timeout
        found = queues.hand_out(asked, int(count), visibility_timeout, clock.now())
        while not found and clock.now() < until:
            clock.back_off(min(1.0, until - clock.now()))
            found = queues.hand_out(asked, int(count), visibility_timeout, clock.now())
        copies = deepcopy(found)
        for each in copies:
            module._filter_message_attributes(each, message_attribute_names or [])
        return copies

    def change_message_visibility(self: Any, queue_name: str, receipt_handle: str, visibility_timeout: int) -> None:
        plain["change_message_visibility"](self, queue_name, receipt_handle, visibility_timeout)
        asked = self.get_queue(queue_name)
        changed = next(each for each in asked._messages if each.had_receipt_handle(receipt_handle))
        queues.tell(asked, "hidden", changed, changed.visible_at if int(visibility_timeout) else 0.0)

    def purge_queue(self: Any, queue_name: str) -> None:
        plain["purge_queue"](self, queue_name)
        queues.tell(self.get_queue(queue_name), "purged")

    def delete_queue(self: Any, queue_name: str) -> None:
        gone = self.get_queue(queue_name)
        plain["delete_queue"](self, queue_name)
        queues.tell(gone, "removed")

    queue.add_message, queue.delete_message = add_message, delete_message
    queue._set_attributes = set_attributes
    backend.receive_message = receive_message
    backend.change_message_visibility = change_message_visibility
    backend.purge_queue, backend.delete_queue = purge_queue, delete_queue
    message.visible = property(lambda self: clock.now() * queues.MILLI + queues.EARLY >= self.visible_at)
    message.delayed = property(lambda self: clock.now() * queues.MILLI + queues.EARLY < self.delayed_until)
