"""What the code in containers does elsewhere: performed by `simcloud.cloud.apps`."""

from __future__ import annotations

from simcloud.sim.apps.events import MessageTaken
from simcloud.sim.effects import Effect


class TakeMessage(Effect, frozen=True):
    """ReceiveMessage. Answered by MessageTaken or NothingTaken."""

    task: str
    container: str
    run: int
    queue: str
    """ARN."""


class DeleteMessage(Effect, frozen=True):
    """DeleteMessage. Answered by DeleteAnswered."""

    task: str
    container: str
    run: int
    taken: MessageTaken
    queue: str
    """ARN."""


class PutTrace(Effect, frozen=True):
    """PutTraceSegments, of one segment document."""

    region: str
    document: str
    """JSON."""
