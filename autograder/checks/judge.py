"""Judging: run the checks of a question on copies of the world that the answer left behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from autograder.checks.check import Check, Miss, NotAttempted
from autograder.checks.lab import Lab, Question
from autograder.checks.verdict import CheckVerdict, Outcome, QuestionVerdict
from simcloud.cloud.looks import is_look

Copies = Callable[[], AbstractContextManager[Any]]

FOUND = "What passed held in the world that you found, so it gives no points until something else passes too."


@dataclass
class Judge:
    """Judges the questions of one lab in one world, and remembers from where a next attempt counts."""

    lab: Lab
    cloud: Any
    variant: Mapping[str, Any]
    hidden: bool = False
    """Run the hidden checks too."""
    since: int = 0
    """Position in the transcript after which a call counts as an attempt: the last question that passed, or begin."""
    passed: set[str] = field(default_factory=set)
    found: Copies | None = None
    """Makes copies of the world that the learner found; None where it is not kept, and then what held there counts."""

    def question(self, question_id: str, answers: Mapping[str, Any]) -> QuestionVerdict:
        """Judge one question. Raises Trouble where the lab has no such question; a check never raises out of here."""
        question = self.lab.question(question_id)
        missing = [name for name in question.needs if answers.get(name, ...) is ...]
        if missing:
            return self._not_attempted(question, _still_open(missing))
        verdict = self._judge(question, answers)
        if _visible_passed(verdict):
            self.passed.add(question.id)
            self.since = len(self.cloud.transcript)
        elif verdict.outcome in ("failed", "broken") and not question.needs and not self._worked():
            if verdict.outcome == "failed":
                return self._not_attempted(question, "No call that changes something has been made for it yet.")
            _without_points(verdict)
        if verdict.outcome in ("failed", "broken") and verdict.points and not self._earned(question, verdict, answers):
            _without_points(verdict)
            verdict.reason = f"{verdict.reason} {FOUND}"
        return verdict

    def _earned(self, question: Question, verdict: QuestionVerdict, answers: Mapping[str, Any]) -> bool:
        """Is anything that passed the learner's doing? Else any call at all would give points for what they found."""
        if question.needs or self.found is None:
            return True
        passed = {one.id for one in verdict.checks if one.outcome == "passed"}
        first = self._transcript_when_found()
        before: list[CheckVerdict] = []
        for check in self.lab.checks_of(question.id, hidden=self.hidden):
            if check.id in passed:
                before.append(self.try_check(check, answers, before, self.found, first))
                if before[-1].outcome != "passed":
                    return True
        return False

    def _transcript_when_found(self) -> list[Any]:
        begun = [place for place, entry in enumerate(self.cloud.transcript) if entry.get("kind") == "begin"]
        return list(self.cloud.transcript[: begun[-1] + 1 if begun else 0])

    def _judge(self, question: Question, answers: Mapping[str, Any]) -> QuestionVerdict:
        verdicts: list[CheckVerdict] = []
        copy = self.cloud.copies()
        for check in self.lab.checks_of(question.id, hidden=self.hidden):
            verdicts.append(self.try_check(check, answers, verdicts, copy))
        return QuestionVerdict(
            id=question.id,
            title=question.title,
            outcome=_outcome(verdicts),
            points=sum(verdict.points for verdict in verdicts),
            max_points=question.points,
            reason=_reason(verdicts),
            checks=verdicts,
            lesson=question.lesson,
        )

    def try_check(
        self,
        check: Check,
        answers: Mapping[str, Any],
        before: Sequence[CheckVerdict],
        copy: Copies | None = None,
        transcript: Sequence[Mapping[str, Any]] | None = None,
    ) -> CheckVerdict:
        """Run one check on a copy of the world. `before`: the verdicts of the question's checks before it. `copy`:
        makes the copy; None for one of the world as it is now. `transcript`: what was done by then; None for all."""
        verdict = blank(check)
        if check.after and not any(v.id == check.after and v.outcome == "passed" for v in before):
            verdict.hint = "It is judged once the check before it has passed."
            return verdict
        done = list(self.cloud.transcript if transcript is None else transcript)
        try:
            with (copy or self.cloud.copy)() as future:
                handed = {"cloud": future, "answers": answers, "variant": self.variant, "transcript": done}
                check.function(**check.parameters(**handed))
        except Miss as miss:
            verdict.outcome = "failed"
            verdict.expected, verdict.got, verdict.hint = miss.expected, miss.got, miss.hint
        except NotAttempted as reason:
            verdict.outcome, verdict.hint = "not attempted", str(reason)
        except Exception as fault:
            verdict.outcome, verdict.fault = "broken", f"{type(fault).__name__}: {fault}"[:500]
        else:
            verdict.outcome, verdict.points = "passed", check.points
        return verdict

    def _worked(self) -> bool:
        return any(changes_something(entry) for entry in self.cloud.transcript[self.since :])

    def _not_attempted(self, question: Question, reason: str) -> QuestionVerdict:
        checks = [blank(check) for check in self.lab.checks_of(question.id, hidden=self.hidden)]
        for check in checks:
            check.outcome = "not attempted"
        return QuestionVerdict(
            question.id, question.title, "not attempted", 0, question.points, reason, checks, question.lesson
        )


def blank(check: Check) -> CheckVerdict:
    """A verdict that says skipped, with no points, until the check has been run."""
    return CheckVerdict(check.id, check.sentence, "skipped", 0, check.points, check.hidden)


def _without_points(verdict: QuestionVerdict) -> None:
    """A broken check is no reason to give points for what the lab's own world passes."""
    verdict.points = 0
    for check in verdict.checks:
        check.points = 0


def changes_something(entry: Mapping[str, Any]) -> bool:
    """Is this transcript entry an accepted call of an operation that is not a mere look?"""
    if "error" in entry:
        return False
    if entry.get("kind") == "kubernetes":
        return entry.get("do") in ("apply", "delete")
    return entry.get("kind") == "call" and not is_look(str(entry.get("op", "")))


def _outcome(verdicts: Sequence[CheckVerdict]) -> Outcome:
    outcomes = [verdict.outcome for verdict in verdicts]
    if "broken" in outcomes:
        return "broken"
    if all(outcome == "passed" for outcome in outcomes):
        return "passed"
    attempted = any(outcome in ("passed", "failed") for outcome in outcomes)
    return "failed" if attempted else "not attempted"


def _visible_passed(verdict: QuestionVerdict) -> bool:
    return all(check.outcome == "passed" for check in verdict.checks if not check.hidden)


def _reason(verdicts: Sequence[CheckVerdict]) -> str:
    if any(verdict.outcome == "broken" for verdict in verdicts):
        return "A check of this question is broken. That is the course's fault; a person will look at it."
    waiting = [verdict.hint for verdict in verdicts if verdict.outcome == "not attempted"]
    if waiting and _outcome(verdicts) == "not attempted":
        return waiting[0]
    missed = sum(verdict.outcome != "passed" for verdict in verdicts)
    if not missed:
        return "Every check passed."
    return f"{len(verdicts) - missed} of {len(verdicts)} checks passed."


def _still_open(names: Sequence[str]) -> str:
    named = ", ".join(f"`{name}`" for name in names)
    return f"The answer {named} is still `...`." if len(names) == 1 else f"The answers {named} are still `...`."
