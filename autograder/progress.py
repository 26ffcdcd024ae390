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
            if verdict.outcome != "passed":
                entry["missed"] = state.moment()
        entry["outcome"] = verdict.outcome
        entry["passed"] = bool(entry.get("passed")) or verdict.outcome == "passed"


def next_hint(lab_id: str, question_id: str, of: int) -> int:
    """The number of the next hint to show, from 0; the last one again once all were shown."""
    with state.change() as kept:
        entry = _question(kept, lab_id, question_id)
        number = min(int(entry.get("hints", 0)), of - 1)
        entry |= {"hints": number + 1, "missed": state.moment()}
    return number


def question(lab_id: str, question_id: str) -> Mapping[str, Any]:
    """What is kept of a question: attempts, hints, outcome, passed, gave_up."""
    entry: Mapping[str, Any] = state.read()["labs"].get(lab_id, {}).get("questions", {}).get(question_id, {})
    return entry


def keep_grade(record: Mapping[str, Any]) -> None:
    """Keep the mark of a graded submission, and the best one so far."""
    with state.change() as kept:
        lab = kept["labs"].setdefault(record["lab"], {})
        lab["grade"] = {name: record[name] for name in ("points", "max_points", "outcome")}
        lab["graded"] = state.moment()
        lab["best"] = max(float(lab.get("best", 0)), float(record["points"]))


def is_open(lab_id: str, question_id: str) -> bool:
    """Was the question ever passed, or its solution opened, before a reset too?"""
    kept = state.read()["labs"].get(lab_id, {})
    entries = [rounds.get(question_id, {}) for rounds in (kept.get("questions", {}), *kept.get("earlier", ()))]
    return any(entry.get("passed") or entry.get("gave_up") for entry in entries)


def open_solution(lab_id: str, question_id: str) -> None:
    """The solution was shown. Where the question has not been passed, that is giving up, and stays written down."""
    if is_open(lab_id, question_id):
        return
    with state.change() as kept:
        _question(kept, lab_id, question_id)["gave_up"] = True


def put_aside(lab_id: str) -> None:
    """Begin a new round: attempts and hints count from nothing, and what was reached before is kept as `earlier`."""
    with state.change() as kept:
        lab = kept["labs"].get(lab_id, {})
        if asked := lab.pop("questions", None):
            lab.setdefault("earlier", []).append(asked)


def lines() -> list[str]:
    """Progress in labs, one line a lab."""
    found = []
    for lab_id, lab in sorted(state.read()["labs"].items()):
        asked = lab.get("questions", {})
        done = sum(bool(entry.get("passed")) for entry in asked.values())
        line = f"{lab_id}: {done} question{'' if done == 1 else 's'} passed in the notebook"
        if opened := sum(bool(entry.get("gave_up")) for entry in asked.values()):
            line += f", {opened} given up"
        if before := lab.get("earlier"):
            best = max(sum(bool(entry.get("passed")) for entry in entries.values()) for entries in before)
            line += f" (before a reset: {best})"
        if "grade" in lab:
            line += f"; last submission {points(lab['grade']['points'])} of {points(lab['grade']['max_points'])} points"
        found.append(line)
    return found or ["No lab has been begun yet."]


def _question(kept: state.State, lab_id: str, question_id: str) -> dict[str, Any]:
    entry: dict[str, Any] = kept["labs"].setdefault(lab_id, {}).setdefault("questions", {}).setdefault(question_id, {})
    return entry
