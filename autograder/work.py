"""Copies of what a learner wrote: each check keeps its answer cell as it was run, so that no work is ever lost.

They lie beside the state file as `work/LAB/QUESTION/0001.py`, 0002.py, ...; the newest `KEPT` stay. A reset
of the lab, a later version of its notebook and a cleared cell do not touch them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder import state

KEPT = 50
"""Copies of one question; the oldest beyond that are removed."""


@dataclass
class Watch:
    """The cells that were run since the lab was begun, as the notebook tells them."""

    by_id: dict[str, str] = field(default_factory=dict)
    """Cell id -> its text when it was last run, where the notebook tells ids (JupyterLab does)."""
    loose: list[str] = field(default_factory=list)
    """Texts of cells without an id, run since the last check."""

    def note(self, info: Any) -> None:
        """What IPython tells before it runs a cell."""
        if getattr(info, "cell_id", None):
            self.by_id[str(info.cell_id)] = str(info.raw_cell)
        else:
            self.loose.append(str(info.raw_cell))

    def answer(self, cell_id: str) -> str:
        """The answer cell as it was last run; where no ids are told, all that was run since the last check."""
        if self.by_id:
            return self.by_id.get(cell_id, "")
        ran, self.loose = self.loose[:-1], []  # the last one is the check itself
        return "\n\n".join(text for text in ran if not text.lstrip().startswith("lab."))


def watch() -> Watch:
    """Begin to watch the cells that this process runs; outside a notebook there are none."""
    made = Watch()
    try:
        from IPython import get_ipython
    except ImportError:
        return made
    shell = get_ipython()
    if shell is not None:
        shell.events.register("pre_run_cell", made.note)
    return made


def folder(lab_id: str, question: str) -> Path:
    """Where the copies of a question lie."""
    return state.path().parent / "work" / lab_id / question


def keep(lab_id: str, question: str, text: str) -> Path | None:
    """Keep a copy, unless there is nothing to keep or the newest copy says the same; the file that holds it."""
    kept = copies(lab_id, question)
    if not text.strip() or (kept and kept[-1].read_text(encoding="utf-8") == text):
        return None
    number = int(kept[-1].stem) + 1 if kept else 1
    file = folder(lab_id, question) / f"{number:04}.py"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    for old in kept[: -(KEPT - 1)]:
        old.unlink(missing_ok=True)
    return file


def copies(lab_id: str, question: str) -> list[Path]:
    """The copies of a question, oldest first."""
    found = (path for path in folder(lab_id, question).glob("*.py") if path.stem.isdecimal())
    return sorted(found, key=lambda path: int(path.stem))


def answer_cells(released: Path) -> Mapping[str, str]:
    """Question -> id of its answer cell, in a lab's released notebook; empty where that cannot be read."""
    try:
        cells = json.loads(released.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return dict(_answer_cells(cells))


def _answer_cells(cells: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for cell in cells:
        grading = cell.get("metadata", {}).get("nbgrader", {})
        if grading.get("solution") and not grading.get("task"):
            yield str(grading.get("grade_id", "")).removeprefix("answer-"), str(cell.get("id", ""))
