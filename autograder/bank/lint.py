"""The item-writing guidelines that a program can judge (after Haladyna, Downing and Rodriguez, 2002).

https://doi.org/10.1207/S15324818AME1503_5
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from rapidfuzz import fuzz, process

from autograder.bank.computed.book import builders, graded_builders
from autograder.bank.item import Item

ABSOLUTE = re.compile(r"\b(always|never|all of the time|under no circumstances|impossible|guaranteed)\b", re.IGNORECASE)
CATCH_ALL = re.compile(r"\b(all|none|both) of (the above|the options|the answers|these)\b", re.IGNORECASE)
NEGATIVE = re.compile(r"\b(not|except|cannot)\b")
"""In lower case: a negation that is emphasised is written in capitals, as the vendor does."""
COUNTS = {2: "TWO", 3: "THREE", 4: "FOUR"}
LONGEST_RATIO = 2.0
"""Options longer than this many times the shortest are not close in length."""
SEEN = 1.1
"""A key that is longer than every other option by less than this shows it to nobody."""
AMOUNT = re.compile(r"^(By )?\$?[\d.,:]+( [\w.%-]+){0,5}$")
"""The length of such an option follows from its number."""
MOST_OF_ONE_POSITION = 0.5
MOST_OF_ONE_LENGTH = 0.4
"""Share of the keys that may be the longest, or the shortest, option of their items; of four it is a quarter."""
ENOUGH = 40
"""With fewer items a share says nothing."""
SHORT, LONG = 350, 220
"""Characters of a stem: at most so many for a practitioner, at least so many for a professional architect."""
ALIKE = 92.0
"""Stems of two items that are alike to this percentage (of 100) are one item told twice."""


ALIKE_WHOLE = 85.0
"""The same of stems with their options, for two banks that may have no item in common."""


@dataclass(frozen=True)
class Finding:
    """One guideline that one item breaks."""

    file: str
    item: str
    says: str

    def __str__(self) -> str:
        return f"{self.file}: item {self.item}: {self.says}"


def lint(items: Iterable[Item], today: date) -> list[Finding]:
    """What the guidelines find in these items on this day."""
    listed = list(items)
    found = [Finding(one.file, one.id, says) for one in listed for rule in RULES for says in rule(one)]
    found += [Finding(one.file, one.id, f"expired on {one.expires}") for one in listed if one.expires <= today]
    return [*found, *_unbalanced_keys(listed), *_telling_lengths(listed), *_repeated_stems(listed)]


def no_catch_all(one: Item) -> Iterator[str]:
    for option in one.options:
        if CATCH_ALL.search(option.text):
            yield f"option {option.id} stands for other options"


def no_absolute_words(one: Item) -> Iterator[str]:
    for option in one.options:
        if word := ABSOLUTE.search(option.text):
            yield f"option {option.id} gives itself away by {word[0]!r}"


def negation_is_emphasised(one: Item) -> Iterator[str]:
    question = re.split(r"(?<=[.!?])\s+", one.stem)[-1]
    if word := NEGATIVE.search(question):
        yield f"the question is negative and {word[0]!r} is not in capitals"


def the_stem_asks(one: Item) -> Iterator[str]:
    if not one.stem.endswith("?"):
        yield "the stem does not end with a question"


def the_stem_says_how_many(one: Item) -> Iterator[str]:
    if one.type == "multiple-response" and COUNTS.get(len(one.key), "") not in one.stem:
        yield f"the stem does not say {COUNTS.get(len(one.key), len(one.key))}"


def the_key_is_not_told_by_its_length(one: Item) -> Iterator[str]:
    lengths = sorted((len(option.text), option.id) for option in one.options)
    (shortest, first), (longest, last) = lengths[0], lengths[-1]
    if all(AMOUNT.match(option.text) for option in one.options):
        return
    if one.type == "multiple-choice":
        if first in one.key and lengths[1][0] > shortest * SEEN:
            yield "the key is the sole shortest option"
        if last in one.key and lengths[-2][0] * SEEN < longest:
            yield "the key is the sole longest option"
    if lengths[-1][0] > LONGEST_RATIO * shortest:
        yield f"option {last} is more than {LONGEST_RATIO:g} times as long as option {first}"


def options_differ(one: Item) -> Iterator[str]:
    texts = Counter(_words(option.text) for option in one.options)
    if max(texts.values()) > 1:
        yield "two options say the same"


def the_stem_is_of_its_level(one: Item) -> Iterator[str]:
    """The Cloud Practitioner is asked in short, the professional architect by a scenario."""
    for place in one.exams:
        if place.exam == "CLF-C02" and len(one.stem) > SHORT:
            yield f"the stem has {len(one.stem)} characters, too many for {place.exam}"
        if place.exam == "SAP-C02" and len(one.stem) < LONG:
            yield f"the stem has {len(one.stem)} characters, too few for {place.exam}"


def nothing_rests_on_an_assumed_fact(one: Item) -> Iterator[str]:
    for option in one.options:
        if option.breaks in _assumed():
            yield f"option {option.id} breaks {option.breaks}, which is assumed: nobody saw AWS do it"


def its_builder_exists(one: Item) -> Iterator[str]:
    if one.computed and one.computed.builder not in {**builders(), **graded_builders()}:
        yield f"no builder is called {one.computed.builder}"


GUESSED = frozenset({"R-064", "R-072", "R-139", "R-175", "R-328", "R-343", "R-344", "R-345"})
"""Rows of the fact sheet of which nobody is sure."""


@cache
def _assumed() -> frozenset[str]:
    """Laws of which nothing better is known than a guess, and such rows of the fact sheet."""
    from simcloud.rules.engine import laws

    return GUESSED | {law.id for law in laws() if law.status == "assumed"}


RULES: tuple[Callable[[Item], Iterator[str]], ...] = (
    no_catch_all,
    no_absolute_words,
    negation_is_emphasised,
    the_stem_asks,
    the_stem_says_how_many,
    the_key_is_not_told_by_its_length,
    options_differ,
    the_stem_is_of_its_level,
    nothing_rests_on_an_assumed_fact,
    its_builder_exists,
)


def _unbalanced_keys(items: list[Item]) -> Iterator[Finding]:
    positions = Counter(one.key[0] for one in items if one.type == "multiple-choice")
    total = sum(positions.values())
    for position, count in positions.items():
        if total >= len(positions) * 2 and count > MOST_OF_ONE_POSITION * total:
            yield Finding("the bank", position, f"is the key of {count} of {total} multiple-choice items")


def _telling_lengths(items: list[Item]) -> Iterator[Finding]:
    """Where too many keys are the longest option, the longest option is a good guess; and so with the shortest."""
    worded = [
        one
        for one in items
        if one.type == "multiple-choice" and not all(AMOUNT.match(option.text) for option in one.options)
    ]
    for name, count in key_lengths(worded).items():
        if len(worded) >= ENOUGH and count > MOST_OF_ONE_LENGTH * len(worded):
            yield Finding("the bank", name, f"option is the key of {count} of {len(worded)} multiple-choice items")


def key_lengths(items: Iterable[Item]) -> dict[str, int]:
    """How many keys are longer than every other option, and how many are shorter."""
    found = {"longest": 0, "shortest": 0}
    for one in items:
        key = next(len(option.text) for option in one.options if one.right(option))
        others = [len(option.text) for option in one.options if not one.right(option)]
        found["longest"] += key > max(others)
        found["shortest"] += key < min(others)
    return found


def _repeated_stems(items: list[Item]) -> Iterator[Finding]:
    """Stems with the same words, and stems that are nearly so. Items of one enemy group may be near."""
    stems = [_words(one.stem) for one in items]
    for first, row in enumerate(process.cdist(stems, stems, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)):
        for second in range(first + 1, len(items)):
            if row[second]:
                one, other = items[first], items[second]
                how = "the stem" if stems[first] == stems[second] else f"nearly the stem ({row[second]:.0f} %)"
                yield Finding(other.file, other.id, f"has {how} of {one.id}")


def in_both(practice: Iterable[Item], graded: Iterable[Item]) -> list[Finding]:
    """Graded items that are, or are nearly, in the practice bank too: by id, by builder, by stem, by their options."""
    mine, theirs = list(graded), list(practice)
    ids = {one.id for one in theirs} | {one.computed.builder for one in theirs if one.computed}
    found = [Finding(one.file, one.id, "is in the practice bank too") for one in mine if one.id in ids]
    for what, told, limit in (("the stem", _stem, ALIKE), ("stem and options", _whole, ALIKE_WHOLE)):
        rows = process.cdist(
            list(map(told, mine)), list(map(told, theirs)), scorer=fuzz.token_sort_ratio, score_cutoff=limit
        )
        for one, row in zip(mine, rows, strict=True):
            near = max(range(len(theirs)), key=lambda at, row=row: float(row[at]), default=-1)  # type: ignore[misc]
            if near >= 0 and row[near]:
                says = f"has {what} of the practice item {theirs[near].id} ({row[near]:.0f} %)"
                found.append(Finding(one.file, one.id, says))
    return found


def _stem(one: Item) -> str:
    return _words(one.stem)


def _whole(one: Item) -> str:
    """Stem and options, these in an order of their own: another order makes no other item."""
    return " ".join([_words(one.stem), *sorted(_words(option.text) for option in one.options)])


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
