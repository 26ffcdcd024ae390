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
class Computed:
    """For computed items: which builder asks the simulator, and the seeds whose variants may be shown."""

    builder: str
    seeds: tuple[int, ...]
    """The stored item is the variant of the first."""


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
    explanation: str = ""
    """Why the key is the key, with its figures where it was computed. Read it by `explained`."""
    enemies: str = ""
    """Items that name the same group give each other away, and do not stand in one form."""
    computed: Computed | None = None

    @property
    def explained(self) -> str:
        """The explanation; where none is written, the reasons of the right options."""
        return self.explanation or " ".join(option.why for option in self.options if self.right(option))

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
        explanation=_one_line(entry.get("explanation", "")),
        enemies=entry.get("enemies", ""),
        computed=_computed(entry["computed"]) if "computed" in entry else None,
    )


def _computed(entry: Mapping[str, Any]) -> Computed:
    return Computed(entry["builder"], tuple(entry["seeds"]))


def _one_line(text: str) -> str:
    return " ".join(text.split())
