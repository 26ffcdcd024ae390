"""Everything that the cohort page tells, as JSON: read once from gradebook and store, named or under pseudonyms."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from autograder.author.places import Course
from autograder.checks.lab import load
from autograder.cohort.beliefs import beliefs
from autograder.cohort.names import Names
from autograder.cohort.stuck import checked, stuck
from autograder.exam import assignment
from autograder.exam.statistics import Statistic
from autograder.grade import statistics
from autograder.grade.export import Mark, Roster
from autograder.grade.history import history
from autograder.grade.honesty import report as honest
from autograder.grade.honesty.cohort import cohort
from autograder.grade.known import Known
from autograder.grade.policy import policy_of, spoken, words
from autograder.grade.terms import every
from autograder.trouble import Trouble

Told = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """What is read before anything is told."""

    here: Course
    known: Sequence[Known]
    marks: Sequence[Mark]
    people: Roster
    labs: Sequence[str]
    """Labs and exams of which something was handed in, in order."""

    @property
    def learners(self) -> list[str]:
        """Who handed something in or stands in the roster."""
        return sorted({one.learner for one in self.known} | {one.learner for one in self.marks} | set(self.people))


def gathered(source: Source, names: Names) -> Told:
    """All of it. Lists are in the order in which the page shows them, until a reader sorts them otherwise."""
    told = {
        "labs": [_lab(source, lab) for lab in source.labs],
        "learners": _learners(source),
        "stuck": [asdict(one) for one in stuck(source.known)],
        "checks": [{**asdict(one), "look": one.known.look} for one in checked(source.known)],
        "beliefs": [asdict(one) for one in beliefs(source.known)],
        "items": [_item(exam, one) for exam, some in _items(source).items() for one in some],
        "honesty": _honesty(source),
        "regraded": [asdict(one) for one in reversed(history(source.here)) if one.lab in source.labs],
        "terms": list(_terms(source)),
    }
    return _named(told, names) if names.hidden else _called(told, names)


def title(lab: str) -> str:
    """What a lab or exam is called."""
    try:
        return assignment.title(lab) if assignment.is_exam(lab) else load(lab).title
    except Trouble:
        return lab


def _lab(source: Source, lab: str) -> Told:
    """One lab over all who handed it in."""
    mine = [one for one in source.marks if one.lab == lab]
    known = [one for one in source.known if one.lab == lab]
    shares = [one.score / one.max_score for one in mine if one.max_score]
    return {
        "id": lab,
        "title": title(lab),
        "policy": words(policy_of(source.here, lab)),
        "handed": len(known),
        "graded": len(mine),
        "mean": sum(shares) / len(shares) if shares else None,
        "median": median(shares) if shares else None,
        "passed": sum(one.record is not None and one.record["outcome"] == "passed" for one in known),
        "attempts": sum(len(one.attempts) for one in known),
        "late": sum(bool(one.late_penalty) for one in mine),
        "waiting": sum(one.waiting for one in mine),
    }


def _learners(source: Source) -> list[Told]:
    """One row a learner: a cell for each lab, and the sum."""
    marks = {(one.learner, one.lab): one for one in source.marks}
    attempts = {(one.learner, one.lab): len(one.attempts) for one in source.known}
    most = {one.lab: one.max_score for one in source.marks}
    rows = []
    for learner in source.learners:
        cells = [_cell(marks.get((learner, lab)), attempts.get((learner, lab), 0)) for lab in source.labs]
        score = sum(cell["score"] or 0 for cell in cells)
        person = source.people.get(learner)
        rows.append(
            {
                "learner": learner,
                "section": person.section if person else "",
                "listed": not source.people or person is not None,
                "cells": cells,
                "score": score,
                "of": sum(most.values()),
                "handed": sum(bool(cell["attempts"]) for cell in cells),
            }
        )
    return rows


def _cell(mark: Mark | None, attempts: int) -> Told:
    if mark is None:
        return {"score": None, "of": 0, "attempts": attempts, "late": 0, "waiting": False}
    return {
        "score": mark.score,
        "of": mark.max_score,
        "attempts": attempts,
        "late": mark.late_penalty,
        "waiting": mark.waiting,
    }


def _items(source: Source) -> Mapping[str, list[Statistic]]:
    exams = [lab for lab in source.labs if assignment.is_exam(lab)]
    try:
        return statistics.of_cohort(source.here, exams) if exams else {}
    except Trouble:
        return {}


def _item(exam: str, one: Statistic) -> Told:
    return {"exam": exam, **asdict(one), "look": "may be promoted" if one.promotable else one.look}


def _honesty(source: Source) -> list[Told]:
    return [
        honest.report(source.here, cohort(source.here, lab, source.known))
        for lab in source.labs
        if not assignment.is_exam(lab)
    ]


def _terms(source: Source) -> Collection[Told]:
    found = []
    for (learner, lab), one in every(source.here).items():
        if lab in source.labs and one.extra:
            found.append({"learner": learner, "lab": lab, "what": f"{spoken(one.extra)} more", "why": one.why})
        for question, given in one.overrides.items() if lab in source.labs else ():
            if given.points is not None:
                what = f"{given.points:g} points for {question}"
                found.append({"learner": learner, "lab": lab, "what": what, "why": given.why})
    return found


PEOPLE = ("learner", "learners", "of")
"""Keys under which ids of learners stand, as text or in lists."""


def _called(told: Any, names: Names) -> Any:
    """The same with each learner's id as that learner is called."""
    if isinstance(told, Mapping):
        return {key: _people(inner, names) if key in PEOPLE else _called(inner, names) for key, inner in told.items()}
    return [_called(inner, names) for inner in told] if isinstance(told, list | tuple) else told


def _people(value: Any, names: Names) -> Any:
    if isinstance(value, str):
        return names.of(value)
    if isinstance(value, list | tuple) and value and all(isinstance(one, str) for one in value):
        return [names.of(one) for one in value]
    return _called(value, names)


def _named(told: Told, names: Names) -> Told:
    """The same under pseudonyms, also in what learners wrote, and in an order that tells nobody's place in the list."""
    found: Told = {
        key: names.everywhere(inner) if key in WRITTEN else inner for key, inner in _called(told, names).items()
    }
    found["learners"].sort(key=lambda row: row["learner"])
    for row in found["learners"]:
        row["section"] = ""
    for belief in found["beliefs"]:
        belief["learners"] = sorted(belief["learners"])
    return found


WRITTEN = ("stuck", "checks", "honesty", "regraded", "terms")
"""Parts whose texts may hold what learners wrote, and so their names."""
