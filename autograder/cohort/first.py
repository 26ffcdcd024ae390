"""What an instructor does first: sentences out of all that the cohort page tells, the most pressing first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from autograder.grade.honesty.report import TITLES
from simcloud.sim.story import counted

NAMED = 5
"""So many names stand in a sentence; of more, their number."""
FEW = 0.2
"""A check is told of here where at least this share of those who handed in the lab are stuck at it."""
NOTICED = ("attacks", "foreign", "similar")
"""What of the honesty reports a person should look at soon."""


def first(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Sentences, each with the part of the page that tells more. Empty where nothing waits."""
    return [*_faults(told), *_missing(told), *_stuck(told), *_checks(told), *_honesty(told), *_waiting(told)]


def _faults(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    faults = sum(len(report["faults"]) for report in told["honesty"])
    if faults:
        yield f"{counted(faults, 'notebook')} could not be judged, by a fault of ours: grade again", "honesty"


def _missing(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    nothing = [row["learner"] for row in told["learners"] if not row["handed"]]
    if nothing:
        yield f"{_named(nothing)} handed in nothing yet", "marks"
    strangers = [row["learner"] for row in told["learners"] if not row["listed"]]
    if strangers:
        yield f"{_named(strangers)} handed in and stand in no roster", "marks"


def _stuck(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Per lab the question at which most are stuck."""
    handed = {lab["id"]: lab["handed"] for lab in told["labs"]}
    count = Counter((one["lab"], one["question"]) for one in told["stuck"])
    seen: set[str] = set()
    for (lab, question), learners in count.most_common():
        if lab not in seen and learners > 1 and learners >= FEW * handed.get(lab, 0) and len(seen) < NAMED:
            seen.add(lab)
            yield f"{learners} of {handed[lab]} are stuck in {lab} at “{question}”: speak of it", "stuck"


def _checks(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    odd = [f"{one['lab']}/{one['id']}" for one in told["checks"] if one["look"]]
    if odd:
        told_of = ", ".join(odd[:NAMED]) + (" and others" if len(odd) > NAMED else "")
        yield f"{counted(len(odd), 'check')} may be wrong, too hard or too easy: {told_of}", "checks"


def _honesty(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    noticed = {what: sum(len(report[what]) for report in told["honesty"]) for what in NOTICED}
    if any(noticed.values()):
        told_of = ", ".join(f"{TITLES[what]} ({number})" for what, number in noticed.items() if number)
        yield f"To look at: {told_of}", "honesty"


def _waiting(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    waiting = sum(lab["waiting"] for lab in told["labs"])
    if waiting:
        labs = sum(bool(lab["waiting"]) for lab in told["labs"])
        told_of = f"{counted(waiting, 'notebook')} in {counted(labs, 'lab')}"
        yield f"A person must still mark words in {told_of}: formgrader, Manual Grading", "labs"


def _named(some: list[str]) -> str:
    """A few names as they are, of many some."""
    return ", ".join(some) if len(some) <= NAMED else f"{len(some)} ({', '.join(some[:NAMED])} and others)"
