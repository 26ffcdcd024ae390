"""Feedback as HTML: for each question what was expected, what came, a hint, the lesson to read. No script, no source.

Everything is escaped by the template engine. A mark scheme or a check's text never gets here: only verdicts do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from autograder.bank.bank import curriculum
from autograder.checks.drawing import MARKS, details, points
from autograder.checks.verdict import QuestionVerdict, question_verdict
from autograder.exam.mending import mends
from autograder.grade.exams import shown_to_learner
from autograder.grade.record import Record
from autograder.markup import marked_up


@cache
def _templates() -> Environment:
    folder = Path(__file__).parent / "templates"
    made = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.filters |= {"points": points, "details": details, "mark": MARKS.__getitem__}
    made.filters["marked_up"] = lambda text: Markup(marked_up(text))
    return made


@dataclass(frozen=True)
class Read:
    """A question in words, which a person reads and marks."""

    title: str
    max_points: float
    score: float | None
    """None where it is not told here."""
    comment: str = ""


def feedback_page(
    record: Record, *, title: str, marks: dict[str, Any] | None = None, read: Sequence[Read] = (), lessons: str = ""
) -> str:
    """A whole page.

    `marks`: question id -> {"score", "comment"} where a person has marked or said something. `read`: the questions in
    words. `lessons`: the address of the lessons' folder as seen from the page; '' to name lessons without a link.
    """
    record = shown_to_learner(record)
    questions = [question_verdict(data) for data in record["questions"]]
    scored = [one for one in read if one.score is not None]
    total = sum(_score(question, marks or {}) for question in questions) + sum(one.score or 0 for one in scored)
    late = float(record.get("late_penalty") or 0)
    most = record["max_points"] + sum(one.max_points for one in scored)
    again = [(row, curriculum()[row]["title"], mends(row)) for row in record.get("exam", {}).get("rows", ())]
    shown: dict[str, Any] = {"record": record, "title": title, "questions": questions, "marks": marks or {}}
    shown |= {"total": max(0.0, total - late), "most": most, "late": late}
    shown |= {"read": read, "lessons": lessons, "again": again}
    return _templates().get_template("feedback.html").render(**shown)


def verdict_html(verdict: QuestionVerdict) -> str:
    """One question as an HTML fragment, for its check cell in the autograded notebook."""
    return _templates().get_template("question.html").render(question=verdict, mark={}, lessons="")


def verdict_text(verdict: QuestionVerdict) -> str:
    """One question as plain text."""
    score = f"{points(verdict.points)} of {points(verdict.max_points)} points"
    lines = [f"{verdict.title}: {MARKS[verdict.outcome]}, {score}"]
    lines += [verdict.reason] if verdict.reason else []
    for check in verdict.checks:
        lines.append(f"  [{MARKS[check.outcome]}] {check.sentence}")
        lines += [f"      {name}: {text}" for name, text in details(check)]
    return "\n".join(lines)


def _score(question: QuestionVerdict, marks: dict[str, Any]) -> float:
    score = marks.get(question.id, {}).get("score")
    return question.points if score is None else float(score)
