"""A process in a box that answers in JSON lines, read within limits of time and size. It may be hostile."""

from __future__ import annotations

import contextlib
import json
import os
import select
import selectors
import subprocess
import tempfile
import time
from collections.abc import Iterator
from typing import Any

from autograder.run.budget import Budget
from autograder.run.sandbox import Box

SEND_SECONDS = 10.0
"""Wall seconds that the process has to take what it is sent."""


class Ended(Exception):
    """The process gives no further answer. The message says why, in words that finish `the process ...`."""


class Boxed:
    """One boxed process: send it an object, read its lines until a deadline."""

    def __init__(self, box: Box, budget: Budget) -> None:
        self._budget = budget
        self._rest = b""
        self._read = 0
        self._folder = tempfile.TemporaryDirectory(prefix="box-", ignore_cleanup_errors=True)
        home = {} if box.own_disk else dict.fromkeys(("HOME", "IPYTHONDIR", "MPLCONFIGDIR"), self._folder.name)
        self._process = subprocess.Popen(
            box.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=box.environment | home,
            start_new_session=True,
            cwd=self._folder.name,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in = self._process.stdin.fileno()
        os.set_blocking(self._in, False)
        self._out = self._process.stdout.fileno()
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

    def finish_input(self) -> None:
        """Tell it that nothing more comes."""
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError, OSError):
            self._process.stdin.close()

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
        """Kill it, and with it everything in its process namespace."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, 9)
        self._process.kill()
        self._process.wait()
        self._selector.close()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError, OSError):
                    stream.close()
        self._folder.cleanup()

    def __enter__(self) -> Boxed:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
