"""The report of a sitting, as text for the terminal and as one HTML page without scripts that prints well."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from autograder.bank import bank
from autograder.exam import words
from autograder.exam.mending import mends
from autograder.exam.score import Result, Share, result
from autograder.exam.sitting import Sitting
from autograder.markup import marked_up

NO_TABLE = (
    "AWS publishes no table from right answers to scaled scores. The estimate is a straight line from 100 to 1000, the "
    "band says how far chance alone could have moved it. It is no promise, and this form is about Fargate alone."
)
SLOW = 5
"""Items that took longest are listed up to this many."""


def text(sitting: Sitting) -> str:
    """The report in a fixed-width font, without the explanations of the items."""
    return "\n".join(_lines(result(sitting)))


def _lines(found: Result) -> Iterator[str]:
    blueprint = bank.blueprints()[found.exam]
    yield f"{found.exam} {blueprint['title']}: {_of(found.scored)} scored items right"
    yield f"Estimate {found.estimate} (between {found.low} and {found.high}); {found.passing} passes. {NO_TABLE}"
    if found.unanswered:
        yield f"{found.unanswered} items were not answered, which counts as wrong."
    yield ""
    for number, share in found.domains.items():
        yield f"  {_of(share):>8}  {number} {blueprint['domains'][number]['title']}"
    if weak := weakest(found):
        yield "\nRead again:"
        yield from (f"  {_of(share):>8}  {row} {title}{where}" for row, share, title, where in _named(weak))
    if found.beliefs:
        yield "\nYour answers say that you believe:"
        for belief in found.beliefs:
            yield f"  - {belief.belief}\n    But: {belief.truth}"
    if found.calibration:
        said = "; ".join(f"{name} {_of(share)} right" for name, share in found.calibration.items())
        yield f"\nHow sure you said you were: {said}."


def weakest(found: Result) -> dict[str, Share]:
    """The rows of which not every item was right, the lowest share first."""
    missed = {row: share for row, share in found.rows.items() if share.right < share.of}
    return dict(sorted(missed.items(), key=lambda each: (each[1].part, each[0])))


def _named(rows: dict[str, Share]) -> Iterator[tuple[str, Share, str, str]]:
    for row, share in rows.items():
        cell = mends(row)
        yield row, share, str(bank.curriculum()[row]["title"]), f": lesson {cell.lesson}" if cell else ""


def _of(share: Share) -> str:
    return f"{share.right} of {share.of}"


def page(sitting: Sitting, *, lessons: str = "course") -> str:
    """The report as a page: scores, rows with links to the cell that mends each, beliefs, and every item explained.

    `lessons`: the address of the lessons' folder as seen from the page.
    """
    return _templates().get_template("report.html").render(_context(sitting, lessons))


def fragment(sitting: Sitting, *, lessons: str = "course") -> str:
    """The same as a part of another page."""
    return _templates().get_template("report_body.html").render(_context(sitting, lessons))


def _context(sitting: Sitting, lessons: str) -> dict[str, Any]:
    found = result(sitting)
    slots = [
        {
            "number": number + 1,
            "stem": Markup(marked_up(slot.item.stem)),
            "reasons": Markup(words.reasons_html(slot.item, sitting.chosen(number))),
            "right": slot.item.marked(sitting.chosen(number)),
            "answered": bool(sitting.chosen(number)),
            "scored": slot.scored,
            "seconds": round(found.seconds[slot.item.id]),
        }
        for number, slot in enumerate(sitting.form.slots)
    ]
    return {
        "found": found,
        "blueprint": bank.blueprints()[found.exam],
        "no_table": NO_TABLE,
        "weak": [(row, share, bank.curriculum()[row]["title"], mends(row)) for row, share in weakest(found).items()],
        "slots": slots,
        "slow": sorted(slots, key=lambda slot: -int(str(slot["seconds"])))[:SLOW],
        "lessons": lessons,
    }


@cache
def _templates() -> Environment:
    folder = Path(__file__).parent / "templates"
    return Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
