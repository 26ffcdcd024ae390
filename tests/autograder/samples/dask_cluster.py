"""A real Dask scheduler with worker processes of its own on loopback, as an instructor would start them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

DASK = str(Path(sys.executable).parent / "dask")


class DaskCluster:
    """One scheduler and its workers, each with a nanny that starts another where it dies."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.address = f"tcp://127.0.0.1:{port}"
        command = ["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-jupyter"]
        self._processes = [self._start(*command)]

    def add_worker(self) -> None:
        """One more worker process, of one thread."""
        options = [
            "--nthreads",
            "1",
            "--nworkers",
            "1",
            "--no-dashboard",
            "--host",
            "127.0.0.1",
            "--death-timeout",
            "60",
        ]
        local = ["--local-directory", str(self.folder)]
        self._processes.append(self._start("worker", self.address, *options, *local))

    def workers(self) -> list[int]:
        """The process ids of the workers themselves, below their nannies."""
        found = []
        for nanny in self._processes[1:]:
            for child in psutil.Process(nanny.pid).children(recursive=True):
                if _is_worker(child):
                    found.append(child.pid)
        return found

    def close(self) -> None:
        """End everything that was started."""
        for one in reversed(self._processes):
            tree = [psutil.Process(one.pid), *psutil.Process(one.pid).children(recursive=True)] if _runs(one) else []
            for process in tree:
                if process.is_running():
                    os.kill(process.pid, signal.SIGKILL)
            one.wait()

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{arguments[0]}.log").open("ab")
        try:
            return subprocess.Popen([DASK, *arguments], stdout=log, stderr=log, cwd=self.folder)
        finally:
            log.close()


def _runs(process: subprocess.Popen[bytes]) -> bool:
    return process.poll() is None and psutil.pid_exists(process.pid)


def _is_worker(child: psutil.Process) -> bool:
    try:
        return "spawn_main" in " ".join(child.cmdline())
    except psutil.Error:
        return False


def until(condition: object, *, seconds: float = 120) -> None:
    """Wait for a condition (a function) to hold. Raises TimeoutError."""
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("it did not happen")
        time.sleep(0.1)
