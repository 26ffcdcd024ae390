"""Mastery: for each row of the curriculum what was read, practised and examined, as one figure, and when it is due.

Evidence of a row is each lab question that has it (checked, passed or not) and the latest answer to each item on it, in
lessons, in practice exams and in review. A lab question weighs twice as much as an item; one that needed hints or more
than one try, half of that. The figure is the share of right evidence, drawn to a half by one item's weight on either
side, so that a single answer shows little: (right + 1) / (all + 2).

A placement is no evidence: a row that it shows to be known counts like one that is held until it is missed once.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Literal

from autograder import state
from autograder.author.places import course
from autograder.bank import bank
from autograder.checks.lab import all_labs
from autograder.exam.mending import Cell, mends
from autograder.exam.review import due
from autograder.placing.placement import known

LAB, LAB_HELPED, ITEM = 2.0, 1.0, 1.0
"""Weights of evidence."""
HELD, WEAK = 0.7, 0.5
"""From the first figure on a row is held; below the second, with evidence, it is weak."""
LEAST = 2.0
"""Weight of evidence below which nothing is called held."""
Level = Literal["untouched", "read", "weak", "on the way", "known", "held"]


@dataclass(frozen=True)
class Row:
    """What a learner has done about one row of the curriculum."""

    id: str
    title: str
    level: Level
    figure: float
    """0 to 1; a half where nothing is known."""
    taught: tuple[int, int]
    """Lessons read, of those that teach it."""
    practised: tuple[int, int]
    """Questions of labs passed, of those that have it."""
    examined: tuple[int, int]
    """Items of which the latest answer is right, of those answered."""
    due: bool
    cell: Cell | None
    """Where it is taught."""

    @property
    def counts(self) -> bool:
        """Need it not be learnt any more?"""
        return self.level in ("known", "held")


@dataclass(frozen=True)
class Evidence:
    """Something that a learner did, right or wrong."""

    weight: float
    right: bool


def keep_lessons_read(kept: state.State) -> None:
    """Keep the moment at which the last question of a lesson was answered: whoever came so far has read it."""
    for lesson in _lessons_answered_in(kept):
        kept["lessons"].setdefault(lesson, {}).setdefault("read", state.moment())


def mastery(now: datetime | None = None) -> list[Row]:
    """Every row of the curriculum, in its order. Nothing is written."""
    kept = state.read()
    waiting = {card.row for card in due(now or datetime.now(UTC))}
    read = {lesson for lesson, entry in kept["lessons"].items() if entry.get("read")} | _lessons_answered_in(kept)
    labs, items, placed = _labs(kept), _items(kept), known(kept)
    found = [_row(row, entry, read, labs[row], items[row], row in waiting) for row, entry in bank.curriculum().items()]
    return [replace(one, level="known") if one.id in placed and one.level != "held" else one for one in found]


def _row(
    row: str, entry: Mapping[str, Any], read: set[str], labs: list[Evidence | None], items: list[Evidence], waits: bool
) -> Row:
    teaching = _taught_in(course().lessons).get(row, set())
    found = [one for one in labs if one is not None] + items
    taught = len(teaching & read), len(teaching)
    weight, right = sum(one.weight for one in found), sum(one.weight for one in found if one.right)
    figure = (right + 1) / (weight + 2)
    passed = sum(one is not None and one.right for one in labs)
    level = _level(figure, weight, taught[0])
    answered = sum(one.right for one in items), len(items)
    return Row(row, str(entry["title"]), level, figure, taught, (passed, len(labs)), answered, waits, mends(row))


def _level(figure: float, weight: float, lessons: int) -> Level:
    if not weight:
        return "read" if lessons else "untouched"
    if figure < WEAK:
        return "weak"
    return "held" if figure >= HELD and weight >= LEAST else "on the way"


def _labs(kept: state.State) -> dict[str, list[Evidence | None]]:
    """By row one entry for each question that has it; None for one not yet checked."""
    found: dict[str, list[Evidence | None]] = defaultdict(list)
    for lab in all_labs():
        entries = kept["labs"].get(lab.id, {}).get("questions", {})
        for question in lab.questions:
            for row in question.rows:
                found[row].append(_of_question(entries.get(question.id, {})))
    return found


def _of_question(entry: Mapping[str, Any]) -> Evidence | None:
    tries, passed = int(entry.get("attempts", 0)), bool(entry.get("passed"))
    if not tries and not entry.get("gave_up"):
        return None
    helped = tries > 1 or entry.get("hints") or entry.get("gave_up")
    return Evidence(LAB_HELPED if helped else LAB, passed and not entry.get("gave_up"))


def _items(kept: state.State) -> dict[str, list[Evidence]]:
    """By row the latest answer to each practice item on it."""
    known = {one.id: one for one in bank.load()}
    latest: dict[str, bool] = {}
    for sitting in kept["exams"].values():
        for item, entry in sitting["items"].items() if sitting["submitted"] else ():
            if item in known:
                latest[item] = known[item].marked(tuple(entry.get("answer", ())))
    latest |= {item: bool(entry.get("last_right")) for item, entry in kept["questions"].items() if item in known}
    found: dict[str, list[Evidence]] = defaultdict(list)
    for item, right in latest.items():
        for row in known[item].rows:
            found[row].append(Evidence(ITEM, right))
    return found


def _lessons_answered_in(kept: state.State) -> set[str]:
    """Lessons of which every question was answered: whoever came so far has read them."""
    asked = _asked_in(course().lessons)
    return {lesson for lesson, items in asked.items() if items and items <= set(kept["questions"])}


@cache
def _taught_in(lessons: Path) -> dict[str, set[str]]:
    """By row the lessons that have a cell on it."""
    found: dict[str, set[str]] = defaultdict(set)
    for lesson, cell in _cells(lessons):
        for row in cell["metadata"].get("course", {}).get("rows", ()):
            found[row].add(lesson)
    return found


@cache
def _asked_in(lessons: Path) -> dict[str, set[str]]:
    """By lesson the items that its question cells ask."""
    found: dict[str, set[str]] = defaultdict(set)
    for lesson, cell in _cells(lessons):
        if cell["cell_type"] == "code":
            found[lesson] |= set(re.findall(r"\bquestion\(\s*[\"']([a-z0-9-]+)[\"']", "".join(cell["source"])))
    return found


def _cells(lessons: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(lessons.glob("[0-9]*.ipynb")):
        yield from ((path.stem, cell) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"])


def text(rows: list[Row]) -> str:
    """The table for a terminal."""
    lines = [f"{'':<5}{'':<46}{'taught':>8}{'labs':>8}{'items':>8}{'':>7}  {'':<11}"]
    for one in rows:
        counts = "".join(f"{f'{done}/{of}':>8}" for done, of in (one.taught, one.practised, one.examined))
        lines.append(
            f"{one.id:<5}{one.title[:44]:<46}{counts}{one.figure:>7.0%}  {one.level}{' (due)' if one.due else ''}"
        )
    return "\n".join([*lines, "", summary(rows)])


def summary(rows: list[Row]) -> str:
    """One sentence."""
    waiting = sum(one.due for one in rows)
    held, weak, known = (sum(one.level == level for one in rows) for level in ("held", "weak", "known"))
    placed = f" {known} known by placement," if known else ""
    then = "fargate-course review asks what is due" if waiting else "nothing is due"
    return f"{held} of {len(rows)} rows held,{placed} {weak} weak, {waiting} due for review: {then}."


def html(rows: list[Row], *, lessons: str = "course") -> str:
    """The same as HTML without a script; `lessons`: the address of the lessons' folder as seen from the page."""
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("row", "about", "lessons", "labs", "items", "figure", "level")
    )
    body = "".join(_html_row(one, lessons) for one in rows)
    return f"<p>{escape(summary(rows))}</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _html_row(one: Row, lessons: str) -> str:
    title = escape(one.title)
    if one.cell:
        title = f'<a href="{escape(f"{lessons}/{one.cell.address}", quote=True)}">{title}</a>'
    title = f'<td style="text-align:left">{title}</td>'
    counts = "".join(f"<td>{done} of {of}</td>" for done, of in (one.taught, one.practised, one.examined))
    level = f"{one.level}, due" if one.due else one.level
    return f'<tr><th scope="row">{one.id}</th>{title}{counts}<td>{one.figure:.0%}</td><td>{level}</td></tr>'


class Progress:
    """What a notebook cell shows: `progress()`."""

    def __init__(self, rows: list[Row], lessons: str) -> None:
        self.rows, self.lessons = rows, lessons

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None, **_: Any) -> dict[str, str]:
        return {"text/plain": text(self.rows), "text/html": html(self.rows, lessons=self.lessons)}


def progress() -> Progress:
    """Your mastery of every row, as a table with links to the lessons."""
    return Progress(mastery(), "course" if Path("course").is_dir() else ".")


def command(*, as_json: bool) -> int:
    """Print labs and rows, or the rows as JSON."""
    from autograder import progress as labs

    rows = mastery()
    if as_json:
        told = [{**asdict(one), "cell": one.cell.address if one.cell else ""} for one in rows]
        sys.stdout.write(json.dumps(told, indent=1) + "\n")
        return 0
    sys.stdout.write("\n".join([*labs.lines(), "", text(rows)]) + "\n")
    return 0
