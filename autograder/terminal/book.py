"""A learner's notebook of a lab as the terminal needs it: its cells in order, and the one that answers a question."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from autograder.trouble import Trouble

Role = Literal["text", "setup", "answer", "check"]


@dataclass(frozen=True)
class Cell:
    """One cell; `question` is the question that it answers or checks, or ''."""

    id: str
    role: Role
    question: str
    source: str


class Book:
    """The notebook file. It is read anew for each look, since an editor or JupyterLab may have it open too."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def cells(self) -> list[Cell]:
        """The cells in order. Raises Trouble where the file cannot be read."""
        return list(self._cells())

    def questions(self) -> list[str]:
        """The ids of the questions that have a check, in order."""
        return [cell.question for cell in self.cells() if cell.role == "check"]

    def asked(self, question: str) -> list[Cell]:
        """What stands between the check before this question's and its own: its text and its answer cells."""
        found: list[Cell] = []
        for cell in self.cells():
            if cell.role == "check":
                if cell.question == question:
                    return found
                found = []
            elif cell.role in ("text", "answer"):
                found.append(cell)
        return []

    def up_to_check(self, question: str) -> list[Cell]:
        """The cells to run for a question: all code before its check but other checks, then the check."""
        found: list[Cell] = []
        for cell in self.cells():
            if cell.role == "check" and cell.question == question:
                return [*found, cell]
            if cell.role in ("setup", "answer"):
                found.append(cell)
        return found

    def write(self, cell_id: str, source: str) -> None:
        """Replace the text of a cell, whole or not at all. Its outputs are of another text, so they go."""
        book = self._read()
        for cell in book["cells"]:
            if cell.get("id") == cell_id:
                cell["source"] = source.splitlines(keepends=True)
                cell["outputs"], cell["execution_count"] = [], None
        new = self.file.with_name(f".{self.file.name}.new")
        new.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        os.replace(new, self.file)

    def _cells(self) -> Iterator[Cell]:
        for cell in self._read()["cells"]:
            grading = cell.get("metadata", {}).get("nbgrader", {})
            name, source = str(grading.get("grade_id", "")), "".join(cell["source"])
            if cell["cell_type"] != "code":
                yield Cell(str(cell.get("id")), "text", "", source)
            elif grading.get("solution"):
                yield Cell(str(cell.get("id")), "answer", name.removeprefix("answer-"), source)
            elif grading.get("grade"):
                yield Cell(str(cell.get("id")), "check", name, source)
            elif "lab.submit" not in source:
                yield Cell(str(cell.get("id")), "setup", "", source)

    def _read(self) -> dict[str, Any]:
        try:
            book: dict[str, Any] = json.loads(self.file.read_text(encoding="utf-8"))
            book["cells"][:0]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Trouble(f"{self.file} cannot be read as a notebook: {error}") from None
        return book
