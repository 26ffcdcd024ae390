"""The home page as a notebook cell and a terminal show it: what is next, and how far everything is. No script in it."""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path
from typing import Any

from autograder.home.standing import Mark, Standing, standing
from autograder.markup import marked_up
from autograder.mastery import html as rows_html
from autograder.mastery import summary as rows_summary

EARLY = 4
"""Lessons read, from which on a placement is not offered any more."""
PLACE = "Do you know some of it already? Twenty questions find out what: `fargate-course place`."
ROOMS = "course/exams-and-review.ipynb"
"""Where a notebook has placement, plan, review, exams and record."""
BAR = 10
"""Characters of a bar in the terminal."""


def text(here: Standing) -> str:
    """For a terminal."""
    step = here.next
    lines = [
        f"{_hello(here)} {summary(here)}",
        *([PLACE] if wants_placement(here) else []),
        "",
        f"Next: {step.title}{_time(step.minutes)} - {step.why}.",
        *([f"      {step.address}"] if step.address else []),
    ]
    for title, marks in (("Lessons", here.lessons), ("Labs", here.labs)):
        lines += ["", title]
        lines += [f"  {_bar(mark)} {mark.page.number} {mark.page.title:<42.42} {_told(mark)}" for mark in marks]
    lines += ["", "Exams", *(f"  {one.exam}  {one.said or one.done}" for one in here.exams)]
    return "\n".join(
        [*lines, "", f"Rows: {rows_summary(list(here.rows))}", "  `fargate-course progress` shows them all."]
    )


def wants_placement(here: Standing) -> bool:
    """Is it early enough to ask what the learner knows already?"""
    read = sum(mark.done == "done" for mark in here.lessons)
    return not here.placed and not here.open_placement and read < EARLY


def summary(here: Standing) -> str:
    """One sentence."""
    read, passed = (sum(mark.done == "done" for mark in marks) for marks in (here.lessons, here.labs))
    exams = f"{here.sat} practice exam{'' if here.sat == 1 else 's'} sat"
    hours, minutes = divmod(here.minutes_left, 60)
    return (
        f"{read} of {len(here.lessons)} lessons read, {passed} of {len(here.labs)} labs passed, {exams},"
        f" {here.held} of {len(here.rows)} rows held, {here.due} due for review; {hours} h {minutes:02} min left."
    )


def html(here: Standing, up: str) -> str:
    """For a notebook. `up`: the root of the course as seen from there."""
    step = here.next
    name = escape(step.title)
    link = f'<a href="{escape(up + step.address, quote=True)}">{name}</a>' if step.address else f"<b>{name}</b>"
    rooms = f'<a href="{escape(up + ROOMS, quote=True)}">Exams and review</a>'
    place = f"<p>{marked_up(PLACE)} Or here: {rooms}.</p>" if wants_placement(here) else ""
    tables = "".join(_table(title, marks, up) for title, marks in (("Lessons", here.lessons), ("Labs", here.labs)))
    tables += _exams(here, up) + _rows(here, up)
    return (
        f"<p>{escape(_hello(here))} {escape(summary(here))}</p>"
        f"<p><b>Next:</b> {link}{escape(_time(step.minutes))}: {escape(step.why)}.</p>"
        f"{place}{tables}"
    )


def _table(title: str, marks: tuple[Mark, ...], up: str) -> str:
    rows = "".join(
        f'<tr><td>{mark.page.number}</td><th scope="row" style="text-align:left">'
        f'<a href="{escape(up + mark.page.address, quote=True)}">{escape(mark.page.title)}</a></th>'
        f'<td style="text-align:left">{mark.done}</td><td style="text-align:left">{escape(mark.said)}</td>'
        f"<td>{mark.minutes_left} min</td></tr>"
        for mark in marks
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("number", title, "state", "so far", "left"))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _exams(here: Standing, up: str) -> str:
    left = 'style="text-align:left"'
    rows = "".join(
        f'<tr><th scope="row" {left}>{one.exam}</th><td {left}>{one.done}</td><td {left}>{escape(one.said)}</td></tr>'
        for one in here.exams
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Practice exams", "state", "so far"))
    rooms = f'<p>Sit one in <a href="{escape(up + ROOMS, quote=True)}">Exams and review</a>.</p>'
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{rooms}"


def _rows(here: Standing, up: str) -> str:
    """Every row of the curriculum, folded up: there are many."""
    counts = f"{here.held} of {len(here.rows)} rows of the curriculum held, {here.due} due"
    return f"<details><summary>{counts}</summary>{rows_html(list(here.rows), lessons=up + 'course')}</details>"


def _hello(here: Standing) -> str:
    return f"{here.learner}:" if here.learner else "You:"


def _time(minutes: int) -> str:
    return f" ({minutes} min)" if minutes else ""


def _bar(mark: Mark) -> str:
    full = {"not begun": 0, "begun": BAR // 2, "done": BAR}[mark.done]
    return "[" + "#" * full + "." * (BAR - full) + "]"


def _told(mark: Mark) -> str:
    return mark.said if mark.done != "not begun" else f"{mark.minutes_left} min"


class Home:
    """What a notebook cell shows: `home()`."""

    def __init__(self, here: Standing, up: str) -> None:
        self.here, self._up = here, up

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None, **_: Any) -> dict[str, str]:
        return {"text/plain": text(self.here), "text/html": html(self.here, self._up)}


def home() -> Home:
    """Where you stand, and the next best step."""
    return Home(standing(), "" if Path("course").is_dir() else "../")


def command() -> int:
    """Print it."""
    sys.stdout.write(text(standing()) + "\n")
    return 0
