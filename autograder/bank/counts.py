"""How many items there are, by exam, domain and row, and how many there should be."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from autograder.bank import bank
from autograder.bank.item import Item

TWO_FORMS = Fraction(5, 3)
"""Items in the bank for each scored item of a form, so that two forms share few."""
LEAST, LEAST_HIGH = 4, 8
"""Items for a row, and for a row of high weight."""


@dataclass(frozen=True)
class Count:
    """So many are there, and so many are wanted."""

    name: str
    about: str
    there: int
    wanted: int

    @property
    def missing(self) -> int:
        return max(0, self.wanted - self.there)


def by_domain(items: Iterable[Item]) -> list[tuple[str, Count]]:
    """(exam, count of a domain), in the order of the blueprints. Two statements of one domain count once."""
    found = Counter(place for one in items for place in {(each.exam, each.domain) for each in one.exams})
    return [
        (exam, Count(str(number), domain["title"], found[exam, number], math.ceil(domain["scored"] * TWO_FORMS)))
        for exam, blueprint in bank.blueprints().items()
        for number, domain in blueprint["domains"].items()
    ]


def by_row(items: Iterable[Item]) -> list[Count]:
    """Counts of the rows of the curriculum, in its order."""
    found = Counter(row for one in items for row in one.rows)
    return [
        Count(row, entry["title"], found[row], LEAST_HIGH if entry.get("weight") == "high" else LEAST)
        for row, entry in bank.curriculum().items()
    ]
