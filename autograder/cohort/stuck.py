"""Where learners are stuck: the first question of a lab that does not pass, in the words of their own verdict; and
how each check did over the whole cohort.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from autograder.checks.verdict import CheckVerdict, QuestionVerdict, question_verdict
from autograder.exam.assignment import is_exam
from autograder.exam.statistics import Answered, Statistic, statistics
from autograder.grade.known import Known


@dataclass(frozen=True)
class Stuck:
    """One learner, in one lab."""

    learner: str
    lab: str
    question: str
    """Its title."""
    check: str
    """What the check asks, as the learner reads it; '' where the question stopped before any."""
    expected: str
    got: str
    hint: str
    reason: str
    attempts: int
    """Versions that were handed in."""
    hidden: bool
    """Is it a check that runs only after submission, so that the learner does not see it in the notebook?"""


@dataclass(frozen=True)
class Checked:
    """One check, over all who tried its question."""

    lab: str
    question: str
    id: str
    sentence: str
    hidden: bool
    failed: int
    tried: int
    got: str
    """What came most often where it failed; '' where nothing came twice."""
    often: int
    """How often that came."""
    known: Statistic


def stuck(everything: Iterable[Known]) -> Iterator[Stuck]:
    """Everybody whose counted version of a lab does not pass, those with most attempts first."""
    found = [_stuck(one, question) for one in everything for question in _first_open(one)]
    return iter(sorted(found, key=lambda one: (-one.attempts, one.lab, one.learner)))


def together(everybody: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Who is stuck at the same check, in one: the most first, then those with most attempts.

    `everybody`: `Stuck` as JSON. Each group has `lab`, `question`, `check`, `hidden`; of what was `expected`, came
    (`got`) and was said (`hint`) what came most often, and `often`; and `learners`, each with what came of them.
    """
    places: dict[tuple[str, str, str, bool], list[Mapping[str, Any]]] = defaultdict(list)
    for one in everybody:
        places[one["lab"], one["question"], one["check"], one["hidden"]].append(one)
    found = [_group(place, some) for place, some in places.items()]
    return sorted(found, key=lambda one: (-len(one["learners"]), -one["attempts"], one["lab"], one["question"]))


def _group(place: tuple[str, str, str, bool], some: list[Mapping[str, Any]]) -> dict[str, Any]:
    [((expected, got, hint), often)] = Counter(
        (one["expected"], one["got"], one["hint"] or one["reason"]) for one in some
    ).most_common(1)
    told = {"expected": expected, "got": got, "hint": hint, "often": often}
    lab, question, check, hidden = place
    where = {"lab": lab, "question": question, "check": check, "hidden": hidden}
    return {**where, **told, "learners": some, "attempts": max(one["attempts"] for one in some)}


def checked(everything: Iterable[Known]) -> list[Checked]:
    """Every check that somebody tried, those that most fail first."""
    verdicts: dict[tuple[str, str, str], list[CheckVerdict]] = defaultdict(list)
    answers: list[Answered] = []
    for one in everything:
        mine = [(title, check) for title, check in _checks(one) if check.outcome not in ("not attempted", "broken")]
        right = sum(check.outcome == "passed" for _, check in mine)
        for title, check in mine:
            passed = check.outcome == "passed"
            verdicts[one.lab, title, check.id].append(check)
            answers.append(Answered(f"{one.lab}/{check.id}", True, (), passed, None, right - passed))
    known = {one.item: one for one in statistics(answers, {})}
    found = [_checked(*place, some, known[f"{place[0]}/{place[2]}"]) for place, some in verdicts.items()]
    return sorted(found, key=lambda one: (-one.failed, one.lab, one.id))


def _checked(lab: str, question: str, name: str, some: list[CheckVerdict], known: Statistic) -> Checked:
    failed = [one for one in some if one.outcome == "failed"]
    [(got, often)] = Counter(one.got for one in failed).most_common(1) or [("", 0)]
    last = some[-1]
    shown = (got, often) if often > 1 else ("", 0)
    return Checked(lab, question, name, last.sentence, last.hidden, len(failed), len(some), *shown, known)


def _checks(one: Known) -> Iterator[tuple[str, CheckVerdict]]:
    """The checks of a lab with their question's title; an exam has items instead."""
    for question in _questions(one):
        yield from ((question.title, check) for check in question.checks)


def _questions(one: Known) -> list[QuestionVerdict]:
    if one.record is None or is_exam(one.lab):
        return []
    return [question_verdict(data) for data in one.record["questions"]]


def _first_open(one: Known) -> list[QuestionVerdict]:
    return [question for question in _questions(one) if question.outcome != "passed"][:1]


def _stuck(one: Known, question: QuestionVerdict) -> Stuck:
    check = question.first_failed()
    told = (check.sentence, check.expected, check.got, check.hint) if check else ("", "", "", "")
    attempts, hidden = len(one.attempts), bool(check and check.hidden)
    return Stuck(one.learner, one.lab, question.title, *told, question.reason, attempts, hidden)
