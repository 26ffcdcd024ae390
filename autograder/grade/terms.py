"""What holds for one learner alone in one lab: extra time, and points that an instructor gave against a check.

Kept in `grading/terms.json`, which every way of grading reads, so that nothing of it is lost when a lab is graded or
judged again. Each entry says why.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from autograder.author.places import Course
from autograder.grade import files
from autograder.trouble import Trouble


@dataclass(frozen=True)
class Override:
    """Points for one question, whatever its checks say."""

    points: float | None
    """None where they are being taken back."""
    why: str
    when: str
    """ISO 8601, UTC."""


@dataclass(frozen=True)
class Terms:
    """One learner in one lab."""

    extra: float = 0
    """Minutes after the others' deadline; in an exam, of time to sit it as well."""
    why: str = ""
    """Of the extra time."""
    overrides: Mapping[str, Override] = field(default_factory=dict)
    """By question."""

    @property
    def extension(self) -> timedelta | None:
        """As nbgrader's gradebook keeps it."""
        return timedelta(minutes=self.extra) if self.extra else None


def every(here: Course) -> dict[tuple[str, str], Terms]:
    """By learner and lab. Raises Trouble where the file is damaged."""
    file = _file(here)
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return {(learner, lab): _terms(one) for learner, labs in data.items() for lab, one in labs.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        raise Trouble(f"{file} is damaged: restore it from a backup, or delete it and give its terms again") from None


def terms(here: Course, learner: str, lab: str) -> Terms:
    """What holds for this learner in this lab."""
    return every(here).get((learner, lab), Terms())


def change(here: Course, learner: str, lab: str, changed: Callable[[Terms], Terms]) -> Terms:
    """Change what holds for a learner; what it is then. To be called by the one writer of the course alone."""
    found = every(here)
    found[learner, lab] = made = changed(found.get((learner, lab), Terms()))
    keep(here, found)
    return made


def without(one: Terms, question: str) -> Terms:
    """The same without the points given for a question."""
    return replace(one, overrides={name: points for name, points in one.overrides.items() if name != question})


def keep(here: Course, all_of_it: Mapping[tuple[str, str], Terms]) -> None:
    """Write the file anew, whole or not at all."""
    data: dict[str, dict[str, Any]] = {}
    for (learner, lab), one in sorted(all_of_it.items()):
        if one != Terms():
            data.setdefault(learner, {})[lab] = asdict(one)
    files.write(_file(here), json.dumps(data, indent=1, ensure_ascii=False) + "\n")


def _terms(data: Mapping[str, Any]) -> Terms:
    overrides = {name: Override(**one) for name, one in data["overrides"].items()}
    extra = float(data["extra"])
    if not all(map(math.isfinite, (extra, *(one.points for one in overrides.values() if one.points is not None)))):
        raise ValueError("a number that is none")
    return Terms(extra, str(data["why"]), overrides)


def _file(here: Course) -> Path:
    return here.root / "grading" / "terms.json"
