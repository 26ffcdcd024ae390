"""The accounts of a server: one process a learner, begun at the learner's first request."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import NamedTuple

from simcloud.cloud.serving.account import Settings, work
from simcloud.cloud.serving.asked import Asked
from simcloud.cloud.wire import Answer

MOST = 64
"""Accounts on one server: each holds some 100 MB."""

_CONTEXT = multiprocessing.get_context("spawn")


class TooMany(Exception):
    """The server has as many learners as it takes."""


class Gone(Exception):
    """The account's process ended while it answered."""


class _Worker(NamedTuple):
    process: SpawnProcess
    connection: Connection
    turn: threading.Lock
    """One request of a learner at a time."""


class Learners:
    """The accounts, by the learner's name."""

    def __init__(self, settings: Settings, most: int = MOST) -> None:
        self.settings = settings
        self.most = most
        self._workers: dict[str, _Worker] = {}
        self._lock = threading.Lock()

    def ask(self, asked: Asked) -> Answer:
        """Hand a request to its learner's account and wait for the answer. Raises TooMany or Gone."""
        worker = self._worker(asked.learner)
        with worker.turn:
            try:
                worker.connection.send(asked)
                answer: Answer = worker.connection.recv()
            except (EOFError, OSError):
                self._forget(asked.learner, worker)
                raise Gone from None
        return answer

    def close(self) -> None:
        """End every account."""
        with self._lock:
            workers, self._workers = list(self._workers.values()), {}
        _each(workers, lambda worker: worker.connection.close())
        _each(workers, lambda worker: worker.process.join(5))
        _each(workers, lambda worker: worker.process.kill() if worker.process.is_alive() else None)

    def _worker(self, name: str) -> _Worker:
        with self._lock:
            if name not in self._workers:
                if len(self._workers) >= self.most:
                    raise TooMany
                self._workers[name] = self._begin(name)
            return self._workers[name]

    def _begin(self, name: str) -> _Worker:
        ours, theirs = _CONTEXT.Pipe()
        process = _CONTEXT.Process(target=work, args=(theirs, self.settings), name=f"account of {name}", daemon=True)
        process.start()
        theirs.close()  # so that the end of the process is noticed here
        return _Worker(process, ours, threading.Lock())

    def _forget(self, name: str, worker: _Worker) -> None:
        with self._lock:
            if self._workers.get(name) is worker:
                del self._workers[name]


def _each(workers: list[_Worker], do: Callable[[_Worker], object]) -> None:
    for worker in workers:
        do(worker)
