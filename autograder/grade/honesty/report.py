"""The honesty report of one lab: gathered as plain data, and in a few lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from autograder.author.places import Course
from autograder.grade.honesty import similar
from autograder.grade.honesty.cohort import Cohort
from autograder.grade.honesty.foreign import foreign
from autograder.grade.policy import policy_of, words
from simcloud.sim.story import counted

KINDS = {
    "repaired": ("restored", "duplicate"),
    "other_world": ("variant of another learner",),
    "divergent": ("differing replay",),
    "attacks": ("forged",),
    "left_out": ("left out",),
    "ended_early": ("ended early",),
    "faults": ("judging fault", "version not graded"),
}
"""The sections of the report, with the flags that go into each."""


def report(here: Course, cohort: Cohort) -> dict[str, Any]:
    """Everything, as JSON."""
    found: dict[str, Any] = {
        "lab": cohort.lab,
        "learners": len(cohort.sat),
        "policy": words(policy_of(here, cohort.lab)),
        "layers": _layers(cohort),
    }
    for section, flags in KINDS.items():
        found[section] = [
            {"learner": sat.learner, "says": flag["says"]}
            for sat in cohort.sat
            for flag in sat.record["flags"]
            if flag["what"] in flags
        ]
    found["signs"] = [
        {"learner": sat.learner, "says": f"The cell `{cell}` reaches {what}."}
        for sat in cohort.sat
        for cell, what in sat.traits.signs
    ]
    found["foreign"] = [asdict(one) for one in foreign(cohort)]
    found["similar"] = [asdict(one) for one in similar.pairs(cohort)]
    found["method"] = " ".join((similar.__doc__ or "").split())
    found["clocks"] = list(_clocks(here, cohort))
    return found


def lines(found: dict[str, Any]) -> list[str]:
    """One report in a few lines."""
    counts = [f"{title}: {len(found[name])}" for name, title in TITLES.items() if found[name]]
    noticed = "; ".join(counts) or "nothing to look at"
    missing = sorted({name for one in found["layers"] for name in one["missing"]})
    boxed = f"without {', '.join(missing)} for some" if missing else "with every layer of isolation"
    return [f"{found['lab']}: {counted(found['learners'], 'learner')}, run {boxed}; {noticed}"]


TITLES = {
    "attacks": "forged messages",
    "signs": "cells that reach beyond the lab",
    "divergent": "divergent replays",
    "other_world": "notebooks of another world",
    "foreign": "uses of another's world",
    "similar": "pairs much alike",
    "repaired": "repairs",
    "left_out": "calls left out",
    "ended_early": "runs that ended early",
    "faults": "faults of ours",
    "clocks": "clocks that disagree",
}


def _layers(cohort: Cohort) -> list[dict[str, Any]]:
    """Which layers were active for how many."""
    sets = Counter((tuple(sat.record["layers"]), tuple(sat.record["missing"])) for sat in cohort.sat)
    return [{"learners": many, "active": list(on), "missing": list(off)} for (on, off), many in sets.most_common()]


def _clocks(here: Course, cohort: Cohort) -> Iterator[dict[str, str]]:
    """Versions that the learner's machine dates before the deadline, and that arrived after it."""
    for sat in cohort.sat if policy_of(here, cohort.lab).deadline else ():
        policy = policy_of(here, cohort.lab, sat.learner)
        for attempt in sat.attempts:
            if attempt.claimed and not policy.in_time(attempt):
                believed = replace(attempt, handed_in=attempt.claimed)
                if policy.in_time(believed):
                    says = f"{attempt.source} arrived {attempt.handed_in}, its clock says {attempt.claimed}."
                    yield {"learner": sat.learner, "says": says}
