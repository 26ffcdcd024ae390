"""Where the parts of the course lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import autograder

MARKER = "cohort-bundle.json"
"""Stands in every bundle: says that the folder is one, and what is in it. Only such a folder is ever replaced."""


@dataclass(frozen=True)
class Course:
    """One checkout (or bundle) of the course."""

    root: Path

    @property
    def lessons(self) -> Path:
        return self.root / "course"

    @property
    def solutions(self) -> Path:
        return self.root / "solutions"

    @property
    def labs(self) -> Path:
        return self.root / "labs"

    def lesson_sources(self) -> list[Path]:
        """The lessons' text, in order."""
        return sorted((self.lessons / "source").glob("*.py"))

    def lab_sources(self) -> list[Path]:
        """The labs' text in the instructor's version, in order."""
        return sorted(self.solutions.glob("*/lab.py"))

    def sources(self) -> list[Path]:
        return [*self.lesson_sources(), *self.lab_sources()]

    def relative(self, path: Path) -> str:
        """The path as a person names it: from the root where it lies below it."""
        try:
            return path.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return str(path)


def course() -> Course:
    """The course that this installation of the package belongs to."""
    return Course(Path(autograder.__file__).resolve().parents[1])
