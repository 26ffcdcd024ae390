"""One run of a submission, as it is kept: judged again later, no notebook needs to run."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from autograder.run.evidence import CellRun, Evidence

TUPLES = ("layers", "missing")


@dataclass(frozen=True)
class Run:
    """What running one submission left."""

    lab: str
    sat: str
    """Whose world it was done in, which is the world that it is judged in."""
    notebook: dict[str, Any]
    """The submission laid over the release, without outputs."""
    flags: list[dict[str, str]]
    """What was repaired."""
    evidence: Evidence
    spent: dict[str, Any] = field(default_factory=dict)
    """What the run used: cpu_seconds, wall_seconds, peak_bytes; {} where it was not measured."""

    def as_json(self) -> dict[str, Any]:
        """All of it as JSON, by reference: a transcript is long, and copying it took longer than writing it."""
        evidence = {**vars(self.evidence), "cells": [vars(cell) for cell in self.evidence.cells]}
        del evidence["spent"]
        return {**vars(self), "evidence": evidence}


def run_of(data: dict[str, Any]) -> Run:
    """A run from what `as_json` gave. Raises KeyError, TypeError or ValueError where it is something else."""
    known = {one.name for one in fields(Evidence)}
    found = {name: value for name, value in data["evidence"].items() if name in known}
    found["cells"] = [CellRun(**cell) for cell in found["cells"]]
    found |= {name: tuple(found[name]) for name in TUPLES}
    return Run(**{**data, "evidence": Evidence(**found)})
