"""A process in a box that answers in JSON lines, read within limits of time and size. It may be hostile."""

from __future__ import annotations

import json
import os
import select
import selectors
import time
from collections.abc import Iterator
from typing import Any

from autograder.run import cgroup
from autograder.run.budget import Budget
from autograder.run.warm import Fork, Spent

SEND_SECONDS = 10.0
"""Wall seconds that the process has to take what it is sent."""


class Ended(Exception):
    """The process gives no further answer. The message says why, in words that finish `the process ...`."""


class Boxed:
    """One boxed process: send it an object, read its lines until a deadline. `grouped`: with a cgroup of its own."""

    def __init__(self, fork: Fork, budget: Budget, *, grouped: bool = True) -> None:
        self._budget = budget
        self._rest = b""
        self._read = 0
        self._fork = fork
        self.spent = Spent()
        self._group, self.no_group = _grouped(fork, budget) if grouped else (None, "switched off")
        self._in, self._out = fork.orders, fork.answers
        os.set_blocking(self._in, False)
        os.set_blocking(self._out, False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._out, selectors.EVENT_READ)

    def send(self, message: dict[str, Any]) -> None:
        """Hand it one object. Raises Ended where it is gone, or does not read."""
        data = memoryview(json.dumps(message).encode() + b"\n")
        deadline = time.monotonic() + SEND_SECONDS
        while data:
            try:
                data = data[os.write(self._in, data) :]
            except BlockingIOError:
                if not select.select([], [self._in], [], max(0.0, deadline - time.monotonic()))[1]:
                    raise Ended("did not take its next order") from None
            except OSError:
                raise Ended("ended itself") from None

    def lines(self, deadline: float) -> Iterator[bytes]:
        """Its lines as they come. Raises Ended at the deadline (time.monotonic), at its end, or over the limits."""
        while True:
            line, found, rest = self._rest.partition(b"\n")
            if found:
                self._rest = rest
                yield line
                continue
            if len(self._rest) > self._budget.line or self._read > self._budget.messages:
                raise Ended("wrote more than it may")
            self._wait(deadline)

    def _wait(self, deadline: float) -> None:
        left = deadline - time.monotonic()
        if left <= 0 or not self._selector.select(left):
            raise Ended("did not stop when its time was over")
        block = os.read(self._out, 1 << 20)
        if not block:
            raise Ended("ended itself")
        self._rest += block
        self._read += len(block)

    def close(self) -> None:
        """Kill it, and with it everything that it started."""
        self._selector.close()
        self.spent = self._fork.end()
        if self._group is not None:
            self._group.end()

    def __enter__(self) -> Boxed:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _grouped(fork: Fork, budget: Budget) -> tuple[cgroup.Group | None, str]:
    """The fork put into a cgroup of its own; else why not."""
    try:
        group = cgroup.group(budget)
    except cgroup.NoCgroup as why:
        return None, str(why)
    try:
        group.add(fork.pid)
    except cgroup.NoCgroup as why:
        group.end()
        return None, str(why)
    return group, ""
