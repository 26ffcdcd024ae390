"""Practice exams on the home page: of each exam how many forms were sat, and what the newest came to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from autograder import state
from autograder.bank import bank
from autograder.exam.score import result
from autograder.exam.sitting import resume
from autograder.trouble import Trouble


@dataclass(frozen=True)
class Sat:
    """One exam."""

    exam: str
    forms: int
    """Submitted."""
    begun: str
    """A form that was begun and not submitted; '' where there is none."""
    newest: str
    """What the newest submitted form came to; '' where there is none, or none that this version knows."""

    @property
    def said(self) -> str:
        """For the page."""
        forms = f"{self.forms} {'form' if self.forms == 1 else 'forms'} sat" if self.forms else ""
        return ", ".join(part for part in (forms, self.newest, f"{self.begun} is begun" if self.begun else "") if part)

    @property
    def done(self) -> str:
        return "sat" if self.forms else "begun" if self.begun else "not sat"


def exams(kept: state.State) -> Iterator[Sat]:
    """Every exam of the course, in the order of the blueprints."""
    for exam in bank.blueprints():
        mine = {name: one for name, one in kept["exams"].items() if one.get("exam") == exam}
        over = {name: one for name, one in mine.items() if one["submitted"] is not None}
        begun = next((name for name in mine if name not in over), "")
        newest = max(over, key=lambda name: float(over[name]["submitted"]), default="")
        yield Sat(exam, len(over), begun, _told(newest, over.get(newest, {})))


def _told(form: str, kept: dict[str, Any]) -> str:
    """The newest form in words. A cohort's exam is marked by the instructor, and its keys are not here."""
    if not form or kept.get("mode") == "graded":
        return ""
    try:
        found = result(resume(form))
    except (Trouble, KeyError):  # of an older bank
        return ""
    share = f"newest {found.scored.right} of {found.scored.of} right"
    return f"{share}, about {found.estimate} of 1000 ({found.passing} passes)"
