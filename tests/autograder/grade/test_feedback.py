"""The feedback page tells the whole mark: what checks gave, what a person gave, and what coming late cost."""

from __future__ import annotations

from pkgutil import resolve_name
from typing import Any

import autograder.grade.lean  # noqa: F401  (it decides what nbgrader imports)

# isort: split
import nbformat

from autograder.checks.verdict import QuestionVerdict
from autograder.grade.autograded import RECORD
from autograder.grade.exporter import FeedbackExporter
from autograder.grade.feedback import read_by_a_person
from autograder.grade.feedback_html import feedback_page
from autograder.markup import text_of

HEADING = "## 7. Explain it (2 points, read by a person)"


def graded(**by_a_person: Any) -> Any:
    """An autograded notebook as nbgrader's GetGrades hands it on: 3 of 4 points by checks, and a question in words."""
    questions = [QuestionVerdict("q", "Q", "failed", 3, 4).as_json()]
    record = {"learner": "ada", "lab": "03-private-pull", "max_points": 4, "questions": questions, "flags": []}
    task = {"task": True, "grade": False, "solution": False, "grade_id": "explain", "points": 2, **by_a_person}
    source = f"{HEADING}\n\nWhy?\n\n=== BEGIN MARK SCHEME ===\nOne point for the price.\n=== END MARK SCHEME ==="
    cells = [nbformat.v4.new_markdown_cell(source, metadata={"nbgrader": task})]  # type: ignore[no-untyped-call]
    return nbformat.v4.new_notebook(cells=cells, metadata={RECORD: record})  # type: ignore[no-untyped-call]


def page(book: Any, late: float = 0) -> str:
    exporter: Any = FeedbackExporter()  # type: ignore[no-untyped-call]
    html, _ = exporter.from_notebook_node(book, {"nbgrader": {"late_penalty": late}})
    return text_of(html)


def test_what_a_person_gave_and_said_stands_in_the_page_and_in_its_sum() -> None:
    said = page(graded(score=1.5, comment="Well <b>said</b>"))
    assert "ada: 4.5 of 6 points" in said
    assert "7. Explain it (2 points, read by a person) 1.5 of 2 points. From your instructor: Well <b>said</b>" in said
    assert "One point for the price" not in said
    assert "BEGIN MARK SCHEME" not in said


def test_a_question_in_words_that_nobody_has_read_is_no_verdict() -> None:
    assert "0 of 2 points so far." in page(graded(score=0.0, comment=None))
    fresh = graded()
    said = text_of(feedback_page(fresh.metadata[RECORD], title="T", read=read_by_a_person(fresh)))
    assert "ada: 3 of 4 points" in said
    assert "A person reads this; up to 2 points come with the feedback after that." in said


def test_what_coming_late_cost_is_told_and_taken_off() -> None:
    assert "ada: 2.75 of 6 points; 1.25 were lost by coming late" in page(graded(score=1.0), late=1.25)
    assert "late" not in page(graded(score=1.0))
    assert "ada: 0 of 6 points" in page(graded(score=0.0), late=9)


def test_what_nbgrader_says_of_its_own_accord_is_not_told_as_the_instructors() -> None:
    assert "From your instructor" not in page(graded(score=0.0, comment="No response."))


def test_the_exporter_is_found_by_the_name_that_an_older_configuration_has() -> None:
    assert resolve_name("autograder.grade.feedback.FeedbackExporter") is FeedbackExporter
