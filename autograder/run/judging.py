"""Judging in a process that no learner's code enters: replay what was recorded, judge where each check stands.

The process is boxed in as well, since moto parses there what a hostile notebook may have sent. It gets one JSON line
and writes one line a question, so that a fault at one question loses none before it. Only JSON crosses, no pickle.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.checks.lab import Lab
from autograder.checks.verdict import QuestionVerdict, question_verdict
from autograder.run.bench import Bench
from autograder.run.engine import Engine, shared
from autograder.run.process import Ended
from autograder.run.warm import Spent


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
    bench: Bench | None = None,
) -> Judged:
    """Replay the transcript into this learner's world of the lab and judge every question.

    `marks`: for each question the id of its check cell. Its last check in that cell counts; where there is none, its
    last check anywhere; where there is none either, the world at the end is judged. `bench`: the judging process that
    has built this world already; it is closed afterwards.
    """
    entries = with_marks(transcript, marks)
    used = {str(entry["service"]) for entry in entries if entry["kind"] == "call"}
    allowed = [e for e in entries if e["kind"] != "call" or e["service"] in lab.services]
    found = Judged(left_out=tuple(sorted(used - set(lab.services))))
    with bench or Bench(engine or shared(), lab.id, learner, tell=False) as process:
        try:
            _listen(process.judged(allowed), found)
        except Ended as why:
            found.fault = f"the judging process {why}"
    found.layers, found.missing = process.isolation.active, process.isolation.missing
    found.spent = process.spent
    return found


def _listen(messages: Iterable[dict[str, Any]], found: Judged) -> None:
    for message in messages:
        if message["event"] == "verdict":
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
