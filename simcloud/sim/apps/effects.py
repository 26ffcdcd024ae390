"""What the code in containers does elsewhere: performed by `simcloud.cloud.apps`."""

from __future__ import annotations

from dataclasses import dataclass

from simcloud.sim.apps.events import MessageTaken
from simcloud.sim.effects import Effect


@dataclass(frozen=True)
class TakeMessage(Effect):
    """ReceiveMessage. Answered by MessageTaken or NothingTaken."""

    task: str
    container: str
    run: int
    queue: str
    """ARN."""


@dataclass(frozen=True)
class DeleteMessage(Effect):
    """DeleteMessage. Answered by DeleteAnswered."""

    task: str
    container: str
    run: int
    taken: MessageTaken
    queue: str
    """ARN."""


@dataclass(frozen=True)
class PutTrace(Effect):
    """PutTraceSegments, of one segment document."""

    region: str
    document: str
    """JSON."""
