"""A warm fork does what a fresh process does: the same bytes, no trace of another learner, and no life of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.author.places import course
from autograder.checks import places
from autograder.checks.lab import load
from autograder.run import evidence as ev
from autograder.run.engine import Engine
from tests.autograder.samples import sample_course as sample
from tests.rotation import parameters

A_FEW_LABS = parameters([path.parent.name for path in course().lab_sources()], 4)

# What the fork does, without the warm start, the box and the pipes.
FRESH = """
import json, sys
from autograder.checks import places
from autograder.checks.lab import load
for place in json.loads(sys.argv[2]):
    places.add(places.Place(**place))
from autograder import lab
from autograder.run.budget import Budget
from autograder.run.child import Runner
entries = []

def begun(sitting):
    entries.append({"kind": "begin", "lab": sitting.lab.id})
    sitting.cloud.on_record.append(entries.append)

runner = Runner(Budget())
lab.DOOR.recorder = lab.Recorder("ada", begun)
import signal
for cell in json.load(open(sys.argv[1]))["cells"]:
    if cell["cell_type"] == "code":
        runner.run("".join(cell["source"]), 600)
json.dump(entries, sys.stdout, default=str)
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    places.add(sample.PLACE)
    with Engine() as made:
        yield made


def in_a_fresh_process(notebook: Path) -> list[dict[str, Any]]:
    given = [vars(place) for place in places.PLACES]
    command = [sys.executable, "-W", "ignore", "-c", FRESH, str(notebook), json.dumps(given)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    entries = [ev.entry(entry, "") for entry in json.loads(done.stdout)]
    return [entry for entry in entries if entry]


@pytest.mark.parametrize("lab", A_FEW_LABS)
def test_the_transcript_has_the_same_bytes_as_a_fresh_process_gives(engine: Engine, lab: str) -> None:
    notebook = course().solutions / lab / f"{lab}.ipynb"
    book = json.loads(notebook.read_text(encoding="utf-8"))
    warm = [engine.run(book, learner="ada", lab=lab).transcript for _ in range(2)]
    fresh = in_a_fresh_process(notebook)
    assert len(fresh) > 5
    assert [{**entry, "cell": ""} for entry in warm[0]] == fresh
    assert warm[0] == warm[1]


@pytest.mark.parametrize("lab", A_FEW_LABS)
def test_in_a_world_that_the_judging_side_built_it_has_the_same_bytes(engine: Engine, lab: str) -> None:
    book = json.loads((course().solutions / lab / f"{lab}.ipynb").read_text(encoding="utf-8"))
    built = engine.run(book, learner="ada", lab=lab)
    with engine.bench(lab, "ada") as bench:
        begun = engine.run(book, learner="ada", lab=lab, bench=bench)
    assert begun.transcript == built.transcript
    assert begun.cells == built.cells


def test_the_world_of_a_lab_of_networks_is_told(engine: Engine) -> None:
    """Else each submission builds it twice, as in a lab whose world holds a function of moto's."""
    with engine.bench("03-private-pull", "ada") as bench:
        assert len(bench.world()) > 10_000


def test_judging_goes_on_where_the_judging_side_told_no_world(engine: Engine) -> None:
    entries = [{"kind": "check", "question": "make-cluster", "answers": {}, "cell": "c"}]
    marks = {question.id: "c" for question in load(sample.LAB).questions}
    judged = [engine.judge(load(sample.LAB), "ada", entries, marks) for _ in range(2)]
    with engine.bench(sample.LAB, "ada") as bench:
        assert bench.world()
        told = engine.judge(load(sample.LAB), "ada", entries, marks, bench)
    assert told.verdicts == judged[0].verdicts == judged[1].verdicts
    assert set(told.verdicts) == set(marks)


def test_a_bench_whose_process_is_gone_tells_no_world_and_the_judging_says_why(engine: Engine) -> None:
    with engine.bench(sample.LAB, "ada") as bench:
        os.kill(bench._process._fork.pid, signal.SIGKILL)
        assert bench.world() == ""
        judged = engine.judge(load(sample.LAB), "ada", [], {"make-cluster": "c"}, bench)
    assert "the judging process" in judged.fault
    assert judged.verdicts == {}


def test_a_fork_holds_nothing_of_the_learner_before(engine: Engine) -> None:
    secret = "only-the-first-learner-knows-this"
    keep = {"cells": [{"cell_type": "code", "id": "a", "source": f"kept = '{secret}' * 1000"}]}
    look = f"""
import ctypes
backwards = b"{secret[::-1]}" * 3  # a probe that is no match for itself
seen = 0
for line in open("/proc/self/maps").readlines():
    begin, end = (int(part, 16) for part in line.split()[0].split("-"))
    if " rw" in line and "[v" not in line:
        seen += backwards in ctypes.string_at(begin, end - begin)[::-1]
print(seen)
"""
    control = f"kept = b'{secret[::-1]}'[::-1] * 1000\n{look}"
    engine.run(keep, learner="first-learner")
    ran = {
        name: engine.run({"cells": [{"cell_type": "code", "id": "a", "source": text}]}, learner="second")
        for name, text in (("look", look), ("control", control))
    }
    said = {name: "".join(output.get("text", "") for output in found.cells[0].outputs) for name, found in ran.items()}
    assert said["look"] == "0\n", ran["look"].cells
    assert int(said["control"]) > 0


def test_where_the_grader_is_killed_what_it_runs_ends() -> None:
    code = """
import sys, time
from autograder.run.engine import Engine
engine = Engine()
fork = engine._warm["learner"].fork()
print(fork.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as grader:
        assert grader.stdout is not None
        pid = int(grader.stdout.readline())
        assert Path("/proc", str(pid)).exists()
        grader.kill()
        grader.wait()
    for _ in range(200):
        if not os.path.exists(f"/proc/{pid}"):
            return
        time.sleep(0.05)
    raise AssertionError("the fork is still there")
