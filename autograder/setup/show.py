"""What the person at the terminal sees while the set-up works: one line a step, with its seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

WIDTH = 24
"""Characters of a full bar."""
HEARTBEAT = 20.0
"""Seconds between signs of life where the output is no terminal (a log file, CI)."""


class Show:
    """Prints steps to `out`. On a terminal the line of the step moves; elsewhere it is printed when the step ends."""

    def __init__(self, out: TextIO | None = None) -> None:
        self.out = out or sys.stdout
        self.moving = self.out.isatty()

    def say(self, line: str) -> None:
        """One whole line."""
        self.out.write(line + "\n")
        self.out.flush()

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """The block is one step; its line ends with the seconds that it took.

        One that fails leaves no line: another way is tried, or the trouble is told once, at the end.
        """
        step = Step(self, name)
        step.draw(None)
        try:
            yield step
        finally:
            if self.moving:
                self.draw("")
        self.say(f"  {name} ... {step.seconds:.0f} s")

    def draw(self, line: str) -> None:
        """Replace the moving line."""
        self.out.write(f"\r\x1b[2K{line}")
        self.out.flush()


class Step:
    """One step that is going on."""

    def __init__(self, show: Show, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.show, self.name, self.clock = show, name, clock
        self.began = self.last = clock()

    @property
    def seconds(self) -> float:
        return self.clock() - self.began

    def draw(self, done: float | None, said: str = "") -> None:
        """Show how far the step is: `done` from 0 to 1, or None where it cannot be told. `said`: words for the seconds'
        place."""
        bar = "" if done is None else f" [{'#' * round(WIDTH * done):{WIDTH}}]"
        line = f"  {self.name} ...{bar} {said or f'{self.seconds:.0f} s'}"
        if self.show.moving:
            self.show.draw(line)
        elif self.clock() - self.last > HEARTBEAT:
            self.last = self.clock()
            self.show.say(line)
