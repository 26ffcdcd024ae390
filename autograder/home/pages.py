"""What there is to do: lessons, labs and exams, with their titles and minutes, read from the notebooks themselves.

A learner has the built notebooks alone, so these are read, not their sources.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.author.places import course

LESSON_MINUTES = re.compile(r"^About (\d+) minutes", re.MULTILINE)
LAB_MINUTES = re.compile(r"^\*\*(\d+)(?: to (\d+))? minutes", re.MULTILINE)
TITLE = re.compile(r"\A# (?:Lab )?\d\d(?: ·|:) (.+)$", re.MULTILINE)
ASKS = re.compile(r"\bquestion\(\s*[\"']([a-z0-9-]+)[\"']")


@dataclass(frozen=True)
class Page:
    """One notebook to work through."""

    id: str
    """03-networking"""
    title: str
    minutes: int
    """To read and do it; of a lab the middle of what it says."""
    address: str
    """course/03-networking.ipynb: from the root of the course."""
    items: frozenset[str]
    """The questions that a lesson asks; a lab has none."""
    rows: frozenset[str]
    """The curriculum rows that its cells are about."""

    @property
    def number(self) -> str:
        return self.id[:2]


def lessons() -> tuple[Page, ...]:
    """The lessons, in order."""
    return _pages(course().lessons, "[0-9]*.ipynb")


def labs() -> tuple[Page, ...]:
    """The labs, in order."""
    return _pages(course().labs, "[0-9]*/*.ipynb")


@cache
def _pages(folder: Path, pattern: str) -> tuple[Page, ...]:
    return tuple(_page(path) for path in sorted(folder.glob(pattern)))


def _page(path: Path) -> Page:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    first = "".join(cells[0]["source"])
    title = TITLE.search(first)
    code = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return Page(
        id=path.stem,
        title=title[1] if title else path.stem,
        minutes=_minutes(first),
        address=path.relative_to(course().root).as_posix(),
        items=frozenset(item for text in code for item in ASKS.findall(text)),
        rows=frozenset(row for cell in cells for row in cell["metadata"].get("course", {}).get("rows", ())),
    )


def _minutes(text: str) -> int:
    if found := LESSON_MINUTES.search(text):
        return int(found[1])
    if found := LAB_MINUTES.search(text):
        return (int(found[1]) + int(found[2] or found[1])) // 2
    return 45
