"""When a batch starts its workers: as soon as it sees something new, and never where there is nothing to do."""

from __future__ import annotations

import json
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from autograder.bar import Bar
from autograder.grade import batch
from autograder.grade.handed import found
from autograder.grade.plan import How, Planner
from autograder.grade.work import Done, Job
from autograder.grade.workers import Workers
from tests.autograder.samples import sample_course as sample


class Pool:
    """Grades nothing, and tells what it was asked to."""

    slots = 4

    def __init__(self, told: list[str]) -> None:
        self.told = told

    def begin(self) -> None:
        self.told.append("begun")

    def submit(self, job: Job) -> Future[Done]:
        self.told.append(f"given {job.learner}")
        done: Future[Done] = Future()
        done.set_result(Done(bad="it is a sample"))
        return done

    def gone(self) -> str:
        return ""

    def close(self) -> None:
        self.told.append("closed")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    told: list[str] = []
    monkeypatch.setattr(batch, "pool", lambda *_: Pool(told))
    plan = Planner._version

    def version(self: Planner, *given: Any) -> Any:
        told.append("planned")
        return plan(self, *given)

    monkeypatch.setattr(Planner, "_version", version)
    return told


def graded(root: Path) -> None:
    here = sample.install(root) if not (root / "labs").exists() else sample.Course(root)
    handed = root / "handed"
    for learner in ("ada", "bob"):
        folder = handed / learner / sample.LAB
        if not folder.exists():
            folder.mkdir(parents=True)
            book = sample.answering(here, count=f"count = {len(learner)}  # {learner}")
            (folder / f"{sample.LAB}.ipynb").write_text(json.dumps(book))
    submissions = found(handed)
    with Bar("Grading", len(submissions)) as bar:
        batch.Grading(here, How(), bar).grade(submissions)


def test_a_worker_starts_at_each_new_version_and_none_for_what_is_known(tmp_path: Path, told: list[str]) -> None:
    graded(tmp_path)
    assert told == ["begun", "planned", "begun", "planned", "given ada", "given bob", "closed"]
    told.clear()
    graded(tmp_path)
    assert told == ["planned", "planned"]


def test_where_planning_stops_the_workers_end_too(
    tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Planner, "_version", stop)
    with pytest.raises(KeyboardInterrupt):
        graded(tmp_path)
    assert told == ["begun", "closed"]


def test_no_more_workers_start_than_there_is_work_for() -> None:
    pool = Workers(64)
    try:
        pool.begin()
        pool.begin()
        assert len(pool.processes()) == 2
    finally:
        pool.close()


def test_where_no_worker_can_be_started_each_submission_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: Any, **__: Any) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("autograder.grade.workers.subprocess.Popen", none)
    pool = Workers(1)
    try:
        pool.begin()
        done = pool.submit(Job("ada", sample.LAB, "", b"")).result(10)
    finally:
        pool.close()
    assert done.fault == "this machine could not start a worker process: Resource temporarily unavailable"
