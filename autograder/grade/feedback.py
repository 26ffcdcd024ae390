"""What a feedback page says beside the record: its title, and what a person gave, marked or wrote."""

from __future__ import annotations

from typing import Any

from autograder.author.places import Course
from autograder.checks.lab import load
from autograder.exam.assignment import is_exam
from autograder.exam.assignment import title as exam_title
from autograder.grade.feedback_html import Read
from autograder.grade.record import Record
from autograder.grade.terms import terms
from autograder.trouble import Trouble

UNTOUCHED = "No response."
"""nbgrader's own comment below an answer cell that is as it was handed out."""


def given(here: Course, record: Record) -> dict[str, dict[str, Any]]:
    """The points that `override` gave against the checks, with the reason, by question."""
    kept = terms(here, record["learner"], record["lab"]).overrides
    return {name: {"score": one.points, "comment": one.why} for name, one in kept.items() if one.points is not None}


def title(lab: str) -> str:
    """The page's heading."""
    if is_exam(lab):
        return f"{exam_title(lab)}: result"
    try:
        return f"{load(lab).title}: feedback"
    except Trouble:
        return f"{lab}: feedback"


def read_by_a_person(notebook: Any) -> list[Read]:
    """The questions in words, with what nbgrader's GetGrades wrote into their cells.

    Of the cell itself only its heading is taken: below it stands the mark scheme.
    """
    tasks = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("task")]
    return [_read(cell.source, cell.metadata["nbgrader"]) for cell in tasks]


def _read(source: str, grading: Any) -> Read:
    heading = source.partition("\n")[0].lstrip("# ").strip()
    return Read(heading, float(grading.get("points") or 0), grading.get("score"), _comment(grading) or "")


def _comment(grading: Any) -> str | None:
    """What a person wrote; None where nobody did. nbgrader writes of its own accord below a cell left as it was."""
    comment = grading.get("comment")
    return None if comment in (None, UNTOUCHED) else str(comment)


def marks(notebook: Any) -> dict[str, dict[str, Any]]:
    """What nbgrader's GetGrades wrote into the cells: score and comment, by question."""
    found: dict[str, dict[str, Any]] = {}
    for cell in notebook.cells:
        grading = cell.metadata.get("nbgrader", {})
        question = str(grading.get("grade_id", "")).removeprefix("answer-")
        for name, value in (("score", grading.get("score")), ("comment", _comment(grading))):
            if value is not None:
                found.setdefault(question, {})[name] = value
    return found


def __getattr__(name: str) -> Any:
    """The exporter by the name that an instructor's own `nbgrader_config.py`, or one restored, may still have."""
    if name != "FeedbackExporter":
        raise AttributeError(f"module {__name__} has no attribute {name}")
    from autograder.grade.exporter import FeedbackExporter

    return FeedbackExporter
