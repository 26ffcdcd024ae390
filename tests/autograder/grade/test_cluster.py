"""A Dask cluster as the engine: the marks of one machine, also where a worker is killed in mid-run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from autograder.grade.fingerprint import everything
from autograder.grade.work import OTHER_COURSE, Job, as_text, do_text
from tests.autograder.grade.test_cohort import marks, run
from tests.autograder.samples import sample_course as sample
from tests.autograder.samples.dask_cluster import DaskCluster, until
from tests.autograder.samples.database import free_port
from tests.rotation import on_turn

pytestmark = on_turn(0, 7)

BUSY = "import boto3\ntotal = sum(range(60_000_000))\ncount = len(boto3.client('s3').list_buckets()['Buckets'])"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    made = DaskCluster(tmp_path_factory.mktemp("dask"), free_port())
    made.add_worker()
    made.add_worker()
    yield made
    made.close()


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four submissions, graded on this machine."""
    root = tmp_path_factory.mktemp("local")
    fill(root)
    run(root, "grade", str(root / "submitted"))
    return root


def fill(root: Path) -> None:
    here = sample.install(root)
    sample.hand_in(root / "submitted", "ada", sample.recorded(sample.answering(here, count=BUSY), "ada"))
    sample.hand_in(root / "submitted", "bob", sample.released(here))
    sample.hand_in(root / "submitted", "cyd", sample.answering(here, count=BUSY, service="import os\nos._exit(1)"))
    sample.hand_in(root / "submitted", "dan", "{not json")


def test_a_worker_killed_in_mid_run_costs_nobody_a_mark(cluster: DaskCluster, local: Path, tmp_path: Path) -> None:
    fill(tmp_path)
    command = [sys.executable, "-W", "ignore", str(sample.HERE / "cli_run.py"), str(tmp_path), "grade"]
    grading = subprocess.Popen(
        [*command, str(tmp_path / "submitted"), "--scheduler", cluster.address],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "SAMPLE_PLACE": ""},
    )
    try:
        until(lambda: _zygotes(cluster) >= 1)
        victims = cluster.workers()
        assert len(victims) == 2
        os.kill(_busy(cluster), signal.SIGKILL)
        assert grading.stderr is not None
        said = grading.stderr.read()
    finally:
        grading.wait(240)
        assert grading.stderr is not None
        grading.stderr.close()
    assert grading.returncode == 0, said
    assert marks(tmp_path) == marks(local)
    assert "3 of 4 submissions graded." in said
    until(lambda: len(cluster.workers()) == 2)
    assert set(cluster.workers()) != set(victims)


def test_a_worker_with_another_version_of_the_course_is_refused_in_words() -> None:
    job = Job("ada", sample.LAB, "x.ipynb", b"{", code="of another version")
    assert json.loads(do_text(as_text(job)))["fault"] == OTHER_COURSE
    same = replace(job, code=everything())
    assert json.loads(do_text(as_text(same)))["bad"].startswith("x.ipynb is not JSON")


def _zygotes(cluster: DaskCluster) -> int:
    return sum(bool(_children(pid)) for pid in cluster.workers())


def _busy(cluster: DaskCluster) -> int:
    return next(pid for pid in cluster.workers() if _children(pid))


def _children(pid: int) -> list[int]:
    try:
        return [child.pid for child in psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
