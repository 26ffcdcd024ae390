"""A cgroup for each submission, where this process may make one: total memory, number of processes, and their end.

Version 2 where the memory controller is there, else version 1 (https://docs.kernel.org/admin-guide/cgroup-v2.html).
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
import time
from dataclasses import dataclass
from pathlib import Path

from autograder.run.budget import Budget

MOUNTED = Path("/sys/fs/cgroup")
NAME = "fargate-course"
_numbers = itertools.count()


class NoCgroup(Exception):
    """This process cannot make a cgroup. The message says why."""


@dataclass(frozen=True)
class Places:
    """Where groups can be made: one folder in version 2, one for each controller in version 1."""

    memory: Path
    processes: Path
    version: int


class Group:
    """The group of one submission."""

    def __init__(self, places: Places, budget: Budget) -> None:
        name = f"{NAME}-{os.getpid()}-{next(_numbers)}"
        self._folders = [place / name for place in dict.fromkeys((places.memory, places.processes))]
        made = []
        try:
            for folder in self._folders:
                folder.mkdir()
                made.append(folder)
            first, last = self._folders[0], self._folders[-1]
            limit = "memory.max" if places.version == 2 else "memory.limit_in_bytes"
            (first / limit).write_text(str(budget.total_memory))
            (last / "pids.max").write_text(str(budget.processes))
        except OSError as error:
            for folder in made:
                folder.rmdir()
            raise NoCgroup(f"{error.strerror}: {error.filename}") from None
        swap = first / ("memory.swap.max" if places.version == 2 else "memory.memsw.limit_in_bytes")
        with contextlib.suppress(OSError):  # a machine without swap has no such file
            swap.write_text("0" if places.version == 2 else str(budget.total_memory))

    def add(self, pid: int) -> None:
        """Put a process in, before it starts others. Raises NoCgroup."""
        try:
            for folder in self._folders:
                (folder / "cgroup.procs").write_text(str(pid))
        except OSError as error:
            raise NoCgroup(str(error.strerror)) from None

    def end(self) -> None:
        """Kill what is left in it, and take it away."""
        for _ in range(200):
            try:
                for folder in self._folders:
                    folder.rmdir()
                return
            except FileNotFoundError:
                self._folders = [folder for folder in self._folders if folder.exists()]
            except OSError:
                self._kill()
                time.sleep(0.01)

    def _kill(self) -> None:
        for folder in self._folders:
            with contextlib.suppress(OSError):
                (folder / "cgroup.kill").write_text("1")
            with contextlib.suppress(OSError):
                for pid in (folder / "cgroup.procs").read_text().split():
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(int(pid), 9)


def group(budget: Budget) -> Group:
    """A new group with these limits. Raises NoCgroup."""
    return Group(_places(), budget)


@functools.cache
def _places_or_why() -> Places | str:
    try:
        lines = Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return "this system has no cgroups"
    mine = {controllers: path.lstrip("/") for _, controllers, path in (line.split(":", 2) for line in lines)}
    found = _version_2(mine) or _version_1(mine)
    if found is None:
        return "no cgroup with memory and pids is delegated to this user"
    _sweep(found)
    return found


def _sweep(places: Places) -> None:
    """Take away the groups of graders that were killed. Their forks have ended with them, so the groups are empty."""
    for folder in (*places.memory.glob(f"{NAME}-*"), *places.processes.glob(f"{NAME}-*")):
        grader = folder.name.split("-")[-2]
        if grader.isdigit() and not Path("/proc", grader).exists():
            with contextlib.suppress(OSError):
                folder.rmdir()


def _places() -> Places:
    found = _places_or_why()
    if isinstance(found, str):
        raise NoCgroup(found)
    return found


def _version_2(mine: dict[str, str]) -> Places | None:
    """Below our own group where its controllers are handed down, else beside it."""
    if "" not in mine:
        return None
    own = MOUNTED / mine[""]
    with contextlib.suppress(OSError):  # refused where processes stand in it, unless it is the machine's root
        _tell(own / "cgroup.subtree_control", "+memory +pids")
    for parent in (own, own.parent):
        with contextlib.suppress(OSError):
            handed = (parent / "cgroup.subtree_control").read_text().replace("+", "").split()
            if {"memory", "pids"} <= set(handed) and os.access(parent / "cgroup.procs", os.W_OK):
                return Places(parent, parent, 2)
    return None


def _tell(file: Path, text: str) -> None:
    """Write to a file of the kernel's. Raises OSError where there is none, and makes none."""
    there = os.open(file, os.O_WRONLY | os.O_TRUNC)
    try:
        os.write(there, text.encode())
    finally:
        os.close(there)


def _version_1(mine: dict[str, str]) -> Places | None:
    found = {}
    for wanted in ("memory", "pids"):
        path = next((path for names, path in mine.items() if wanted in names.split(",")), None)
        if path is None:
            return None
        folders = [MOUNTED / wanted / path, MOUNTED / wanted]  # in a container, the path is the host's
        folder = next((one for one in folders if os.access(one / "cgroup.procs", os.W_OK)), None)
        if folder is None:
            return None
        found[wanted] = folder
    return Places(found["memory"], found["pids"], 1)
