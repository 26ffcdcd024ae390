"""The fork in the box that a learner's cells run in. Nothing that it says is believed (see `evidence`).

It reads one JSON line that says who sits at the desk and within what limits, closes the box, then reads one line a
cell, before them perhaps one with the world that the judging side has built, and writes one line for each transcript
entry and each finished cell. What a cell prints goes into the cell's
outputs, what a cell's child process prints goes nowhere.
"""

from __future__ import annotations

import base64
import contextlib
import io
import json
import os
import signal
from collections.abc import Callable, Iterator, Mapping
from types import FrameType
from typing import Any, BinaryIO

from autograder.run.budget import Budget

Send = Callable[[dict[str, Any]], None]
Close = Callable[[Budget], dict[str, str]]
"""Closes the box around this process; which layers are missing, and why."""


class CellTimeout(KeyboardInterrupt):
    """The cell has used up its wall time."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class Kept(io.TextIOBase):
    """A stream that keeps the first characters written to it and drops the rest."""

    def __init__(self, name: str, outputs: list[dict[str, Any]], room: int) -> None:
        super().__init__()
        self._name, self._outputs, self._room = name, outputs, room

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        kept, self._room = text[: self._room], max(0, self._room - len(text))
        last = self._outputs[-1] if self._outputs else {}
        if kept and last.get("output_type") == "stream" and last.get("name") == self._name:
            last["text"] += kept
        elif kept:
            self._outputs.append({"output_type": "stream", "name": self._name, "text": kept})
        return len(text)


class Runner:
    """An IPython shell without a kernel, that runs cells and keeps their outputs."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.outputs: list[dict[str, Any]] = []
        self.shell = shell()
        self.shell.display_pub.publish = self._publish
        self.shell.displayhook.write_output_prompt = lambda: None
        self.shell.displayhook.write_format_data = self._result
        self.shell._showtraceback = self._error

    def run(self, source: str, seconds: float) -> dict[str, Any]:
        """Run one cell: its outcome, the error that ended it, and its outputs."""
        self.outputs = []
        signal.setitimer(signal.ITIMER_REAL, seconds, 1)
        try:
            with self._streams():
                result = self.shell.run_cell(source, store_history=True)
            error = result.error_before_exec or result.error_in_exec
        except CellTimeout as late:
            error = late
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        outcome = "ok" if error is None else "timed out" if isinstance(error, CellTimeout) else "error"
        said = "" if error is None else f"{type(error).__name__}: {error}"[:1000]
        return {"outcome": outcome, "error": said, "outputs": self.outputs}

    @contextlib.contextmanager
    def _streams(self) -> Iterator[None]:
        out, err = (Kept(name, self.outputs, self.budget.output) for name in ("stdout", "stderr"))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            yield

    def _publish(self, data: dict[str, Any], metadata: object = None, **_: object) -> None:
        self._keep("display_data", data)

    def _result(self, data: dict[str, Any], metadata: object = None) -> None:
        self._keep("execute_result", data)

    def _keep(self, kind: str, data: dict[str, Any]) -> None:
        plain = {name: text for name, text in data.items() if isinstance(text, str)}
        self.outputs.append({"output_type": kind, "data": plain, "metadata": {}})

    def _error(self, kind: type[BaseException], error: BaseException, lines: list[str]) -> None:
        self.outputs.append(
            {"output_type": "error", "ename": kind.__name__, "evalue": str(error), "traceback": list(lines)[:60]}
        )


def shell() -> Any:
    """IPython's shell, made and used once in the warm process: its first cell imports much."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    if InteractiveShell.initialized():
        return InteractiveShell.instance()
    settings = Config()
    settings.HistoryManager.enabled = False
    settings.InteractiveShell.colors = "nocolor"
    settings.InteractiveShell.ast_node_interactivity = "last_expr"
    made: Any = InteractiveShell.instance(config=settings)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for source in ("1", "1 / 0", "%pwd"):
            made.run_cell(source, store_history=False)
    made.reset()
    made.execution_count = 1
    return made


def serve(orders: BinaryIO, answers: BinaryIO, close: Close) -> None:
    """Box in, sit the learner down when they begin, and run what comes."""

    def send(message: dict[str, Any]) -> None:
        answers.write(json.dumps(message, default=str).encode() + b"\n")
        answers.flush()

    try:
        first = json.loads(orders.readline())
        runner = Runner(Budget(**first["budget"]))
        worlds: dict[str, bytes] = {}
        _record_at_the_door(first["learner"], worlds, send)
        missing = close(runner.budget)
        signal.signal(signal.SIGALRM, _late)
    except Exception as fault:
        send({"event": "failed", "says": f"{type(fault).__name__}: {fault}"})
        return
    send({"event": "ready", "missing": missing})
    for line in orders:
        order = json.loads(line)
        if "world" in order:
            worlds[order["lab"]] = base64.b64decode(order["world"])
        else:
            send({"event": "done", **runner.run(**order)})
    os._exit(0)  # whatever threads the learner left do not keep the grader waiting


def _record_at_the_door(learner: str, worlds: Mapping[str, bytes], send: Send) -> None:
    """Let `autograder.lab` seat this learner, only record, and send every entry from the learner's first on."""
    from autograder import lab
    from autograder.checks.sitting import Sitting

    def begun(sitting: Sitting) -> None:
        send({"event": "entry", "entry": {"kind": "begin", "lab": sitting.lab.id}})
        sitting.cloud.on_record.append(lambda entry: send({"event": "entry", "entry": entry}))

    lab.DOOR.recorder = lab.Recorder(learner, begun, worlds)


def _late(_signal: int, _frame: FrameType | None) -> None:
    raise CellTimeout("the cell ran longer than its time")
