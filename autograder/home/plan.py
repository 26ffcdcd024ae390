"""A plan for an exam: which rows it asks for, in which lessons and labs they are, and in which week each is due."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.bank import bank
from autograder.home.standing import Mark, Standing, standing
from autograder.trouble import Trouble

FORMS = 2
"""Practice exams in full length, at the end."""


@dataclass(frozen=True)
class Entry:
    """One thing to do."""

    title: str
    minutes: int
    why: str
    """Which rows it is for."""


@dataclass(frozen=True)
class Week:
    """What fits into one week, or the one long thing that does not."""

    number: int
    entries: tuple[Entry, ...]

    @property
    def minutes(self) -> int:
        return sum(entry.minutes for entry in self.entries)


@dataclass(frozen=True)
class Plan:
    """All weeks to an exam."""

    exam: str
    rows: int
    """Rows of the curriculum that the exam asks for."""
    held: int
    """Of which so many are held already."""
    weeks: tuple[Week, ...]

    @property
    def minutes(self) -> int:
        return sum(week.minutes for week in self.weeks)


def plan(exam: str, hours_a_week: float, here: Standing | None = None) -> Plan:
    """The plan of a learner. A lesson or lab that is done, or all of whose rows of this exam are held, is left out.

    `exam`: CLF-C02, SAA-C03, SAP-C02 or DOP-C02. `hours_a_week`: more than 0. Raises Trouble for anything else.
    """
    exams = bank.blueprints()
    if exam not in exams:
        raise Trouble(f"there is no exam {exam!r}: the exams are {', '.join(exams)}")
    if not (math.isfinite(hours_a_week) and hours_a_week > 0):
        raise Trouble(f"{hours_a_week:g} hours a week are no time to learn in: say a number above 0")
    here = here or standing()
    short = exam.split("-")[0]
    asked = {row for row, about in bank.curriculum().items() if short in about["exams"]}
    held = {row.id for row in here.rows if row.level == "held"} & asked
    entries = [*_pages(here, asked - held), *_exams(exam, int(exams[exam]["minutes"]))]
    return Plan(exam, len(asked), len(held), tuple(_weeks(entries, hours_a_week * 60)))


def _pages(here: Standing, open_rows: set[str]) -> Iterator[Entry]:
    """Each lesson and then its lab, in the order of the course."""
    both = [(mark, "Lesson") for mark in here.lessons] + [(mark, "Lab") for mark in here.labs]
    for mark, kind in sorted(both, key=lambda one: (one[0].page.number, one[1] == "Lab")):
        rows = mark.page.rows & open_rows
        if rows and mark.done != "done":
            yield _entry(mark, kind, rows)


def _entry(mark: Mark, kind: str, rows: set[str] | frozenset[str]) -> Entry:
    return Entry(f"{kind} {mark.page.number} · {mark.page.title}", mark.minutes_left, " ".join(sorted(rows)))


def _exams(exam: str, minutes: int) -> Iterator[Entry]:
    for number in range(1, FORMS + 1):
        yield Entry(f"Practice exam {number}, and its report", minutes + 30, f"fargate-course exam {exam}")


def _weeks(entries: list[Entry], minutes: float) -> Iterator[Week]:
    """Fill one week after the other, in order; what is longer than a week is a week."""
    number, week = 1, list[Entry]()
    for entry in entries:
        if week and sum(one.minutes for one in week) + entry.minutes > minutes:
            yield Week(number, tuple(week))
            number, week = number + 1, []
        week.append(entry)
    if week:
        yield Week(number, tuple(week))


def text(made: Plan) -> str:
    """For a terminal."""
    hours = made.minutes / 60
    lines = [
        f"{made.exam} asks for {made.rows} rows of the curriculum; you hold {made.held}. {hours:.0f} hours are left, in"
        f" {len(made.weeks)} week{'' if len(made.weeks) == 1 else 's'}. Ten minutes a day of `fargate-course review`"
        " come on top.",
        "This plan is about containers on AWS alone: the exam asks for more than that.",
    ]
    for week in made.weeks:
        lines += ["", f"Week {week.number} ({week.minutes // 60} h {week.minutes % 60:02} min)"]
        lines += [f"  {entry.title:<48} {entry.minutes:>4} min  {entry.why}" for entry in week.entries]
    return "\n".join(lines)


def command(exam: str, hours_a_week: float) -> int:
    """Print the plan."""
    sys.stdout.write(text(plan(exam, hours_a_week)) + "\n")
    return 0
