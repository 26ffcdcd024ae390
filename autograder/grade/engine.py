"""One submission graded: read, repair, run in the box, judge in another, record, and the notebook with its verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.author.places import Course
from autograder.checks.lab import load
from autograder.exam.assignment import is_exam
from autograder.grade import exams
from autograder.grade.autograded import with_verdicts
from autograder.grade.record import Record, record
from autograder.grade.run import Run
from autograder.run.budget import Budget
from autograder.run.course import release
from autograder.run.engine import shared
from autograder.run.judging import judge
from autograder.run.repair import Repaired, repair
from autograder.run.runner import run
from autograder.run.submission import BadSubmission, Submission, read
from autograder.trouble import Trouble

if TYPE_CHECKING:
    from autograder.run.bench import Bench
    from autograder.run.engine import Engine


@dataclass(frozen=True)
class Graded:
    """What grading one submission gave."""

    record: Record
    run: Run
    """Kept, so that a corrected check can judge again without a run."""

    @property
    def notebook(self) -> dict[str, Any]:
        """The repaired notebook with the outputs of its run, and in its check cells verdicts and points."""
        return with_verdicts(self.run.notebook, self.run.evidence, self.record)


def grade_file(
    here: Course,
    file: Path,
    *,
    learner: str,
    lab: str = "",
    budget: Budget | None = None,
    engine: Engine | None = None,
) -> Graded:
    """Grade a submitted file. Raises BadSubmission where it cannot be graded, Trouble where the course is wrong.

    `lab`: the id of the lab that it should be; '' for any.
    """
    submission = read(file)
    refuse_other_labs(submission, file.name, lab)
    repaired = repair(submission, release(here, submission.lab))
    return grade(submission, repaired, learner=learner, budget=budget, engine=engine)


def grade(
    submission: Submission,
    repaired: Repaired,
    *,
    learner: str,
    budget: Budget | None = None,
    engine: Engine | None = None,
) -> Graded:
    """Grade what was read and repaired. `learner`: whose it is; it is judged in the world it was done in."""
    done, made = run_and_judge(submission, repaired, learner=learner, budget=budget, engine=engine)
    return Graded(made, done)


def run_and_judge(
    submission: Submission,
    repaired: Repaired,
    *,
    learner: str,
    budget: Budget | None = None,
    engine: Engine | None = None,
) -> tuple[Run, Record]:
    """Run what was read and repaired, and judge it in the world that the judging process had built for it."""
    if is_exam(submission.lab):
        sat_exam = exams.run_of(submission.learner, learner, submission.lab, repaired)
        return sat_exam, judge_run(sat_exam, learner=learner)
    sat, engine = submission.learner or learner, engine or shared()
    engine.start(submission.lab)
    with engine.bench(submission.lab, sat) as bench:
        found = run(repaired.notebook, learner=sat, lab=submission.lab, budget=budget, engine=engine, bench=bench)
        done = Run(submission.lab, sat, repaired.notebook, repaired.flags, found, _spent(found))
        return done, judge_run(done, learner=learner, engine=engine, bench=bench)


def judge_run(done: Run, *, learner: str, engine: Engine | None = None, bench: Bench | None = None) -> Record:
    """Judge a run, a fresh one or one that was kept."""
    if is_exam(done.lab):
        return exams.judged(done, learner=learner)
    lab = load(done.lab)
    cells = question_cells(done.notebook)
    marks = {question.id: check_cell(cells, question.id) for question in lab.questions}
    judged = judge(lab, done.sat, done.evidence.transcript, marks, engine=engine, bench=bench)
    made = record(lab, learner, done.evidence, judged, cells, done.flags + _whose(done.sat, learner))
    made["spent"] = {"run": done.spent, "judge": _spent(judged)}
    return made


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


def refuse_other_labs(submission: Submission, name: str, wanted: str) -> None:
    """Raises BadSubmission where a notebook is of another lab than the one it was handed in for, or of none."""
    if wanted and submission.lab != wanted:
        raise BadSubmission(f"{name} is of lab {submission.lab}, not of {wanted}: move it to its lab's folder")
    try:
        if not is_exam(submission.lab):
            load(submission.lab)
    except Trouble as unknown:
        raise BadSubmission(f"{name} is of no lab of this course: {unknown}") from None


def _spent(measured: object) -> dict[str, Any]:
    spent = getattr(measured, "spent", None)
    return asdict(spent) if is_dataclass(spent) and not isinstance(spent, type) else {}


def _whose(sat: str, learner: str) -> list[dict[str, str]]:
    if sat == learner:
        return []
    says = f"The notebook was done in the world of {sat}, not of {learner}; it was judged in that world."
    return [{"what": "variant of another learner", "cell": "", "says": says}]
