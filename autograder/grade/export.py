"""`fargate-course export`: the gradebook's marks as CSV for Canvas, for Moodle, or for anything else.

The marks are the gradebook's, with what a person gave and what coming late cost.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.author.places import course
from autograder.grade.files import write
from autograder.learner import is_id
from autograder.trouble import Trouble


@dataclass(frozen=True)
class Mark:
    """One learner's mark in one lab."""

    learner: str
    lab: str
    score: float
    """With a person's marks, the late penalty taken off."""
    max_score: float
    late_penalty: float
    waiting: bool
    """Is there something that a person must still mark?"""
    handed_in: str
    """ISO 8601, UTC; '' where it is not known."""


@dataclass(frozen=True)
class Person:
    """Who a learner is in the learning platform."""

    name: str = ""
    email: str = ""
    number: str = ""
    """The platform's own id."""
    login: str = ""
    section: str = ""


Roster = Mapping[str, Person]
Table = list[list[str]]
NAMES = {
    "name": ("name", "student", "full name"),
    "email": ("email", "email address"),
    "number": ("number", "id", "id number", "sis user id"),
    "login": ("login", "username", "sis login id"),
    "section": ("section",),
}
"""The headings of a roster that are understood, Canvas's and Moodle's own among them."""


def export(args: argparse.Namespace) -> int:
    """The command. Raises Trouble where there is nothing to export, or the roster cannot be used."""
    from autograder.grade.gradebook import marks

    here = course()
    found = [mark for mark in marks(here, args.gradebook or "") if not args.lab or mark.lab in args.lab]
    lacking = sorted(set(args.lab) - {mark.lab for mark in found})
    if lacking or not found:
        what = f" of {', '.join(lacking)}" if lacking else ""
        raise Trouble(f"the gradebook has no marks{what}: run `fargate-course grade` first")
    text = exported(args.format, found, roster(args.roster) if args.roster else {})
    if args.output:
        write(args.output, text)
    else:
        sys.stdout.write(text)
    return 0


def exported(kind: str, marks: Sequence[Mark], people: Roster) -> str:
    """The CSV. Columns of labs stand in order of their ids, rows in order of learners."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([plain(cell) for cell in row] for row in KINDS[kind](marks, people))
    return text.getvalue()


def plain(cell: str) -> str:
    """A cell that a spreadsheet shows as text: what begins like a formula would otherwise be computed when opened."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not _number(cell) else cell


def roster(file: Path) -> dict[str, Person]:
    """Who is who: a CSV (or the same with semicolons or tabs) with a column `learner` and any of those in NAMES.

    Raises Trouble that names every line which cannot be used.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
        head = text.partition("\n")[0]
        rows = list(csv.reader(io.StringIO(text), delimiter=max(",;\t", key=head.count), strict=True))
    except FileNotFoundError:
        raise Trouble(f"{file} is not there: give the CSV that says who is who") from None
    except (OSError, ValueError, csv.Error):
        raise Trouble(f"{file} is no CSV in UTF-8: export the roster again") from None
    known = {name.strip().lower(): place for place, name in reversed(list(enumerate(rows[0] if rows else [])))}
    if "learner" not in known:
        raise Trouble(f"{file} has no column `learner`: add one with the ids that folders and gradebook use")
    found: dict[str, Person] = {}
    ids: dict[str, str] = {}
    bad = []
    for number, row in enumerate(rows[1:], 2):
        cells = [cell.strip() for cell in row]
        if any(cells) and cells[0] != "Points Possible":
            why = _unusable(cells, len(rows[0]), known["learner"], ids)
            if why:
                bad.append(f"line {number}: {why}")
            else:
                learner = cells[known["learner"]]
                found[learner], ids[learner.lower()] = _person(cells, known), learner
    if bad:
        more = f"; and {len(bad) - 5} lines more" if len(bad) > 5 else ""
        raise Trouble(f"{file}: {'; '.join(bad[:5])}{more}: mend them, nothing was done")
    return found


def _unusable(cells: list[str], columns: int, place: int, found: Mapping[str, str]) -> str:
    """What is wrong with a line of a roster; '' for nothing. `found`: the ids so far, by their small letters."""
    if len(cells) != columns:
        return f"{len(cells)} cells under {columns} headings"
    learner = cells[place]
    if not learner:
        return "no learner"
    if not is_id(learner):
        return f"{learner[:80]!r} cannot be a learner's id (letters, digits, dots, hyphens, underscores, @)"
    earlier = found.get(learner.lower(), "")
    if earlier and earlier != learner:
        return f"{learner} is {earlier} in other capitals, and not every disk tells their folders apart"
    return f"{learner} stands in an earlier line too" if earlier else ""


def _person(cells: list[str], known: Mapping[str, int]) -> Person:
    """The first heading of each field that has something under it counts."""
    there = {
        field: next((cells[known[name]] for name in names if name in known and cells[known[name]]), "")
        for field, names in NAMES.items()
    }
    return Person(**there)


def canvas(marks: Sequence[Mark], people: Roster) -> Table:
    """Canvas's gradebook import: five columns that say who, one column a lab, and a row of points possible.

    https://teaching.resources.osu.edu/toolsets/carmencanvas/guides/calculating-final-grades/import-csv-file-carmen-grades
    """
    labs = sorted({mark.lab for mark in marks})
    table = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *labs]]
    possible = {mark.lab: mark.max_score for mark in marks}
    table.append(["    Points Possible", "", "", "", "", *(_text(possible[lab]) for lab in labs)])
    for learner, mine in _by_learner(marks):
        who = people.get(learner, Person())
        scores = [_text(mine[lab].score) if lab in mine else "" for lab in labs]
        table.append([who.name or learner, who.number, "", who.login or learner, who.section, *scores])
    return table


def moodle(marks: Sequence[Mark], people: Roster) -> Table:
    """Moodle's grade import: who by user name, id number or address, which its form asks to be mapped; a column a lab.

    https://github.com/moodle/moodle/blob/f29f455e8d3bf4a3a696892f22116a66426b2bbb/grade/import/csv/index.php
    """
    labs = sorted({mark.lab for mark in marks})
    table = [["Username", "ID number", "Email address", *labs]]
    for learner, mine in _by_learner(marks):
        who = people.get(learner, Person())
        scores = [_text(mine[lab].score) if lab in mine else "" for lab in labs]
        table.append([who.login or learner, who.number, who.email, *scores])
    return table


def generic(marks: Sequence[Mark], people: Roster) -> Table:
    """One row a learner and lab, with everything."""
    head = ["learner", "name", "email", "lab", "score", "max_score", "late_penalty", "waits_for_a_person", "handed_in"]
    table = [head]
    for mark in sorted(marks, key=lambda one: (one.learner, one.lab)):
        who = people.get(mark.learner, Person())
        score, most, late = _text(mark.score), _text(mark.max_score), _text(mark.late_penalty)
        waits = "yes" if mark.waiting else "no"
        table.append([mark.learner, who.name, who.email, mark.lab, score, most, late, waits, mark.handed_in])
    return table


KINDS: dict[str, Callable[[Sequence[Mark], Roster], Table]] = {"canvas": canvas, "moodle": moodle, "generic": generic}


def _by_learner(marks: Sequence[Mark]) -> list[tuple[str, dict[str, Mark]]]:
    found: dict[str, dict[str, Mark]] = {}
    for mark in marks:
        found.setdefault(mark.learner, {})[mark.lab] = mark
    return sorted(found.items())


def _text(number: float) -> str:
    """A score to the hundredth, without a tail of noughts."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
