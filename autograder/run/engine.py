"""The engine: two warm processes, whose forks run submissions and judge them, each in a box of its own.

    with Engine() as engine:
        evidence = engine.run(notebook, learner="ada", lab="03-private-pull")
        judged = engine.judge(lab, "ada", evidence.transcript, marks)

One engine serves any number of threads; each call is a fork. The learner's side and the judging side are two processes,
since only the second has the hidden checks in its memory and on its disk.
"""

from __future__ import annotations

import atexit
import functools
import os
import threading
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from autograder.run import layers
from autograder.run.budget import Budget
from autograder.run.layers import Isolation
from autograder.run.process import Boxed
from autograder.run.warm import Died, Warm
from autograder.trouble import Trouble

if TYPE_CHECKING:
    from autograder.checks.lab import Lab
    from autograder.run.bench import Bench
    from autograder.run.evidence import Evidence
    from autograder.run.judging import Judged

LEARNER, JUDGE = "learner", "judge"


class Unisolated(Trouble):
    """Strict mode: a layer of isolation is missing, so nothing is run."""


class Engine:
    """Runs and judges submissions. `without`: layers that are left off, for tests that need an attack to succeed."""

    def __init__(self, *, without: Collection[str] = (), strict: bool = False) -> None:
        unknown = set(without) - set(layers.ALL)
        if unknown:
            raise ValueError(f"no layer is called {', '.join(sorted(unknown))}; the layers: {', '.join(layers.ALL)}")
        self.without, self.strict = frozenset(without), strict
        self._warm = {role: Warm(role, self.without) for role in (LEARNER, JUDGE)}

    def start(self, lab: str = "") -> None:
        """Start both warm processes side by side, warm both up for this lab, and do not wait for them."""
        for warm in self._warm.values():
            warm.begin(lab)

    def run(
        self,
        notebook: Mapping[str, Any],
        *,
        learner: str,
        lab: str = "",
        budget: Budget | None = None,
        bench: Bench | None = None,
    ) -> Evidence:
        """Run a repaired notebook as this learner. Never raises for what the learner's code does.

        `lab`: its lab, for which the process is warmed up. `bench`: where its world is built. Raises Unisolated in
        strict mode.
        """
        from autograder.run.runner import run

        return run(notebook, learner=learner, lab=lab, budget=budget, engine=self, bench=bench)

    def judge(
        self,
        lab: Lab,
        learner: str,
        transcript: Sequence[Mapping[str, Any]],
        marks: Mapping[str, str],
        bench: Bench | None = None,
    ) -> Judged:
        """Replay the transcript into this learner's world and judge every question; see `judging.judge`."""
        from autograder.run.judging import judge

        return judge(lab, learner, transcript, marks, engine=self, bench=bench)

    def bench(self, lab: str, learner: str) -> Bench:
        """A judging process that builds the learner's world, for `run` and then `judge`. Whoever asks closes it."""
        from autograder.run.bench import Bench

        return Bench(self, lab, learner)

    def isolation(self) -> Isolation:
        """Which layers a submission gets here, and why not the others: tried by a fork that runs nothing."""
        from autograder.run.runner import until_ready

        budget = Budget()
        with self.boxed(LEARNER, budget) as process:
            process.send({"learner": "nobody", "budget": budget.as_json()})
            return self._isolation(until_ready(process), process.no_group)

    def boxed(self, role: str, budget: Budget, lab: str = "") -> Boxed:
        """A fork to talk to. A warm process that is gone is started anew, once. Raises RuntimeError."""
        if not self._warm[role].started:
            self.start()
        try:
            fork = self._warm[role].fork(lab)
        except Died:
            try:
                fork = self._warm[role].fork(lab)
            except Died as why:
                raise RuntimeError(str(why)) from None
        return Boxed(fork, budget, grouped=layers.CGROUP not in self.without)

    def isolated(self, missing: Mapping[str, str], no_group: str) -> Isolation:
        """What a fork's own word and the cgroup come to. Raises Unisolated in strict mode where a layer is missing.

        The fork says it before any of the learner's code has run in it.
        """
        found = self._isolation(missing, no_group)
        if self.strict and not found.full:
            lines = "\n  ".join(found.lines())
            raise Unisolated(f"nothing was graded: strict mode wants every layer, and here are missing\n  {lines}")
        return found

    def _isolation(self, missing: Mapping[str, str], no_group: str) -> Isolation:
        return layers.isolation({**missing, **({layers.CGROUP: no_group} if no_group else {})})

    def close(self) -> None:
        """End both warm processes, with everything that runs in them."""
        for warm in self._warm.values():
            warm.close()

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def shared() -> Engine:
    """The engine of this process, made at the first call and closed at its end."""
    with _lock:
        return _of(os.getpid())


_lock = threading.Lock()


@functools.cache
def _of(_pid: int) -> Engine:
    engine = Engine()
    atexit.register(engine.close)
    return engine
