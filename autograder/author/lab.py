"""A lab's source made the instructor's notebook, and that made the learner's.

Four roles: `setup` (locked), `answer` (the learner's, with the solution between `### BEGIN SOLUTION` and
`### END SOLUTION`), `check` (one line, locked, graded), `reflect` (with points: a locked nbgrader task with its mark
scheme between `=== BEGIN MARK SCHEME ===` and `=== END MARK SCHEME ===`; without: the free cell to answer in).
Text without a role is part of the setup. The words that nbgrader looks for are spelt out here, since this room does
not import it; a test holds both against each other.
"""

from __future__ import annotations

import copy
from typing import Any

from autograder.author import notebook
from autograder.author.outputs import RAISES
from autograder.author.source import Cell, Source
from autograder.trouble import Trouble

BEGIN_SOLUTION, END_SOLUTION = "BEGIN SOLUTION", "END SOLUTION"
BEGIN_SCHEME, END_SCHEME = "BEGIN MARK SCHEME", "END MARK SCHEME"
CODE_STUB = "..."
SCHEMA = 3
"""Version of nbgrader's cell metadata."""


def lab_id(source: Source) -> str:
    """The lab's id is the name of its folder: solutions/03-private-pull/lab.py."""
    return source.path.resolve().parent.name


def lab(source: Source) -> Any:
    """The instructor's notebook, not yet executed. Raises Trouble where a cell breaks the form of a lab."""
    for cell in source.cells:
        problem = _problem(cell)
        if problem:
            raise Trouble(f"{source.where(cell)}: {problem}")
    _refuse_unpaired_questions(source)
    cells = [notebook.new_cell(cell, _metadata(cell)) for cell in source.cells]
    return notebook.new(cells, {"lab": lab_id(source)})


def released(instructor: Any) -> Any:
    """The learner's notebook: no outputs, no solution, no mark scheme. The instructor's is left as it is."""
    learner = copy.deepcopy(instructor)
    for cell in learner.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        kind = cell.metadata.get("nbgrader", {})
        if kind.get("solution"):
            cell.source = cut(cell.source, BEGIN_SOLUTION, END_SOLUTION, CODE_STUB)
        if kind.get("task"):
            cell.source = cut(cell.source, BEGIN_SCHEME, END_SCHEME, None)
    return learner


def without_schemes(instructor: Any) -> Any:
    """The instructor's notebook, outputs and solutions included, without its mark schemes."""
    book = copy.deepcopy(instructor)
    for cell in book.cells:
        if cell.metadata.get("nbgrader", {}).get("task"):
            cell.source = cut(cell.source, BEGIN_SCHEME, END_SCHEME, None)
    return book


def cut(text: str, begin: str, end: str, stub: str | None) -> str:
    """The text with every region from a line with `begin` to one with `end` replaced by the stub (None: by nothing)."""
    kept: list[str] = []
    inside = False
    for line in text.split("\n"):
        if begin in line:
            inside = True
            if stub is not None:
                kept.append(line[: len(line) - len(line.lstrip())] + stub)
        elif end in line:
            inside = False
        elif not inside:
            kept.append(line)
    return "\n".join(kept)


def _metadata(cell: Cell) -> dict[str, Any]:
    """What nbgrader and JupyterLab must know of a cell; nbgrader's own LockCells sets the same two flags."""
    plain = {"grade": False, "locked": True, "solution": False, "task": False, "schema_version": SCHEMA}
    grading: dict[str, Any] = {**plain, "grade_id": cell.question or cell.id}
    locked = {"deletable": False, "editable": False}
    if cell.role == "answer":
        grading |= {"grade_id": f"answer-{cell.question}", "locked": False, "solution": True}
        return {"nbgrader": grading, "deletable": False}
    if cell.role == "check":
        return {"nbgrader": grading | {"grade": True, "points": cell.points}, **locked}
    if cell.role == "reflect" and cell.points:
        return {"nbgrader": grading | {"task": True, "points": cell.points}, **locked}
    if cell.role == "reflect":
        return {}
    return {"nbgrader": grading | {"grade_id": cell.id}, **locked}


def _problem(cell: Cell) -> str:
    """How a cell breaks the form of a lab, and what to do; '' where it does not."""
    code = [line for line in cell.text.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    role = cell.role or ("setup" if cell.kind == "markdown" else "")
    problems = {
        'a lab\'s code cell needs a role: write role="setup", "answer" or "check"': not role,
        f'a cell of role {role} names its question: write question="..."': role != "setup" and not cell.question,
        "a check cell says its points: write points=3": role == "check" and not cell.points,
        f"points belong to check and reflect cells, not to {role}": role in ("setup", "answer") and bool(cell.points),
        f"a cell of role {role} is code": role in ("answer", "check") and cell.kind != "code",
        "a reflect cell is text: begin it with `# %% [markdown]`": role == "reflect" and cell.kind != "markdown",
        "a check cell is one line of code": role == "check" and len(code) != 1,
        'a check cell is tagged: write tags=["raises-exception"]': role == "check" and RAISES not in cell.tags,
        "an answer cell has no `### BEGIN SOLUTION` with its `### END SOLUTION` after it": (
            role == "answer" and not _regions(cell.text, BEGIN_SOLUTION, END_SOLUTION)
        ),
        "a solution stands outside an answer cell": role != "answer" and BEGIN_SOLUTION in cell.text,
        "a reflect cell with points has no mark scheme between its two delimiters": (
            role == "reflect" and bool(cell.points) and not _regions(cell.text, BEGIN_SCHEME, END_SCHEME)
        ),
        "a mark scheme stands outside a reflect cell with points": (
            BEGIN_SCHEME in cell.text and not (role == "reflect" and cell.points)
        ),
    }
    return next((text for text, wrong in problems.items() if wrong), "")


def _regions(text: str, begin: str, end: str) -> int:
    """How many regions are properly opened and closed; 0 where one is not."""
    marks = [begin if begin in line else end for line in text.split("\n") if begin in line or end in line]
    return len(marks) // 2 if marks == [begin, end] * (len(marks) // 2) else 0


def _refuse_unpaired_questions(source: Source) -> None:
    """Every question is graded once (a check, or a reflect cell with points) and has at most one answer cell."""
    graded: set[str] = set()
    answered: set[str] = set()
    for cell in source.cells:
        kind = graded if cell.points else answered if cell.role == "answer" else None
        if kind is None:
            continue
        if cell.question in kind:
            raise Trouble(f"{source.where(cell)}: question {cell.question!r} has a second {cell.role} cell: join them")
        kind.add(cell.question)
    for cell in source.cells:
        if cell.question and cell.question not in graded:
            raise Trouble(f"{source.where(cell)}: question {cell.question!r} has no check cell: add one")
