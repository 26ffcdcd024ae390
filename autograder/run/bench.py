"""The bench: a judging process that has built a learner's world and waits for what the learner does in it.

So the world is built once: its bytes go from here to the learner's process, which begins in them. Nothing comes back
but the transcript, once the learner's process is gone.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from autograder.run import evidence as ev
from autograder.run.budget import MIB, Budget
from autograder.run.layers import Isolation
from autograder.run.process import Boxed, Ended
from autograder.run.warm import Spent

if TYPE_CHECKING:
    from autograder.run.engine import Engine

BUDGET = Budget(total_seconds=180, memory=3072 * MIB)
"""For the judging process: a replay is quick, but its world may have been made large on purpose."""


class Bench:
    """One judging process. `tell`: it is to tell the world that it has built."""

    def __init__(self, engine: Engine, lab: str, learner: str, *, tell: bool = True) -> None:
        self.lab, self.learner = lab, learner
        self.isolation = Isolation((), {})
        self._engine, self._closed = engine, False
        self._process: Boxed = engine.boxed("judge", BUDGET, lab)
        self._until = time.monotonic() + BUDGET.total_seconds
        self._told: list[dict[str, Any]] = []
        """What was said where the world was expected: it is judged by what is said later."""
        with contextlib.suppress(Ended):  # it is heard of when it is listened to
            self._process.send({"lab": lab, "learner": learner, "budget": BUDGET.as_json(), "tell": tell})

    def world(self) -> str:
        """The learner's world, in base64; '' where it cannot be told. Raises Unisolated."""
        try:
            for message in self._messages():
                if message["event"] == "world":
                    return str(message["world"])
                self._told.append(message)
                if message["event"] == "end":
                    break
        except Ended:
            pass
        return ""

    def judged(self, entries: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """Hand over what was done; what is said of it: verdicts, faults and the end. Raises Ended, Unisolated."""
        self._until = time.monotonic() + BUDGET.total_seconds
        if self._told and self._told[-1]["event"] == "end":
            yield from self._told
            return
        self._process.send({"entries": list(entries)})
        yield from self._messages()

    def _messages(self) -> Iterator[dict[str, Any]]:
        for line in self._process.lines(self._until):
            message = ev.parse(line)
            if message["event"] == "ready":
                self.isolation = self._engine.isolated(message["missing"], self._process.no_group)
            else:
                yield message

    @property
    def spent(self) -> Spent:
        """What it used, once it is closed."""
        return self._process.spent

    def close(self) -> None:
        """End it. A second time does nothing."""
        if not self._closed:
            self._closed = True
            self._process.close()

    def __enter__(self) -> Bench:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
