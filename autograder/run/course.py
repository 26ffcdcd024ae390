"""What the grader takes from the course: the released notebook of a lab, and its worked solutions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from autograder.author.places import Course, course
from autograder.exam import assignment
from autograder.trouble import Trouble

SOLUTION_MARKS = ("### BEGIN SOLUTION", "### END SOLUTION")
"""Lines of a worked solution that are for nbgrader alone. (author.lab knows them too; importing it costs seconds.)"""


def release_path(here: Course, lab_id: str) -> Path:
    """Where a lab's released notebook lies."""
    return here.labs / lab_id / f"{lab_id}.ipynb"


def release(here: Course, lab_id: str) -> dict[str, Any]:
    """The released notebook of a lab or a cohort exam, as JSON. Raises Trouble where it is not there."""
    if assignment.is_exam(lab_id):
        return assignment.notebook(lab_id)
    file = release_path(here, lab_id)
    try:
        notebook: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Trouble(f"{file} is missing or damaged: build it with `fargate-course build`") from None
    return notebook


def solution_of(lab_id: str, question: str) -> str:
    """The worked solution of a question; '' where this copy of the course has none."""
    file = course().solutions / lab_id / f"{lab_id}.ipynb"
    if not file.exists():
        return ""
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == f"answer-{question}":
            lines = "".join(cell["source"]).split("\n")
            return "\n".join(line for line in lines if not line.strip().startswith(SOLUTION_MARKS))
    return ""
