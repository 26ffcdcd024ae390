"""The judging process itself: build the lab's world, replay, judge. No learner's code runs here, only their calls."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from autograder.run.budget import Budget

if TYPE_CHECKING:
    from autograder.checks.sitting import Sitting

Send = Callable[[dict[str, Any]], None]
Close = Callable[[Budget], dict[str, str]]
"""Closes the box around this process; which layers are missing, and why."""


def serve(orders: BinaryIO, answers: BinaryIO, close: Close) -> None:
    """Box in, build the learner's world and tell it, read what was done in it, answer verdict by verdict."""

    def send(message: dict[str, Any]) -> None:
        answers.write(json.dumps(message).encode() + b"\n")
        answers.flush()

    differing = 0
    try:
        order = json.loads(orders.readline())
        send({"event": "ready", "missing": close(Budget(**order["budget"]))})
        built = Built(order["lab"], order["learner"])
        if order["tell"]:
            send({"event": "world", "world": base64.b64encode(built.world()).decode()})
        differing = judge(built, json.loads(orders.readline())["entries"], send)
    except Exception as fault:
        send({"event": "fault", "says": f"{type(fault).__name__}: {fault}"[:500]})
    send({"event": "end", "differing": differing})
    orders.read()  # until the grader has what it wants and ends this process


class Built:
    """A learner's world of a lab: built when it is first wanted, then begun in again as often as the learner did."""

    def __init__(self, lab: str, learner: str) -> None:
        from autograder.checks.lab import load

        self.lab, self.learner = load(lab), learner
        self._fresh: Sitting | None = None
        self._world = b""

    def world(self) -> bytes:
        """It as bytes; b"" where it cannot leave this process."""
        from autograder.checks.sitting import world_of

        self._fresh = self._sat_down()
        self._world = world_of(self._fresh)
        return self._world

    def sitting(self) -> Sitting:
        """A sitting in it."""
        sitting, self._fresh = self._fresh or self._sat_down(), None
        return sitting

    def _sat_down(self) -> Sitting:
        from autograder.checks.sitting import sit_down

        return sit_down(self.lab, self.learner, hidden=True, world=self._world)


def judge(built: Built, entries: list[dict[str, Any]], send: Send) -> int:
    """Judge every check entry; how many replayed answers differ from the recorded ones."""
    from simcloud.cloud.replay import replay

    differing = 0
    for part in worlds(entries):
        if not any(entry["kind"] == "check" for entry in part):
            continue  # a world that gives no verdict; there may be thousands
        sitting = built.sitting()

        def on_mark(entry: dict[str, Any], judge: Any = sitting.judge) -> None:
            verdict = judge.question(entry["question"], entry["answers"])
            send({"event": "verdict", "verdict": verdict.as_json()})

        differing += len(replay(sitting.cloud, part, on_mark=on_mark, services=built.lab.services))
        sitting.cloud.close()
    return differing


def keep_clients() -> None:
    """Let `boto3.client` with the same arguments give the same client: checks ask for one again and again (10 ms)."""
    import boto3

    make = boto3.client
    made: dict[str, Any] = {}

    def client(*names: Any, **given: Any) -> Any:
        key = repr((names, sorted(given.items())))
        if key not in made:
            made[key] = make(*names, **given)
        return made[key]

    boto3.client = client


def worlds(entries: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The entries of each world that was begun, in order. What stands before the first `begin` belongs to the first."""
    current: list[dict[str, Any]] = []
    begun = False
    for entry in entries:
        if entry["kind"] == "begin":
            if begun:
                yield current
                current = []
            begun = True
        else:
            current.append(entry)
    yield current
