"""What a placement has shown, and what it could not: in words, for a terminal and for a notebook. No script in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from autograder import mastery, state
from autograder.bank import bank
from autograder.home import pages
from autograder.home.pages import Page
from autograder.placing.choosing import lesson_of
from autograder.placing.placement import Shown, shown

LIMITS = (
    "Twenty questions see what you recognise, not what you can build: the labs see that. One right answer is little"
    " to go by, so a known row counts in your progress and your plan only until you miss it once."
)

LEFT = "text-align:left; padding-right:1.5em"


@dataclass(frozen=True)
class Found:
    """One lesson, and the rows that it is the first to teach."""

    page: Page
    known: tuple[str, ...]
    """Held or known now."""
    open: tuple[str, ...]
    """Asked, and not known."""
    unseen: tuple[str, ...]
    """Never asked in a placement, and not held."""

    @property
    def title(self) -> str:
        return f"{self.page.number} · {self.page.title}"


def by_lesson(rows: list[mastery.Row] | None = None) -> list[Found]:
    """Every lesson with rows of its own, in order."""
    rows = mastery.mastery() if rows is None else rows
    seen = shown(state.read())
    return [
        one for one in (_found(page, rows, seen) for page in pages.lessons()) if one.known or one.open or one.unseen
    ]


def _found(page: Page, rows: list[mastery.Row], seen: dict[str, Shown]) -> Found:
    own = [row for row in rows if lesson_of(row.id) == page.number]
    return Found(
        page,
        known=tuple(row.id for row in own if row.counts),
        open=tuple(row.id for row in own if not row.counts and row.id in seen),
        unseen=tuple(row.id for row in own if not row.counts and row.id not in seen),
    )


def start(found: list[Found]) -> Found | None:
    """The lesson to begin with: the first that has something missed, else something unseen; None where all is known."""
    return next((one for one in found if one.open), None) or next((one for one in found if one.unseen), None)


def advice(found: list[Found]) -> str:
    """Where to begin, and why; one or two sentences."""
    first = start(found)
    if first is None:
        return "Begin with a practice exam: every row is known or held. `fargate-course exam SAA-C03`"
    why = (
        f"you do not know {_named(first.open[0])} yet" if first.open else f"nobody has asked {_named(first.unseen[0])}"
    )
    before = [one for one in found if one.page.number < first.page.number and one.unseen]
    skim = f" Before it, skim {_and([one.page.number for one in before])}: not all of it was asked." if before else ""
    return f"Begin with lesson {first.title} ({first.page.address}): {why}.{skim}"


def _named(row: str) -> str:
    return f"{row} ({bank.curriculum()[row]['title']})"


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def summary(found: list[Found]) -> str:
    """One sentence."""
    known, open_rows, unseen = (sum(len(getattr(one, name)) for one in found) for name in ("known", "open", "unseen"))
    return (
        f"{known} rows of the curriculum known, {open_rows} to be learnt, {unseen} not asked: nothing is said of those."
    )


def text(found: list[Found] | None = None) -> str:
    """For a terminal."""
    found = by_lesson() if found is None else found
    return "\n".join([summary(found), "", *_lines(found), "", advice(found), "", LIMITS])


def _lines(found: list[Found]) -> Iterator[str]:
    for one in found:
        yield f"  {one.title:<42.42} {len(one.known)} known" + "".join(
            f"; {says}: {' '.join(rows)}" for says, rows in (("learn", one.open), ("not asked", one.unseen)) if rows
        )


def html(found: list[Found] | None = None) -> str:
    """For a widget of a notebook: without links, since a widget has no folder from which they would lead."""
    found = by_lesson() if found is None else found
    names = ("lesson", "known", "to be learnt", "not asked")
    head = "".join(f'<th scope="col" style="{LEFT}">{name}</th>' for name in names)
    rows = "".join(map(_row, found))
    return (
        f"<p>{escape(summary(found))}</p><p><strong>{escape(advice(found))}</strong></p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table><p>{escape(LIMITS)}</p>"
    )


def _row(one: Found) -> str:
    cells = "".join(
        f'<td style="{LEFT}">{" ".join(map(_titled, rows)) or "-"}</td>' for rows in (one.known, one.open, one.unseen)
    )
    return f'<tr><th scope="row" style="{LEFT}">{escape(one.title)}</th>{cells}</tr>'


def _titled(row: str) -> str:
    return f'<span title="{escape(str(bank.curriculum()[row]["title"]), quote=True)}">{row}</span>'
