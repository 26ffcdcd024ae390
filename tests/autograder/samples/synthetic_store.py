"""A store in its real format, with made-up verdicts: runs, records and attempts that nobody handed in."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

from autograder.author.places import Course
from autograder.checks.judge import blank
from autograder.checks.lab import load
from autograder.checks.verdict import QuestionVerdict
from autograder.grade.attempts import Attempt, Attempts, Counted, hash_of
from autograder.grade.fingerprint import digest
from autograder.grade.run import Run
from autograder.grade.store import Store
from autograder.run.course import release
from autograder.run.evidence import Evidence

GOT = ("0 running tasks", "arn:aws:iam::123456789012:role/ferryline-execution", "i/o timeout", "nothing", "<b>bold</b>")


class SyntheticStore:
    """One cohort's store in the making."""

    def __init__(self, here: Course, seed: int = 0) -> None:
        self.here, self.store, self.attempts = here, Store(here), Attempts(here)
        self.random = random.Random(seed)

    def record(
        self, lab_id: str, learner: str, skill: float = 1.0, *, failing: str = "", got: str = ""
    ) -> dict[str, Any]:
        """What judging would have given: each question passes with this probability, but `failing` never does."""
        lab = load(lab_id)
        questions = [
            self._question(lab, question, -1 if question.id == failing else skill, got) for question in lab.questions
        ]
        points = sum(question.points for question in questions)
        whole = points == lab.max_points
        return {
            "learner": learner, "lab": lab_id, "points": points, "max_points": lab.max_points,
            "outcome": "passed" if whole else "failed", "questions": [one.as_json() for one in questions],
            "flags": [], "layers": ["network", "files"], "missing": [], "fault": "", "late_penalty": 0.0,
        }  # fmt: skip

    def _question(self, lab: Any, question: Any, skill: float, got: str) -> QuestionVerdict:
        checks = [blank(check) for check in lab.checks_of(question.id, hidden=True)]
        fails = None if self.random.random() < skill else self.random.randrange(len(checks)) if skill >= 0 else 0
        for number, check in enumerate(checks):
            check.outcome = "passed" if fails is None or number < fails else "failed" if number == fails else "skipped"
            check.points = check.max_points if check.outcome == "passed" else 0
            if check.outcome == "failed":
                check.expected, check.got = "what is expected", got or self.random.choice(GOT)
                check.hint = "read the service's events, newest first: they say why a task did not start"
        points = sum(check.points for check in checks)
        outcome, reason = ("passed", "") if fails is None else ("failed", "One check did not pass.")
        return QuestionVerdict(
            question.id, question.title, outcome, points, question.points, reason, checks, question.lesson
        )  # fmt: skip

    def run(self, lab: str, learner: str, name: str) -> dict[str, Any]:
        """A run of one call with choices of one's own, and of one answer."""
        call = {
            "kind": "call", "service": "ecs", "op": "CreateCluster", "region": "us-east-1", "t": 0.0, "key": "",
            "params": {"clusterName": name, "tags": [{"key": "team", "value": f"otter-{name}"}]}, "cell": "",
            "response": {"clusterArn": f"arn:aws:ecs:us-east-1:123456789012:cluster/{name}"},
        }  # fmt: skip
        answer = {"kind": "check", "question": "count-them", "answers": {"count": len(name)}, "cell": ""}
        return Run(lab, learner, release(self.here, lab), [], Evidence(transcript=[call, answer])).as_json()

    def keep(
        self, learner: str, lab: str, run: dict[str, Any] | Path, record: dict[str, Any], versions: int = 1
    ) -> str:
        """Lay one learner's lab into the store, as grading does; the key of the run, of which a file is linked."""
        key = digest("run", learner, lab)
        if isinstance(run, Path):
            file = self.store._file("runs", key)
            file.parent.mkdir(parents=True, exist_ok=True)
            os.link(run, file)
        else:
            self.store.keep_run(key, run)
        self.store.keep_record(digest("verdict", key), record)
        contents = [f"{learner} {lab} {number}".encode() for number in range(versions)]
        for number, content in enumerate(contents):
            when = f"2026-11-{20 + number:02}T12:00:00+00:00"
            self.attempts.add(learner, lab, content, Attempt(hash_of(content), when, f"{lab}.ipynb"))
        self.attempts.ran(learner, lab, hash_of(contents[-1]), key)
        self.attempts.count(learner, lab, Counted(hash_of(contents[-1]), digest("verdict", key)))
        return key
