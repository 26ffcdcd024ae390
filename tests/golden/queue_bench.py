"""A bench with a queue of SQS: messages, receipts and time-outs, as plain as they can be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from stand_in import REGION, TASK_ROLE, WEB, Bench, StandIn, container, definition

from simcloud.sim.apps import laws
from simcloud.sim.apps.effects import DeleteMessage, PutTrace, TakeMessage
from simcloud.sim.apps.events import DeleteAnswered, MessageTaken, NothingTaken, QueueChanged
from simcloud.sim.effects import Effect
from simcloud.sim.events import Event

assert laws.LAWS, "the world follows the laws of queues"
ORDERS = f"arn:aws:sqs:{REGION}:123456789012:orders"


@dataclass
class Held:
    """A message."""

    id: str
    body: str
    shows_at: float = 0.0
    receipt: str = ""
    taken: int = 0


class QueueStandIn(StandIn):
    """The stand-in, with the queue `orders`."""

    def __init__(self, bench: Bench, timeout: float) -> None:
        super().__init__()
        self.bench, self.timeout = bench, timeout
        self.messages: list[Held] = []
        self.traces: list[str] = []

    def perform(self, effect: Effect) -> Event | None:
        """Receive and delete; everything else as ever."""
        if isinstance(effect, TakeMessage):
            return self._take(effect)
        if isinstance(effect, DeleteMessage):
            return self._delete(effect)
        if isinstance(effect, PutTrace):
            self.traces.append(effect.document)
            return None
        return super().perform(effect)

    def _take(self, effect: TakeMessage) -> Event:
        world = self.bench.world
        found = next((each for each in self.messages if each.shows_at <= world.now), None)
        given = effect.task, effect.container, effect.run, "orders"
        if found is None:
            return NothingTaken(*given)
        found.taken, found.shows_at = found.taken + 1, world.now + self.timeout
        found.receipt = f"{found.id}/{found.taken}"
        world.post(QueueChanged("orders", "taken", found.id, found.shows_at))
        return MessageTaken(*given, found.id, found.body, found.receipt, found.shows_at)

    def _delete(self, effect: DeleteMessage) -> Event:
        held = [each for each in self.messages if each.receipt == effect.taken.receipt]
        for each in held:
            self.messages.remove(each)
            self.bench.world.post(QueueChanged("orders", "deleted", each.id))
        return DeleteAnswered(effect.task, effect.container, effect.run, effect.taken, bool(held))


class QueueBench(Bench):
    """The bench of a worker."""

    def __init__(self, timeout: float = 30.0, **behaviour: Any) -> None:
        super().__init__()
        images = self.around.images
        self.queue = self.around = QueueStandIn(self, timeout)
        images[WEB] = replace(images[WEB], **{"takes": ORDERS, "log_lines": (), **behaviour})
        self.around.images = images

    def send(self, count: int) -> None:
        """Put messages into the queue."""
        for _ in range(count):
            made = Held(self.world.fresh("message", 32), "an order")
            self.queue.messages.append(made)
            self.happen(QueueChanged("orders", "sent", made.id, body=made.body))

    def start(self, role: str = TASK_ROLE, **members: Any) -> None:
        """Run a task of one container, unless told otherwise."""
        self.run_task(definition(*members.pop("containers", [container()]), taskRoleArn=role, **members))
