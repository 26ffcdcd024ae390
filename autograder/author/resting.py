"""On what the lessons rest: facts, laws, rows of the curriculum and pages of AWS, by the names that authors give.

`course/source/compared.yaml` names them for every row; the header of each cell of exam notes names them too:
`rests=["F21", "FG102", "sizes.WINDOWS", "https://docs.aws.amazon.com/..."]`. A figure that was read on a page is named
behind it: `"https://docs.aws.amazon.com/... says 443"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from autograder.author.places import Course
from autograder.author.source import Cell, read
from autograder.bank import bank
from autograder.trouble import Trouble
from simcloud.facts.fact import READ_ON, Fact, Words
from simcloud.facts.index import every_fact
from simcloud.rules.engine import Law, laws

PAGES = ("https://docs.aws.amazon.com/", "https://aws.amazon.com/")
FIGURE = re.compile(r"(?<![\w.])\d+(?:\.\d+)*")
"""A figure, and not the end of a name such as S3."""
NO_CLAIM = re.compile(r'"[^"]*"|\*\*[^*]*\*\*|`[^`]*`|lesson \d\d|^#.*$', re.MULTILINE)
"""What of exam notes claims nothing: a question's disguise, headings, names of code, and pointers to lessons."""


@dataclass(frozen=True)
class Ground:
    """One thing on which a claim rests."""

    name: str
    source: str
    read_on: str
    assumed: bool
    says: str
    """What it says, as text: in it a figure must be found that rests on it."""


@dataclass(frozen=True)
class Compared:
    """One row of the curriculum beside AWS."""

    row: str
    fact: str
    older: str
    """What older material says where AWS says something else today; '' where it says the same."""
    since: str
    grounds: tuple[Ground, ...]


def compared(here: Course) -> dict[str, Compared]:
    """Every row of the curriculum, in order. Raises Trouble for a row that is missing, unknown, or rests on nothing."""
    told: dict[str, dict[str, Any]] = yaml.safe_load((here.lessons / "source" / "compared.yaml").read_text("utf-8"))
    rows = bank.curriculum()
    if wrong := set(rows) ^ set(told):
        raise Trouble(f"course/source/compared.yaml and the curriculum differ in {', '.join(sorted(wrong))}")
    return {row: _compared(row, rows[row]["fact"], told[row]) for row in rows}


def _compared(row: str, fact: str, told: dict[str, Any]) -> Compared:
    if not told.get("rests"):
        raise Trouble(f"course/source/compared.yaml: {row} rests on nothing: name a fact, a law or a page of AWS")
    return Compared(row, fact, told.get("older", ""), str(told.get("since", "")), tuple(map(ground, told["rests"])))


def ground(name: str) -> Ground:
    """What this name stands for. Raises Trouble for one that nothing has."""
    if name.startswith(PAGES):
        page, _, says = name.partition(" says ")
        return Ground(page, page, READ_ON, assumed=False, says=says)
    known: Law | Fact[Any] | Words | None = _laws().get(name) or _facts().get(name)
    if known is None:
        raise Trouble(f"{name} is neither a law, nor a fact, nor a page of AWS")
    return Ground(name, known.source, known.read_on, assumed=known.status == "assumed", says=_says(known))


def _says(known: Law | Fact[Any] | Words) -> str:
    if isinstance(known, Law):
        return known.sentence
    return str(known) if isinstance(known, Words) else _spoken(known.value)


@cache
def _laws() -> dict[str, Law]:
    return {law.id: law for law in laws()}


@cache
def _facts() -> dict[str, Fact[Any] | Words]:
    return dict(every_fact())


def _spoken(value: Any) -> str:
    """A value as text in which its figures can be found: without the names of types."""
    if isinstance(value, dict):
        return ", ".join(f"{_spoken(key)}: {_spoken(one)}" for key, one in value.items())
    if isinstance(value, tuple | list | frozenset):
        return ", ".join(sorted(map(_spoken, value)))
    return str(value)


# --- exam notes


@dataclass(frozen=True)
class Notes:
    """The exam notes of one lesson."""

    lesson: str
    cell: Cell

    def grounds(self, rows: dict[str, Compared]) -> Iterator[Ground]:
        """All on which they rest: a row stands for what it rests on."""
        for name in self.cell.rests:
            yield from rows[name].grounds if name in rows else (ground(name),)

    def figures(self) -> set[str]:
        """The figures that they claim."""
        return set(FIGURE.findall(NO_CLAIM.sub("", self.cell.text)))

    def quoted(self) -> list[str]:
        """What stands in quotes and is long enough to be known again, in lower case."""
        return [said.lower() for said in re.findall(r'"([^"]*)"', self.cell.text) if said.count(" ") > 1]

    def unfounded(self, rows: dict[str, Compared]) -> list[str]:
        """The figures that stand in nothing on which they rest, in order."""
        said = [one.says for one in self.grounds(rows)]
        said += [f"{rows[name].fact} {rows[name].older} {rows[name].since}" for name in self.cell.rests if name in rows]
        there = {figure for text in said for figure in FIGURE.findall(text)}
        return sorted(figure for figure in self.figures() if not there & set(_units(figure)))


def _units(figure: str) -> Iterable[str]:
    """The same in the units that facts have: CPU units for vCPU and MiB for GB, seconds for minutes."""
    yield figure
    if figure.count(".") < 2:
        for unit in (1024, 60):
            product = Decimal(figure) * unit
            yield str(int(product)) if product == int(product) else str(product)


def exam_notes(here: Course) -> list[Notes]:
    """The exam notes of each lesson that has them, in order."""
    found = ((path.stem, cell) for path in here.lesson_sources() for cell in read(path).cells)
    return [Notes(lesson, cell) for lesson, cell in found if cell.text.startswith("## Exam notes")]
