"""A text source (py:percent) read as cells with an id, a role and curriculum rows.

`# %% id="f12-one-eni" rows=["F12"] tags=["raises-exception"]` begins a code cell, `# %% [markdown] id="..."` a text
cell. Cells of labs also say role, question and points. Ids are unique in the course and at most 64 characters, since
Jupyter allows no more and later versions of a notebook are merged by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import jupytext
from nbformat import ValidationError as NotebookValidationError

from autograder.author.places import Course
from autograder.trouble import Trouble

KNOWN = {"id", "rows", "tags", "rests", "role", "question", "points"}
ROLES = ("setup", "answer", "check", "reflect")
ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
ROW = re.compile(r"[FPTMN]\d\d")


@dataclass(frozen=True)
class Cell:
    """One cell of a source."""

    id: str
    kind: Literal["code", "markdown"]
    text: str
    line: int
    """Where its header stands in the file, from 1."""
    rows: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    rests: tuple[str, ...] = ()
    """Of exam notes: the rows, laws, facts and pages on which they rest. It is not written into the notebook."""
    role: str = ""
    question: str = ""
    points: int | None = None


@dataclass(frozen=True)
class Source:
    """One text source."""

    path: Path
    cells: tuple[Cell, ...]

    def where(self, cell: Cell) -> str:
        return f"{self.path}:{cell.line}"


def read(path: Path) -> Source:
    """Read one source. Raises Trouble naming the file and line of the first cell that cannot be used."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"{path} cannot be read as text ({error}): give the path of a .py source") from None
    try:
        notebook = jupytext.reads(text, fmt="py:percent")
    except NotebookValidationError as error:
        raise Trouble(f"{path} has a cell header that no notebook can hold: {error.message}") from None
    lines = [number for number, line in enumerate(text.split("\n"), 1) if line.startswith("# %%")]
    if not lines or len(lines) != len(notebook.cells):
        raise Trouble(f'{path} does not begin with a cell: its first line must be `# %% [markdown] id="..."`')
    cells = tuple(_cell(path, line, found) for line, found in zip(lines, notebook.cells, strict=True))
    _refuse_repeated_ids((path, cell) for cell in cells)
    return Source(path, cells)


def refuse_ids_used_twice(course: Course) -> None:
    """Raise Trouble where two cells of the course share an id."""
    _refuse_repeated_ids((path, cell) for path in course.sources() for cell in read(path).cells)


def _refuse_repeated_ids(cells: Iterable[tuple[Path, Cell]]) -> None:
    seen: dict[str, str] = {}
    for path, cell in cells:
        if cell.id in seen:
            raise Trouble(f"{path}:{cell.line}: id {cell.id!r} is taken by {seen[cell.id]}: give this cell another id")
        seen[cell.id] = f"{path}:{cell.line}"


def _cell(path: Path, line: int, found: Any) -> Cell:
    # jupytext notes blank lines between cells as metadata, too; nobody wrote it.
    header = {key: value for key, value in found.metadata.items() if key != "lines_to_next_cell"}
    problem = _problem(found.cell_type, header)
    if problem:
        raise Trouble(f"{path}:{line}: {problem}")
    return Cell(
        id=header["id"],
        kind=found.cell_type,
        text=found.source,
        line=line,
        rows=tuple(header.get("rows", ())),
        tags=tuple(header.get("tags", ())),
        rests=tuple(header.get("rests", ())),
        role=header.get("role", ""),
        question=header.get("question", ""),
        points=header.get("points"),
    )


def _problem(kind: str, header: dict[str, Any]) -> str:
    """What is wrong with a cell's header, and what to do; '' where nothing is."""
    unknown = sorted(set(header) - KNOWN)
    name = header.get("id", "")
    points = header.get("points", 0)
    problems = {
        f"a cell is code or [markdown], not {kind}": kind not in ("code", "markdown"),
        f"the header says {', '.join(unknown)}: it may say {', '.join(sorted(KNOWN))}": bool(unknown),
        'the cell has no id: write id="a-name-of-its-own" in its header': not name,
        f"id {name!r} is not 1 to 64 letters, digits, - or _: shorten or respell it": not ID.fullmatch(str(name)),
        'rows is not a list of curriculum rows: write rows=["F12"]': not _all(header.get("rows", []), ROW),
        f"role is not one of {', '.join(ROLES)}": header.get("role", "setup") not in ROLES,
        "points is not a whole number from 1": not isinstance(points, int) or points < ("points" in header),
        "question is not a question's id": "question" in header and not ID.fullmatch(str(header["question"])),
    }
    return next((text for text, wrong in problems.items() if wrong), "")


def _all(values: Any, form: re.Pattern[str]) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) and form.fullmatch(value) for value in values)
