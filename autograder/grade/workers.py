"""Worker processes of this machine. One that dies is replaced; what it was doing is tried once more, alone.

Alone, so that a submission that kills its worker cannot take others along a second time.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from multiprocessing.connection import Connection
from threading import Lock, Thread

from autograder.grade.work import Done, Job, as_text

THREADS = 4
"""Jobs that one worker process does at a time: its own part of each is small, its boxes run beside it."""

DIED = "the worker process that graded it died, and died again when it was tried alone"

CLOSED = "the batch was stopped before it was graded"


class WorkerDied(Exception):
    """The process ended before it answered, or never began: the text says why, where it is known."""


class Workers:
    """A pool of worker processes for `jobs` submissions at once."""

    def __init__(self, jobs: int | None = None) -> None:
        at_once = jobs or os.cpu_count() or 1
        self.slots = 2 * at_once
        """As many again wait here, so that no worker waits while a mark is written."""
        processes = -(-at_once // THREADS)
        threads = -(-at_once // processes)
        self._callers = ThreadPoolExecutor(at_once, thread_name_prefix="job")
        self._workers = [_Place(threads) for _ in range(processes)]
        self._unbegun = iter(self._workers)
        self._fresh = _Place(1)
        self._alone = Lock()
        self._closed = False

    def begin(self) -> None:
        """Start one process more, while there are any to start."""
        place = next(self._unbegun, None)
        if place is not None:
            with contextlib.suppress(WorkerDied):  # it is tried again with a job, and that job told why
                place.begin()

    def submit(self, job: Job) -> Future[Done]:
        """Hand in a job; its future never raises for what the job does."""
        return self._callers.submit(self._do, as_text(job))

    def gone(self) -> str:
        """Why nothing more will come; '' while it may."""
        return ""

    def processes(self) -> list[int]:
        """The process ids of the workers that run now."""
        return [place.worker.process.pid for place in self._workers if place.worker and place.worker.alive]

    def close(self) -> None:
        """End every worker."""
        self._closed = True
        self._callers.shutdown(wait=False, cancel_futures=True)
        for place in (*self._workers, self._fresh):
            place.close()

    def _do(self, text: str) -> Done:
        place = min(self._workers, key=lambda one: one.busy)
        try:
            return place.do(text)
        except WorkerDied:
            pass
        with self._alone:
            try:
                return self._fresh.do(text) if not self._closed else Done(fault=CLOSED)
            except WorkerDied as died:
                return Done(fault=CLOSED if self._closed else str(died) or DIED)


class _Place:
    """Where one worker works, and after its death its successor."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._changing = Lock()
        self._closed = False
        self.worker: _Worker | None = None
        self.busy = 0

    def begin(self) -> None:
        """Start its worker. Raises WorkerDied where it is closed, or none can be started."""
        with self._changing:
            self._lively()

    def do(self, text: str) -> Done:
        """Raises WorkerDied where the process ends before it answers."""
        with self._changing:
            worker = self._lively()
            self.busy += 1
        try:
            return Done(**json.loads(worker.ask(text).result()))
        finally:
            with self._changing:
                self.busy -= 1

    def _lively(self) -> _Worker:
        if self._closed:
            raise WorkerDied
        if self.worker is None or not self.worker.alive:
            try:
                self.worker = _Worker(self._threads)
            except OSError as why:
                raise WorkerDied(f"this machine could not start a worker process: {why.strerror}") from None
        return self.worker

    def close(self) -> None:
        with self._changing:
            self._closed = True
        if self.worker is not None:
            self.worker.close()


class _Worker:
    """One process and its answers as they come."""

    def __init__(self, threads: int) -> None:
        """Raises OSError where no process can be started."""
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-W", "ignore", "-m", "autograder.grade.worker", str(theirs.fileno()), str(threads)]
        with ours, theirs:
            self.process = subprocess.Popen(command, pass_fds=(theirs.fileno(),), stdin=subprocess.DEVNULL)
            self._line = Connection(ours.detach())
        self._numbers = count()
        self._sending = Lock()
        self._waiting: dict[bytes, Future[bytes]] = {}
        self.alive = True
        self._listener = Thread(target=self._listen, daemon=True, name=f"worker {self.process.pid}")
        self._listener.start()

    def ask(self, text: str) -> Future[bytes]:
        """The answer, once it comes."""
        answer: Future[bytes] = Future()
        with self._sending:
            if not self.alive:
                raise WorkerDied
            number = next(self._numbers).to_bytes(8)
            self._waiting[number] = answer
            try:
                self._line.send_bytes(number + text.encode())
            except OSError:
                self._waiting.pop(number, None)
                raise WorkerDied from None
        return answer

    def close(self) -> None:
        """End the process: it leaves when its socket is shut, and is killed where it does not."""
        with self._sending:
            if self.alive:
                with socket.socket(fileno=os.dup(self._line.fileno())) as line, contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self._listener.join()

    def _listen(self) -> None:
        try:
            while True:
                frame = self._line.recv_bytes()
                self._waiting.pop(frame[:8]).set_result(frame[8:])
        except (EOFError, OSError):
            with self._sending:
                self.alive = False
                self._line.close()
                left = list(self._waiting.values())
                self._waiting.clear()
        self.process.wait()
        for answer in left:
            answer.set_exception(WorkerDied())
