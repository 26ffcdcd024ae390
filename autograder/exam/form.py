"""A form: the items of one sitting, drawn from the bank by a seed, exact to the exam's blueprint.

Each domain gives its number of scored items. The others of the exam's length are pilots, drawn from all domains, and
nothing on the form tells them apart. No two items of one enemy group stand together; rows of high weight are drawn
twice as often; among items with equally many options the right one stands equally often at each letter.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from autograder.bank import bank
from autograder.bank.item import Item, Option
from autograder.trouble import Trouble

TRIES = 60
"""Draws until a form that cannot be filled is given up: enemies may bar the way of one draw and not of the next."""
HIGH = 2.0
"""Weight of an item that names a row of high weight; others have 1."""
ASKED = ("multiple-choice", "multiple-response")
"""The types that these exams ask."""


@dataclass(frozen=True)
class Slot:
    """One place of a form."""

    item: Item
    """With its options in the order in which this form shows them."""
    domain: int
    scored: bool


@dataclass(frozen=True)
class Form:
    """What is sat."""

    exam: str
    seed: int
    slots: tuple[Slot, ...]
    minutes: int
    named: str = ""
    """Its id, where that is not made of the other three."""

    @property
    def id(self) -> str:
        """Names exam, length and seed: the same id gives the same form as long as the bank stays as it is."""
        return self.named or f"{self.exam}-{len(self.slots)}-{self.seed}"

    @property
    def scored(self) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.scored)


def assemble(exam: str, seed: int, *, items: Sequence[Item] | None = None, length: int = 0) -> Form:
    """The form of an exam for a seed. `length`: items in all, for a short form; 0 for the exam's own number. A short
    form keeps the shares of the domains and of the time. Raises Trouble for an exam that is not there, a length that it
    does not have, and a domain that the bank cannot fill.
    """
    blueprint = bank.blueprints().get(exam)
    if blueprint is None:
        raise Trouble(f"there is no exam {exam!r}: choose one of {', '.join(bank.blueprints())}")
    whole = int(blueprint["items"])
    length = length or whole
    if not len(blueprint["domains"]) <= length <= whole:
        raise Trouble(f"{exam}: a form has {len(blueprint['domains'])} to {whole} items, not {length}")
    counts = scored_counts(blueprint, length)
    pool = [one for one in (bank.load() if items is None else items) if one.type in ASKED]
    draw = random.Random(f"{exam} {length} {seed}")
    slots = _filled(exam, counts, length - sum(counts.values()), pool, draw)
    minutes = -(-int(blueprint["minutes"]) * length // whole)
    return Form(exam, seed, tuple(_shown(slots, draw)), minutes)


def scored_counts(blueprint: dict[str, Any], length: int) -> dict[int, int]:
    """How many scored items of each domain a form of this length has: the blueprint's own at full length, else their
    shares by the largest remainder."""
    own = {int(number): int(domain["scored"]) for number, domain in blueprint["domains"].items()}
    scored = max(len(own), round(length * sum(own.values()) / int(blueprint["items"])))
    exact = {number: scored * count / sum(own.values()) for number, count in own.items()}
    counts = {number: int(share) for number, share in exact.items()}
    missing = scored - sum(counts.values())
    for number in sorted(exact, key=lambda each: (counts[each] - exact[each], each))[:missing]:
        counts[number] += 1
    return counts


def _filled(exam: str, counts: dict[int, int], pilots: int, pool: list[Item], draw: random.Random) -> list[Slot]:
    short = (0, 0, 0)
    for _ in range(TRIES):
        taken = _Taken()
        slots: list[Slot] = []
        for domain in sorted(counts, key=lambda each: len(_of(pool, exam, each)) - counts[each]):
            found = list(taken.some(_drawn(_of(pool, exam, domain), draw), counts[domain]))
            slots += [Slot(one, domain, scored=True) for one in found]
            if len(found) < counts[domain]:
                short = domain, counts[domain], len(found)
                break
        else:
            rest = [(one, place.domain) for one in pool for place in one.exams if place.exam == exam]
            domains = {one.id: domain for one, domain in rest}
            found = list(taken.some(_drawn([one for one, _ in rest], draw), pilots))
            slots += [Slot(one, domains[one.id], scored=False) for one in found]
            if len(found) == pilots:
                return slots
            short = 0, pilots, len(found)
    domain, needed, there = short
    what = f"domain {domain} needs {needed}" if domain else f"the pilots need {needed}"
    raise Trouble(f"{exam}: the form cannot be filled: {what} items that do not bar each other, the bank has {there}")


class _Taken:
    """Which items stand on the form, and which groups of enemies."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.enemies: set[str] = set()

    def some(self, candidates: Iterable[Item], number: int) -> Iterator[Item]:
        """Take so many of the candidates as can stand together with what was taken."""
        for one in candidates:
            if not number:
                return
            if one.id not in self.ids and (not one.enemies or one.enemies not in self.enemies):
                self.ids.add(one.id)
                self.enemies.add(one.enemies)
                number -= 1
                yield one


def _of(pool: list[Item], exam: str, domain: int) -> list[Item]:
    return [one for one in pool if any((place.exam, place.domain) == (exam, domain) for place in one.exams)]


def _drawn(items: list[Item], draw: random.Random) -> list[Item]:
    """In an order by chance, heavier items earlier in proportion to their weight (Efraimidis and Spirakis, 2006)."""
    return sorted(items, key=lambda one: -(draw.random() ** (1 / _weight(one))))


def _weight(one: Item) -> float:
    return HIGH if any(bank.curriculum()[row].get("weight") == "high" for row in one.rows) else 1.0


def _shown(slots: list[Slot], draw: random.Random) -> Iterator[Slot]:
    """In the order of the form, each with its options in an order by chance, the right letters in balance."""
    draw.shuffle(slots)
    letters = {size: _letters(size, count, draw) for size, count in Counter(map(_single, slots)).items() if size}
    for slot in slots:
        options = list(slot.item.options)
        draw.shuffle(options)
        if size := _single(slot):
            _put_key(options, slot.item, letters[size].pop())
        yield replace(slot, item=replace(slot.item, options=tuple(options)))


def _single(slot: Slot) -> int:
    """The number of options of an item with one right option; 0 for others."""
    return len(slot.item.options) if len(slot.item.key) == 1 else 0


def _letters(size: int, count: int, draw: random.Random) -> list[int]:
    """So many places from 0 to size - 1, each as often as the others, in an order by chance."""
    first = list(range(size))
    draw.shuffle(first)
    places = [first[number % size] for number in range(count)]
    draw.shuffle(places)
    return places


def _put_key(options: list[Option], one: Item, place: int) -> None:
    now = next(at for at, option in enumerate(options) if one.right(option))
    options.insert(place, options.pop(now))
