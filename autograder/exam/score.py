"""What a sitting came to: right answers by domain and row, a scaled score as an estimate with a band, and beliefs held.

AWS publishes no table from right answers to scaled scores. The estimate here is the straight line from 100 for none to
1000 for all, and its band is the one of a share that was measured on so many items (Wilson, 95 %). Unscored items count
for nothing, an unanswered item is wrong, and there is no partial credit.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.bank import bank
from autograder.exam.form import Slot
from autograder.exam.sitting import CONFIDENCES, Sitting

LEAST, MOST = 100, 1000
Z = 1.959964
"""Of 95 %."""


@dataclass(frozen=True)
class Share:
    """So many right of so many."""

    right: int
    of: int

    @property
    def part(self) -> float:
        """0 to 1; 0 of none."""
        return self.right / self.of if self.of else 0.0


@dataclass(frozen=True)
class Belief:
    """A misconception that wrong answers show."""

    id: str
    belief: str
    truth: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """Everything that the report tells."""

    exam: str
    scored: Share
    estimate: int
    low: int
    high: int
    """The ends of the band, 100 to 1000."""
    passing: int
    domains: dict[int, Share]
    rows: dict[str, Share]
    """All items, pilots too: what was known does not depend on what is scored."""
    beliefs: tuple[Belief, ...]
    """The one held most often first."""
    calibration: dict[str, Share]
    """By what the candidate said, in the order of CONFIDENCES; only what was said."""
    unanswered: int
    seconds: dict[str, float]
    """By item."""


def scaled(share: Share) -> tuple[int, int, int]:
    """(estimate, lower and upper end of the band)."""
    low, high = _wilson(share)
    return _on_scale(share.part), _on_scale(low), _on_scale(high)


def _on_scale(part: float) -> int:
    return round(LEAST + (MOST - LEAST) * part)


def _wilson(share: Share) -> tuple[float, float]:
    if not share.of:
        return 0.0, 1.0
    p, n, z = share.part, share.of, Z
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(min(middle - half, p), 0.0), min(max(middle + half, p), 1.0)


def result(sitting: Sitting) -> Result:
    """The result of a sitting as it is now."""
    form = sitting.form
    marks = {slot.item.id: _right(sitting, number) for number, slot in enumerate(form.slots)}
    scored = _share(form.scored, marks)
    estimate, low, high = scaled(scored)
    rows: dict[str, list[Slot]] = defaultdict(list)
    for slot in form.slots:
        for row in slot.item.rows:
            rows[row].append(slot)
    return Result(
        exam=form.exam,
        scored=scored,
        estimate=estimate,
        low=low,
        high=high,
        passing=int(bank.blueprints()[form.exam]["pass"]),
        domains={
            number: _share([slot for slot in form.scored if slot.domain == number], marks)
            for number in bank.blueprints()[form.exam]["domains"]
        },
        rows={row: _share(rows[row], marks) for row in bank.curriculum() if row in rows},
        beliefs=tuple(_beliefs(sitting)),
        calibration=_calibration(sitting, marks),
        unanswered=sum(not sitting.chosen(number) for number in range(len(form.slots))),
        seconds={slot.item.id: float(sitting.entry(at).get("seconds", 0.0)) for at, slot in enumerate(form.slots)},
    )


def _right(sitting: Sitting, number: int) -> bool:
    return sitting.form.slots[number].item.marked(sitting.chosen(number))


def _share(slots: Iterable[Slot], marks: dict[str, bool]) -> Share:
    found = [marks[slot.item.id] for slot in slots]
    return Share(sum(found), len(found))


def _beliefs(sitting: Sitting) -> list[Belief]:
    shown: dict[str, list[str]] = defaultdict(list)
    for number, slot in enumerate(sitting.form.slots):
        for option in slot.item.options:
            if option.misconception and option.id in sitting.chosen(number):
                shown[option.misconception].append(slot.item.id)
    known = bank.misconceptions()
    found = [Belief(each, known[each].belief, known[each].truth, tuple(items)) for each, items in shown.items()]
    return sorted(found, key=lambda one: (-len(one.items), one.id))


def _calibration(sitting: Sitting, marks: dict[str, bool]) -> dict[str, Share]:
    said: dict[str, list[bool]] = defaultdict(list)
    for number, slot in enumerate(sitting.form.slots):
        if confidence := sitting.entry(number).get("confidence"):
            said[confidence].append(marks[slot.item.id])
    return {each: Share(sum(said[each]), len(said[each])) for each in CONFIDENCES if each in said}
