"""The terms, as `terms.yaml` holds them, and how one is found by what somebody types."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

TERMS = Path(__file__).with_name("terms.yaml")
ALIKE = 70
"""How alike, of 100, a name must be to what was typed to be offered."""
OFFERED = 5


@dataclass(frozen=True)
class Term:
    """One word, and what it means here."""

    name: str
    area: str
    says: str
    lessons: tuple[str, ...]
    """Numbers of the lessons that use it; the first explains it. None for a word that exams alone use."""
    rows: tuple[str, ...]
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called, as it is looked up."""
        return tuple(map(_plain, (self.name, *self.also)))


@cache
def terms() -> tuple[Term, ...]:
    """All of them, in the order of the alphabet."""
    entries = yaml.safe_load(TERMS.read_text(encoding="utf-8"))
    found = [
        Term(
            one["term"],
            one["area"],
            one["says"],
            tuple(one["lessons"]),
            tuple(one["rows"]),
            tuple(one.get("also", ())),
        )
        for one in entries
    ]
    return tuple(sorted(found, key=lambda term: _plain(term.name)))


def find(typed: str) -> list[Term]:
    """The term of this name, whatever its letters' case; else those that are alike, the likest first."""
    wanted = _plain(typed)
    exact = [term for term in terms() if wanted in term.names]
    return exact or _alike(wanted)


def _alike(wanted: str) -> list[Term]:
    from rapidfuzz import fuzz

    def likeness(term: Term) -> float:
        return max(fuzz.WRatio(wanted, name) for name in term.names)

    found = sorted(terms(), key=lambda term: -likeness(term))[:OFFERED]
    return [term for term in found if wanted and likeness(term) >= ALIKE]


def _plain(name: str) -> str:
    """As it is compared: small letters, and no hyphens, which people set as they like."""
    return " ".join(name.lower().replace("-", " ").split())
