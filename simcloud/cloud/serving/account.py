"""One learner's simulated account in a process of its own: requests in, answers out, and time that passes by itself.

moto keeps its state in the process, so that learners on one server are kept apart by giving each a process.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from simcloud.cloud.serving.asked import Asked

if TYPE_CHECKING:
    from simcloud.cloud.cloud import Cloud

TICK = 0.5
"""Real seconds between two moves of time while nobody asks."""


@dataclass(frozen=True)
class Settings:
    """How accounts of a server begin and how their time runs."""

    seed: int = 0
    region: str = "us-east-1"
    speed: float = 1.0
    """Simulated seconds in a real one; 0 stands still but for the control endpoint."""


class Account:
    """A cloud that is live in this process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.cloud = self._opened(settings.seed)
        self.why: list[str] = []
        """What the laws say about the last refusal."""
        self._moved = time.monotonic()

    def pass_time(self) -> None:
        """Let as much simulated time pass as the rate asks for since the last time."""
        real = time.monotonic()
        seconds, self._moved = (real - self._moved) * self.settings.speed, real
        if seconds > 0:
            self.cloud.advance(seconds=seconds)

    def reset(self, seed: int) -> None:
        """Begin again with an empty account."""
        self.cloud.close()
        self.cloud = self._opened(seed)
        self.why = []

    def _opened(self, seed: int) -> Cloud:
        from simcloud.cloud.cloud import Cloud

        return Cloud(seed, region=self.settings.region).open()


def work(connection: Connection, settings: Settings) -> None:
    """Answer requests until the other end is closed. What the process of an account runs."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is the server's to handle
    from simcloud.cloud.serving import answering, control

    account = Account(settings)
    try:
        while True:
            if not connection.poll(TICK if settings.speed else None):
                account.pass_time()
                continue
            asked: Asked = connection.recv()
            account.pass_time()
            room = control if control.is_for(asked) else answering
            connection.send(room.answer(account, asked))
    except (EOFError, OSError):
        account.cloud.close()
