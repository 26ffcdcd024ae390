"""The item-writing guidelines that a program can judge (after Haladyna, Downing and Rodriguez, 2002).

https://doi.org/10.1207/S15324818AME1503_5
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from autograder.bank.item import Item

ABSOLUTE = re.compile(r"\b(always|never|all of the time|under no circumstances|impossible|guaranteed)\b", re.IGNORECASE)
CATCH_ALL = re.compile(r"\b(all|none|both) of (the above|the options|the answers|these)\b", re.IGNORECASE)
NEGATIVE = re.compile(r"\b(not|except|cannot)\b")
"""In lower case: a negation that is emphasised is written in capitals, as the vendor does."""
COUNTS = {2: "TWO", 3: "THREE", 4: "FOUR"}
LONGEST_RATIO = 2.0
"""Options longer than this many times the shortest are not close in length."""
MOST_OF_ONE_POSITION = 0.5


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
    return found + list(_unbalanced_keys(listed)) + list(_repeated_stems(listed))


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
    (shortest, first), (_, last) = lengths[0], lengths[-1]
    if one.type == "multiple-choice":
        if first in one.key and lengths[1][0] > shortest:
            yield "the key is the sole shortest option"
        if last in one.key and lengths[-2][0] < lengths[-1][0]:
            yield "the key is the sole longest option"
    if lengths[-1][0] > LONGEST_RATIO * shortest:
        yield f"option {last} is more than {LONGEST_RATIO:g} times as long as option {first}"


def options_differ(one: Item) -> Iterator[str]:
    texts = Counter(_words(option.text) for option in one.options)
    if max(texts.values()) > 1:
        yield "two options say the same"


RULES: tuple[Callable[[Item], Iterator[str]], ...] = (
    no_catch_all,
    no_absolute_words,
    negation_is_emphasised,
    the_stem_asks,
    the_stem_says_how_many,
    the_key_is_not_told_by_its_length,
    options_differ,
)


def _unbalanced_keys(items: list[Item]) -> Iterator[Finding]:
    positions = Counter(one.key[0] for one in items if one.type == "multiple-choice")
    total = sum(positions.values())
    for position, count in positions.items():
        if total >= len(positions) * 2 and count > MOST_OF_ONE_POSITION * total:
            yield Finding("the bank", position, f"is the key of {count} of {total} multiple-choice items")


def _repeated_stems(items: list[Item]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for one in items:
        words = _words(one.stem)
        if words in seen:
            yield Finding(one.file, one.id, f"has the stem of {seen[words]}")
        seen[words] = one.id


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
