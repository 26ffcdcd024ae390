"""Judging in a process that no learner's code enters: replay what was recorded, judge where each check stands.

The process is boxed in as well, since moto parses there what a hostile notebook may have sent. It gets one JSON line
and writes one line a question, so that a fault at one question loses none before it. Only JSON crosses, no pickle.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.checks.lab import Lab
from autograder.checks.verdict import QuestionVerdict, question_verdict
from autograder.run import evidence as ev
from autograder.run.budget import MIB, Budget
from autograder.run.engine import JUDGE, Engine, shared
from autograder.run.process import Boxed, Ended
from autograder.run.warm import Spent

BUDGET = Budget(total_seconds=180, memory=3072 * MIB)
"""For the judging process: a replay is quick, but its world may have been made large on purpose."""


@dataclass
class Judged:
    """What judging gave."""

    verdicts: dict[str, QuestionVerdict] = field(default_factory=dict)
    differing: int = 0
    """Replayed calls whose answers differ from the recorded ones."""
    left_out: tuple[str, ...] = ()
    """Services called that the lab does not replay."""
    fault: str = ""
    """Why judging ended before the last question; '' where it did not."""
    layers: tuple[str, ...] = ()
    """The names of the layers that the judging process was boxed in."""
    missing: tuple[str, ...] = ()
    spent: Spent = field(default_factory=Spent)
    """What judging used."""


def judge(
    lab: Lab,
    learner: str,
    transcript: Sequence[Mapping[str, Any]],
    marks: Mapping[str, str],
    *,
    engine: Engine | None = None,
) -> Judged:
    """Replay the transcript into this learner's world of the lab and judge every question.

    `marks`: for each question the id of its check cell. Its last check in that cell counts; where there is none, its
    last check anywhere; where there is none either, the world at the end is judged.
    """
    entries = with_marks(transcript, marks)
    used = {str(entry["service"]) for entry in entries if entry["kind"] == "call"}
    allowed = [e for e in entries if e["kind"] != "call" or e["service"] in lab.services]
    found = Judged(left_out=tuple(sorted(used - set(lab.services))))
    engine = engine or shared()
    order = {"lab": lab.id, "learner": learner, "entries": allowed, "budget": BUDGET.as_json()}
    with engine.boxed(JUDGE, BUDGET, lab.id) as process:
        try:
            process.send(order)
            _listen(process, engine, found)
        except Ended as why:
            found.fault = f"the judging process {why}"
    found.spent = process.spent
    return found


def _listen(process: Boxed, engine: Engine, found: Judged) -> None:
    for line in process.lines(time.monotonic() + BUDGET.total_seconds):
        message = ev.parse(line)
        if message["event"] == "ready":
            isolation = engine.isolated(message["missing"], process.no_group)
            found.layers, found.missing = isolation.active, isolation.missing
        elif message["event"] == "verdict":
            verdict = question_verdict(message["verdict"])
            found.verdicts[verdict.id] = verdict
        elif message["event"] == "fault":
            found.fault = message["says"]
        elif message["event"] == "end":
            found.differing = message["differing"]
            return


def with_marks(transcript: Sequence[Mapping[str, Any]], marks: Mapping[str, str]) -> list[dict[str, Any]]:
    """The transcript with exactly one check entry a question."""
    counting: dict[str, int] = {}
    in_cell: set[str] = set()
    for index, entry in enumerate(transcript):
        if entry["kind"] != "check" or entry["question"] not in marks:
            continue
        question = entry["question"]
        own = entry["cell"] == marks[question]
        if own or question not in in_cell:
            counting[question] = index
        if own:
            in_cell.add(question)
    kept = [dict(e) for i, e in enumerate(transcript) if e["kind"] != "check" or counting.get(e["question"]) == i]
    kept += [{"kind": "check", "question": q, "answers": {}, "cell": ""} for q in marks if q not in counting]
    return kept
