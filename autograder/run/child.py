"""The process in the box that a learner's cells run in. Nothing that it says is believed (see `evidence`).

It reads one JSON line that says who sits at the desk and within what limits, then one line a cell, and writes one
line for each transcript entry and each finished cell. Its real stdin and stdout are moved away first: what a cell
prints goes into the cell's outputs, what a cell's child process prints goes nowhere.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, BinaryIO

from autograder.run.budget import Budget, set_limits

Send = Callable[[dict[str, Any]], None]


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
        from IPython.core.interactiveshell import InteractiveShell
        from traitlets.config import Config

        self.budget = budget
        self.outputs: list[dict[str, Any]] = []
        settings = Config()
        settings.HistoryManager.enabled = False
        settings.InteractiveShell.colors = "nocolor"
        settings.InteractiveShell.ast_node_interactivity = "last_expr"
        shell: Any = InteractiveShell.instance(config=settings)
        self.shell = shell
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


def main() -> None:
    """Take the real streams away, box in, sit the learner down when they begin, and run what comes."""
    orders, answers = _private_streams()

    def send(message: dict[str, Any]) -> None:
        answers.write(json.dumps(message, default=str).encode() + b"\n")
        answers.flush()

    try:
        runner = _started(json.loads(orders.readline()), send)
    except Exception as fault:
        send({"event": "failed", "says": f"{type(fault).__name__}: {fault}"})
        return
    send({"event": "ready"})
    for line in orders:
        send({"event": "done", **runner.run(**json.loads(line))})
    os._exit(0)  # whatever threads the learner left do not keep the grader waiting


def _started(first: dict[str, Any], send: Send) -> Runner:
    """A runner in which no learner's code has run yet, with privileges and limits already as they stay."""
    budget = Budget(**first["budget"])
    _prepare(first)
    runner = Runner(budget)
    _record_at_the_door(first["learner"], send)
    _become(first["user"])
    set_limits(budget)
    signal.signal(signal.SIGALRM, _late)
    return runner


def _private_streams() -> tuple[BinaryIO, BinaryIO]:
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    return orders, answers


def _prepare(first: dict[str, Any]) -> None:
    """Find labs where the grader finds them, and import what is slow before the clock of the first cell runs."""
    import boto3  # noqa: F401

    from autograder.checks import places
    from simcloud import Cloud  # noqa: F401

    for place in first["places"]:
        places.add(places.Place(**place))


def _record_at_the_door(learner: str, send: Send) -> None:
    """Let `autograder.lab` seat this learner, only record, and send every entry from the learner's first on."""
    from autograder import lab
    from autograder.checks.sitting import Sitting

    def begun(sitting: Sitting) -> None:
        send({"event": "entry", "entry": {"kind": "begin", "lab": sitting.lab.id}})
        sitting.cloud.on_record.append(lambda entry: send({"event": "entry", "entry": entry}))

    lab.DOOR.recorder = lab.Recorder(learner, begun)


def _become(user: int | None) -> None:
    """Give up root for a user id that no other submission has."""
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)


def _late(_signal: int, _frame: FrameType | None) -> None:
    raise CellTimeout("the cell ran longer than its time")


if __name__ == "__main__":
    main()
