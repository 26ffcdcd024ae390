"""Worker processes of this machine: one that dies is replaced, and what it did is tried once more, alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import Future, wait
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from autograder.grade import work
from autograder.grade.pool import Results
from autograder.grade.work import Done, Job
from autograder.grade.workers import CLOSED, DIED, Workers
from autograder.run import layers
from autograder.run.engine import Engine
from tests.autograder.samples import sample_course as sample
from tests.rotation import on_turn

pytestmark = on_turn(2, 7)

BUSY = "import os\ntotal = sum(range({steps}))\n"
NONE = Job("zed", sample.LAB, "x.ipynb", b"{")


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers(2)
    yield made
    made.close()


def test_a_bad_submission_is_told_by_the_worker(workers: Workers) -> None:
    done = [workers.submit(NONE) for _ in range(5)]
    assert {one.result(120).bad for one in done} == {"x.ipynb is not JSON, so no notebook: save it and submit again"}
    assert len(workers.processes()) == 1


def test_an_idle_worker_that_died_is_replaced(workers: Workers) -> None:
    workers.submit(NONE).result(120)
    (first,) = workers.processes()
    os.kill(first, signal.SIGKILL)
    for _ in range(2):  # the first may still have gone to the dead one, and is then done by another, alone
        assert workers.submit(NONE).result(120).bad
    assert workers.processes() not in ([], [first])


def busy(root: Path) -> Job:
    """A submission that takes seconds."""
    here = sample.install(root)
    book = sample.answering(here, count=BUSY.format(steps=60_000_000) + "import boto3\ncount = 1")
    return Job("ada", sample.LAB, "x.ipynb", json.dumps(book).encode(), sample.released(here))


def test_what_a_worker_did_when_it_died_is_tried_again(workers: Workers, tmp_path: Path) -> None:
    job = workers.submit(busy(tmp_path))
    bystander = workers.submit(busy(tmp_path / "other"))
    tree = _until_boxed(workers)
    os.kill(workers.processes()[0], signal.SIGKILL)
    for one in (job, bystander):
        record = one.result(240).record
        assert record is not None
        assert record["points"] == 8
    assert psutil.wait_procs(tree, 20)[1] == []


def test_what_kills_its_worker_twice_is_reported(workers: Workers, tmp_path: Path) -> None:
    job = workers.submit(busy(tmp_path))
    killed: set[int] = set()
    deadline = time.monotonic() + 240
    while not job.done() and time.monotonic() < deadline:
        for child in _workers_of_this_process() - killed:
            os.kill(child, signal.SIGKILL)
            killed.add(child)
        wait([job], 0.2)
    assert job.result(1) == Done(fault=DIED)
    assert len(killed) == 2
    assert workers.submit(NONE).result(120).bad


def test_a_closed_pool_leaves_no_process_behind(tmp_path: Path) -> None:
    made = Workers(1)
    job = made.submit(busy(tmp_path))
    tree = _until_boxed(made)
    made.close()
    assert psutil.wait_procs(tree, 20)[1] == []
    assert job.result(20) == Done(fault=CLOSED)
    assert _workers_of_this_process() == set()


def test_strict_mode_refuses_where_a_layer_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Engine(without={layers.NETWORK}, strict=True) as engine:
        monkeypatch.setattr(work, "_engine", lambda strict: engine if strict else None)
        done = work.do(replace(busy(tmp_path), strict=True))
    assert done.record is None
    assert done.refused.startswith("nothing was graded: strict mode wants every layer")
    assert "network" in done.refused


class Gone:
    """A pool that takes two jobs and then has gone."""

    slots = 2

    def __init__(self) -> None:
        self.taken: list[Job] = []

    def submit(self, job: Job) -> Future[Done]:
        self.taken.append(job)
        return Future()

    def gone(self) -> str:
        return "every machine was switched off"

    def close(self) -> None:
        pass


def test_each_job_comes_back_even_where_the_pool_has_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.grade.pool.LOOK_SECONDS", 0.01)
    pool = Gone()
    found = dict(Results(pool, [(NONE, number) for number in range(5)]))
    assert found == {number: Done(fault="every machine was switched off") for number in range(5)}
    assert len(pool.taken) == 2


def _workers_of_this_process() -> set[int]:
    found = set()
    for child in psutil.Process().children():
        try:
            if "autograder.grade.worker" in child.cmdline():
                found.add(child.pid)
        except (psutil.NoSuchProcess, psutil.ZombieProcess):
            continue
    return found


def _until_boxed(workers: Workers) -> list[psutil.Process]:
    """The worker's whole tree, once it has started both warm processes."""
    for _ in range(600):
        time.sleep(0.1)
        tree = [child for pid in workers.processes() for child in psutil.Process(pid).children(recursive=True)]
        if len(tree) >= 3:
            return [psutil.Process(pid) for pid in workers.processes()] + tree
    raise TimeoutError(subprocess.run(["ps", "axf"], capture_output=True, text=True, check=True).stdout)
