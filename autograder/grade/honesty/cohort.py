"""Everyone who was graded in one lab, as the kept runs and records tell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from autograder.author.places import Course
from autograder.checks.lab import load
from autograder.exam.assignment import is_exam
from autograder.grade.attempts import Attempt
from autograder.grade.honesty.traits import Hashes, Traits, kept
from autograder.grade.honesty.words import tokens
from autograder.grade.known import Known
from autograder.grade.record import Record
from autograder.grade.store import Store
from autograder.run.course import release, solution_of
from autograder.trouble import Trouble


@dataclass(frozen=True)
class Sat:
    """One learner's graded lab."""

    learner: str
    sha256: str
    record: Record
    traits: Traits
    attempts: tuple[Attempt, ...] = ()


@dataclass(frozen=True)
class Cohort:
    """Everyone in one lab."""

    lab: str
    sat: tuple[Sat, ...]


def cohort(here: Course, lab: str, everything: Iterable[Known]) -> Cohort:
    """Those of whom marks are kept. Raises Trouble where the course has no such lab."""
    return Cohort(lab, tuple(_sat(here, [one for one in everything if one.lab == lab])))


def labs(everything: Iterable[Known]) -> list[str]:
    """The labs of which something was handed in; exams have no worlds to compare."""
    return sorted({one.lab for one in everything if not is_exam(one.lab)})


def _sat(here: Course, mine: list[Known]) -> Iterator[Sat]:
    store = Store(here)
    for one in mine:
        if one.record is not None and one.counts is not None:
            yield Sat(one.learner, one.counts.sha256, one.record, _traits(here, store, one), one.attempts)


def _traits(here: Course, store: Store, one: Known) -> Traits:
    """The traits of the run that counts; none but a word of it where the run cannot be read."""
    assert one.counts is not None
    try:
        found = kept(store, one.counts.run, given(here, one.lab))
        why = "its run is not kept any more"
    except (Trouble, ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as fault:
        found, why = None, f"its run cannot be read ({type(fault).__name__})"
    return found or Traits(one.learner, Hashes.of(()), frozenset(), frozenset(), (("-", why),), {})


@cache
def given(here: Course, lab: str) -> frozenset[str]:
    """Every word of the released notebook and of the worked solutions: sharing those means nothing."""
    cells = release(here, lab)["cells"]
    texts = ["".join(cell["source"]) for cell in cells]
    texts += [solution_of(lab, question.id) for question in load(lab).questions]
    instructor = here.solutions / lab / f"{lab}.ipynb"
    if instructor.exists():
        texts += ["".join(cell["source"]) for cell in json.loads(instructor.read_text(encoding="utf-8"))["cells"]]
    return frozenset(tokens(texts) | tokens([re.split(r"[\s\"'(),=\[\]{}]+", text) for text in texts]))
