"""Which twenty items a placement asks: spread over the lessons, over what they teach, and over easy, medium and hard.

No question of a lesson is among them: whoever meets it there shall not know it from here.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from autograder.bank import bank
from autograder.bank.item import Item
from autograder.exam.form import ASKED
from autograder.exam.mending import mends
from autograder.home import pages

ITEMS = 20


def chosen(
    seed: str, avoid: Collection[str], settled: Collection[str], items: Sequence[Item] | None = None
) -> list[Item]:
    """The items for a seed, in the order of the lessons. `avoid`: ids asked the last time; `settled`: rows that were
    asked before, which come after the others. Fewer than twenty only where the bank has no more."""
    draw = random.Random(f"placement {seed}")
    taboo = {item for page in pages.lessons() for item in page.items} | set(avoid)
    pool = [one for one in (bank.load() if items is None else items) if one.type in ASKED and one.id not in taboo]
    draw.shuffle(pool)
    about = {one.id: lesson(one) for one in pool}
    taken: list[Item] = []
    while len(taken) < ITEMS and (open_ones := [one for one in pool if _may_join(one, taken)]):
        taken.append(_best(open_ones, taken, settled, about))
    return sorted(taken, key=lambda one: (about[one.id], one.id))


def lesson(one: Item) -> str:
    """The lesson that an item is about, `03`: where the first of its rows is taught."""
    return lesson_of(one.rows[0])


def lesson_of(row: str) -> str:
    """The lesson in which a row is taught first, `03`; '' for a row that no lesson teaches."""
    cell = mends(row)
    return cell.notebook[:2] if cell else ""


def _may_join(one: Item, taken: Iterable[Item]) -> bool:
    return all(one.id != other.id and not (one.enemies and one.enemies == other.enemies) for other in taken)


def _best(
    candidates: Sequence[Item], taken: Sequence[Item], settled: Collection[str], about: Mapping[str, str]
) -> Item:
    """The one with most rows that nobody has asked; then of the lesson and the difficulty asked least."""
    asked = {row for one in taken for row in one.rows}
    lessons, grades = Counter(about[one.id] for one in taken), Counter(one.difficulty for one in taken)

    def worth(one: Item) -> tuple[int, int, int]:
        new = [row for row in one.rows if row not in asked]
        fresh = sum(2 if row not in settled else 1 for row in new)
        return fresh - 2 * lessons[about[one.id]], -grades[one.difficulty], -lessons[about[one.id]]

    return max(candidates, key=worth)
