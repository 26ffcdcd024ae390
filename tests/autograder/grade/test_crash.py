"""kill -9 at random moments: after a re-run every grade column is what an uninterrupted run leaves."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.autograder.grade.test_cohort import marks, run
from tests.autograder.grade.test_postgres import GRADES
from tests.autograder.samples import database
from tests.autograder.samples import sample_course as sample
from tests.rotation import on_turn


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """A course graded without interruption, and the seconds that took."""
    root = tmp_path_factory.mktemp("whole")
    here = sample.install(root)
    sample.hand_in(root / "submitted", "ada", sample.recorded(sample.solved(here), "ada"))
    sample.hand_in(root / "submitted", "bob", sample.released(here))
    sample.hand_in(root / "submitted", "cyd", sample.answering(here, count="import boto3\ncount = 99"))
    sample.hand_in(root / "submitted", "dan", sample.answering(here, service="import os\nos._exit(1)"))
    began = time.monotonic()
    run(root, "grade", str(root / "submitted"))
    return root, time.monotonic() - began


def fresh(whole: Path, root: Path) -> Path:
    """The same course before it was graded."""
    for name in ("solutions", "labs", "submitted"):
        shutil.copytree(whole / name, root / name)
    return root


def begin(root: Path, *arguments: str) -> psutil.Popen:
    command = [sys.executable, "-W", "ignore", str(sample.HERE / "cli_run.py"), str(root), "grade"]
    environment = {**os.environ, "SAMPLE_PLACE": "", "SAMPLE_PATIENCE": "2"}
    return psutil.Popen([*command, str(root / "submitted"), *arguments], stderr=subprocess.DEVNULL, env=environment)


def tree(process: psutil.Popen) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def worker_in(processes: list[psutil.Process]) -> psutil.Process | None:
    for one in processes:
        try:
            if "autograder.grade.worker" in one.cmdline():
                return one
        except psutil.Error:
            continue
    return None


KILLED = ("coordinator", "worker", "database")
"""One of them is killed each day, at another moment each time."""


def moments(who: str, count: int) -> list[object]:
    """So many moments, of which each comes up once in twenty days."""
    return [pytest.param(number, marks=on_turn(3 * number + KILLED.index(who), 20)) for number in range(count)]


@pytest.mark.parametrize("number", moments("coordinator", 7))
def test_the_coordinator_killed(whole: tuple[Path, float], tmp_path: Path, number: int) -> None:
    root = fresh(whole[0], tmp_path)
    grading = begin(root)
    time.sleep(random.Random(number).uniform(0.1, 0.9) * whole[1])
    left = tree(grading)
    grading.send_signal(signal.SIGKILL)
    grading.wait(20)
    # a warm process that is still importing notices when it has done so, which takes long on a busy machine
    alive = psutil.wait_procs(left, 60)[1]
    assert [one for one in alive if one.is_running() and one.status() != psutil.STATUS_ZOMBIE] == []
    run(root, "grade", str(root / "submitted"))
    assert marks(root) == marks(whole[0])


@pytest.mark.parametrize("number", moments("worker", 7))
def test_a_worker_killed(whole: tuple[Path, float], tmp_path: Path, number: int) -> None:
    root = fresh(whole[0], tmp_path)
    grading = begin(root)
    time.sleep(random.Random(100 + number).uniform(0.1, 0.9) * whole[1])
    victim = worker_in(tree(grading))
    if victim is not None:
        victim.kill()
    assert grading.wait(240) in (0, 1)
    run(root, "grade", str(root / "submitted"))
    assert marks(root) == marks(whole[0])


@pytest.mark.skipif(not database.there(), reason=database.ABSENT)
@pytest.mark.parametrize("number", moments("database", 6))
def test_the_database_killed(whole: tuple[Path, float], tmp_path: Path, number: int) -> None:
    root = fresh(whole[0], tmp_path)
    made = database.Database()
    made.start()
    try:
        grading = begin(root, "--gradebook", made.url)
        time.sleep(random.Random(200 + number).uniform(0.3, 1.1) * whole[1])
        made.kill()
        assert grading.wait(240) in (0, 1, 2)
        made.start()
        run(root, "grade", str(root / "submitted"), "--gradebook", made.url)
        found = [(*row[:5], int(bool(row[5]))) for row in made.query(GRADES)]
    finally:
        made.drop()
    assert found == [row[:6] for row in marks(whole[0])]
