"""What was carried into the workspace, in sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

WORDS = {
    "updated": ("{} cell updated", "{} cells updated"),
    "added": ("{} new cell", "{} new cells"),
    "removed": ("{} cell taken out", "{} cells taken out"),
    "brought back": ("{} cell that you had deleted is back", "{} cells that you had deleted are back"),
    "answer kept": (
        "{} answer of yours stays as it is, though the course's stub for it changed",
        "{} answers of yours stay as they are, though the course's stubs for them changed",
    ),
    "updated, your text kept below": (
        "{} of these you had changed: your text is kept below it",
        "{} of these you had changed: your text is kept below each",
    ),
    "removed, your text kept": (
        "{} cell that the course took out, with your text, is kept as text",
        "{} cells that the course took out, with your text, are kept as text",
    ),
}
"""The kinds of change that a merge counts, in the order in which they are told."""


@dataclass(frozen=True)
class Change:
    """What happened to one file: new, brought back, newer (not yet merged), updated, merged or damaged."""

    name: str
    kind: str
    counts: dict[str, int] = field(default_factory=dict)
    kept: Path | None = None
    """Where the learner's former file is kept."""
    why: str = ""

    def sentence(self) -> str:
        """One line for a person."""
        where = f" (your former file: {self.kept})" if self.kept else ""
        if self.kind == "damaged":
            return (
                f"{self.name}: left as it is, since it cannot be read as a notebook ({self.why}). "
                "Move it away and run start.py update: you get a fresh copy"
            )
        return f"{self.name}: {self._what()}{where}"

    def _what(self) -> str:
        if self.kind == "brought back":
            return "was missing, copied again"
        if self.kind != "merged":
            return self.kind
        counts = [(self.counts.get(kind, 0), words) for kind, words in WORDS.items()]
        told = [words[count > 1].format(count) for count, words in counts if count]
        return ", ".join(told) or "brought up to date; no cell of yours changed"


@dataclass
class Carried:
    """All that happened to one workspace."""

    workspace: Path
    changes: list[Change] = field(default_factory=list)

    @property
    def troubles(self) -> list[Change]:
        return [change for change in self.changes if change.kind == "damaged"]

    def report(self, *, every: bool) -> list[str]:
        """The lines for the terminal: with `every`, one for each file that changed; else what matters at a start."""
        if every:
            lines = [change.sentence() for change in self.changes]
            return lines or [f"Your lessons and labs in {self.workspace} are up to date."]
        lines = [change.sentence() for change in self.changes if change.kind in ("damaged", "brought back")]
        if new := self._count("new"):
            lines.append(f"Copied {new} lesson and lab file{'s' * (new > 1)} to {self.workspace}")
        if newer := self._count("newer"):
            lines.append(
                f"{newer} of your lessons and labs {'have' if newer > 1 else 'has'} a newer version. To merge it "
                "in (your answers stay): python3 start.py update"
            )
        return lines

    def _count(self, kind: str) -> int:
        return sum(change.kind == kind for change in self.changes)
