"""What a computed item is made of: a builder asks the simulator, and says the right answer and the wrong ones.

A builder is a pure function of a `Draw`: same seed, same item. It draws the figures of a scenario, asks the simulator,
and returns `Built`. A wrong answer is computed too, from the wrong belief that it stands for.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

from autograder.bank.item import Item, from_json

T = TypeVar("T")
LETTERS = "abcdefgh"
VERIFIED, EXPIRES = "2026-11-23", "2027-05-23"
"""When the rules under the builders were read, and when they are to be read again."""
SEEDS = (1, 2, 3, 4, 5)
NUMBER = re.compile(r"\$?([\d,]+(?:\.\d+)?)")


@dataclass(frozen=True)
class Right:
    """An option that is right."""

    text: str
    why: str


@dataclass(frozen=True)
class Wrong:
    """An option that is wrong: the belief that leads to it, and the rule or page that it breaks."""

    text: str
    why: str
    misconception: str
    breaks: str


@dataclass(frozen=True)
class Built:
    """A scenario with its answer. Wrong answers stand in the order of their worth: those beyond `options` are spare,
    for where one of the first happens to be equal to the key or to another."""

    stem: str
    right: Right | Sequence[Right]
    wrong: Sequence[Wrong]
    explanation: str
    options: int = 4


class Draw:
    """Draws the figures of a scenario from a seed."""

    def __init__(self, builder: str, seed: int) -> None:
        self.random = Random(f"{builder}/{seed}")  # a text: the same in every process

    def one(self, choices: Iterable[T]) -> T:
        """One of these."""
        return self.random.choice(list(choices))

    def some(self, choices: Iterable[T], count: int) -> list[T]:
        """So many different ones of these, in any order."""
        return self.random.sample(list(choices), count)

    def between(self, least: int, most: int, step: int = 1) -> int:
        """A whole number, both ends included."""
        return self.random.randrange(least, most + 1, step)


@dataclass(frozen=True)
class Builder:
    """A builder with what its items have in common."""

    id: str
    rows: tuple[str, ...]
    exams: tuple[str, ...]
    """`SAA-C03 4.2`, or `SAA-C03 4` where no task statement is confirmed."""
    difficulty: str
    source: str
    enemies: str
    build: Callable[[Draw], Built] = field(repr=False)
    file: str = ""
    version: int = 1
    """Raised where what is asked has changed, and not its wording alone."""

    def entry(self, seed: int, seeds: Sequence[int] = SEEDS) -> dict[str, Any]:
        """The variant of a seed as an entry of a bank file. Raises ValueError for a scenario that makes no item."""
        draw = Draw(self.id, seed)
        built = self.build(draw)
        right = [built.right] if isinstance(built.right, Right) else list(built.right)
        wrong = _different(right, built.wrong)[: built.options - len(right)]
        if len(wrong) + len(right) < min(built.options, 3):
            raise ValueError(f"{self.id}, seed {seed}: only {len(wrong)} wrong answers differ from the key")
        options = _in_order(draw, [*right, *wrong])
        entry: dict[str, Any] = {
            "id": self.id,
            "version": self.version,
            "rows": list(self.rows),
            "exams": [_place(text) for text in self.exams],
            "type": "multiple-choice" if len(right) == 1 else "multiple-response",
            "stem": built.stem,
            "options": [_option(letter, one) for letter, one in zip(LETTERS, options, strict=False)],
            "key": [letter for letter, one in zip(LETTERS, options, strict=False) if isinstance(one, Right)],
            "explanation": built.explanation,
            "difficulty": self.difficulty,
            "source": self.source,
            "verified": VERIFIED,
            "expires": EXPIRES,
            "computed": {"builder": self.id, "seeds": list(seeds)},
        }
        return {**entry, **({"enemies": self.enemies} if self.enemies else {})}

    def item(self, seed: int) -> Item:
        """The variant of a seed."""
        return from_json(self.entry(seed), self.file)


BUILDERS: dict[str, Builder] = {}
"""By id. Filled as the files of builders are imported."""


def computed(
    identity: str,
    *,
    rows: str,
    exams: Sequence[str],
    source: str,
    difficulty: str = "medium",
    enemies: str = "",
    version: int = 1,
) -> Callable[[Callable[[Draw], Built]], Callable[[Draw], Built]]:
    """Enter the decorated function as the builder of an item. Raises ValueError where the id is taken."""

    def enter(build: Callable[[Draw], Built]) -> Callable[[Draw], Built]:
        if identity in BUILDERS:
            raise ValueError(f"two builders are called {identity}")
        if not inspect.getdoc(build):
            raise ValueError(f"{identity} does not say in a docstring what it asks the simulator")
        file = build.__module__.rpartition(".")[2]
        exams_ = tuple(exams)
        BUILDERS[identity] = Builder(
            identity, tuple(rows.split()), exams_, difficulty, source, enemies, build, file, version
        )
        return build

    return enter


def _different(right: Sequence[Right], wrong: Sequence[Wrong]) -> list[Wrong]:
    """The wrong answers that are none of the right ones, and none of those before."""
    seen, kept = {one.text for one in right}, []
    for one in wrong:
        if one.text not in seen:
            kept.append(one)
            seen.add(one.text)
    return kept


def _in_order(draw: Draw, options: list[Right | Wrong]) -> list[Right | Wrong]:
    """Amounts by their size, as candidates expect; everything else in an order that tells nothing."""
    found = [NUMBER.match(one.text) for one in options]
    if all(found):
        sizes = {one.text: float(each[1].replace(",", "")) for one, each in zip(options, found, strict=True) if each}
        if len(set(sizes.values())) == len(options):
            return sorted(options, key=lambda one: sizes[one.text])
    return draw.some(options, len(options))


def _option(letter: str, one: Right | Wrong) -> dict[str, str]:
    entry = {"id": letter, "text": one.text, "why": one.why}
    if isinstance(one, Wrong):
        entry |= {"misconception": one.misconception, "breaks": one.breaks}
    return entry


def _place(text: str) -> dict[str, Any]:
    exam, _, where = text.partition(" ")
    place: dict[str, Any] = {"exam": exam, "domain": int(where.partition(".")[0])}
    return {**place, **({"statement": where} if "." in where else {})}
