"""What evidence.yaml says, beside the lessons that it speaks of."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import yaml

from autograder.author import kernel, outputs, source
from autograder.author.guesses import COLOURS
from autograder.author.places import course
from autograder.author.source import Cell

EVIDENCE = Path(__file__).with_name("evidence.yaml")
RELIVE = Path(__file__).with_name("relive.py")


@dataclass(frozen=True)
class Proof:
    """One part of a row's `see` line, shown by one cell."""

    row: str
    see: str
    lesson: str
    cell: str
    shows: str
    changed: str
    """The cell in which the change is made."""
    old: str
    new: str
    otherwise: str

    def __str__(self) -> str:
        return f"{self.row}: {self.see} ({self.lesson}, {self.cell})"


@cache
def proofs() -> tuple[Proof, ...]:
    """Every proof, in the order of the file."""
    rows: dict[str, list[dict[str, Any]]] = yaml.safe_load(EVIDENCE.read_text(encoding="utf-8"))
    return tuple(_proof(row, one) for row, found in rows.items() for one in found)


def _proof(row: str, one: dict[str, Any]) -> Proof:
    change = {"in": one["cell"], **one["change"]}
    told = (one[key] for key in ("see", "lesson", "cell", "shows"))
    return Proof(row, *told, change["in"], change["from"], change["to"], one["otherwise"])


@cache
def code(lesson: str) -> dict[str, Cell]:
    """The code cells of a lesson by id, in order."""
    read = source.read(course().lessons / "source" / f"{lesson}.py")
    return {cell.id: cell for cell in read.cells if cell.kind == "code"}


def up_to(lesson: str, last: str) -> list[Cell]:
    """The code cells from the first to this one."""
    cells = list(code(lesson).values())
    return cells[: [cell.id for cell in cells].index(last) + 1]


@cache
def stored(lesson: str) -> dict[str, str]:
    """What each code cell of the built lesson shows without being run, as one line of text."""
    book = nbformat.read(course().lessons / f"{lesson}.ipynb", as_version=4)
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    return {cell.id: flat("\n".join(map(outputs.said, cell.outputs))) for cell in cells}


def flat(text: str) -> str:
    """The text without colours, and with each run of white space as one space."""
    return " ".join(COLOURS.sub("", text).split())


@dataclass(frozen=True)
class Relived:
    """What came of a lesson in which something was changed."""

    said: str
    """By the cell that would be the evidence, as one line."""
    raised: tuple[str, ...]
    """The cells on the way to it that raised and are not meant to."""


def relive(lesson: str, chosen: Iterable[Proof]) -> dict[Proof, Relived]:
    """Live the lesson anew with the change of each of these proofs, one at a time, in a process of its own."""
    asked = list(chosen)
    cells = [{"id": cell.id, "text": cell.text} for cell in code(lesson).values()]
    texts = {cell["id"]: cell["text"] for cell in cells}
    changes = [
        {"cell": one.changed, "text": texts[one.changed].replace(one.old, one.new), "until": one.cell} for one in asked
    ]
    with tempfile.TemporaryDirectory(prefix="relive-") as directory:
        run = subprocess.run(
            [sys.executable, str(RELIVE)],
            input=json.dumps({"cells": cells, "changes": changes}),
            capture_output=True,
            text=True,
            env={**kernel.environment(Path(directory)), "PYTHONPATH": str(course().root)},
            cwd=directory,
            check=False,
        )
    assert run.returncode == 0, run.stderr
    return {one: _relived(lesson, said) for one, said in zip(asked, json.loads(run.stdout), strict=True)}


def _relived(lesson: str, said: list[dict[str, Any]]) -> Relived:
    *way, last = said
    meant = {cell.id for cell in code(lesson).values() if "raises-exception" in cell.tags}
    raised = tuple(
        f"{cell['id']}: {flat(cell['said'])[:300]}" for cell in way if cell["raised"] and cell["id"] not in meant
    )
    return Relived(flat(last["said"]), raised)
