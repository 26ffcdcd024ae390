"""A newer version of a lesson or lab merged into the learner's notebook, cell by cell.

Three notebooks take part: `base`, the version that the learner was given; `mine`, what the learner made of it; `new`,
the course's newer version. The laws:

- What the learner wrote into an answer cell stays, letter by letter.
- Cells that the learner added stay, behind the same cell as before.
- A cell of the course takes the new text where the course changed it. Where the learner had changed it too, the
  learner's text is kept in a cell below it, as text, so that "Run all" does not run it a second time.
- A cell that the course did not change stays as the learner has it, outputs and all.
- A cell of the course that the learner deleted comes back; one that the course took out goes, unless the learner had
  written in it.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from autograder.workspace.match import fresh_id, named
from autograder.workspace.notebook import Cell, Notebook, is_answer, source

KEPT = "**Yours, kept from before an update of the course:**"


@dataclass
class Merged:
    """The merged notebook and, by kind of change, how many cells it was."""

    notebook: Notebook
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, change: str) -> None:
        self.counts[change] = self.counts.get(change, 0) + 1


def merge(mine: Notebook, base: Notebook | None, new: Notebook) -> Merged:
    """The learner's notebook, brought up to `new`. Alters none of the three.

    Without a base nothing tells the learner's changes from the course's: then every difference counts as the learner's.
    """
    before = {cell["id"]: cell for cell in (base or {"cells": []})["cells"] if "id" in cell}
    cells = named(mine, *([base] if base else []), new)
    present = {cell["id"]: cell for cell in cells}
    merged = Merged(_top(mine, base, new))
    followers = _followers(cells, before, {cell["id"] for cell in new["cells"]}, merged)
    result = followers[None]
    for cell in new["cells"]:
        result += _one(present.get(cell["id"]), before.get(cell["id"]), cell, merged)
        result += followers.get(cell["id"], [])
    merged.notebook["cells"] = _distinct(result)
    return merged


def _top(mine: Notebook, base: Notebook | None, new: Notebook) -> Notebook:
    """The notebook without its cells: the course's metadata, and what the learner's tools added to it."""
    top = copy.deepcopy({key: value for key, value in new.items() if key != "cells"})
    added = _added(mine.get("metadata", {}), (base or {}).get("metadata", {}))
    top["metadata"] = copy.deepcopy(added) | top.get("metadata", {})
    return top


def _added(mine: dict[str, Any], base: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in mine.items() if key not in base}


def _followers(
    cells: list[Cell], before: dict[str, Cell], course: set[str], merged: Merged
) -> dict[str | None, list[Cell]]:
    """The learner's own cells, by the id of the course's cell that they stand behind (None: at the top)."""
    behind: dict[str | None, list[Cell]] = {None: []}
    anchor: str | None = None
    for cell in cells:
        if cell["id"] in course:
            anchor = cell["id"]
        elif (old := before.get(cell["id"])) is None:
            behind.setdefault(anchor, []).append(cell)
        elif source(cell) == source(old):
            merged.count("removed")
        else:
            merged.count("removed, your text kept")
            behind.setdefault(anchor, []).append(_keep(cell))
    return behind


def _one(mine: Cell | None, base: Cell | None, new: Cell, merged: Merged) -> list[Cell]:
    """What stands in the result for one cell of the new version."""
    if mine is None:
        merged.count("added" if base is None else "brought back")
        return [copy.deepcopy(new)]
    if base is None:
        base = {"source": "", "metadata": {}} if source(mine) != source(new) else new | {"outputs": None}
    edited = source(mine) != source(base)
    if source(new) in (source(base), source(mine)):
        return [_with_learners_part(mine, base, new)]
    if edited and is_answer(new):
        merged.count("answer kept")
        return [_with_learners_part(mine, base, new)]
    merged.count("updated")
    if edited:
        merged.count("updated, your text kept below")
        return [copy.deepcopy(new), _keep(mine)]
    return [copy.deepcopy(new)]


def _with_learners_part(mine: Cell, base: Cell, new: Cell) -> Cell:
    """The learner's text, and outputs where the learner ran the cell, in the new version's cell."""
    cell = copy.deepcopy(new)
    cell["source"] = copy.deepcopy(mine["source"])
    cell["metadata"] = copy.deepcopy(_added(mine.get("metadata", {}), base.get("metadata", {}))) | cell["metadata"]
    if "attachments" in mine:
        cell["attachments"] = copy.deepcopy(mine["attachments"])
    ran = mine.get("outputs") != base.get("outputs") or source(mine) != source(new)
    if ran and mine["cell_type"] == new["cell_type"] == "code":
        cell |= {key: copy.deepcopy(mine[key]) for key in ("outputs", "execution_count") if key in mine}
    return cell


def _keep(cell: Cell) -> Cell:
    """The learner's text as a cell that is read and not run."""
    text = source(cell)
    shown = text if cell["cell_type"] == "markdown" else _fenced(text)
    kept: Cell = {"cell_type": "markdown", "metadata": {}, "source": f"{KEPT}\n\n{shown}"}
    if "attachments" in cell:
        kept["attachments"] = copy.deepcopy(cell["attachments"])
    return kept | {"id": fresh_id(kept, cell["id"], set())}


def _fenced(text: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}python\n{text}\n{fence}"


def _distinct(cells: list[Cell]) -> list[Cell]:
    """The cells, of which a learner's one that has the id of another gets a new one."""
    taken: set[str] = set()
    for cell in cells:
        if cell["id"] in taken:
            cell["id"] = fresh_id(cell, len(taken), taken)
        taken.add(cell["id"])
    return cells
