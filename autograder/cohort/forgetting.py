"""`fargate-course forget LEARNER`: everything that is kept of one learner, found, told and deleted.

What it cannot know of is named at the end: backups, exports and rosters that lie elsewhere.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.author.places import Course, course
from autograder.grade import history, terms
from autograder.grade.attempts import Attempts
from autograder.grade.batch import alone
from autograder.grade.command import say
from autograder.learner import is_id
from autograder.trouble import Trouble
from simcloud.sim.story import counted

FOLDERS = ("submitted", "autograded", "feedback", "grading/attempts")
"""In which each learner has a folder."""
HEAD = 4096
"""Bytes of a kept run or trait within which it says whose world it was done in."""


@dataclass(frozen=True)
class Found:
    """What is kept of a learner."""

    files: dict[str, list[Path]]
    """By what they are, files and folders."""
    lines: dict[str, int]
    """By what they are, entries in files that hold other learners' too."""
    listed: bool
    """Is the learner among the gradebook's students?"""
    labs: tuple[str, ...]
    """Of which the gradebook has marks."""
    left: tuple[str, ...]
    """What names the learner and is somebody else's."""

    def __bool__(self) -> bool:
        return bool(self.files or self.lines or self.listed)


def forget(args: argparse.Namespace) -> int:
    """The command. Raises Trouble, with nothing deleted, where nothing is kept of the learner."""
    here = course()
    if not is_id(args.learner):
        raise Trouble(f"{args.learner!r} cannot be a learner's id: use the name of the folder in submitted/")
    with alone(here):
        mine = found(here, args.learner, args.gradebook or "")
        if not mine:
            raise Trouble(f"nothing of {args.learner} is kept here: look at the names in submitted/ and gradebook")
        if not args.dry_run:
            _delete(here, args.learner, mine, args.gradebook or "")
            if found(here, args.learner, args.gradebook or ""):
                raise Trouble(f"not everything of {args.learner} could be deleted: give the same command again")
    for line in told(args.learner, mine, done=not args.dry_run):
        say(line)
    return 0


def found(here: Course, learner: str, gradebook: str = "") -> Found:
    """Everything of this learner."""
    files = {name: [here.root / name / learner] for name in FOLDERS if (here.root / name / learner).is_dir()}
    others = {run for who, run in _runs(here) if who != learner}
    mine = {run for who, run in _runs(here) if who == learner} - others
    kinds = {
        "transcripts (grading/runs)": list(_kept(here, "runs", learner, mine, others)),
        "records (grading/records)": [file for file, data in _records(here) if data.get("learner") == learner],
        "traits (grading/traits)": list(_kept(here, "traits", learner, mine, set())),
        "packages and receipts": sorted(_packages(here, learner)),
        "reports that name them": list(_reports(here, learner)),
    }
    files |= {kind: paths for kind, paths in kinds.items() if paths}
    entries = {
        "terms (grading/terms.json)": sum(who == learner for who, _ in terms.every(here)),
        "regraded marks (grading/regrades.jsonl)": sum(one.learner == learner for one in history.history(here)),
    }
    left = [
        f"the record of {data['learner']} {data['lab']} says that it was done in the world of {learner}"
        for _, data in _records(here)
        if data.get("learner") != learner and any(f" {learner}" in str(flag) for flag in data.get("flags", ()))
    ]
    left += [f"{path.name}/ was put aside by a restore: delete it" for path in here.root.glob("before-restore-*")]
    lines = {kind: number for kind, number in entries.items() if number}
    return Found(files, lines, *_in_gradebook(here, learner, gradebook), tuple(sorted(left)))


def told(learner: str, mine: Found, *, done: bool) -> Iterator[str]:
    """What was deleted, or would be."""
    verb = "deleted" if done else "would be deleted"
    if mine.listed and not mine.labs:
        yield f"gradebook: what it says of {learner} {verb}"
    if mine.labs:
        yield f"gradebook: marks of {learner} in {counted(len(mine.labs), 'lab')} {verb} ({', '.join(mine.labs)})"
    for kind, paths in mine.files.items():
        what = "folder" if kind in FOLDERS else "file" if len(paths) == 1 else "files"
        yield f"{kind}: {len(paths)} {what} {verb}"
    for kind, number in mine.lines.items():
        yield f"{kind}: {number} {'entry' if number == 1 else 'entries'} {verb}"
    for said in mine.left:
        yield f"not deleted: {said}"
    yield "Not touched: backups, rosters and exports that you made, and packages outside of the course's folder."


def _delete(here: Course, learner: str, mine: Found, gradebook: str) -> None:
    """The gradebook first: what is left after a fault is found again by its files."""
    if mine.listed:
        _delete_marks(here, learner, gradebook)
    terms.keep(here, {who: one for who, one in terms.every(here).items() if who[0] != learner})
    history.keep(here, [one for one in history.history(here) if one.learner != learner])
    last = [path for kind, paths in mine.files.items() if kind == "grading/attempts" for path in paths]
    for path in [path for paths in mine.files.values() for path in paths if path not in last] + last:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for folder in ("runs", "records"):  # what a killed command left may be theirs: nobody needs it
        for path in (here.root / "grading" / folder).rglob(".*.new"):
            path.unlink(missing_ok=True)


def _delete_marks(here: Course, learner: str, gradebook: str) -> None:
    from autograder.grade.gradebook import Book, file_of, opened

    book = Book(here, gradebook)
    with opened(book.url) as there:
        there.remove_student(learner)
    file = file_of(book.url)
    if file is not None:
        with closing(sqlite3.connect(file)) as there:  # what SQLite deletes stays in its file until it is written anew
            there.execute("VACUUM")


def _in_gradebook(here: Course, learner: str, gradebook: str) -> tuple[bool, tuple[str, ...]]:
    """Is the learner among the gradebook's students, and which labs has it marks of?"""
    from autograder.grade.gradebook import Book, file_of, marks, students

    file = file_of(Book(here, gradebook).url)
    if file is not None and not file.exists():
        return False, ()
    labs = tuple(one.lab for one in marks(here, gradebook) if one.learner == learner)
    return learner in students(Book(here, gradebook).url), labs


def _runs(here: Course) -> Iterator[tuple[str, str]]:
    """Learner and kept run of every attempt."""
    attempts = Attempts(here)
    for learner, lab in attempts.all():
        yield from ((learner, one.run) for one in attempts.of(learner, lab) if one.run)


def _kept(here: Course, kind: str, learner: str, mine: set[str], others: set[str]) -> Iterator[Path]:
    """Files of the store that belong to one of these runs, or to this learner's world, where nobody else needs them."""
    for file in sorted((here.root / "grading" / kind).rglob("*.json.gz")):
        run = file.name.removesuffix(".json.gz")
        head = _head(file)
        named = f'"sat": {json.dumps(learner)}' in head or any(f'"run": "{one}"' in head for one in mine)
        if run in mine or (named and run not in others):
            yield file


def _head(file: Path) -> str:
    try:
        with gzip.open(file) as content:
            return content.read(HEAD).decode("utf-8", "replace")
    except (OSError, EOFError, zlib.error):
        return ""


def _records(here: Course) -> Iterator[tuple[Path, dict[str, Any]]]:
    for file in sorted((here.root / "grading" / "records").rglob("*.json.gz")):
        try:
            data = json.loads(gzip.decompress(file.read_bytes()))
        except (OSError, ValueError, EOFError, zlib.error):
            continue
        if isinstance(data, dict):
            yield file, data


def _packages(here: Course, learner: str) -> Iterator[Path]:
    """Packages and receipts in the course's folder, by the names that `submit` gives; and what is in the exchange."""
    packed = re.compile(
        re.escape(learner) + r"--[a-z0-9]+(-[a-z0-9]+)*[ .].*"
    )  # another's id may begin with this one's
    for folder in (here.root, here.root / "inbox"):
        yield from (file for file in folder.glob(f"{learner}--*") if file.is_file() and packed.fullmatch(file.name))
    handed = re.compile(re.escape(learner) + r"\+[a-z0-9-]+\+\d{4}-\d\d-\d\d .*")
    exchange = here.root / "exchange"
    yield from (path for path in exchange.rglob(f"{learner}+*") if path.is_dir() and handed.fullmatch(path.name))


def _reports(here: Course, learner: str) -> Iterator[Path]:
    """Files of `report/` in which the learner's name stands."""
    for file in sorted((here.root / "report").glob("*")):
        if file.is_file() and learner.encode() in file.read_bytes():
            yield file
