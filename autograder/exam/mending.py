"""Where a row of the curriculum is taught: the lesson and the first cell that shows it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.author.places import course


@dataclass(frozen=True)
class Cell:
    """A cell of a lesson."""

    notebook: str
    """03-networking.ipynb"""
    id: str
    lesson: str
    """03 · Networking"""

    @property
    def address(self) -> str:
        """From the folder of the lessons; JupyterLab goes to the cell."""
        return f"{self.notebook}#cell-id={self.id}"


def mends(row: str) -> Cell | None:
    """The cell to read again for a row; None for a row that no lesson of this course teaches."""
    return _cells(course().lessons).get(row)


@cache
def _cells(lessons: Path) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for path in sorted(lessons.glob("[0-9]*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        title = "".join(cells[0]["source"]).splitlines()[0].lstrip("# ").strip()
        for cell in cells:
            for row in cell["metadata"].get("course", {}).get("rows", ()):
                found.setdefault(row, Cell(path.name, cell["id"], title))
    return found
