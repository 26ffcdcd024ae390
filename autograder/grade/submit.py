"""`fargate-course submit LAB`: hand in one's own notebook.

Alone, it is graded here by the same engine as a cohort's, checks after submission included: the mark goes into
progress, the feedback page is written and opened. In a cohort's bundle, which has no such checks, it is packed for the
instructor: one file that unpacks to LEARNER/LAB/LAB.ipynb, and a receipt with the hash of what was handed in.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import webbrowser
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from autograder import progress, state
from autograder.author.places import MARKER, Course, course
from autograder.checks.lab import load
from autograder.exam.assignment import is_exam
from autograder.grade.engine import grade_file
from autograder.grade.feedback_html import feedback_page
from autograder.learner import learner, named
from autograder.run.submission import BadSubmission, content_of, parse
from autograder.trouble import Trouble


@dataclass(frozen=True)
class HandedIn:
    """What came of it: words for the learner, and the feedback's page where there is one."""

    says: str
    page: Path | None = None

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """In a notebook: the words, and a link that JupyterLab opens beside it."""
        if self.page is None:
            return {"text/plain": repr(self)}
        link = escape(os.path.relpath(self.page).replace(os.sep, "/"), quote=True)
        html = f'<div>{escape(self.says)}</div><div><a href="{link}" target="_blank">Read the feedback</a></div>'
        return {"text/plain": repr(self), "text/html": html}

    def __repr__(self) -> str:
        return self.says if self.page is None else f"{self.says} Feedback: {self.page}"


def submit(args: argparse.Namespace) -> int:
    """The command. Raises Trouble where there is nothing to hand in."""
    done = hand_in(args.lab, notebook=args.notebook)
    sys.stdout.write(f"{done!r}\n")
    if not args.no_open:
        show(done)
    return 0


def show(done: HandedIn) -> bool:
    """Open the feedback in a browser, where this is the learner's own machine and has a screen; was it opened?"""
    screen = sys.platform in ("darwin", "win32") or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    if done.page is None or not screen or "JUPYTERHUB_USER" in os.environ:
        return False
    return webbrowser.open(done.page.as_uri())


def hand_in(lab_id: str, *, notebook: Path | None = None) -> HandedIn:
    """Hand in the saved notebook of a lab. Raises Trouble where there is none or it is not of this lab."""
    here = course()
    if not is_exam(lab_id):
        load(lab_id)
    file = notebook or find(lab_id, here)
    if not file.is_file():
        raise Trouble(f"{file} is not there: give the notebook's path with --notebook")
    try:
        if not is_exam(lab_id) and not (here.root / MARKER).exists():
            return _graded(here, lab_id, file)
        content = content_of(file)
        _refuse_other(lab_id, file, content)  # before an exam is ended for good
        return _packed(lab_id, _exam(lab_id, file, content) if is_exam(lab_id) else content)
    except BadSubmission as why:
        raise Trouble(str(why)) from None


def find(lab_id: str, here: Course) -> Path:
    """The learner's notebook of a lab: in the working directory, else in the workspace. Raises Trouble."""
    looked = [Path.cwd(), workspace(here) / "labs" / lab_id]
    for folder in looked:
        proper = folder / f"{lab_id}.ipynb"
        if proper.is_file():
            return proper
    raise Trouble(
        f"no notebook of {lab_id} in {looked[1]}: run start.py, which puts it there, or give its path with --notebook"
    )


def workspace(here: Course) -> Path:
    """The learner's workspace: the folder whose progress file is in use, else `my/` in the course."""
    return state.workspace(here.root / "my")


def _graded(here: Course, lab_id: str, file: Path) -> HandedIn:
    record = grade_file(here, file, learner=learner(), lab=lab_id).record
    progress.keep_grade(record)
    page = workspace(here) / "feedback" / f"{lab_id}.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    title = f"{load(lab_id).title}: feedback"
    page.write_text(feedback_page(record, title=title, lessons="../course"), encoding="utf-8")
    return HandedIn(f"{lab_id}: {record['points']:g} of {record['max_points']:g} points.", page)


def _refuse_other(lab_id: str, file: Path, content: bytes) -> None:
    found = parse(file.name, content).lab
    if found != lab_id:
        raise BadSubmission(f"{file.name} is of lab {found}, not of {lab_id}: give the path of the right one")


def _exam(exam: str, file: Path, content: bytes) -> bytes:
    """The notebook of a cohort exam with the answers as they are kept now, saved or not. Ends the exam."""
    from autograder.exam.cohort import sitting, with_record

    sat = sitting(exam)
    sat.submit()
    try:
        return (json.dumps(with_record(json.loads(content), sat), indent=1) + "\n").encode()
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Trouble(f"{file} is not the notebook of {exam}: take it again from what you were given") from None


def _packed(lab_id: str, content: bytes) -> HandedIn:
    name = named()
    digest = hashlib.sha256(content).hexdigest()
    folder = workspace(course()) / "submissions"
    receipt = folder / f"{name}--{lab_id}.receipt.json"
    package = folder / f"{name}--{lab_id}.zip"
    if package.exists() and _receipted(receipt) == digest:
        return HandedIn(f"This is what you handed in before; nothing was done. Your receipt is {receipt}.")
    folder.mkdir(parents=True, exist_ok=True)
    moment = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    _pack(package, f"{name}/{lab_id}", {f"{lab_id}.ipynb": content, "timestamp.txt": moment.encode()})
    kept = {"learner": name, "lab": lab_id, "sha256": digest, "handed_in": moment, "file": package.name}
    receipt.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return HandedIn(f"Send {package} to your instructor. Keep {receipt}: it proves what you handed in.")


def _receipted(receipt: Path) -> str:
    """The hash in an earlier receipt; '' where there is none that can be read."""
    try:
        return str(json.loads(receipt.read_text(encoding="utf-8"))["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _pack(package: Path, folder: str, files: dict[str, bytes]) -> None:
    new = package.with_name(f".{package.name}.new")
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(f"{folder}/{name}", content)
    new.replace(package)
