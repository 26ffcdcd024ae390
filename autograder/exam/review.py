"""The review queue: what was missed comes back, when it is about to be forgotten.

A card is a row of the curriculum. It is made by a missed item (in a lesson or in an exam), a question of a lab that was
tried and not passed at once, or a hint that was asked for. FSRS says when it is due; a practice item on the row is
asked, another one each time as long as there are others, and the answer sets the next day. A card whose row is missed
again elsewhere, after it was last reviewed, comes back at that moment and does not wait for its day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from autograder import state
from autograder.bank import bank
from autograder.bank.item import Item
from autograder.checks.lab import ids, load

MINUTES = 10
"""A day's review."""
MINUTE_EACH = 1.0
"""What an item takes, with its reasons read."""


@dataclass(frozen=True)
class Due:
    """A card that is due, and the item that asks it."""

    row: str
    item: Item
    since: datetime
    why: str
    """What made the card: `missed in SAA-C03-65-1`."""


@dataclass(frozen=True)
class Missed:
    """Something in the learner's state that calls for a card."""

    row: str
    why: str
    when: datetime | None
    """None where it was not kept."""


def missed(kept: state.State) -> Iterator[Missed]:
    """Everything in the learner's state that calls for a card."""
    for item, entry in kept["questions"].items():
        if entry.get("right", 0) < entry.get("tries", 0):
            when = _moment(entry.get("missed"))
            yield from (Missed(row, f"missed the question {item}", when) for row in entry.get("rows", ()))
    known = {one.id: one for one in bank.load()}
    for form, sitting in kept["exams"].items():
        for item, entry in sitting["items"].items() if sitting["submitted"] else ():
            one = known.get(item)
            if one is not None and not one.marked(tuple(entry.get("answer", ()))):
                when = datetime.fromtimestamp(float(sitting["submitted"]), UTC)
                yield from (Missed(row, f"missed in {form}", when) for row in one.rows)
    yield from _missed_in_labs(kept)


def _missed_in_labs(kept: state.State) -> Iterator[Missed]:
    known = [load(lab) for lab in ids() if lab in kept["labs"]]
    rows = {(lab.id, question.id): question.rows for lab in known for question in lab.questions}
    for lab, entry in kept["labs"].items():
        for question, done in entry.get("questions", {}).items():
            if done.get("hints"):
                why = f"took a hint in lab {lab}"
            elif done.get("attempts", 0) > 1 or (done.get("attempts") and not done.get("passed")):
                why = f"did not pass at once in lab {lab}"
            else:
                continue
            when = _moment(done.get("missed"))
            yield from (Missed(row, why, when) for row in rows.get((lab, question), ()))


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None


def due(now: datetime | None = None) -> list[Due]:
    """The cards that are due, rows of high weight first, then those that have waited longest. New ones are due at once.

    Nothing is written.
    """
    now = now or datetime.now(UTC)
    kept = state.read()
    found = []
    for row, some in _by_row(kept).items():
        entry = kept["reviews"].get(row)
        since, why = _since(entry, some) if entry else (now, some[0].why)
        item = _next_item(row, entry)
        if since <= now and item is not None:
            found.append(Due(row, item, since, why))
    heavy = {row for row, entry in bank.curriculum().items() if entry.get("weight") == "high"}
    return sorted(found, key=lambda one: (one.row not in heavy, one.since, one.row))


def _by_row(kept: state.State) -> dict[str, list[Missed]]:
    found: dict[str, list[Missed]] = {}
    for one in missed(kept):
        found.setdefault(one.row, []).append(one)
    return found


def _since(entry: dict[str, Any], some: list[Missed]) -> tuple[datetime, str]:
    """From when a reviewed card is due, and why: from its day, or from a miss after its last review."""
    day, last = (datetime.fromisoformat(entry["card"][name]) for name in ("due", "last_review"))
    again = [(one.when, one.why) for one in some if one.when is not None and last < one.when < day]
    return min(again, default=(day, some[0].why))


def today(now: datetime | None = None) -> list[Due]:
    """Ten minutes of what is due."""
    return due(now)[: int(MINUTES / MINUTE_EACH)]


def answered(row: str, item: str, *, right: bool, now: datetime | None = None) -> datetime:
    """Keep the answer to a card; the moment when it is due again."""
    from fsrs import Card, Rating

    now = now or datetime.now(UTC)
    with state.change() as kept:
        entry = kept["reviews"].setdefault(row, {"card": Card(card_id=_number(row), due=now).to_dict(), "asked": []})
        card, _ = _scheduler().review_card(Card.from_dict(entry["card"]), Rating.Good if right else Rating.Again, now)
        entry |= {"card": card.to_dict(), "asked": [*entry["asked"], item], "right": right}
    when: datetime = card.due
    return when


def _scheduler() -> Any:
    """FSRS with its published parameters, in whole days: no steps of minutes, and no chance."""
    from fsrs import Scheduler

    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def _next_item(row: str, entry: dict[str, Any] | None) -> Item | None:
    """The practice item on the row that was asked least often; None for a row without one."""
    some = [one for one in bank.load() if row in one.rows and one.type in ("multiple-choice", "multiple-response")]
    asked = entry["asked"] if entry else []
    return min(some, key=lambda one: (asked.count(one.id), one.id), default=None)


def _number(row: str) -> int:
    """A number for FSRS's cards, which have no names."""
    return list(bank.curriculum()).index(row) + 1
