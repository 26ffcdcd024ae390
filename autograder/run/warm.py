"""The grader's side of a warm process: start it, warm it up, have it fork, and learn how each fork ended."""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from autograder.checks import places
from autograder.run import bubble, folders, layers, linux
from autograder.run.zygote import FIRST_USER, USERS, Config

START_SECONDS = 60.0
"""Wall seconds for it to come up; importing takes long on a busy machine, and is nobody's fault."""

END_SECONDS = 20.0
"""Wall seconds to wait until a fork that was killed is gone."""

ENVIRONMENT = {
    "HOME": "/tmp/home",
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "TZ": "UTC",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "IPYTHONDIR": "/tmp/home",
    "MPLCONFIGDIR": "/tmp/home",
    "MPLBACKEND": "agg",
}


class Died(Exception):
    """The warm process is gone. It is started anew by the next call."""


@dataclass(frozen=True)
class Spent:
    """What a fork used, as the kernel counted it for its parent."""

    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    peak_bytes: int = 0
    """Resident memory at its highest, memory shared with the warm process included."""


class Fork:
    """One fork: two pipes to talk through, and the line on which the warm process tells of it."""

    def __init__(self, line: socket.socket, orders: int, answers: int, pid: int) -> None:
        self.orders, self.answers, self.pid = orders, answers, pid
        self._line = line
        self._began = time.monotonic()
        self._said: dict[str, float] | None = None

    def tell(self, message: dict[str, object]) -> None:
        """Give it one JSON line, and nothing more after it."""
        with os.fdopen(self.orders, "wb") as orders:
            orders.write(json.dumps(message).encode() + b"\n")
        self.orders = -1

    def status(self) -> int | None:
        """How it ended, as waitpid(2) says it; None while it runs."""
        if self._said is None and select.select([self._line], [], [], 0)[0]:
            self._hear()
        return None if self._said is None else int(self._said["status"])

    def end(self) -> Spent:
        """Kill it, with everything in its namespace of processes; what it used."""
        wall = time.monotonic() - self._began
        for pipe in (self.orders, self.answers):
            with contextlib.suppress(OSError):
                os.close(pipe)
        self._line.settimeout(END_SECONDS)
        with contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_WR)
        with self._line:
            if self._said is None:
                self._hear()
        said = self._said or _UNKNOWN
        return Spent(said["cpu"], wall, int(said["peak"]))

    def _hear(self) -> None:
        """What the warm process says when the fork has ended; as if killed where it is gone itself."""
        try:
            self._said = json.loads(self._line.makefile("rb").readline())
        except (OSError, ValueError):
            self._said = _UNKNOWN


_UNKNOWN = {"status": 9, "cpu": 0.0, "peak": 0}


class Warm:
    """One warm process. Safe to use from several threads."""

    def __init__(self, role: str, off: Iterable[str] = ()) -> None:
        self.role, self.off = role, frozenset(off)
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._labs: set[str] = set()
        """Those that it was told to warm up for."""
        self._warming: dict[str, socket.socket] = {}
        """Of those, by lab, where it will say that it has."""
        self._places: list[places.Place] = []

    @property
    def started(self) -> bool:
        """Has it been started, and not been ended since?"""
        return self._control is not None

    def begin(self, lab: str = "") -> None:
        """Start it, where it is not started, have it warm up for this lab, and wait for neither.

        What goes wrong is heard of by the next `fork`.
        """
        with self._lock:
            self._start()
            with contextlib.suppress(OSError):
                self._warm(lab)

    def fork(self, lab: str = "", *, stream: int | None = None) -> Fork:
        """A fork, warmed up for this lab. Raises Died where the warm process is gone.

        `stream`: a file descriptor that it gets in place of a pipe for its answers.
        """
        with self._lock:
            try:
                self._start()
                self._warm(lab)
                self._await_ready()
                self._await_warmth(lab)
                return self._forked(stream)
            except (OSError, ValueError, EOFError) as why:
                self._stop()
                raise Died(f"the warm process for the {self.role} is gone ({why})") from None

    def close(self) -> None:
        """End it with all its forks."""
        with self._lock:
            self._stop()

    def _start(self) -> None:
        if self._control is not None and self._places == places.PLACES:
            return
        self._stop()
        self._places = list(places.PLACES)
        command, config = self._arranged()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=self._environment(),
                cwd="/",
                start_new_session=True,
            )
        told = json.dumps(asdict(config)).encode()
        ours.sendall(len(told).to_bytes(4) + told)
        self._control, self._ready, self._labs = ours, False, set()

    def _await_ready(self) -> None:
        if not self._ready:
            assert self._control is not None
            self._control.settimeout(START_SECONDS)
            if self._control.recv(1) != b"R":
                raise EOFError("it ended while it started")
            self._ready = True

    def _arranged(self) -> tuple[list[str], Config]:
        """The command that starts it, and what it is told."""
        see = folders.sight(see_hidden=self.role == "judge")
        why = {} if linux.ON_LINUX else dict.fromkeys(_ON_LINUX_ALONE, "this is not Linux")
        start, root = [], "none"
        if layers.FILES not in self.off | set(why):
            root = "own" if bubble.why_not(see) else "ready"
            start = bubble.command(see) if root == "ready" else []
        readable = folders.open_to_others() if root == "none" else folders.open_inside()
        own_user = linux.ON_LINUX and os.geteuid() == 0 and readable
        if os.geteuid() == 0 and not own_user and layers.USER not in why:
            why[layers.USER] = "the interpreter's folders cannot be read by another user"
        config = Config(
            role=self.role,
            off=sorted(self.off),
            own_user=own_user,
            first_user=FIRST_USER + os.getpid() * 2 * USERS + (USERS if self.role == "judge" else 0),
            root=root,
            why=why,
            folders=[str(folder) for folder in see.folders],
            covered=[str(path) for path in see.covered],
            places=[asdict(place) for place in self._places],
        )
        alone = "-P" if self.role == "kernel" else "-I"
        return [*start, sys.executable, alone, "-m", "autograder.run.zygote"], config

    def _environment(self) -> dict[str, str]:
        if self.role == "kernel":
            return dict(os.environ)
        return {**os.environ, **ENVIRONMENT} if layers.ENVIRONMENT in self.off else ENVIRONMENT

    def _warm(self, lab: str) -> None:
        """Tell it to warm up for a lab, where it was not told before."""
        if not lab or lab in self._labs:
            return
        assert self._control is not None
        ours, theirs = socket.socketpair()
        self._labs.add(lab)
        self._warming[lab] = ours
        with theirs:
            socket.send_fds(self._control, [b"W"], [theirs.fileno()])
        ours.sendall(json.dumps([lab]).encode() + b"\n")

    def _await_warmth(self, lab: str) -> None:
        if lab not in self._warming:
            return
        with self._warming.pop(lab) as line:
            line.settimeout(START_SECONDS)
            if not line.makefile("rb").readline():
                raise EOFError(f"it ended while it warmed up for {lab}")

    def _forked(self, stream: int | None) -> Fork:
        assert self._control is not None
        ours, theirs = socket.socketpair()
        if linux.ON_LINUX:
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        orders_in, orders = os.pipe()
        answers, answers_out = os.pipe() if stream is None else (-1, os.dup(stream))
        try:
            with theirs:
                socket.send_fds(self._control, [b"F"], [theirs.fileno(), orders_in, answers_out])
            return Fork(ours, orders, answers, _pid(ours))
        except BaseException:
            ours.close()
            for pipe in (orders, answers):
                with contextlib.suppress(OSError):
                    os.close(pipe)
            raise
        finally:
            os.close(orders_in)
            os.close(answers_out)

    def _stop(self) -> None:
        for line in self._warming.values():
            line.close()
        self._warming = {}
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(END_SECONDS)
            if self._process.returncode is None:
                self._process.kill()
                self._process.wait()
            self._process = None


_ON_LINUX_ALONE = (
    layers.FILES, layers.HOME, layers.PROCESSES, layers.NETWORK, layers.IPC, layers.USER, layers.PRIVILEGES,
    layers.LANDLOCK, layers.SECCOMP, layers.CGROUP,
)  # fmt: skip


def _pid(line: socket.socket) -> int:
    """The number of the fork, in our own namespace of processes. Raises EOFError where there is none."""
    line.settimeout(START_SECONDS)
    said, extra, _, _ = line.recvmsg(4096, socket.CMSG_SPACE(12))
    if not said.endswith(b"\n"):
        raise EOFError("it ended while it forked")
    plain = json.loads(said).get("pid")
    if plain is not None:
        return int(plain)
    return next(int(struct.unpack("3i", data)[0]) for _, kind, data in extra if kind == socket.SCM_CREDENTIALS)
