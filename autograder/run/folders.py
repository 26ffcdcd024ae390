"""What of the disk a process in the box may see: the interpreter, the libraries, the course's packages; no secrets."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import autograder
import simcloud
from autograder.author.places import course
from autograder.checks import places

SYSTEM = ("bin", "lib", "lib32", "lib64", "sbin")
"""Folders of the system beside /usr; on most machines they are links into it."""

DEVICES = ("null", "zero", "full", "random", "urandom", "tty")


@dataclass(frozen=True)
class Sight:
    """What may be seen."""

    folders: tuple[Path, ...]
    """Interpreter and packages, outermost folders only."""
    covered: tuple[Path, ...]
    """Folders and files inside them that are hidden from this process."""

    def readable(self) -> list[Path]:
        """The folders, taken apart where something below them is covered."""
        return [part for folder in self.folders for part in _parts(folder, self.covered)]

    def taken_apart(self) -> list[Path]:
        """Folders that have something covered below them: their names may be read, to find modules."""
        found = {parent for hidden in self.covered for parent in hidden.parents}
        return sorted(parent for parent in found if any(_inside(parent, folder) for folder in self.folders))


def sight(*, see_hidden: bool) -> Sight:
    """What the judging process (which sees hidden checks) or a learner's process may see."""
    needed = _needed()
    secret = [] if see_hidden else [*places.hidden_folders(), Path(autograder.__file__).parent / "bank" / "graded"]
    inside = [path for path in _course_files() if any(folder in path.parents for folder in needed)]
    return Sight(tuple(needed), tuple(path for path in (*secret, *inside) if path.exists()))


def open_to_others() -> bool:
    """Can another user of this machine reach the interpreter and the course where they lie?"""
    return all(place.stat().st_mode & 0o005 == 0o005 for folder in _needed() for place in (folder, *folder.parents))


def open_inside() -> bool:
    """Could another user read them, were the folders above them open? In a file system of its own they are."""
    return all(folder.stat().st_mode & 0o005 == 0o005 for folder in _needed())


def _needed() -> list[Path]:
    wanted = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve().parent.parent}
    wanted |= {Path(package.__file__).parent for package in (autograder, simcloud) if package.__file__}
    wanted |= {Path(place.path) for place in places.PLACES if place.path}
    real = sorted({Path(os.path.abspath(folder)) for folder in wanted})
    return [folder for folder in real if folder != Path("/usr") and not any(o in folder.parents for o in real)]


def _course_files() -> list[Path]:
    """What of the course and the person's files nobody in a box may see."""
    root = course().root
    names = ("solutions", "submitted", "autograded", "feedback", "exchange", "gradebook.db", "tests")
    return [path for path in (root / name for name in names) if path.exists()]


def _parts(folder: Path, covered: Sequence[Path]) -> Iterable[Path]:
    if folder in covered:
        return
    if not any(folder in hidden.parents for hidden in covered):
        yield folder
        return
    for child in sorted(folder.iterdir()):
        yield from _parts(child, covered)


def _inside(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents
