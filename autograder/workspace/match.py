"""Which cell of the learner's notebook is which cell of the course."""

from __future__ import annotations

import copy
import hashlib
from typing import Any

from autograder.workspace.notebook import Cell, Notebook, grade_id, source


def named(mine: Notebook, *versions: Notebook) -> list[Cell]:
    """Copies of the learner's cells, each with an id that no other has.

    A cell of the course that lost its id (an old tool saved the notebook) gets it back, by nbgrader's name or by its
    text. A second cell with the same id is the learner's copy and gets an id of its own.
    """
    course = [cell for version in versions for cell in version["cells"] if "id" in cell]
    known = {cell["id"] for cell in course}
    used: set[str] = {cell["id"] for cell in mine["cells"] if cell.get("id") in known}
    seen: set[str] = set()
    cells = []
    for position, stored in enumerate(mine["cells"]):
        cell = copy.deepcopy(stored)
        if not isinstance(cell.get("id"), str) or cell["id"] in seen:
            taken = used | seen
            lost = _lost_id(cell, course, taken) if "id" not in cell else None
            cell["id"] = lost or fresh_id(cell, position, taken)
        seen.add(cell["id"])
        cells.append(cell)
    return cells


def fresh_id(cell: Cell, salt: Any, taken: set[str]) -> str:
    """An id for a cell of the learner's, the same each time for the same cell and salt."""
    number = 0
    while True:
        digest = hashlib.blake2b(f"{salt}:{number}:{source(cell)}".encode(), digest_size=6).hexdigest()
        if (name := f"mine-{digest}") not in taken:
            return name
        number += 1


def _lost_id(cell: Cell, course: list[Cell], taken: set[str]) -> str | None:
    free = [one for one in course if one["id"] not in taken and one["cell_type"] == cell["cell_type"]]
    name = grade_id(cell)
    for one in free:
        if (name and grade_id(one) == name) or (source(cell).strip() and source(one) == source(cell)):
            return str(one["id"])
    return None
