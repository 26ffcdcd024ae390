"""One submission graded: read, repair, run in the box, judge in another, record, and the notebook with its verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.author.places import Course
from autograder.checks.lab import load
from autograder.grade.autograded import with_verdicts
from autograder.grade.record import Record, record
from autograder.run.budget import Budget
from autograder.run.course import release
from autograder.run.judging import judge
from autograder.run.repair import Repaired, repair
from autograder.run.runner import run
from autograder.run.submission import BadSubmission, Submission, read
from autograder.trouble import Trouble


@dataclass(frozen=True)
class Graded:
    """What grading one submission gave."""

    record: Record
    notebook: dict[str, Any]
    """The repaired notebook with the outputs of its run, and in its check cells verdicts and points."""
    transcript: list[dict[str, Any]]
    """Kept, so that a corrected check can judge again without a run."""


def grade_file(here: Course, file: Path, *, learner: str, lab: str = "", budget: Budget | None = None) -> Graded:
    """Grade a submitted file. Raises BadSubmission where it cannot be graded, Trouble where the course is wrong.

    `lab`: the id of the lab that it should be; '' for any.
    """
    submission = read(file)
    _known(submission, file.name, lab)
    return grade(here, submission, repair(submission, release(here, submission.lab)), learner=learner, budget=budget)


def grade(
    here: Course, submission: Submission, repaired: Repaired, *, learner: str, budget: Budget | None = None
) -> Graded:
    """Grade what was read and repaired. `learner`: whose it is; it is judged in the world it was done in."""
    lab = load(submission.lab)
    sat = submission.learner or learner
    cells = question_cells(repaired.notebook)
    found = run(repaired.notebook, learner=sat, budget=budget)
    judged = judge(lab, sat, found.transcript, {q.id: check_cell(cells, q.id) for q in lab.questions})
    flags = repaired.flags + _whose(sat, learner)
    made = record(lab, learner, found, judged, cells, flags)
    return Graded(made, with_verdicts(repaired.notebook, found, made), found.transcript)


def question_cells(notebook: Mapping[str, Any]) -> dict[str, list[str]]:
    """For each question the ids of its answer cell and, last, its check cell."""
    found: dict[str, list[str]] = {}
    for cell in notebook["cells"]:
        name = str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))
        if cell["cell_type"] == "code" and name:
            found.setdefault(name.removeprefix("answer-"), []).append(str(cell["id"]))
    return found


def check_cell(cells: Mapping[str, list[str]], question: str) -> str:
    """The id of a question's check cell; '' where the notebook has none."""
    return (cells.get(question) or [""])[-1]


def _known(submission: Submission, name: str, wanted: str) -> None:
    if wanted and submission.lab != wanted:
        raise BadSubmission(f"{name} is of lab {submission.lab}, not of {wanted}: move it to its lab's folder")
    try:
        load(submission.lab)
    except Trouble as unknown:
        raise BadSubmission(f"{name} is of no lab of this course: {unknown}") from None


def _whose(sat: str, learner: str) -> list[dict[str, str]]:
    if sat == learner:
        return []
    says = f"The notebook was done in the world of {sat}, not of {learner}; it was judged in that world."
    return [{"what": "variant of another learner", "cell": "", "says": says}]
