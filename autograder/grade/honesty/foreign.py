"""Answers that belong to another learner's world: names and numbers that one's own world never showed."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.grade.honesty.cohort import Cohort, Sat
from autograder.grade.honesty.traits import hashes

COMMON = 0.2
"""Share of the right answers: one that so many worlds have is no sign of whose it is."""

FEWEST = 5
"""Right answers that must be known before a share of them means anything."""


@dataclass(frozen=True)
class Foreign:
    """What one learner used of another's world."""

    learner: str
    of: tuple[str, ...]
    """Whose worlds have it."""
    what: str
    """The words, or the question and the answer."""


def foreign(cohort: Cohort) -> list[Foreign]:
    """Words of another's world, and wrong answers that are right in another's."""
    return [*_words(cohort), *_answers(cohort)]


def _words(cohort: Cohort) -> list[Foreign]:
    words = sorted({word for sat in cohort.sat for word in sat.traits.strange})
    owners: dict[str, list[Sat]] = {word: [] for word in words}
    wanted = hashes(words)
    for sat in cohort.sat:
        for place in sat.traits.shown.holding(wanted):
            owners[words[place]].append(sat)
    few = max(2, len(cohort.sat) // 10)
    found = []
    for sat in cohort.sat:
        theirs: dict[str, set[str]] = {}
        for word in sat.traits.strange:
            if len(owners[word]) <= few:
                for other in owners[word]:
                    if other.traits.sat != sat.traits.sat:
                        theirs.setdefault(other.learner, set()).add(word)
        found += [Foreign(sat.learner, (other,), ", ".join(sorted(some)[:6])) for other, some in sorted(theirs.items())]
    return found


def _answers(cohort: Cohort) -> list[Foreign]:
    right: dict[str, list[tuple[str, str]]] = {}
    wrong: list[tuple[str, str, str]] = []
    for sat in cohort.sat:
        for question, answer in sat.traits.answers.items():
            if question in _passed(sat):
                right.setdefault(question, []).append((answer, sat.learner))
            else:
                wrong.append((sat.learner, question, answer))
    found = []
    for learner, question, answer in wrong:
        known = right.get(question, [])
        owners = tuple(sorted(owner for theirs, owner in known if theirs == answer))
        if owners and len(known) >= FEWEST and len(owners) <= COMMON * len(known):
            share = f"right for {len(owners)} of {len(known)}"
            found.append(Foreign(learner, owners, f"{question}: {answer[:200]} ({share})"))
    return found


def _passed(sat: Sat) -> set[str]:
    return {question["id"] for question in sat.record["questions"] if question["outcome"] == "passed"}
