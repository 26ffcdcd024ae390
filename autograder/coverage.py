"""`fargate-course coverage`: for each curriculum row, where it is taught, simulated, practised and examined."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.author.places import Course, course
from autograder.bank import bank
from autograder.marks import marked
from autograder.trouble import Trouble

COLUMNS = ("taught", "simulated", "practised", "examined")
Found = Iterable[tuple[str, str]]
"""(row id, id of the cell, test, check or item)."""


def command(*, as_json: bool) -> int:
    """Print the table, or the same as JSON."""
    table = coverage(course())
    sys.stdout.write(json.dumps(table, indent=1) + "\n" if as_json else as_text(table))
    return 0


def coverage(here: Course) -> dict[str, dict[str, list[str]]]:
    """For every row of the curriculum, in order: ids by column. Raises Trouble where something names an unknown row."""
    table: dict[str, dict[str, list[str]]] = {row: {column: [] for column in COLUMNS} for row in bank.curriculum()}
    sources: dict[str, Found] = {
        "taught": taught(here.lessons),
        "simulated": simulated(here.root / "tests"),
        "practised": practised(),
        "examined": examined(),
    }
    for column, found in sources.items():
        for row, name in found:
            if row not in table:
                raise Trouble(f"{name} names {row}, which is no row of autograder/curriculum.yaml: correct it there")
            if name not in table[row][column]:
                table[row][column].append(name)
    return table


def taught(lessons: Path) -> Iterator[tuple[str, str]]:
    """The cells of the built lessons that carry a row."""
    for path in sorted(lessons.glob("*.ipynb")):
        try:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        except (ValueError, KeyError, TypeError):
            raise Trouble(f"{path} is not a notebook: build it anew with `fargate-course build`") from None
        for cell in cells:
            yield from ((row, cell["id"]) for row in cell["metadata"].get("course", {}).get("rows", ()))


def simulated(tests: Path) -> Iterator[tuple[str, str]]:
    """The tests marked `@pytest.mark.row("F12")`, by pytest's ids without parameters. Nothing is imported or run."""
    return marked(tests, "row")


def practised() -> Iterator[tuple[str, str]]:
    """The checks of all labs, hidden ones too where they are installed."""
    from autograder.checks.lab import all_labs

    for lab in all_labs():
        for check in lab.checks:
            yield from ((row, f"{lab.id}/{check.id}") for row in check.rows)


def examined() -> Iterator[tuple[str, str]]:
    """The items of the bank, graded ones too where they are installed."""
    for folder in (bank.PRACTICE, bank.GRADED):
        for item in bank.load(folder):
            yield from ((row, item.id) for row in item.rows)


def as_text(table: Mapping[str, Mapping[str, list[str]]]) -> str:
    """The table for people, and under it what is missing."""
    rows = bank.curriculum()
    lines = [f"{'row':<5}{'title':<46}" + "".join(f"{column:>11}" for column in COLUMNS)]
    for row, columns in table.items():
        cells = "".join(f"{_cell(rows[row], column, columns[column]):>11}" for column in COLUMNS)
        lines.append(f"{row:<5}{rows[row]['title'][:44]:<46}{cells}")
    lines.append("")
    for column in COLUMNS:
        missing = [row for row, columns in table.items() if _wanted(rows[row], column) and not columns[column]]
        lines.append(f"not {column}: {' '.join(missing) or 'none, every row is'}")
    return "\n".join(lines) + "\n"


def _cell(row: Mapping[str, Any], column: str, found: list[str]) -> str:
    return str(len(found)) if found else "missing" if _wanted(row, column) else "-"


def _wanted(row: Mapping[str, Any], column: str) -> bool:
    """A row whose `see` is "-" needs no simulation and no practice."""
    return row["see"] != "-" or column in ("taught", "examined")
