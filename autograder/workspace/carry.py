"""Lessons and labs carried from the course into the learner's workspace.

A file is copied once. The copy that was given is kept under `.fargate-course/originals/`, so that a later version can
be told from what the learner wrote. What a merge replaces is kept under `.fargate-course/backups/`.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.setup.guard import alone
from autograder.trouble import Trouble
from autograder.workspace import files, notebook
from autograder.workspace.merge import merge as merged_with
from autograder.workspace.report import Carried, Change

ROOMS = ("course", "labs")
LEFT_OUT = ("source", "__pycache__")
"""Folders of the course that are no learner's; so is every one whose name begins with a dot."""


def carry(root: Path, workspace: Path, *, merge: bool, rooms: Sequence[str] = ROOMS) -> Carried:
    """Copy what the workspace lacks; with `merge`, also bring what it has up to the course's version.

    `root` is the course's folder; of its rooms only those named are carried. Raises Trouble where the
    workspace cannot be used; a single notebook that is damaged is left as it is and named in the result.
    """
    _usable(root, workspace)
    carried = Carried(workspace)
    try:
        with alone(workspace / ".fargate-course" / "lock", waiting=lambda: None):
            _carry_all(root, workspace, merge, carried, rooms)
    except OSError as error:
        reason = "the disk is full" if error.errno == errno.ENOSPC else f"{error.strerror or error}"
        where = error.filename or workspace
        raise Trouble(f"cannot write {where}: {reason}. Mend that, then run start.py again") from None
    return carried


def _usable(root: Path, workspace: Path) -> None:
    place = workspace.resolve()
    taken = [root.resolve(), *(root.resolve() / room for room in ROOMS)]
    if place in taken or any(parent in taken[1:] for parent in place.parents):
        raise Trouble(f"{workspace} is the course's own folder: choose another for --workspace")
    if place.exists() and not place.is_dir():
        raise Trouble(f"{workspace} is a file: name a folder for --workspace")


def _carry_all(root: Path, workspace: Path, merge: bool, carried: Carried, rooms: Sequence[str]) -> None:
    kept = workspace / ".fargate-course"
    backups = files.Backups(kept / "backups")
    for given in _course_files(root, rooms):
        name = given.relative_to(root).as_posix()
        change = _One(given, workspace / name, kept / "originals" / name, name).carry(merge, backups)
        if change is not None:
            carried.changes.append(change)


def _course_files(root: Path, rooms: Sequence[str]) -> Iterator[Path]:
    for room in rooms:
        for path in sorted((root / room).rglob("*")):
            inner = path.relative_to(root).parts[1:]
            if path.is_file() and not any(part in LEFT_OUT or part.startswith(".") for part in inner):
                yield path


class _One:
    """One file of the course: as given, as the learner has it, and as it was given the last time."""

    def __init__(self, given: Path, mine: Path, original: Path, name: str) -> None:
        self.given, self.mine, self.original, self.name = given, mine, original, name

    def carry(self, merge: bool, backups: files.Backups) -> Change | None:
        """Do what is due. None where nothing is, and nobody needs to know."""
        if not self.mine.exists():
            again = self.original.exists()
            self._put(self.given.read_bytes())
            return Change(self.name, "brought back" if again else "new")
        if self._current():
            return None
        if notebook.same(self.mine, self.given):
            self._settle()
            return None
        if not merge:
            return Change(self.name, "newer")
        if self.original.exists() and notebook.same(self.mine, self.original):
            self._put(self.given.read_bytes())
            return Change(self.name, "updated")
        return self._merge(backups)

    def _current(self) -> bool:
        return self.original.exists() and notebook.same(self.original, self.given)

    def _merge(self, backups: files.Backups) -> Change:
        if self.mine.suffix != ".ipynb":
            kept = backups.keep(self.mine, self.name)
            self._put(self.given.read_bytes())
            return Change(self.name, "updated", kept=kept)
        try:
            merged = merged_with(*self._versions())
        except notebook.Damaged as damage:
            return Change(self.name, "damaged", why=str(damage))
        kept = backups.keep(self.mine, self.name)
        self._put(notebook.render(merged.notebook))
        return Change(self.name, "merged", counts=merged.counts, kept=kept)

    def _versions(self) -> tuple[notebook.Notebook, notebook.Notebook | None, notebook.Notebook]:
        mine = notebook.parse(self.mine.read_bytes())
        try:
            base = notebook.parse(self.original.read_bytes())
        except (OSError, notebook.Damaged):
            base = None
        return mine, base, notebook.parse(self.given.read_bytes())

    def _put(self, content: bytes) -> None:
        files.write(self.mine, content)
        self._settle()

    def _settle(self) -> None:
        """From now on the course's present version is the one that was given."""
        files.write(self.original, self.given.read_bytes())
