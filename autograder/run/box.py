"""Closing the box: what a fork of the warm process does to itself before a learner's code, or hostile input, comes.

Each layer is tried by itself. What the machine refuses is noted with the reason, and the others are taken all the same.
"""

from __future__ import annotations

import contextlib
import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from autograder.run import landlock, layers, linux
from autograder.run.budget import Budget, set_limits
from autograder.run.folders import DEVICES, SYSTEM, Sight
from autograder.run.seccomp import Filter

ROOM = Path("/tmp")
"""Where a home of its own is mounted."""

NOBODY = 65534
NO_PROGRAMS = linux.NO_SUID | linux.NO_EXEC


def _under(room: Path) -> list[Path]:
    """The folders of the interpreter and of the course that lie in the room, which is to be covered; outermost only."""
    import autograder
    import simcloud

    homes = {Path(sys.prefix), Path(sys.base_prefix)}
    homes |= {Path(package.__path__[0]).parent for package in (autograder, simcloud)}
    inside = sorted(each for each in homes if each.is_relative_to(room) and each.is_dir())
    return [each for each in inside if not any(other in each.parents for other in inside)]


@dataclass
class Missing:
    """The layers that could not be had, with the reasons."""

    why: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def noting(self, *names: str) -> Iterator[None]:
        """An OSError in the block means that these layers are missing."""
        try:
            yield
        except OSError as error:
            for name in names:
                self.why[name] = str(error)


@dataclass
class Closing:
    """What is needed to close a box. Made in the warm process, used in each fork."""

    off: frozenset[str]
    """Layers that a test has switched off."""
    sight: Sight
    own_user: bool
    """May a fork take a user id of its own? Else it becomes nobody, in a user namespace."""
    filter: Filter | None
    why: dict[str, str]
    """Layers that are missing already, with reasons."""

    def close(self, budget: Budget, user: int, home: Path) -> Missing:
        """Close the box around this process, for good. `home`: where it lives, below `ROOM` where it has its own."""
        missing = Missing(dict(self.why) | dict.fromkeys(self.off, "switched off"))
        self._namespaces(missing, budget)
        self._home(missing, home)
        self._bound()
        self._user(missing, user)
        self._bound()  # once more: a user namespace begins with all of them
        self._privileges(missing)
        if self._on(layers.LIMITS):
            set_limits(budget)
        self._landlock(missing, home)
        self._filter(missing)
        random.seed()
        return missing

    def _on(self, name: str) -> bool:
        return name not in self.off and name not in self.why

    def _namespaces(self, missing: Missing, budget: Budget) -> None:
        kinds: dict[str, tuple[int, Callable[[], None]]] = {
            layers.NETWORK: (linux.NEW_NETWORK, _nothing),
            layers.IPC: (linux.NEW_IPC | linux.NEW_UTS, lambda: linux.host_name("lab")),
            layers.HOME: (linux.NEW_MOUNTS, lambda: self._mounts(budget)),
        }
        for name, (flags, after) in kinds.items():
            if self._on(name):
                with missing.noting(name):
                    linux.unshare(flags)
                    after()

    def _mounts(self, budget: Budget) -> None:
        """Small empty folders where it may write, and its own list of processes."""
        linux.mount("none", "/", flags=linux.RECURSIVE | linux.PRIVATE)
        safe = linux.NO_SUID | linux.NO_DEVICES
        kept = [(path, os.open(path, os.O_PATH)) for path in _under(ROOM)]
        for place in (str(ROOM), "/dev/shm"):
            with contextlib.suppress(FileNotFoundError):
                linux.mount("tmpfs", place, "tmpfs", safe, f"size={budget.home},nr_inodes=10000,mode=1777")
        for path, handle in kept:
            path.mkdir(parents=True, exist_ok=True)
            linux.mount(f"/proc/self/fd/{handle}", str(path), flags=linux.BIND | linux.RECURSIVE)
            os.close(handle)
        with contextlib.suppress(OSError):  # without it, `!command` in a cell has no terminal
            linux.mount("devpts", "/dev/pts", "devpts", NO_PROGRAMS, "newinstance,ptmxmode=0666,mode=0620")
        if self._on(layers.PROCESSES):
            try:
                linux.mount("proc", "/proc", "proc", safe | NO_PROGRAMS)
            except OSError:  # in a container whose /proc is covered in part: then it has none
                linux.mount("tmpfs", "/proc", "tmpfs", safe | linux.READ_ONLY, "size=4k")

    def _home(self, missing: Missing, home: Path) -> None:
        home.mkdir(mode=0o777, parents=True, exist_ok=True)
        home.chmod(0o777)
        os.chdir(home)
        for name in ("HOME", "IPYTHONDIR", "MPLCONFIGDIR"):
            os.environ[name] = str(home)

    def _user(self, missing: Missing, user: int) -> None:
        if not self._on(layers.USER):
            return
        with missing.noting(layers.USER):
            if self.own_user:
                os.setgroups([])
                os.setresgid(user, user, user)
                os.setresuid(user, user, user)
            else:
                outside = os.geteuid(), os.getegid()
                linux.unshare(linux.NEW_USER)
                linux.map_user(NOBODY, *outside)

    def _bound(self) -> None:
        if self._on(layers.PRIVILEGES):
            linux.bound_no_capabilities()

    def _privileges(self, missing: Missing) -> None:
        if self._on(layers.PRIVILEGES):
            with missing.noting(layers.PRIVILEGES):
                linux.no_new_privileges()
                linux.drop_capabilities()

    def _landlock(self, missing: Missing, home: Path) -> None:
        if not self._on(layers.LANDLOCK):
            return
        system = [Path("/usr"), Path("/etc/ld.so.cache"), Path("/proc"), *(Path("/", name) for name in SYSTEM)]
        own = layers.HOME not in missing.why
        devices = [Path("/dev", name) for name in (*DEVICES, "shm", "pts", "ptmx")]
        with missing.noting(layers.LANDLOCK):
            linux.no_new_privileges()
            readable = [*system, *self.sight.readable()]
            landlock.restrict(readable, self.sight.taken_apart(), [ROOM if own else home, *devices])

    def _filter(self, missing: Missing) -> None:
        if self._on(layers.SECCOMP) and self.filter is not None:
            with missing.noting(layers.SECCOMP):
                self.filter.load()


def _nothing() -> None:
    return
