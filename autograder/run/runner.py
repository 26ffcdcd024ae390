"""Run the code cells of a repaired notebook in a box, one by one, and keep what they did even where they crash."""

from __future__ import annotations

import itertools
import time
from dataclasses import asdict, dataclass
from typing import Any

from autograder.checks import places
from autograder.run import evidence as ev
from autograder.run.budget import Budget
from autograder.run.evidence import CellRun, Evidence
from autograder.run.process import Boxed, Ended
from autograder.run.sandbox import box

START_SECONDS = 60
"""Wall seconds for the process to come up; importing takes long on a busy machine, and is not the learner's fault."""

_numbers = itertools.count()


def run(notebook: dict[str, Any], *, learner: str, budget: Budget | None = None) -> Evidence:
    """Run the notebook as this learner. Never raises for what the learner's code does."""
    budget = budget or Budget()
    cells = [_order(cell, budget) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    prepared = box("autograder.run.child", see_hidden=False, number=next(_numbers))
    found = Evidence(layers=prepared.layers, missing=prepared.missing)
    with Boxed(prepared, budget) as process:
        run = _Run(process, found, budget)
        try:
            process.send(
                {
                    "learner": learner,
                    "budget": budget.as_json(),
                    "user": prepared.user,
                    "places": [asdict(place) for place in places.PLACES],
                }
            )
            run.until_ready()
        except Ended as why:
            raise RuntimeError(f"the sandbox did not start: the process {why} (layers: {prepared.layers})") from None
        run.cells(cells)
    return found


@dataclass(frozen=True)
class _Order:
    """One cell to run, and how long it may take."""

    id: str
    source: str
    seconds: float


def _order(cell: dict[str, Any], budget: Budget) -> _Order:
    grading = cell.get("metadata", {}).get("nbgrader", {})
    setup = grading.get("locked") and not grading.get("grade")
    seconds = budget.setup_seconds if setup else budget.cell_seconds
    return _Order(str(cell["id"]), "".join(cell["source"]), seconds)


class _Run:
    """The conversation with one boxed process."""

    def __init__(self, process: Boxed, found: Evidence, budget: Budget) -> None:
        self.process, self.found, self.budget = process, found, budget

    def until_ready(self) -> None:
        for line in self.process.lines(time.monotonic() + START_SECONDS):
            message = ev.parse(line)
            if message.get("event") == "ready":
                return
            raise Ended(f"said {message.get('says')}")

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
            try:
                message = ev.parse(line)
                if message.get("event") == "done":
                    self._done(cell, message)
                    return
                if message.get("event") == "entry" and len(self.found.transcript) < self.budget.entries:
                    entry = ev.entry(message.get("entry"), cell.id)
                    self.found.transcript += [entry] if entry else []
            except ev.Unbelievable:
                self.found.refused += 1

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
