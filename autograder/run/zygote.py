"""The warm process: everything is imported once, and each submission runs, or is judged, in a fork of it.

It is told what to be in one JSON message, then gets single bytes over a socket, each with file descriptors:
`F` fork (a line to talk about the fork, the fork's orders, its answers), `W` warm up for the labs named on the line.
It never reads what a notebook holds: that goes to the fork. No learner's code runs here, so a fork inherits nothing of
another learner. It has no thread, and ends when the grader that started it is gone.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import itertools
import json
import os
import resource
import selectors
import shutil
import signal
import socket
import struct
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from autograder.run import layers, linux, pages, root, seccomp
from autograder.run.box import ROOM, Closing
from autograder.run.budget import Budget
from autograder.run.folders import Sight

FIRST_USER = 1_000_000
USERS = 64
"""User ids a process of the grader has for its forks: one for each that runs at the same time."""


MANY = 20
"""Forks after which it pays to bring the memory that they share into large pages."""


@dataclass
class Config:
    """What a warm process is told when it starts."""

    role: str
    """learner, judge or kernel"""
    off: list[str]
    own_user: bool
    first_user: int
    root: str
    """Who makes its file system: `ready` (bubblewrap has), `own` (it does), `none`."""
    why: dict[str, str]
    """Layers missing already."""
    folders: list[str]
    covered: list[str]
    places: list[dict[str, str]]

    @property
    def sight(self) -> Sight:
        return Sight(tuple(map(Path, self.folders)), tuple(map(Path, self.covered)))


@dataclass
class Fork:
    """A fork that runs."""

    pid: int
    line: socket.socket
    slot: int
    home: Path


Serve = Callable[[BinaryIO, BinaryIO, Callable[[Budget], dict[str, str]]], None]
"""(orders, answers, close the box and tell what is missing): what a fork does for the rest of its life."""


class Zygote:
    """The warm process."""

    def __init__(self, control: socket.socket, config: Config) -> None:
        self.control, self.config = control, config
        self.forks: dict[int, Fork] = {}
        self.warmed = False
        """Has it warmed up for a lab before?"""
        self.count = 0
        """Forks that were made."""
        self.namespace = -1
        self.closing = self._closing()
        self.serve: Serve = _role(config.role)
        self.selector = selectors.DefaultSelector()

    def live(self) -> None:
        """Fork when told to, until the grader is gone."""
        awake, wake = socket.socketpair()
        for end in (awake, wake):
            end.setblocking(False)
        signal.set_wakeup_fd(wake.fileno())
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.selector.register(self.control, selectors.EVENT_READ, self._told)
        self.selector.register(awake, selectors.EVENT_READ, lambda: self._reap(awake))
        _freeze(collect=self.config.role == "kernel")
        self.control.sendall(b"R")
        while True:
            for key, _ in self.selector.select():
                key.data()

    def _told(self) -> None:
        """One byte, with its file descriptors. None: the grader is gone, and everything ends."""
        told, given, _, _ = socket.recv_fds(self.control, 1, 3)
        if not told:
            for fork in self.forks.values():
                _kill(fork.pid)
            os._exit(0)
        line = socket.socket(fileno=given[0])
        if told == b"W":
            self._warm(line)
        else:
            self._fork(line, given[1], given[2])

    def _warm(self, line: socket.socket) -> None:
        from autograder.run import warmth

        gc.disable()  # nearly all that is made now lives for ever: looking through it took a sixth of the time
        with line, line.makefile("rw") as file:
            for lab in json.loads(file.readline()):
                warmth.lab(lab, judge=self.config.role == "judge")
            _freeze(collect=self.warmed)
            self.warmed = True
            file.write("{}\n")

    def _fork(self, line: socket.socket, orders: int, answers: int) -> None:
        assert threading.active_count() == 1, "a fork would lose the other threads"
        slot = next(n for n in itertools.count() if all(fork.slot != n for fork in self.forks.values()))
        home = self._home(slot)
        self.count += 1
        if self.count == MANY:
            pages.gather()
        why = self._own_processes()
        try:
            pid = os.fork()
            if pid == 0:
                self._become(slot, home, orders, answers, why)
        finally:
            if self.namespace >= 0:
                linux.enter(self.namespace, linux.NEW_PROCESSES)
        os.close(orders)
        os.close(answers)
        fork = self.forks[pid] = Fork(pid, line, slot, home)
        _tell(line, pid)
        self.selector.register(line, selectors.EVENT_READ, lambda: self._let_go(fork))

    def _home(self, slot: int) -> Path:
        """Where the fork lives. Below a folder of its own mounting, the name is the same for all."""
        own = layers.HOME not in self.closing.off and layers.HOME not in self.closing.why
        return ROOM / "home" if own else ROOM / f"home-{os.getpid()}-{slot}"

    def _own_processes(self) -> dict[str, str]:
        """Let the next fork be the first process of a namespace; why not, where it cannot."""
        if self.namespace < 0:
            return {}
        try:
            linux.unshare(linux.NEW_PROCESSES)
        except OSError as error:
            return {layers.PROCESSES: str(error)}
        return {}

    def _become(self, slot: int, home: Path, orders: int, answers: int, why: dict[str, str]) -> None:
        """What the fork does. It never comes back."""
        try:
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGCHLD, signal.SIGPIPE):
                signal.signal(number, signal.SIG_DFL)
            os.setsid()
            _keep_only(orders, answers)
            self.closing.why |= why
            user = self.config.first_user + slot % USERS
            coming, going = os.fdopen(3, "rb"), os.fdopen(4, "wb")
            self.serve(coming, going, lambda budget: self.closing.close(budget, user, home).why)
        finally:
            os._exit(1)

    def _let_go(self, fork: Fork) -> None:
        """The grader is done with this fork: its line was closed, or something was sent where nothing is expected."""
        self.selector.unregister(fork.line)
        _kill(fork.pid)

    def _reap(self, awake: socket.socket) -> None:
        with contextlib.suppress(BlockingIOError):
            awake.recv(4096)
        for fork in list(self.forks.values()):
            if os.waitid(os.P_PID, fork.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
                if self.namespace < 0:
                    _kill_group(fork.pid)  # while its number cannot be another's yet
                _, status, used = os.wait4(fork.pid, 0)
                del self.forks[fork.pid]
                self._report(fork, status, used)

    def _report(self, fork: Fork, status: int, used: resource.struct_rusage) -> None:
        """Tell the grader how the fork ended and what it used, as the kernel counted it."""
        with contextlib.suppress(KeyError, ValueError):
            self.selector.unregister(fork.line)
        if fork.home != ROOM / "home":
            shutil.rmtree(fork.home, ignore_errors=True)
        peak = used.ru_maxrss * (1024 if linux.ON_LINUX else 1)
        says = {"status": status, "cpu": used.ru_utime + used.ru_stime, "peak": peak}
        with contextlib.suppress(OSError):
            fork.line.sendall(json.dumps(says).encode() + b"\n")
        fork.line.close()

    def _closing(self) -> Closing:
        config, ordinary = self.config, os.geteuid() != 0
        why, off = dict(config.why), frozenset(config.off)
        filter_ = None
        if layers.SECCOMP not in off | set(why):
            try:
                filter_ = seccomp.made()
            except OSError as error:
                why[layers.SECCOMP] = str(error)
        if config.root == "own":
            _try(why, layers.FILES, lambda: root.enter(config.sight))
        if not off | set(why) >= set(_NAMESPACES):
            _try(why, layers.PROCESSES, _may_make_namespaces)  # without it, each fork says why of the others
        if layers.PROCESSES not in off | set(why):
            _try(why, layers.PROCESSES, lambda: self._keep_namespace(ordinary))
        return Closing(off, config.sight, config.own_user, filter_, why)

    def _keep_namespace(self, ordinary: bool) -> None:
        """Remember the namespace of processes that this process is in, where it can come back to it."""
        if ordinary:
            linux.unshare(linux.NEW_PROCESSES)
            if inner := os.fork():
                os.waitpid(inner, 0)
                os._exit(0)
        self.namespace = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)


def _may_make_namespaces() -> None:
    """Get the right to make them: an ordinary user has it in a user namespace."""
    if not linux.has_capabilities():
        user, group = os.geteuid(), os.getegid()
        linux.unshare(linux.NEW_USER)
        linux.map_user(0, user, group)


_NAMESPACES = (layers.HOME, layers.PROCESSES, layers.NETWORK, layers.IPC)


def _try(why: dict[str, str], name: str, do: Callable[[], None]) -> None:
    try:
        do()
    except OSError as error:
        why[name] = str(error)


def _tell(line: socket.socket, pid: int) -> None:
    """Tell the grader the number of a fork, as credentials: the kernel translates it into the grader's namespace."""
    try:
        credentials = struct.pack("3i", pid, os.getuid(), os.getgid())
        line.sendmsg([b"{}\n"], [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, credentials)])
    except (OSError, AttributeError):  # without the right to, or not on Linux, both are in one namespace
        line.sendall(json.dumps({"pid": pid}).encode() + b"\n")


def _role(name: str) -> Serve:
    """Import what the role needs, and what all its forks would."""
    from autograder.run import warmth

    if name == "judge":
        from autograder.run import judging_child

        warmth.judge()
        return judging_child.serve
    if name == "kernel":
        from autograder.warm import kernel

        kernel.warm_up()
        return kernel.serve
    from autograder.run import child

    warmth.learner()
    return child.serve


def _keep_only(orders: int, answers: int) -> None:
    """The two pipes become 3 and 4; standard streams lead nowhere; every other file descriptor is closed."""
    kept = [fcntl.fcntl(number, fcntl.F_DUPFD, 64) for number in (orders, answers)]
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    for place, number in enumerate(kept, 3):
        os.dup2(number, place)
    os.closerange(5, min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 1_048_576))


SELDOM = (100_000, 20, 100)
"""When a fork's collector looks: its life is short, and what it would look through is mostly alive."""


def _freeze(*, collect: bool) -> None:
    """What lives now lives for ever: forks then share its memory, and their collectors leave it alone.

    To `collect` takes 0.2 s at a start, and finds little until worlds of several labs have been built.
    """
    if collect:
        gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    gc.enable()


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _kill_group(pid: int) -> None:
    """End what is left of a fork that had no processes of its own; with them, nothing is."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def main() -> None:
    """Read the configuration, warm up, live."""
    gc.disable()
    control = socket.socket(fileno=os.dup(0))
    os.set_inheritable(control.fileno(), False)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nothing, number)
    length = int.from_bytes(_exactly(control, 4))
    config = Config(**json.loads(_exactly(control, length)))
    from autograder.checks import places

    for place in config.places:
        places.add(places.Place(**place))
    Zygote(control, config).live()


def _exactly(control: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        block = control.recv(count - len(data))
        if not block:
            sys.exit(0)
        data += block
    return data


if __name__ == "__main__":
    main()
