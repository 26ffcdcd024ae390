"""A cgroup for each submission, where this process may make one: total memory, number of processes, and their end.

Where the cpu controller is there too, also their share of the processors: a submission with fifty busy processes would
else let the cells of those beside it run out of time. Version 2 where the memory controller is there, else version 1 (https://docs.kernel.org/admin-guide/cgroup-v2.html).
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
_PERIOD = 100_000
"""Microseconds in which the share of the processors is counted: the kernel's own default."""
_numbers = itertools.count()


class NoCgroup(Exception):
    """This process cannot make a cgroup. The message says why."""


@dataclass(frozen=True)
class Places:
    """Where groups can be made: one folder in version 2, one for each controller in version 1."""

    memory: Path
    processes: Path
    version: int
    cpu: Path | None = None
    """None where that controller is not to be had; the group is made without it."""

    @property
    def every(self) -> list[Path]:
        """Each of the folders once."""
        return list(dict.fromkeys(place for place in (self.memory, self.processes, self.cpu) if place is not None))


class Group:
    """The group of one submission."""

    def __init__(self, places: Places, budget: Budget) -> None:
        name = f"{NAME}-{os.getpid()}-{next(_numbers)}"
        self._folders = [place / name for place in places.every]
        made = []
        try:
            for folder in self._folders:
                folder.mkdir()
                made.append(folder)
            limit = "memory.max" if places.version == 2 else "memory.limit_in_bytes"
            (places.memory / name / limit).write_text(str(budget.total_memory))
            (places.processes / name / "pids.max").write_text(str(budget.processes))
            self._share(places, name, int(budget.cores * _PERIOD))
        except OSError as error:
            for folder in made:
                folder.rmdir()
            raise NoCgroup(f"{error.strerror}: {error.filename}") from None
        swap = places.memory / name / ("memory.swap.max" if places.version == 2 else "memory.memsw.limit_in_bytes")
        with contextlib.suppress(OSError):  # a machine without swap has no such file
            swap.write_text("0" if places.version == 2 else str(budget.total_memory))

    def _share(self, places: Places, name: str, quota: int) -> None:
        if places.cpu is not None:
            file, text = ("cpu.max", f"{quota} {_PERIOD}") if places.version == 2 else ("cpu.cfs_quota_us", str(quota))
            with contextlib.suppress(OSError):  # a kernel may be built without it
                (places.cpu / name / file).write_text(text)

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
    for folder in (folder for place in places.every for folder in place.glob(f"{NAME}-*")):
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
    for wanted in ("+cpu +memory +pids", "+memory +pids"):
        with contextlib.suppress(OSError):  # refused where processes stand in it, unless it is the machine's root
            _tell(own / "cgroup.subtree_control", wanted)
            break
    for parent in (own, own.parent):
        with contextlib.suppress(OSError):
            handed = (parent / "cgroup.subtree_control").read_text().replace("+", "").split()
            if {"memory", "pids"} <= set(handed) and os.access(parent / "cgroup.procs", os.W_OK):
                return Places(parent, parent, 2, parent if "cpu" in handed else None)
    return None


def _tell(file: Path, text: str) -> None:
    """Write to a file of the kernel's. Raises OSError where there is none, and makes none."""
    there = os.open(file, os.O_WRONLY | os.O_TRUNC)
    try:
        os.write(there, text.encode())
    finally:
        os.close(there)


def _version_1(mine: dict[str, str]) -> Places | None:
    memory, processes, cpu = (_own_of(mine, wanted) for wanted in ("memory", "pids", "cpu"))
    return None if memory is None or processes is None else Places(memory, processes, 1, cpu)


def _own_of(mine: dict[str, str], wanted: str) -> Path | None:
    """The folder of a controller of version 1 in which this process may make groups."""
    path = next((path for names, path in mine.items() if wanted in names.split(",")), None)
    folders = [MOUNTED / wanted / path, MOUNTED / wanted] if path is not None else []  # the first may be the host's
    return next((one for one in folders if os.access(one / "cgroup.procs", os.W_OK)), None)
