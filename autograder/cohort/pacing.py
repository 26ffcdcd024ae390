"""`fargate-course pacing`: the course in two days and in six weeks, with the minutes that its own pages tell."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.bank import bank
from autograder.exam import assignment
from autograder.home import pages

TWO_DAYS = (
    ("before", "at home", ("lesson 00",)),
    ("day 1", "morning", ("lesson 01", "lesson 02", "lab 02", "lesson 03")),
    ("day 1", "afternoon", ("lab 03", "lesson 04", "lab 04")),
    ("day 2", "morning", ("lesson 07", "lab 07", "lesson 10")),
    ("day 2", "afternoon", ("lesson 12", "lesson 15", "lab 15", "practice SAA-C03 15")),
)
SIX_WEEKS = (
    ("before", "at home", ("lesson 00",)),
    ("week 1", "", ("lesson 01", "lab 01", "lesson 02", "lab 02", "lesson 03", "lab 03")),
    ("week 2", "", ("lesson 04", "lab 04", "lesson 05", "lab 05", "lesson 06", "lab 06")),
    ("week 3", "", ("lesson 07", "lab 07", "lesson 08", "lab 08", "lesson 09", "lab 09")),
    ("week 4", "", ("lesson 10", "lab 10", "lesson 11", "lab 11", "lesson 12", "lab 12")),
    ("week 5", "", ("lesson 13", "lab 13", "lesson 14", "lab 14", "lesson 15", "lab 15")),
    ("week 6", "", ("lesson 16", "lab 16", "lesson 17", "lab 17", "exam SAA-C03")),
)
"""When, at which time of day, and what: lessons and labs by number, a cohort exam, a practice exam of so many items."""


@dataclass(frozen=True)
class Slot:
    """One half-day, or one week."""

    when: str
    what: tuple[tuple[str, int], ...]
    """Each thing with its minutes."""

    @property
    def minutes(self) -> int:
        return sum(minutes for _, minutes in self.what)


def plan(slots: Sequence[tuple[str, str, Sequence[str]]]) -> list[Slot]:
    """The slots with titles' numbers and minutes as the pages tell them."""
    return [
        Slot(f"{when} {part}".strip(), tuple((what, minutes_of(what)) for what in some)) for when, part, some in slots
    ]


def minutes_of(what: str) -> int:
    """Minutes of one thing."""
    kind, _, rest = what.partition(" ")
    if kind == "exam":
        return assignment.minutes(rest)
    if kind == "practice":
        exam, items = rest.split()
        blueprint = bank.blueprints()[exam]
        return int(-(-int(blueprint["minutes"]) * int(items) // int(blueprint["items"])))
    known = {page.number: page.minutes for page in (pages.lessons() if kind == "lesson" else pages.labs())}
    return known[rest]


def table(slots: Sequence[tuple[str, str, Sequence[str]]]) -> str:
    """In Markdown."""
    return "\n".join(["| when | what, in this order (minutes) | together |", "|---|---|---|", *_rows(plan(slots))])


def _rows(slots: Sequence[Slot]) -> Iterator[str]:
    for slot in slots:
        told = ", ".join(f"{_spoken(what)} ({minutes})" for what, minutes in slot.what)
        yield f"| {slot.when} | {told} | {slot.minutes // 60} h {slot.minutes % 60:02} |"


def _spoken(what: str) -> str:
    kind, _, rest = what.partition(" ")
    if kind == "practice":
        exam, items = rest.split()
        return f"`fargate-course exam {exam} --items {items}`"
    return f"cohort exam {rest}" if kind == "exam" else what


def text() -> str:
    """Both plans, as they stand in docs/instructor.md."""
    return f"**Two days**\n\n{table(TWO_DAYS)}\n\n**Six weeks**\n\n{table(SIX_WEEKS)}"


def command() -> int:
    """Print both."""
    sys.stdout.write(text() + "\n")
    return 0
