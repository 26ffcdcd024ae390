"""What a cohort's answers tell of each item, by classical test theory; nothing below a stated number of answers.

p-value: the share of right answers. Point-biserial: the correlation of the item with the score on all *other* scored
items of the form, so that an item does not correlate with itself. A distractor that next to nobody chose is dead.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

ENOUGH_FOR_P = 10
"""Answers from which a share says something: at ten its 95 % band is still 30 points to either side at most."""
ENOUGH_FOR_REST = 30
"""Answers from which a correlation, or that nobody chose an option, says something."""
DEAD = 0.05
"""A distractor that fewer than this share chose is dead."""
EASY, HARD = 0.9, 0.3
"""Shares beyond which an item tells able learners from others badly."""
WEAK = 0.2
"""Least point-biserial of an item that is kept without a look."""
NOT_ENOUGH = "not enough data"


@dataclass(frozen=True)
class Answered:
    """One learner's answer to one item."""

    item: str
    scored: bool
    chosen: tuple[str, ...]
    right: bool
    seconds: float | None
    rest: float
    """Right answers to the other scored items of the form."""


@dataclass(frozen=True)
class Statistic:
    """What is known of an item; None where there are not enough answers."""

    item: str
    scored: bool
    answers: int
    p: float | None
    biserial: float | None
    dead: tuple[str, ...] | None
    """Ids of the distractors that hardly anybody chose."""
    seconds: float | None
    """Median of the time on the item."""

    @property
    def look(self) -> str:
        """What an author should look at; '' where nothing calls for it, or where nothing is known."""
        found = []
        if self.p is not None and not HARD <= self.p <= EASY:
            found.append("too easy" if self.p > EASY else "too hard")
        if self.biserial is not None and self.biserial < WEAK:
            found.append("the able miss it: is the key right?" if self.biserial < 0 else "tells nobody apart")
        if self.dead:
            found.append(f"dead: {', '.join(self.dead)}")
        return "; ".join(found)

    @property
    def promotable(self) -> bool:
        """May a pilot with these figures be made a scored item, by a person?"""
        return not self.scored and self.p is not None and self.biserial is not None and not self.look


def answers(exam: Mapping[str, Any]) -> list[Answered]:
    """The answers of one graded exam, as its record keeps them under `exam`."""
    scored = sum(bool(one["right"]) for one in exam["items"] if one["scored"])
    return [
        Answered(
            one["item"],
            bool(one["scored"]),
            tuple(one["chosen"]),
            bool(one["right"]),
            one["seconds"],
            scored - (bool(one["right"]) if one["scored"] else 0),
        )
        for one in exam["items"]
    ]


def statistics(found: Iterable[Answered], wrong: Mapping[str, Sequence[str]]) -> list[Statistic]:
    """By item, in order of id. `wrong`: the ids of each item's distractors."""
    by_item: dict[str, list[Answered]] = defaultdict(list)
    for one in found:
        by_item[one.item].append(one)
    return [_of(item, some, wrong.get(item, ())) for item, some in sorted(by_item.items())]


def _of(item: str, some: list[Answered], wrong: Sequence[str]) -> Statistic:
    number = len(some)
    times = [one.seconds for one in some if one.seconds]
    chosen = [option for one in some for option in one.chosen]
    return Statistic(
        item,
        some[-1].scored,
        number,
        sum(one.right for one in some) / number if number >= ENOUGH_FOR_P else None,
        point_biserial([(one.right, one.rest) for one in some]) if number >= ENOUGH_FOR_REST else None,
        tuple(one for one in wrong if chosen.count(one) < DEAD * number) if number >= ENOUGH_FOR_REST else None,
        median(times) if len(times) >= ENOUGH_FOR_P else None,
    )


def point_biserial(pairs: Sequence[tuple[bool, float]]) -> float | None:
    """The correlation of right or wrong with a score; None where either is the same for everybody."""
    number = len(pairs)
    mean_right = sum(right for right, _ in pairs) / number
    mean_rest = sum(rest for _, rest in pairs) / number
    spread = math.sqrt(sum((rest - mean_rest) ** 2 for _, rest in pairs) / number)
    spread_right = math.sqrt(mean_right * (1 - mean_right))
    if not spread or not spread_right:
        return None
    return sum((right - mean_right) * (rest - mean_rest) for right, rest in pairs) / number / spread / spread_right


def table(found: Sequence[Statistic]) -> str:
    """For people, in a fixed-width font."""
    head = f"{'item':<52}{'':<7}{'answers':>8}{'p':>7}{'r':>7}{'seconds':>9}  look at"
    lines = [head]
    for one in found:
        kind = "" if one.scored else "pilot"
        figures = f"{_two(one.p):>7}{_two(one.biserial):>7}{_whole(one.seconds):>9}"
        says = "may be promoted" if one.promotable else one.look
        says = says or (NOT_ENOUGH if one.p is None else "")
        lines.append(f"{one.item[:50]:<52}{kind:<7}{one.answers:>8}{figures}  {says}".rstrip())
    lines.append(
        f"p: share right, from {ENOUGH_FOR_P} answers. r: point-biserial with the rest of the form; it and dead "
        f"distractors (chosen by under {DEAD:.0%}) from {ENOUGH_FOR_REST} answers. Below: {NOT_ENOUGH} (-)."
    )
    return "\n".join(lines)


def _two(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _whole(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"
