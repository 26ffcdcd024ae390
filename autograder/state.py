"""The learner's state file: who the learner is, what was read, answered and graded.

One JSON file, written whole or not at all.

Where it is: the file named by FARGATE_COURSE_STATE; else `.fargate-course/state.json` in the nearest folder above the
working directory that has a `.fargate-course` folder (the workspace); else `~/.local/share/fargate-course/state.json`.

Two windows may write at once: a change holds a lock from reading to writing. A crash leaves the old file or the new
one, since the new one is written beside it and renamed over it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypedDict, cast

from filelock import FileLock, Timeout

from autograder.trouble import Trouble

VERSION = 1
FOLDER = ".fargate-course"
PATIENCE = 20.0
"""Seconds to wait for another window's change."""


class State(TypedDict):
    """What is kept. The values under lessons, questions, labs, placements, exams and reviews are JSON objects keyed by
    id."""

    version: int
    learner: str
    """The learner's name or id; '' until it is known."""
    lessons: dict[str, Any]
    questions: dict[str, Any]
    labs: dict[str, Any]
    placements: dict[str, Any]
    """By attempt; of the form of `exams`."""
    exams: dict[str, Any]
    reviews: dict[str, Any]
    """By curriculum row."""


def fresh() -> State:
    """A state in which nothing has happened."""
    return {
        "version": VERSION,
        "learner": "",
        "lessons": {},
        "questions": {},
        "labs": {},
        "placements": {},
        "exams": {},
        "reviews": {},
    }


def moment() -> str:
    """Now, as it is kept: ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def path() -> Path:
    """Where the state file of this process is (it need not exist)."""
    named = os.environ.get("FARGATE_COURSE_STATE")
    if named:
        return Path(named).expanduser().absolute()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / FOLDER).is_dir():
            return folder / FOLDER / "state.json"
    return Path.home() / ".local" / "share" / "fargate-course" / "state.json"


def workspace(otherwise: Path | None = None) -> Path:
    """The folder whose progress file is in use; where that lies in none, `otherwise`, or the working directory."""
    folder = path().parent
    return folder.parent if folder.name == FOLDER else otherwise or Path.cwd()


def read() -> State:
    """The state as it is now. A file that does not exist reads as a fresh state; nothing is written.

    Raises Trouble where the file was written by a newer version of the course. A damaged file is set aside, with a
    word on stderr, and reads as fresh.
    """
    file = path()
    try:
        return _parse(file)
    except _Damaged:
        with locked(file):
            return _parse_or_set_aside(file)


@contextmanager
def change() -> Iterator[State]:
    """`with state.change() as s:` reads the state, lets the block alter it, and writes it.

    Nothing is written if the block raises. Raises Trouble as `read` does, and where another window keeps the lock.
    """
    file = path()
    with locked(file):
        state = _parse_or_set_aside(file)
        yield state
        _write(file, state)


def parsed(file: Path) -> State:
    """The state in a file that somebody names. Raises FileNotFoundError, and Trouble for what is no state."""
    if not file.is_file():
        raise FileNotFoundError(file)
    try:
        return _parse(file)
    except _Damaged as why:
        raise Trouble(f"{file} holds no progress of this course: {why}") from None


class _Damaged(Exception):
    """The file is not the JSON object that it should be."""


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Keep other windows from writing this file. Raises Trouble where one keeps the lock, or it cannot be written."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(f"{file}.lock", timeout=PATIENCE)
        with lock:
            yield
    except Timeout:
        raise Trouble(
            f"{file} has been locked by another window for {PATIENCE:.0f} seconds: "
            "close that notebook or restart its kernel, then run this again"
        ) from None
    except OSError as error:  # no permission, a full disk, a read-only one, a folder in its place
        raise Trouble(
            f"cannot write {error.filename or file} ({error.strerror}): mend that, or set FARGATE_COURSE_STATE to a "
            "file in a folder of yours"
        ) from None


def _parse(file: Path) -> State:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return fresh()
    except (ValueError, RecursionError) as error:
        raise _Damaged(str(error)) from None
    except OSError as error:
        raise Trouble(f"{file} cannot be read ({error.strerror}): mend that, or set FARGATE_COURSE_STATE") from None
    if not isinstance(found, dict) or not isinstance(found.get("version"), int):
        raise _Damaged("it is not an object with a version number")
    if found["version"] > VERSION:
        raise Trouble(
            f"{file} was written by a newer version of this course (state version {found['version']}, this one "
            f"knows {VERSION}): update the course with `python3 start.py update`"
        )
    state = cast(dict[str, Any], fresh()) | found
    if any(type(state[key]) is not type(empty) for key, empty in fresh().items()):
        raise _Damaged("an entry has the wrong type")
    for name in (key for key, empty in fresh().items() if isinstance(empty, dict)):
        if not all(isinstance(entry, dict) for entry in state[name].values()):
            raise _Damaged(f"an entry under `{name}` is no object")
    for name, entry in (pair for key in ("exams", "placements") for pair in state[key].items()):
        if not isinstance(entry.get("items"), dict) or not isinstance(entry.get("submitted", ""), int | float | None):
            raise _Damaged(f"{name} does not say which items it had, or whether it was submitted")
    for name, entry in state["labs"].items():
        asked = entry.get("questions", {})
        if not isinstance(asked, dict) or not all(isinstance(one, dict) for one in asked.values()):
            raise _Damaged(f"an answer in lab {name} is no object")
    return cast(State, state)


def _parse_or_set_aside(file: Path) -> State:
    try:
        return _parse(file)
    except _Damaged as why:
        kept = _free_name(file)
        os.replace(file, kept)
        sys.stderr.write(
            f"The progress file {file} was damaged ({why}). It is kept as {kept.name}; a fresh one is begun.\n"
        )
        return fresh()


def _free_name(file: Path) -> Path:
    number = 1
    while (kept := file.with_name(f"{file.stem}.damaged-{number}{file.suffix}")).exists():
        number += 1
    return kept


def _write(file: Path, state: State) -> None:
    text = json.dumps(state, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    # One name is enough: the lock is held. So changes that were killed leave at most one file behind.
    new = file.with_name(f".{file.name}.new")
    with new.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    os.replace(new, file)
