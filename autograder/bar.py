"""Long work that shows how far it is: `with Bar("Grading", 40) as bar:`, and `bar.step(...)` after each of the forty.

In a terminal one line moves, and ends with the seconds that it took; in a notebook it is a bar of ipywidgets; anywhere
else (a log, a pipe) there is no bar, and each step is the line that it says.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Protocol, TextIO

from autograder.setup.show import Show, Step

SOON = 3.0
"""Seconds from which on it is told how many are left."""


class Face(Protocol):
    """Where a bar is shown."""

    def draw(self, done: int, of: int, left: str) -> None:
        """So much is done."""

    def say(self, line: str) -> None:
        """A line that stays."""

    def end(self, done: int, of: int, seconds: float) -> None:
        """It is over, whole or not."""


class Bar:
    """So many steps, of which each is told when it is done."""

    def __init__(
        self, name: str, of: int, out: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`out`: stderr unless another is named; a notebook has its own."""
        self.of, self.done, self._clock = of, 0, clock
        self._face = _face(name, of, out)
        self._began = clock()

    def __enter__(self) -> Bar:
        self._face.draw(0, self.of, "")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._face.end(self.done, self.of, self._clock() - self._began)

    def step(self, line: str = "", *, keep: bool = False) -> None:
        """One more is done; `line` says which, as `note` has it."""
        self.done += 1
        if line:
            self.note(line, keep=keep)
        self._face.draw(self.done, self.of, self._left())

    def note(self, line: str, *, keep: bool = False) -> None:
        """A line about the work: beside a bar shown only where somebody must read it, `keep`; without one, always."""
        if keep or isinstance(self._face, Plain):
            self._face.say(readable(line))

    def say(self, line: str) -> None:
        """A line that stays, whatever the bar does."""
        self.note(line, keep=True)

    def _left(self) -> str:
        """At the pace so far; '' while there is none."""
        spent = self._clock() - self._began
        left = spent / self.done * (self.of - self.done)
        return f"about {left:.0f} s left" if spent > SOON and left >= 1 else ""


def readable(line: str) -> str:
    """A line that moves no cursor, whatever is in it."""
    return "".join(sign if sign.isprintable() else "?" for sign in line)


def _face(name: str, of: int, out: TextIO | None) -> Face:
    if out is None and _in_a_notebook():
        return Notebook(name, of)
    stream = out or sys.stderr
    return Terminal(name, stream) if stream.isatty() else Plain(stream)


def _in_a_notebook() -> bool:
    """Is this process a kernel?"""
    if "ipykernel" not in sys.modules:
        return False
    from IPython.core.getipython import get_ipython

    return getattr(get_ipython(), "kernel", None) is not None


class Plain:
    """No bar: lines."""

    def __init__(self, out: TextIO) -> None:
        self._show = Show(out)

    def draw(self, done: int, of: int, left: str) -> None:
        """Nothing: a log has no use for it."""

    def say(self, line: str) -> None:
        self._show.say(line)

    def end(self, done: int, of: int, seconds: float) -> None:
        """Nothing: who called says what came of it."""


class Terminal:
    """One line that moves, as the set-up has it."""

    def __init__(self, name: str, out: TextIO) -> None:
        self._name, self._show = name, Show(out)
        self._step = Step(self._show, name)
        self._last: tuple[int, int, str] = (0, 0, "")

    def draw(self, done: int, of: int, left: str) -> None:
        self._last = done, of, left
        said = ", ".join(filter(None, (f"{done} of {of}", left)))
        self._step.draw(done / of if of else 1.0, said)

    def say(self, line: str) -> None:
        self._show.draw("")
        self._show.say(line)
        self.draw(*self._last)

    def end(self, done: int, of: int, seconds: float) -> None:
        self._show.draw("")
        self._show.say(f"  {self._name} ... {done} of {of}, {seconds:.0f} s")


class Notebook:
    """A bar of ipywidgets, with what it says beside it; lines that stay stand below."""

    def __init__(self, name: str, of: int) -> None:
        import ipywidgets
        from IPython.display import display

        self.bar = ipywidgets.IntProgress(
            value=0, max=max(of, 1), description=name, style={"description_width": "auto"}
        )
        self.said = ipywidgets.Label()
        self.lines = ipywidgets.VBox()
        self.box: Any = ipywidgets.VBox([ipywidgets.HBox([self.bar, self.said]), self.lines])
        display(self.box)  # type: ignore[no-untyped-call]

    def draw(self, done: int, of: int, left: str) -> None:
        self.bar.value = done
        self.said.value = ", ".join(filter(None, (f"{done} of {of}", left)))

    def say(self, line: str) -> None:
        import ipywidgets

        self.lines.children = (*self.lines.children, ipywidgets.Label(line))

    def end(self, done: int, of: int, seconds: float) -> None:
        self.bar.bar_style = "success" if done >= of else "danger"
        self.said.value = f"{done} of {of}, {seconds:.0f} s"
