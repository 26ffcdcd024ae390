"""A lesson's source made a notebook, not yet executed."""

from __future__ import annotations

from typing import Any

from autograder.author import notebook
from autograder.author.source import Source
from autograder.trouble import Trouble


def lesson(source: Source) -> Any:
    """The lesson's notebook. Raises Trouble where a cell has a role: roles belong to labs."""
    for cell in source.cells:
        if cell.role or cell.question or cell.points:
            raise Trouble(f"{source.where(cell)}: role, question and points belong to labs: remove them")
    cells = [notebook.new_cell(cell, {}) for cell in source.cells]
    return notebook.new(cells, {"lesson": source.path.stem})
