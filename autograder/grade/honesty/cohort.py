"""Everyone who was graded in one lab, as the kept runs and records tell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from autograder.author.places import Course
from autograder.checks.lab import load, make_variant, seed_of
from autograder.exam.assignment import is_exam
from autograder.grade.attempts import Attempts
from autograder.grade.record import Record
from autograder.grade.run import Run, run_of
from autograder.grade.store import Store
from autograder.run.course import release, solution_of

TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]*")


@dataclass(frozen=True)
class Sat:
    """One learner's graded lab."""

    learner: str
    sha256: str
    record: Record
    run: Run

    @cached_property
    def variant(self) -> Mapping[str, Any]:
        """What their world was made from."""
        return make_variant(load(self.run.lab), seed_of(self.run.sat, self.run.lab))

    @cached_property
    def shown(self) -> set[str]:
        """Every word that their own world showed them: in its variant, in answers of the simulated AWS."""
        found = tokens(self.variant)
        for entry in self.run.evidence.transcript:
            found |= tokens(entry.get("response")) | tokens(entry.get("error")) | tokens(entry.get("answer"))
        return found

    @cached_property
    def used(self) -> set[str]:
        """Every word that they gave: in parameters of calls, in answers to questions."""
        found: set[str] = set()
        for entry in self.run.evidence.transcript:
            found |= tokens(entry.get("params")) | tokens(entry.get("answers")) | tokens(entry.get("given"))
        return found


@dataclass(frozen=True)
class Cohort:
    """Everyone in one lab."""

    lab: str
    sat: tuple[Sat, ...]
    given: frozenset[str]
    """Every word of the released notebook and of the worked solutions: sharing those means nothing."""


def cohort(here: Course, lab: str) -> Cohort:
    """Those of whom marks are kept. Raises Trouble where the course has no such lab."""
    attempts, store = Attempts(here), Store(here)
    return Cohort(lab, tuple(_sat(attempts, store, lab)), frozenset(_given(here, lab)))


def labs(here: Course) -> list[str]:
    """The labs of which something was graded; exams have no worlds to compare."""
    return sorted({lab for _, lab in Attempts(here).all() if not is_exam(lab)})


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every plain value in a JSON value, with the names on the way to it; positions in lists are left out."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from leaves(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    else:
        yield path, value


def tokens(value: Any) -> set[str]:
    """Every word in a JSON value, and each text whole."""
    found: set[str] = set()
    for _, leaf in leaves(value):
        if isinstance(leaf, str):
            found |= {leaf, *TOKEN.findall(leaf)}
        elif isinstance(leaf, (int, float)) and not isinstance(leaf, bool):
            found.add(str(leaf))
    return found


def _sat(attempts: Attempts, store: Store, lab: str) -> Iterator[Sat]:
    for learner, of in attempts.all():
        mark = attempts.counted(learner, lab) if of == lab else None
        if mark is None:
            continue
        record = store.record(mark.record)
        attempt = next((one for one in attempts.of(learner, lab) if one.sha256 == mark.sha256), None)
        run = store.run(attempt.run) if attempt else None
        if record is not None and run is not None:
            yield Sat(learner, mark.sha256, record, run_of(run))


def _given(here: Course, lab: str) -> set[str]:
    cells = release(here, lab)["cells"]
    texts = ["".join(cell["source"]) for cell in cells]
    texts += [solution_of(lab, question.id) for question in load(lab).questions]
    instructor = here.solutions / lab / f"{lab}.ipynb"
    if instructor.exists():
        texts += ["".join(cell["source"]) for cell in json.loads(instructor.read_text(encoding="utf-8"))["cells"]]
    return tokens(texts) | tokens([re.split(r"[\s\"'(),=\[\]{}]+", text) for text in texts])
