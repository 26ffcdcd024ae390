"""A scheduler that cohorts were graded on is as it was before, also where what graded them was killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import distributed
import pytest

from autograder.grade.cluster import Cluster
from tests.autograder.samples.dask_cluster import DaskCluster, until
from tests.autograder.samples.database import free_port

COORDINATOR = """
import sys, time
from autograder.grade.cluster import Cluster
cluster = Cluster(sys.argv[1])
print("connected", flush=True)
time.sleep(120)
"""


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    made = DaskCluster(tmp_path_factory.mktemp("dask"), free_port())
    yield made.address
    made.close()


def allowed(address: str) -> int:
    with distributed.Client(address, set_as_default=False) as asking:  # type: ignore[no-untyped-call]
        found: int = asking.run_on_scheduler(lambda dask_scheduler: dask_scheduler.allowed_failures)
    return found


def test_after_the_last_of_two_cohorts_the_scheduler_retries_as_before(scheduler: str) -> None:
    before = allowed(scheduler)
    first, second = Cluster(scheduler), Cluster(scheduler)
    assert (before > 1, allowed(scheduler)) == (True, 1)
    first.close()
    assert allowed(scheduler) == 1
    second.close()
    until(lambda: allowed(scheduler) == before, seconds=20)


def test_a_coordinator_that_was_killed_leaves_nothing_behind(scheduler: str) -> None:
    before = allowed(scheduler)
    command = [sys.executable, "-W", "ignore", "-c", COORDINATOR, scheduler]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()) as coordinator:
        assert coordinator.stdout is not None
        assert coordinator.stdout.readline() == "connected\n"
        assert allowed(scheduler) == 1
        coordinator.send_signal(signal.SIGKILL)
    until(lambda: allowed(scheduler) == before, seconds=20)
