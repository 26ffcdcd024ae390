"""A kernel of the learner's own, as JupyterLab would start it, whose outputs are printed as text."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

from jupyter_client.manager import KernelManager

from autograder.trouble import Trouble

ANSI = re.compile(r"\x1b\[[0-9;]*m")
UNWRITTEN = "Ellipsis"
"""What the stub of an answer, `...`, shows."""
VERDICTS = ("Miss", "NotAttempted")
"""What `lab.check` raises after it has shown the same in full."""
PATIENCE = 60
"""Seconds that a kernel may take to start."""


class Kernel:
    """A running kernel; what cells print and show goes to `say`."""

    def __init__(self, folder: Path, say: Callable[[str], Any]) -> None:
        self.folder, self.say = folder, say
        self._manager = KernelManager(kernel_name="python3")
        # Whatever kernels a user has installed: the lab needs the packages of this Python.
        specification: Any = self._manager.kernel_spec
        specification.argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        self._manager.start_kernel(cwd=str(folder), stdout=DEVNULL, stderr=DEVNULL)  # what cells print comes by message
        self._client = self._manager.blocking_client()
        self._client.start_channels()
        self._client.wait_for_ready(timeout=PATIENCE)

    def run(self, source: str, *, quiet: bool = False) -> bool:
        """Run a cell to its end; did it end without an error? `quiet`: not as one of the learner's own cells.

        Ctrl+C interrupts the cell, and the kernel lives on.
        """
        with self._interruptible():
            try:
                reply = self._client.execute_interactive(
                    source, silent=quiet, store_history=not quiet, allow_stdin=False, output_hook=self._shown
                )
            except RuntimeError as died:
                raise Trouble(f"{died}: `reset` starts a fresh kernel") from None
        return bool(reply["content"]["status"] == "ok")

    @contextmanager
    def _interruptible(self) -> Iterator[None]:
        """Hand Ctrl+C to the kernel: an exception here would cut the client off as it waits, and it hears no more."""
        if os.name == "nt":  # which knows no signal for another process: there Ctrl+C ends the console
            yield
            return
        provisioner: Any = self._manager.provisioner
        before = signal.signal(signal.SIGINT, lambda number, frame: provisioner.process.send_signal(number))
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def close(self) -> None:
        """End the kernel."""
        self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)

    def _shown(self, message: dict[str, Any]) -> None:
        kind, content = message["header"]["msg_type"], message["content"]
        if kind == "stream":
            self.say(content["text"])
        elif kind in ("display_data", "execute_result"):
            text = content["data"].get("text/plain", "")
            self.say("" if text == UNWRITTEN else f"{text}\n")
        elif kind == "error" and content["ename"] == "KeyboardInterrupt":
            self.say("Interrupted.\n")
        elif kind == "error" and content["ename"] not in VERDICTS:
            self.say(ANSI.sub("", "\n".join(content["traceback"])) + "\n")
