"""The record of a graded submission: how each question went, and why. JSON throughout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from autograder.checks.judge import blank
from autograder.checks.lab import Lab, Question, load
from autograder.checks.verdict import QuestionVerdict
from autograder.exam.assignment import exam_of, is_exam, points
from autograder.run.evidence import CellRun, Evidence
from autograder.run.judging import Judged
from autograder.trouble import Trouble

Record = dict[str, Any]


def record(
    lab: Lab,
    learner: str,
    found: Evidence,
    judged: Judged,
    cells: Mapping[str, list[str]],
    flags: Iterable[dict[str, str]],
) -> Record:
    """The record. `cells`: for each question the ids of its answer and check cells."""
    questions = [_question(lab, question, found, judged, cells.get(question.id, [])) for question in lab.questions]
    return {
        "learner": learner,
        "lab": lab.id,
        "points": sum(question.points for question in questions),
        "max_points": lab.max_points,
        "outcome": _overall(questions, found),
        "questions": [question.as_json() for question in questions],
        "flags": [*flags, *_flags(found, judged)],
        "layers": list(found.layers),
        "missing": list(found.missing),
        "fault": judged.fault,
    }


def unreadable(learner: str, lab: str, why: str) -> Record:
    """The record of a submission that could not be graded at all."""
    try:
        max_points = sum(points(exam_of(lab)).values()) if is_exam(lab) else load(lab).max_points
    except Trouble:
        max_points = 0
    return {
        "learner": learner,
        "lab": lab,
        "points": 0,
        "max_points": max_points,
        "outcome": "skipped",
        "questions": [],
        "flags": [{"what": "unreadable", "cell": "", "says": why}],
        "layers": [],
        "missing": [],
        "fault": "",
    }


def broken(record: Record) -> set[str]:
    """The questions whose judging failed: our fault, so a person must look."""
    return {question["id"] for question in record["questions"] if question["outcome"] == "broken"}


def _question(lab: Lab, question: Question, found: Evidence, judged: Judged, cells: list[str]) -> QuestionVerdict:
    verdict = judged.verdicts.get(question.id)
    if verdict is None:
        return _unjudged(lab, question, judged)
    runs = [found.cell(cell) for cell in cells]
    if verdict.outcome in ("failed", "not attempted"):
        _tell_what_the_cells_did(verdict, runs, found)
    return verdict


def _unjudged(lab: Lab, question: Question, judged: Judged) -> QuestionVerdict:
    checks = [blank(check) for check in lab.checks_of(question.id, hidden=True)]
    reason = "It could not be judged. That is not your fault; a person will look at it."
    for check in checks:
        check.outcome, check.fault = "broken", judged.fault
    return QuestionVerdict(question.id, question.title, "broken", 0, question.points, reason, checks, question.lesson)


def _tell_what_the_cells_did(verdict: QuestionVerdict, runs: list[CellRun], found: Evidence) -> None:
    """A question that did not pass says what stopped its cells, since that is most often why."""
    outcomes = {run.outcome for run in runs}
    stopped = next((run for run in runs if run.outcome in ("timed out", "crashed")), None)
    if stopped is not None:
        verdict.outcome = "timed out" if stopped.outcome == "timed out" else "crashed"
        late = stopped.outcome == "timed out"
        how = "did not end in its time" if late else "ended the process that runs the notebook"
        verdict.reason = f"The cell `{stopped.id}` {how}. What it did before that was judged. {verdict.reason}"
    elif found.ended and "not run" in outcomes:
        verdict.outcome = "timed out" if "time" in found.ended else "crashed"
        verdict.reason = f"Its cells did not run: {found.ended}. The world that was there was judged. {verdict.reason}"
    elif error := next((run.error for run in runs if run.outcome == "error"), ""):
        if runs[0].outcome == "error":  # an untouched answer cell stops with nothing, so this one was worked on
            verdict.outcome = "failed"
        verdict.reason = f"A cell stopped with {error.splitlines()[0][:300].rstrip('.')}. {verdict.reason}"


def _overall(questions: list[QuestionVerdict], found: Evidence) -> str:
    outcomes = {question.outcome for question in questions}
    for outcome in ("broken", "crashed", "timed out"):
        if outcome in outcomes:
            return outcome
    if outcomes <= {"passed"}:
        return "passed"
    return "not attempted" if outcomes <= {"not attempted"} else "failed"


def _flags(found: Evidence, judged: Judged) -> Iterable[dict[str, str]]:
    if found.ended:
        yield {"what": "ended early", "cell": "", "says": f"The run ended early: {found.ended}."}
    if found.refused:
        says = f"{found.refused} messages from the run were malformed and not believed."
        yield {"what": "forged", "cell": "", "says": says}
    if judged.left_out:
        says = f"Calls to {', '.join(judged.left_out)} are no part of this lab and were left out."
        yield {"what": "left out", "cell": "", "says": says}
    if judged.differing:
        yield {
            "what": "differing replay",
            "cell": "",
            "says": f"{judged.differing} replayed calls answered otherwise than recorded; a person should look.",
        }
    if judged.fault:
        yield {"what": "judging fault", "cell": "", "says": judged.fault}
    if found.missing:
        yield {"what": "isolation", "cell": "", "says": f"Run without {', '.join(found.missing)}."}
