"""The cohort exams as assignments: `exam-saa-c03` is one notebook, with one graded cell for each domain of SAA-C03.

The notebook holds no item. What is asked lies beside it, in the paper that the instructor hands out on the day of the
exam (see `paper`); what was answered stands in the notebook itself, in the output of the cell that begins the exam.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import blake2b
from typing import Any

from autograder.bank import bank
from autograder.exam.form import scored_counts

PREFIX = "exam-"
LENGTH = 30
"""Items of a cohort's form."""
RECORD = "application/vnd.fargate-course.exam+json"
"""The mime type of the answers in the output of the cell that begins the exam."""
KEPT = "fargate_course_exam"
"""The key of the graded notebook's metadata under which the answers stand, since its outputs are made anew."""
LOCKED = {"deletable": False, "editable": False}
MOST = 200
"""Answers that are read of a record."""


def ids() -> list[str]:
    """Of all exams, in the order of the blueprints."""
    return [PREFIX + exam.lower() for exam in bank.blueprints()]


def is_exam(assignment: str) -> bool:
    """Is this the id of a cohort exam?"""
    return assignment.startswith(PREFIX) and assignment.removeprefix(PREFIX).upper() in bank.blueprints()


def exam_of(assignment: str) -> str:
    """exam-saa-c03 -> SAA-C03"""
    return assignment.removeprefix(PREFIX).upper()


def title(assignment: str) -> str:
    """Exam SAA-C03 Solutions Architect Associate"""
    exam = exam_of(assignment)
    return f"Exam {exam} {bank.blueprints()[exam]['title']}"


def minutes(exam: str) -> int:
    """The time for a cohort's form: the exam's own, in proportion."""
    blueprint = bank.blueprints()[exam]
    return int(-(-int(blueprint["minutes"]) * LENGTH // int(blueprint["items"])))


def points(exam: str) -> dict[int, int]:
    """Points by domain: one for each scored item."""
    return scored_counts(bank.blueprints()[exam], LENGTH)


def drawn(learner: str, what: str, of: int) -> int:
    """A number from 0 to `of` - 1: the same for a learner on every machine, and nothing to do with any key."""
    return int.from_bytes(blake2b(f"{learner}:{what}".encode(), digest_size=6).digest()) % of


def form_of(learner: str, assignment: str, names: tuple[str, ...] = ("A", "B")) -> str:
    """Which form a learner sits."""
    return names[drawn(learner, f"{assignment}/form", len(names))]


@cache
def text(assignment: str) -> str:
    """The notebook, as it is handed out and as marks are laid over it."""
    about = {"course": {"lab": assignment}, "kernelspec": KERNEL, "language_info": {"name": "python"}}
    book = {"cells": list(_cells(assignment)), "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book, indent=1, sort_keys=True) + "\n"


KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def notebook(assignment: str) -> dict[str, Any]:
    """The same as JSON."""
    made: dict[str, Any] = json.loads(text(assignment))
    return made


def _cells(assignment: str) -> Iterator[dict[str, Any]]:
    exam = exam_of(assignment)
    head = (
        f"# {title(assignment)}\n\n{LENGTH} items, {minutes(exam)} minutes, unproctored. The clock begins with the "
        "next cell and does not stop. Each answer is kept at once; after a crash, or after you have loaded this page "
        "again, run the cell again. At the end press *Submit* in it, **save this notebook**, and hand it in: "
        f"`fargate-course submit {assignment}` in a terminal, or as your instructor says."
    )
    yield _cell(assignment, "head", "markdown", head)
    yield _cell(assignment, "begin", "code", f'from autograder.exam import cohort\n\ncohort.begin("{assignment}")')
    for number, count in points(exam).items():
        name = bank.blueprints()[exam]["domains"][number]["title"]
        yield _cell(assignment, f"domain-{number}", "code", f"cohort.domain({number})  # {name}", count)


def _cell(assignment: str, name: str, kind: str, source: str, points: int = 0) -> dict[str, Any]:
    grading = {"grade": bool(points), "grade_id": name, "locked": True, "schema_version": 3, "solution": False}
    metadata = {"nbgrader": {**grading, "task": False, **({"points": points} if points else {})}, **LOCKED}
    cell = {"cell_type": kind, "id": f"{assignment}-{name}", "metadata": metadata, "source": source}
    return {**cell, **({"outputs": [], "execution_count": None} if kind == "code" else {})}


def believed(data: object) -> dict[str, Any]:
    """Of a record that came with a notebook, what has the right form; {} for what is no record at all."""
    if not isinstance(data, Mapping) or not isinstance(data.get("answers"), Mapping):
        return {}
    answers = {
        str(name)[:20]: _answer(entry)
        for name, entry in list(data["answers"].items())[:MOST]
        if isinstance(entry, Mapping)
    }
    texts = {name: str(data.get(name) or "")[:80] for name in ("exam", "learner", "form", "paper")}
    return {
        **texts,
        "begun": _number(data.get("begun")),
        "submitted": _number(data.get("submitted")),
        "answers": answers,
    }


def _answer(entry: Mapping[str, Any]) -> dict[str, Any]:
    chosen = entry.get("answer")
    listed = [each for each in chosen if isinstance(each, str)][:8] if isinstance(chosen, list) else []
    times = {name: _number(entry.get(name)) for name in ("seconds", "answered")}
    return {"answer": listed, **times, "confidence": str(entry.get("confidence") or "")[:20]}


def _number(value: object) -> float | None:
    """A finite number that a clock could show; None for anything else."""
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if plain and 0 <= value < 1e11 else None  # type: ignore[operator,arg-type]
