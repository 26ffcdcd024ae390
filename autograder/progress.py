"""What a learner has done in labs, kept in the state file under `labs`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder import state
from autograder.checks.drawing import points
from autograder.checks.verdict import QuestionVerdict


def keep_verdict(lab_id: str, verdict: QuestionVerdict) -> None:
    """Count the attempt and keep the outcome of a question."""
    with state.change() as kept:
        entry = _question(kept, lab_id, verdict.id)
        if verdict.outcome != "not attempted":
            entry["attempts"] = int(entry.get("attempts", 0)) + 1
        entry["outcome"] = verdict.outcome
        entry["passed"] = bool(entry.get("passed")) or verdict.outcome == "passed"


def next_hint(lab_id: str, question_id: str, of: int) -> int:
    """The number of the next hint to show, from 0; the last one again once all were shown."""
    with state.change() as kept:
        entry = _question(kept, lab_id, question_id)
        number = min(int(entry.get("hints", 0)), of - 1)
        entry["hints"] = number + 1
    return number


def question(lab_id: str, question_id: str) -> Mapping[str, Any]:
    """What is kept of a question: attempts, hints, outcome, passed."""
    entry: Mapping[str, Any] = state.read()["labs"].get(lab_id, {}).get("questions", {}).get(question_id, {})
    return entry


def keep_grade(record: Mapping[str, Any]) -> None:
    """Keep the mark of a graded submission, and the best one so far."""
    with state.change() as kept:
        lab = kept["labs"].setdefault(record["lab"], {})
        lab["grade"] = {name: record[name] for name in ("points", "max_points", "outcome")}
        lab["best"] = max(float(lab.get("best", 0)), float(record["points"]))


def forget(lab_id: str) -> None:
    """Forget the attempts and hints of a lab; a mark stays."""
    with state.change() as kept:
        kept["labs"].get(lab_id, {}).pop("questions", None)


def lines() -> list[str]:
    """Progress in labs, one line a lab."""
    found = []
    for lab_id, lab in sorted(state.read()["labs"].items()):
        asked = lab.get("questions", {})
        done = sum(bool(entry.get("passed")) for entry in asked.values())
        line = f"{lab_id}: {done} question{'' if done == 1 else 's'} passed in the notebook"
        if "grade" in lab:
            line += f"; last submission {points(lab['grade']['points'])} of {points(lab['grade']['max_points'])} points"
        found.append(line)
    return found or ["No lab has been begun yet."]


def _question(kept: state.State, lab_id: str, question_id: str) -> dict[str, Any]:
    entry: dict[str, Any] = kept["labs"].setdefault(lab_id, {}).setdefault("questions", {}).setdefault(question_id, {})
    return entry
