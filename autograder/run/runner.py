"""Run the code cells of a repaired notebook in a box, one by one, and keep what they did even where they crash."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from autograder.run import evidence as ev
from autograder.run.bench import Bench
from autograder.run.budget import Budget
from autograder.run.engine import LEARNER, Engine, shared
from autograder.run.evidence import CellRun, Evidence
from autograder.run.process import Boxed, Ended
from autograder.run.warm import START_SECONDS


def run(
    notebook: Mapping[str, Any],
    *,
    learner: str,
    lab: str = "",
    budget: Budget | None = None,
    engine: Engine | None = None,
    bench: Bench | None = None,
) -> Evidence:
    """Run the notebook as this learner. Never raises for what the learner's code does.

    `bench`: where the learner's world is being built, so that it is not built again. Raises Unisolated where the engine
    is strict and a layer is missing, RuntimeError where no process comes up.
    """
    engine, budget = engine or shared(), budget or Budget()
    found = Evidence()
    process = _ready(engine, budget, learner, lab, found)
    with process:
        _hand_over(bench, process)
        _Run(process, found, budget).cells([_order(cell, budget) for cell in notebook["cells"] if _is_code(cell)])
    found.spent = process.spent
    return found


def _hand_over(bench: Bench | None, process: Boxed) -> None:
    """Give the learner's process the world to begin in. Without it, it builds its own."""
    world = bench.world() if bench is not None else ""
    if bench is not None and world:
        with contextlib.suppress(Ended):  # then it ends at its first cell too, and is reported there
            process.send({"lab": bench.lab, "world": world})


def _ready(engine: Engine, budget: Budget, learner: str, lab: str, found: Evidence) -> Boxed:
    """A fork that has closed its box and says so. One that does not come up is tried again, once."""
    why = ""
    for _ in range(2):
        process = engine.boxed(LEARNER, budget, lab)
        try:
            process.send({"learner": learner, "budget": budget.as_json()})
            isolation = engine.isolated(until_ready(process), process.no_group)
            found.layers, found.missing = isolation.active, isolation.missing
        except Ended as ended:
            why = str(ended)
            process.close()
        except BaseException:
            process.close()
            raise
        else:
            return process
    raise RuntimeError(f"the sandbox did not start: the process {why}")


def until_ready(process: Boxed) -> dict[str, str]:
    """Which layers are missing, with reasons. None of the learner's code has run yet, so this is believed."""
    for line in process.lines(time.monotonic() + START_SECONDS):
        message = ev.parse(line)
        if message.get("event") == "ready":
            return dict(message["missing"])
        raise Ended(f"said {message.get('says')}")
    raise Ended("ended itself")


def _is_code(cell: Mapping[str, Any]) -> bool:
    return bool(cell["cell_type"] == "code")


@dataclass(frozen=True)
class _Order:
    """One cell to run, and how long it may take."""

    id: str
    source: str
    seconds: float


def _order(cell: Mapping[str, Any], budget: Budget) -> _Order:
    grading = cell.get("metadata", {}).get("nbgrader", {})
    setup = grading.get("locked") and not grading.get("grade")
    seconds = budget.setup_seconds if setup else budget.cell_seconds
    return _Order(str(cell["id"]), "".join(cell["source"]), seconds)


class _Run:
    """The conversation with one boxed process."""

    def __init__(self, process: Boxed, found: Evidence, budget: Budget) -> None:
        self.process, self.found, self.budget = process, found, budget
        self.advanced = 0.0
        """Simulated seconds that have been asked for."""
        self.heard = self.values = 0
        """Messages that came, and the values in the entries that were kept."""

    def cells(self, cells: list[_Order]) -> None:
        end = time.monotonic() + self.budget.total_seconds
        for order in cells:
            cell = CellRun(order.id)
            self.found.cells.append(cell)
            if time.monotonic() >= end:
                self.found.ended = "the notebook used up its time"
                return
            deadline = min(end, time.monotonic() + order.seconds + self.budget.grace_seconds)
            try:
                self.process.send({"source": order.source, "seconds": order.seconds})
                self._listen(cell, deadline)
            except Ended as why:
                cell.outcome = "timed out" if "time was over" in str(why) else "crashed"
                cell.error = f"the process {why}"
                self.found.ended = f"the cell `{order.id}` {_ending(cell.outcome)}"
                return

    def _listen(self, cell: CellRun, deadline: float) -> None:
        """Keep entries until the cell is done."""
        for line in self.process.lines(deadline):
            self.heard += 1
            if max(self.heard / self.budget.lines, self.values / self.budget.values) > 1:
                raise Ended("wrote more than it may")
            try:
                message = ev.parse(line)
                if message.get("event") == "done":
                    self._done(cell, message)
                    return
                if message.get("event") == "entry" and len(self.found.transcript) < self.budget.entries:
                    entry = ev.entry(message.get("entry"), cell.id)
                    self.found.transcript += [self._believed(entry)] if entry else []
                    self.values += ev.values(entry or {})
            except ev.Unbelievable:
                self.found.refused += 1
                if self.found.refused > self.budget.forged:
                    raise Ended("wrote too much that cannot be believed") from None

    def _believed(self, entry: dict[str, Any]) -> dict[str, Any]:
        """The entry, where time has not gone on for longer than any lab needs."""
        self.advanced += entry.get("seconds", 0)
        if self.advanced > ev.LONGEST_ADVANCE:
            raise ev.Unbelievable("time moved on for years")
        return entry

    def _done(self, cell: CellRun, message: dict[str, Any]) -> None:
        outcome = message.get("outcome")
        cell.outcome = outcome if outcome in ("ok", "error", "timed out") else "error"
        error = message.get("error")
        cell.error = error[:1000] if isinstance(error, str) else ""
        cell.outputs = ev.outputs(message.get("outputs"), self.budget)


def _ending(outcome: str) -> str:
    if outcome == "timed out":
        return "did not end in its time, so the run was stopped there"
    return "ended the process that runs the notebook"
