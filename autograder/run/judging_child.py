"""The judging process itself: build the lab's world, replay, judge. No learner's code runs here, only their calls."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from autograder.run.budget import Budget

Send = Callable[[dict[str, Any]], None]
Close = Callable[[Budget], dict[str, str]]
"""Closes the box around this process; which layers are missing, and why."""


def serve(orders: BinaryIO, answers: BinaryIO, close: Close) -> None:
    """Box in, read the one order, answer verdict by verdict."""

    def send(message: dict[str, Any]) -> None:
        answers.write(json.dumps(message).encode() + b"\n")
        answers.flush()

    differing = 0
    try:
        order = json.loads(orders.readline())
        send({"event": "ready", "missing": close(Budget(**order["budget"]))})
        differing = judge(order, send)
    except Exception as fault:
        send({"event": "fault", "says": f"{type(fault).__name__}: {fault}"[:500]})
    send({"event": "end", "differing": differing})
    orders.read()  # until the grader has what it wants and ends this process


def judge(order: dict[str, Any], send: Send) -> int:
    """Judge every check entry of the order; how many replayed answers differ from the recorded ones."""
    from autograder.checks.lab import load
    from autograder.checks.sitting import sit_down
    from simcloud.cloud.replay import replay

    lab = load(order["lab"])
    differing = 0
    for entries in worlds(order["entries"]):
        if not any(entry["kind"] == "check" for entry in entries):
            continue  # a world that gives no verdict; there may be thousands
        sitting = sit_down(lab, order["learner"], hidden=True)

        def on_mark(entry: dict[str, Any], judge: Any = sitting.judge) -> None:
            verdict = judge.question(entry["question"], entry["answers"])
            send({"event": "verdict", "verdict": verdict.as_json()})

        differing += len(replay(sitting.cloud, entries, on_mark=on_mark, services=lab.services))
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
