"""A plan for an exam: which rows it asks for, in which lessons and labs they are, and in which week each is due."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from autograder.bank import bank
from autograder.home.standing import Mark, Standing, standing
from autograder.markup import marked_up
from autograder.trouble import Trouble

FORMS = 2
"""Practice exams in full length, at the end."""
AGAIN_MINUTES = 10
"""To read again what one lesson says of a row, and be asked about it."""
REVIEW = "Ten minutes a day of `fargate-course review` come on top."
NARROW = "This plan is about containers on AWS alone: the exam asks for more than that."
UNPLACED = (
    "You have not been placed: `fargate-course place` asks twenty questions, and the plan leaves out what you know."
)


@dataclass(frozen=True)
class Entry:
    """One thing to do."""

    title: str
    minutes: int
    rows: tuple[str, ...]
    """Which rows it is for; those of high weight first."""
    how: str
    """A notebook from the root of the course, or a command."""

    @property
    def why(self) -> str:
        return " ".join(f"{row}*" if heavy(row) else row for row in self.rows) or self.how


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
    """Of which so many are held already, or known by placement."""
    known: int
    """Of which so many by placement alone."""
    placed: bool
    """Has a placement ended?"""
    weeks: tuple[Week, ...]

    @property
    def minutes(self) -> int:
        return sum(week.minutes for week in self.weeks)

    @property
    def to_learn(self) -> list[str]:
        """The rows that the weeks are for, in the order of the curriculum."""
        rows = {row for week in self.weeks for entry in week.entries for row in entry.rows}
        return [row for row in bank.curriculum() if row in rows]


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
    held = {row.id for row in here.rows if row.counts} & asked
    pages = list(_pages(here, asked - held))
    again = _again(here, asked - held - {row for entry in pages for row in entry.rows})
    entries = [*pages, *again, *_exams(exam, int(exams[exam]["minutes"]))]
    known = sum(row.level == "known" for row in here.rows if row.id in asked)
    return Plan(exam, len(asked), len(held), known, here.placed, tuple(_weeks(entries, hours_a_week * 60)))


def heavy(row: str) -> bool:
    """Do exams ask for this row twice as often?"""
    return bank.curriculum()[row].get("weight") == "high"


def _pages(here: Standing, open_rows: set[str]) -> Iterator[Entry]:
    """Each lesson and then its lab, in the order of the course."""
    both = [(mark, "Lesson") for mark in here.lessons] + [(mark, "Lab") for mark in here.labs]
    for mark, kind in sorted(both, key=lambda one: (one[0].page.number, one[1] == "Lab")):
        rows = mark.page.rows & open_rows
        if rows and mark.done != "done":
            yield _entry(mark, kind, rows)


def _entry(mark: Mark, kind: str, rows: set[str] | frozenset[str]) -> Entry:
    ordered = tuple(sorted(rows, key=lambda row: (not heavy(row), row)))
    return Entry(f"{kind} {mark.page.number} · {mark.page.title}", mark.minutes_left, ordered, mark.page.address)


def _again(here: Standing, rows: set[str]) -> Iterator[Entry]:
    """What is not held though every lesson and lab about it is done."""
    for row in here.rows:
        if row.id in rows and row.cell:
            yield Entry(f"Again {row.id} · {row.title}", AGAIN_MINUTES, (row.id,), f"course/{row.cell.address}")


def _exams(exam: str, minutes: int) -> Iterator[Entry]:
    for number in range(1, FORMS + 1):
        yield Entry(f"Practice exam {number}, and its report", minutes + 30, (), f"fargate-course exam {exam}")


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


def summary(made: Plan) -> list[str]:
    """What stands above the weeks, a sentence or two each."""
    known = f", {made.known} of them by placement" if made.known else ""
    hours, weeks = made.minutes / 60, len(made.weeks)
    return [
        f"{made.exam} asks for {made.rows} rows of the curriculum; you hold {made.held}{known}. {hours:.0f} hours are"
        f" left, in {weeks} week{'' if weeks == 1 else 's'}. {REVIEW}",
        NARROW,
        *([] if made.placed else [UNPLACED]),
    ]


def text(made: Plan) -> str:
    """For a terminal."""
    lines = [line.replace("`", "") for line in summary(made)]
    for week in made.weeks:
        lines += ["", _week(week)]
        lines += [f"  {entry.title:<48.48} {entry.minutes:>4} min  {entry.why}" for entry in week.entries]
    lines += ["", "The rows (* is asked twice as often):"]
    lines += [f"  {row:<3}{'*' if heavy(row) else ' '} {bank.curriculum()[row]['title']}" for row in made.to_learn]
    return "\n".join(lines)


def html(made: Plan, *, up: str = "") -> str:
    """For a notebook. `up`: the root of the course as seen from there."""
    head = "".join(f"<p>{marked_up(line)}</p>" for line in summary(made))
    weeks = "".join(
        f"<h4>{_week(week)}</h4><table><tbody>{''.join(_html_row(one, up) for one in week.entries)}</tbody></table>"
        for week in made.weeks
    )
    rows = "".join(
        f"<li>{row}{' *' if heavy(row) else ''} {escape(str(bank.curriculum()[row]['title']))}</li>"
        for row in made.to_learn
    )
    legend = "<summary>What the rows are (* is asked twice as often)</summary>"
    return f"{head}{weeks}<details>{legend}<ul>{rows}</ul></details>"


def _week(week: Week) -> str:
    return f"Week {week.number} ({week.minutes // 60} h {week.minutes % 60:02} min)"


def _html_row(entry: Entry, up: str) -> str:
    name = escape(entry.title)
    if entry.how.endswith(".ipynb") or "#" in entry.how:
        name = f'<a href="{escape(up + entry.how, quote=True)}">{name}</a>'
    return (
        f'<tr><th scope="row" style="text-align:left">{name}</th><td>{entry.minutes} min</td>'
        f'<td style="text-align:left">{escape(entry.why)}</td></tr>'
    )


class Shown:
    """What a notebook cell shows: `plan_for("SAA-C03", hours=4)`."""

    def __init__(self, made: Plan, up: str) -> None:
        self.made, self._up = made, up

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None, **_: Any) -> dict[str, str]:
        return {"text/plain": text(self.made), "text/html": html(self.made, up=self._up)}


def plan_for(exam: str, *, hours: float = 4.0) -> Shown:
    """Your plan for an exam, with so many hours a week. Raises Trouble for what is no exam, or no time."""
    return Shown(plan(exam, hours), "" if Path("course").is_dir() else "../")


def command(exam: str, hours_a_week: float) -> int:
    """Print the plan."""
    sys.stdout.write(text(plan(exam, hours_a_week)) + "\n")
    return 0
