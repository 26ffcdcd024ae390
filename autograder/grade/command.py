"""`fargate-course grade DIR`: grade LEARNER/LAB/*.ipynb in DIR; write gradebook, notebooks and feedback."""

from __future__ import annotations

import argparse
import json
import os
import sys
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.author.places import Course, course
from autograder.grade.engine import Graded, grade_file
from autograder.grade.feedback_html import feedback_page
from autograder.grade.record import Record, unreadable
from autograder.learner import is_id
from autograder.run.budget import Budget
from autograder.run.submission import BadSubmission, read
from autograder.trouble import Trouble


@dataclass(frozen=True)
class Handed:
    """One submission as it lies in the folder."""

    learner: str
    lab: str
    """'' where the learner's folder holds none."""
    folder: Path


def grade(args: argparse.Namespace) -> int:
    """The command. Raises Trouble where nothing can be graded; one bad submission stops no other."""
    if args.json and not args.json.absolute().parent.is_dir():
        raise Trouble(f"{args.json} cannot be written: its folder is not there; make it, or name another file")
    records = grade_folder(course(), args.directory, jobs=args.jobs, gradebook=args.gradebook or "")
    if args.json:
        _write(args.json, json.dumps(records, indent=1, ensure_ascii=False) + "\n")
    graded = [record for record in records if record["outcome"] != "skipped"]
    if not graded:
        raise Trouble(f"nothing in {args.directory} could be graded: each line above says what to do")
    _say(f"{len(graded)} of {len(records)} submissions graded.")
    return 0


def grade_folder(
    here: Course, folder: Path, *, jobs: int | None = None, gradebook: str = "", budget: Budget | None = None
) -> list[Record]:
    """Grade every submission of a folder; the records, in order of learner and lab."""
    handed = found(folder)
    keep = _Keeper(here, gradebook)
    if jobs is not None and jobs < 1:
        raise Trouble(f"--jobs {jobs} grades nothing: give a number from 1")
    records: dict[Handed, Record] = {}
    with ThreadPoolExecutor(jobs or os.cpu_count() or 1) as pool:
        running = {pool.submit(_grade_one, here, one, budget): one for one in handed}
        for number, done in enumerate(as_completed(running), 1):
            one = running[done]
            records[one] = _finish(keep, one, done)
            _say(f"[{number}/{len(handed)}] {_line(records[one])}")
    return [records[one] for one in handed]


def found(folder: Path) -> list[Handed]:
    """The submissions in a folder. Raises Trouble where there is none."""
    if not folder.is_dir():
        raise Trouble(f"{folder} is not a folder: give the one with LEARNER/LAB/*.ipynb in it")
    handed = []
    for learner in sorted(_folders(folder)):
        labs = sorted(_folders(learner))
        handed += [Handed(learner.name, lab.name, lab) for lab in labs] or [Handed(learner.name, "", learner)]
    if not handed:
        raise Trouble(f"{folder} holds no submission: put notebooks into it as LEARNER/LAB/name.ipynb")
    return handed


def _folders(folder: Path) -> list[Path]:
    """The folders in a folder; no link, which could lead to another learner's."""
    return [one for one in folder.iterdir() if one.is_dir() and not one.is_symlink() and not one.name.startswith(".")]


def notebook_in(handed: Handed) -> Path:
    """The notebook of a submission, whatever its name: the one whose inside says it is of this lab.

    Raises BadSubmission where there is none, or more than one under other names than the lab's.
    """
    if not is_id(handed.learner):
        raise BadSubmission(f"{handed.learner!r} cannot be a learner's id: rename the folder, without spaces")
    if not handed.lab:
        raise BadSubmission(f"{handed.folder} holds no folder of a lab: put the notebook into {handed.learner}/LAB/")
    files = sorted(file for file in handed.folder.glob("*.ipynb") if file.is_file() and not file.is_symlink())
    if not files:
        raise BadSubmission(f"{handed.folder} holds no notebook: ask {handed.learner} to submit again")
    proper = handed.folder / f"{handed.lab}.ipynb"
    if proper in files or len(files) == 1:
        return proper if proper in files else files[0]
    fitting = [file for file in files if _lab_of(file) == handed.lab]
    if len(fitting) != 1:
        names = ", ".join(file.name for file in files)
        what = f"{len(fitting)} notebooks of {handed.lab} ({names})"
        raise BadSubmission(f"{handed.folder} holds {what}: leave the one that counts")
    return fitting[0]


def _lab_of(file: Path) -> str:
    try:
        return read(file).lab
    except BadSubmission:
        return ""


def _grade_one(here: Course, one: Handed, budget: Budget | None) -> Graded:
    return grade_file(here, notebook_in(one), learner=one.learner, lab=one.lab, budget=budget)


def _finish(keep: _Keeper, one: Handed, done: Future[Graded]) -> Record:
    """Keep what came of one submission. Whatever went wrong with it is its own line, and no other's."""
    try:
        graded = done.result()
        keep.submission(one, graded)
    except BadSubmission as why:
        return unreadable(one.learner, one.lab, str(why))
    except Exception as fault:
        says = f"could not be graded, which is our fault ({type(fault).__name__}: {' '.join(str(fault).split())[:300]})"
        return unreadable(one.learner, one.lab, says)
    return graded.record


class _Keeper:
    """Writes what grading gave; the one writer of the gradebook."""

    def __init__(self, here: Course, gradebook: str) -> None:
        from autograder.grade.gradebook import Book

        self.here = here
        self.book = Book(here, gradebook)

    def submission(self, one: Handed, graded: Graded) -> None:
        from autograder.grade.feedback import title
        from autograder.grade.nodes import text

        notebook: Any = self.book.save(graded, handed_in=one.folder)
        record = graded.record
        where = Path(record["learner"]) / record["lab"]
        _write(self.here.root / "autograded" / where / f"{record['lab']}.ipynb", text(notebook))
        page = feedback_page(record, title=title(record["lab"]))
        _write(self.here.root / "feedback" / where / f"{record['lab']}.html", page)


def _line(record: Record) -> str:
    who = f"{record['learner']} {record['lab']}".rstrip()
    if record["outcome"] == "skipped":
        return f"{who}: not graded: {record['flags'][0]['says']}"
    noticed = sorted({flag["what"] for flag in record["flags"]})
    return f"{who}: {record['points']:g} of {record['max_points']:g} ({record['outcome']})" + _noticed(noticed)


def _noticed(flags: list[str]) -> str:
    return f"; noticed: {', '.join(flags)}" if flags else ""


def _write(file: Path, text: str) -> None:
    """Write whole or not at all; a read-only file that nbgrader left is replaced."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(file)


def _say(line: str) -> None:
    sys.stderr.write("".join(sign if sign.isprintable() else "?" for sign in line) + "\n")
    sys.stderr.flush()
