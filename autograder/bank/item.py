"""An exam item: stem, options, key, and for each option the reason why it is right or wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Kind = Literal["multiple-choice", "multiple-response", "ordering", "matching"]


@dataclass(frozen=True)
class Option:
    """One option. Distractors name the misconception that makes them tempting and the rule or page that they break."""

    id: str
    text: str
    why: str
    """Why it is right or wrong, as the learner reads it."""
    misconception: str = ""
    breaks: str = ""
    match: str = ""
    """For matching items: what belongs to it."""


@dataclass(frozen=True)
class Place:
    """Where an item stands in an exam's blueprint."""

    exam: str
    domain: int
    statement: str = ""
    """The task statement, such as 5.3; '' where it is not confirmed in the public exam guide."""


@dataclass(frozen=True)
class Scenario:
    """For computed items: which scenario the simulator answers, and the seed of this variant."""

    name: str
    seed: int


@dataclass(frozen=True)
class Item:
    """One item of the bank."""

    id: str
    version: int
    rows: tuple[str, ...]
    """Curriculum rows of which a false version would change the key."""
    exams: tuple[Place, ...]
    type: Kind
    stem: str
    options: tuple[Option, ...]
    key: tuple[str, ...]
    """Ids of the right options; for ordering items all ids in the right order."""
    difficulty: Literal["easy", "medium", "hard"]
    source: str
    """Public address of the page that settles the key."""
    verified: date
    expires: date
    file: str
    scenario: Scenario | None = None

    def right(self, option: Option) -> bool:
        return option.id in self.key

    def marked(self, answer: tuple[str, ...]) -> bool:
        """Is the answer right, whole? There is no partial credit. Order matters in ordering items alone."""
        return answer == self.key if self.type == "ordering" else sorted(answer) == sorted(self.key)


def from_json(entry: Mapping[str, Any], file: str) -> Item:
    """The item of an entry that the schema has accepted."""
    return Item(
        id=entry["id"],
        version=entry["version"],
        rows=tuple(entry["rows"]),
        exams=tuple(Place(**place) for place in entry["exams"]),
        type=entry["type"],
        stem=_one_line(entry["stem"]),
        options=tuple(Option(**{key: _one_line(text) for key, text in option.items()}) for option in entry["options"]),
        key=tuple(entry["key"]),
        difficulty=entry["difficulty"],
        source=entry["source"],
        verified=date.fromisoformat(entry["verified"]),
        expires=date.fromisoformat(entry["expires"]),
        file=file,
        scenario=Scenario(**entry["scenario"]) if "scenario" in entry else None,
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
