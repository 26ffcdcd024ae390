"""All that is kept of a learner's lab, read once: what was handed in, which version counts, and its record."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from autograder.author.places import Course
from autograder.grade.attempts import Attempt, Attempts
from autograder.grade.record import Record
from autograder.grade.store import Store


@dataclass(frozen=True)
class Known:
    """One learner's lab or exam."""

    learner: str
    lab: str
    attempts: tuple[Attempt, ...]
    """In the order in which they were seen."""
    counts: Attempt | None
    """The one whose marks are in the gradebook; None where none are."""
    record: Record | None
    """The record that those marks come from."""


def known(here: Course, labs: Collection[str] = ()) -> Iterator[Known]:
    """Every learner's lab of which something was handed in, in order of learner and lab; of these labs (none: all)."""
    attempts, store = Attempts(here), Store(here)
    for learner, lab in attempts.all():
        if not labs or lab in labs:
            mine = attempts.of(learner, lab)
            mark = attempts.counted(learner, lab)
            counts = next((one for one in mine if mark and one.sha256 == mark.sha256), None)
            yield Known(learner, lab, tuple(mine), counts, store.record(mark.record) if mark and counts else None)
