"""A cohort exam judged: the answers in the notebook held against the keys, which are here and nowhere else.

No notebook runs. What is kept of a submission is its record of answers, so a corrected key judges it again as a
corrected check does a lab (`fargate-course regrade`), and says whose marks change and by which item.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

from autograder.author.places import course
from autograder.bank import bank
from autograder.bank.item import Item
from autograder.checks.verdict import CheckVerdict, Outcome, QuestionVerdict
from autograder.exam import assignment, kept_forms, paper
from autograder.exam.score import Share, scaled
from autograder.grade.record import Record
from autograder.grade.run import Run
from autograder.grade.terms import terms
from autograder.run.evidence import Evidence
from autograder.run.repair import Repaired
from autograder.trouble import Trouble

UNPROCTORED = (
    "Unproctored: nobody watched this exam, books and the simulator were at hand, and its times are those of the "
    "learner's own clock."
)
GRACE = 60.0
"""Seconds after the end in which an answer still counts: clocks of browser and machine differ."""


def run_of(submission_learner: str, learner: str, assignment_id: str, repaired: Repaired) -> Run:
    """What is kept of a submitted exam: there is nothing to run."""
    return Run(assignment_id, submission_learner or learner, repaired.notebook, repaired.flags, Evidence())


def judged(done: Run, *, learner: str) -> Record:
    """The record of an exam. Raises Trouble where the keys are not here or a form is not whole."""
    name, given = done.lab, assignment.believed(done.notebook["metadata"].get(assignment.KEPT))
    found = _Judging(name, given, done.sat, terms(course(), learner, name).extra)
    questions = found.domains()
    right = sum(question.points for question in questions)
    of = sum(question.max_points for question in questions)
    outcomes = {question.outcome for question in questions}
    overall = "broken" if "broken" in outcomes else "not attempted" if outcomes == {"not attempted"} else "failed"
    return {
        "learner": learner,
        "lab": name,
        "points": right,
        "max_points": of,
        "outcome": "passed" if outcomes == {"passed"} else overall,
        "questions": [question.as_json() for question in questions],
        "flags": [*done.flags, *found.flags(learner)],
        "layers": [],
        "missing": [],
        "fault": "",
        "exam": found.told(Share(int(right), int(of))),
    }


def shown_to_learner(record: Record) -> Record:
    """A record without what tells the key of an item: of an exam, a learner is told domains and not items."""
    if "exam" not in record:
        return record
    told = {key: record["exam"][key] for key in ("says", "rows")}
    return {**record, "exam": told, "questions": [{**question, "checks": []} for question in record["questions"]]}


@cache
def keys(name: str) -> dict[str, tuple[kept_forms.Entry, tuple[Item, ...]]]:
    """By place of every form: its entry, and the item in all its variants."""
    exam, known = assignment.exam_of(name), {one.id: one for one in bank.load(bank.GRADED)}
    forms = kept_forms.read().get(exam, {})
    return {
        place: (entry, tuple(paper.variants(known[entry.item])))
        for form, entries in forms.items()
        for place, entry in kept_forms.placed(form, entries)
    }


class _Judging:
    """One submission against the keys."""

    def __init__(self, name: str, given: dict[str, Any], sat: str, extra: float) -> None:
        """`extra`: minutes that this learner has more than the others."""
        self.name, self.given, self.sat = name, given, sat
        self.form = assignment.form_of(sat, name)
        self.exam = assignment.exam_of(name)
        self.mine = {place: found for place, found in keys(name).items() if place.startswith(self.form)}
        if not self.mine:
            raise Trouble(f"{name} has no form {self.form}: fill it with `fargate-course bank forms`")
        self.answers: dict[str, dict[str, Any]] = given.get("answers", {})
        self.minutes = assignment.minutes(self.exam) + extra
        self.end = (given.get("begun") or 0.0) + 60.0 * self.minutes + GRACE

    def domains(self) -> list[QuestionVerdict]:
        titles = bank.blueprints()[self.exam]["domains"]
        return [
            self._domain(number, of, titles[number]["title"]) for number, of in assignment.points(self.exam).items()
        ]

    def _domain(self, number: int, of: int, title: str) -> QuestionVerdict:
        scored = [place for place, (entry, _) in self.mine.items() if entry.scored and entry.domain == number]
        checks = [self._check(place) for place in scored]
        right = sum(check.points for check in checks)
        tried = any(self._chosen(place) for place in scored)
        outcome: Outcome = "failed" if tried else "not attempted"
        reason = f"{right:g} of {of} items of this domain are right."
        if len(scored) < of:
            outcome, reason = "broken", f"Form {self.form} has {len(scored)} of its {of} items of this domain."
        elif right == of:
            outcome = "passed"
        return QuestionVerdict(f"domain-{number}", title, outcome, right, of, reason, checks)

    def _check(self, place: str) -> CheckVerdict:
        one, chosen = self.item(place), self._chosen(place)
        right = bool(chosen) and one.marked(chosen)
        says = f"{place} {one.id}, version {one.version}"
        outcome: Outcome = "passed" if right else "failed" if chosen else "not attempted"
        return CheckVerdict(place, says, outcome, float(right), 1, True, ", ".join(one.key), ", ".join(chosen))

    def item(self, place: str) -> Item:
        """In the learner's variant."""
        _, variants = self.mine[place]
        return variants[paper.variant_of(self.sat, place, len(variants))]

    def _chosen(self, place: str) -> tuple[str, ...]:
        """What was chosen in time."""
        entry = self.answers.get(place, {})
        return () if self._late(entry) else tuple(entry.get("answer", ()))

    def _late(self, entry: dict[str, Any]) -> bool:
        return bool(entry.get("answered")) and entry["answered"] > self.end

    def flags(self, learner: str) -> Iterator[dict[str, str]]:
        if not self.given:
            yield _flag("no answers", "The notebook holds no record of answers: it was not begun, or not saved.")
            return
        if self.sat != learner:
            yield _flag("variant of another learner", f"The form is that of {self.sat}, and was judged as that.")
        if self.given["form"] != self.form:
            yield _flag("other form", f"The answers say form {self.given['form']}, the learner's is {self.form}.")
        if late := [place for place, entry in self.answers.items() if self._late(entry)]:
            yield _flag("after the end", f"{len(late)} answers were given after the time was up and do not count.")
        if self.given["submitted"] is None:
            yield _flag("not submitted", "The exam was not submitted in its room; what was answered in time counts.")

    def told(self, share: Share) -> dict[str, Any]:
        """What goes beside the marks: the estimate, times, rows to read again, and every item for the statistics."""
        estimate, low, high = scaled(share)
        begun, ended = self.given.get("begun"), self.given.get("submitted")
        took = f" It took {(ended - begun) / 60:.0f} of {self.minutes:g} minutes." if begun and ended else ""
        line = f"Estimate {estimate}, between {low} and {high}, by a straight line: AWS publishes no table."
        says = f"{line}{took} {UNPROCTORED}"
        items = [self._told(place) for place in self.mine]
        missed = {row for place in self.mine for row in self.item(place).rows if not self._right(place)}
        return {
            "says": says,
            "form": self.form,
            "paper": self.given.get("paper", ""),
            "minutes": self.minutes,
            "begun": _iso(begun),
            "submitted": _iso(ended),
            "rows": [row for row in bank.curriculum() if row in missed],
            "items": items,
        }

    def _right(self, place: str) -> bool:
        return bool(self._chosen(place)) and self.item(place).marked(self._chosen(place))

    def _told(self, place: str) -> dict[str, Any]:
        entry, one = self.mine[place][0], self.item(place)
        seconds = self.answers.get(place, {}).get("seconds")
        told = {"place": place, "item": one.id, "version": one.version, "scored": entry.scored}
        return {**told, "chosen": list(self._chosen(place)), "right": self._right(place), "seconds": seconds}


def _iso(moment: float | None) -> str:
    return "" if moment is None else datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")


def _flag(what: str, says: str) -> dict[str, str]:
    return {"what": what, "cell": "", "says": says}
