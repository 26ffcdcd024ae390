"""A submission laid over the release: what is locked comes from the release, what was asked for from the learner.

The release decides which graded cells there are, their order, kind, points and text. From the submission come the
answer cells (found by nbgrader id, else by cell id) and cells that the learner added, which stay behind the cell that
they stood behind. Whatever was restored is told in a flag.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from autograder.exam.assignment import KEPT
from autograder.run.submission import Cell, Submission


@dataclass(frozen=True)
class Repaired:
    """A notebook that can be trusted in its form, though not in the code of its answers."""

    notebook: dict[str, Any]
    flags: list[dict[str, str]]


def repair(submission: Submission, release: dict[str, Any]) -> Repaired:
    """Lay the submission over the release."""
    flags: list[dict[str, str]] = []
    slots = [_Slot(cell) for cell in copy.deepcopy(release["cells"])]
    found, extras = _match(submission.cells, slots, flags)
    cells = _own_cells(extras.get(-1, ()), "before")
    for place, slot in enumerate(slots):
        cells.append(slot.filled(found.get(place), flags))
        cells += _own_cells(extras.get(place, ()), slot.name)
    notebook = {**copy.deepcopy(release), "cells": cells}
    if submission.exam:
        notebook["metadata"][KEPT] = submission.exam
    return Repaired(notebook, flags)


@dataclass
class _Slot:
    """A cell of the release, to be filled with what the learner wrote where it is theirs to write."""

    cell: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.grading.get("grade_id") or self.cell.get("id", ""))

    @property
    def grading(self) -> dict[str, Any]:
        grading: dict[str, Any] = self.cell.get("metadata", {}).get("nbgrader", {})
        return grading

    @property
    def theirs(self) -> bool:
        """May the learner write here?"""
        return not self.grading or bool(self.grading.get("solution"))

    def filled(self, cell: Cell | None, flags: list[dict[str, str]]) -> dict[str, Any]:
        if cell is None:
            flags.append(_flag("restored", self.name, "was not in the submission; put back from the release"))
            return self.cell
        if cell.kind != self.cell["cell_type"]:
            kind = self.cell["cell_type"]
            flags.append(_flag("restored", self.name, f"was a {cell.kind} cell; made a {kind} cell again"))
        if self.theirs:
            self.cell["source"] = cell.source
            if self.cell["cell_type"] == "markdown" and cell.attachments:
                self.cell["attachments"] = cell.attachments
        elif cell.source != "".join(self.cell["source"]):
            flags.append(_flag("restored", self.name, "had its locked text changed; restored from the release"))
        points = cell.grading.get("points") if self.grading.get("points") else None
        if points is not None and points != self.grading["points"]:
            flags.append(_flag("restored", self.name, "had its points changed; restored from the release"))
        return self.cell


def _match(
    cells: Iterable[Cell], slots: list[_Slot], flags: list[dict[str, str]]
) -> tuple[dict[int, Cell], dict[int, list[Cell]]]:
    """Which cell fills which slot, and the cells of the learner's own by the slot that they stand behind."""
    cells = list(cells)
    filled = _chosen(cells, slots)
    graded = {str(slot.grading["grade_id"]): slot for slot in slots if slot.grading}
    extras: dict[int, list[Cell]] = {}
    behind = -1
    for index, cell in enumerate(cells):
        copied = graded.get(cell.grade_id)
        if index in filled:
            behind = filled[index]
        elif copied is not None and not copied.theirs:
            flags.append(_flag("duplicate", copied.name, "stood there more than once; one was kept"))
        else:
            if copied is not None:
                says = "stood there more than once; the others were run as cells of the learner's own"
                flags.append(_flag("duplicate", copied.name, says))
            extras.setdefault(behind, []).append(cell)
    return {place: cells[index] for index, place in filled.items()}, extras


def _chosen(cells: list[Cell], slots: list[_Slot]) -> dict[int, int]:
    """Which cell (by index) fills which slot: found by nbgrader id, and of several the one with the release's cell id;
    where the nbgrader id was lost or changed, found by cell id."""
    filled: dict[int, int] = {}
    for place, slot in enumerate(slots):
        named = [i for i, cell in enumerate(cells) if slot.grading and cell.grade_id == slot.grading["grade_id"]]
        same = [i for i, cell in enumerate(cells) if cell.id and cell.id == slot.cell.get("id")]
        wanted = [*(i for i in named if i in same), *named, *same]
        free = [i for i in wanted if i not in filled]
        if free:
            filled[free[0]] = place
    return filled


def _own_cells(cells: Iterable[Cell], behind: str) -> list[dict[str, Any]]:
    """Cells that the learner added, without the metadata that could pose as the release's."""
    made = []
    for number, cell in enumerate(cells):
        data: dict[str, Any] = {
            "cell_type": cell.kind,
            "id": f"own-{number}-{behind}"[:64],
            "metadata": {},
            "source": cell.source,
        }
        if cell.kind == "code":
            data |= {"outputs": [], "execution_count": None}
        made.append(data)
    return made


def _flag(what: str, cell: str, says: str) -> dict[str, str]:
    return {"what": what, "cell": cell, "says": f"The cell `{cell}` {says}."}
