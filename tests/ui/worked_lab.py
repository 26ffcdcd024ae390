"""A lab with the instructor's answers, by the ids of its cells: what a learner types in the browser tests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from autograder.author.lab import BEGIN_SOLUTION, END_SOLUTION
from autograder.author.places import course


@dataclass(frozen=True)
class Task:
    """One question as it stands in the notebook."""

    question: str
    answer_cell: str
    check_cell: str
    worked: str
    """The instructor's answer, with the marks around the solution."""

    @property
    def solution(self) -> str:
        """The answer without the marks: what `lab.solution` prints."""
        marks = (BEGIN_SOLUTION, END_SOLUTION)
        return "\n".join(line for line in self.worked.splitlines() if line.strip("# ") not in marks)


@dataclass(frozen=True)
class WorkedLab:
    """A lab's notebook in the workspace, and the tasks in it, in order."""

    lab_id: str
    path: str
    setup_cell: str
    submit_cell: str
    tasks: tuple[Task, ...]


def worked_lab(lab_id: str) -> WorkedLab:
    """The lab as its instructor's version tells it."""
    file = course().solutions / lab_id / f"{lab_id}.ipynb"
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    named = cells[0]["id"].split("-")[0]
    path = f"labs/{lab_id}/{lab_id}.ipynb"
    return WorkedLab(lab_id, path, f"{named}-setup", f"{named}-submit", tuple(_tasks(cells)))


def _tasks(cells: list[dict[str, Any]]) -> Iterator[Task]:
    code = [cell for cell in cells if cell["cell_type"] == "code" and "nbgrader" in cell["metadata"]]
    checks = {cell["metadata"]["nbgrader"]["grade_id"]: cell["id"] for cell in code if _graded(cell)}
    for cell in code:
        if cell["metadata"]["nbgrader"]["solution"]:
            question = cell["metadata"]["nbgrader"]["grade_id"].removeprefix("answer-")
            yield Task(question, cell["id"], checks[question], "".join(cell["source"]))


def _graded(cell: dict[str, Any]) -> bool:
    return bool(cell["metadata"]["nbgrader"]["grade"])
