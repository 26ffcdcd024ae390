"""Work that is interrupted: what checkpoints keep of it, and what has to be done again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from stand_in import WEB, Bench, container, definition

from simcloud.sim.asks import FileSystem
from simcloud.sim.spot import SpotWave
from simcloud.sim.task import RUNNING, STOPPED, Task
from simcloud.sim.work import Run
from simcloud.sim.zones import ZoneLost

EFS = "fs-1"
KEPT = "/mnt/work/progress"
VOLUMES = [{"name": "work", "efsVolumeConfiguration": {"fileSystemId": EFS}}]
MOUNTS = [{"sourceVolume": "work", "containerPath": "/mnt/work"}]


def job(bench: Bench, *, stop_timeout: int = 120, **behaviour: Any) -> Task:
    """A batch task on Spot that runs, with an EFS volume at /mnt/work."""
    bench.around.file_systems[EFS] = FileSystem(arn="arn:aws:elasticfilesystem:::fs-1", address="10.0.1.200")
    work = {"work_seconds": 3600.0, "stop_seconds": 5.0, "stop_code": 143, **behaviour}
    bench.around.images[WEB] = replace(bench.around.images[WEB], **work)
    return start(bench, stop_timeout)


def start(bench: Bench, stop_timeout: int = 120) -> Task:
    """The same again."""
    stored = definition(container(stopTimeout=stop_timeout, mountPoints=MOUNTS), volumes=VOLUMES)
    task = bench.run_task(stored, provider="FARGATE_SPOT")
    bench.until(lambda: task.status == RUNNING)
    return task


def run(bench: Bench) -> Run:
    """The last run."""
    return bench.world.runs[-1]  # type: ignore[no-any-return]


def interrupt(bench: Bench, after: float) -> Run:
    """Let it work for so long, take its capacity back, and wait until it is gone."""
    last = run(bench)
    bench.wait(last.start + after - bench.world.now)
    bench.happen(SpotWave(1.0))
    bench.until(lambda: last.ended is not None)
    return last


def test_work_that_is_not_interrupted_ends_by_itself_and_loses_nothing(bench: Bench) -> None:
    task = job(bench, work_seconds=600.0)
    bench.until(lambda: task.status == STOPPED)
    assert (run(bench).done(bench.world.now), run(bench).kept, run(bench).lost) == (600, 600, 0)
    assert task.containers["web"].exit_code == 0


@pytest.mark.row("T07")
def test_the_same_interruption_costs_a_job_without_checkpoints_all_and_one_with_them_little(bench: Bench) -> None:
    job(bench)
    without = interrupt(bench, 1000)
    assert (without.kept, without.lost) == (0, 1005)
    start(bench)
    assert run(bench).resumed == 0

    other = Bench()
    job(other, checkpoint_path=KEPT, checkpoint_seconds=300.0)
    kept = interrupt(other, 1000)
    assert (kept.kept, kept.lost) == (900, 105)
    task = start(other)
    assert run(other).resumed == 900
    begun = run(other).start
    other.until(lambda: task.containers["web"].exit_code is not None)
    assert other.world.now - begun == 2700
    assert task.containers["web"].exit_code == 0


def test_a_job_that_writes_its_checkpoint_on_sigterm_loses_nothing(bench: Bench) -> None:
    job(bench, checkpoint_path=KEPT, checkpoint_on_stop=True)
    last = interrupt(bench, 1000)
    assert (last.done(bench.world.now), last.kept, last.lost) == (1000, 1000, 0)
    start(bench)
    assert run(bench).resumed == 1000


def test_a_checkpoint_that_takes_longer_than_the_stop_timeout_is_not_written(bench: Bench) -> None:
    job(bench, stop_timeout=30, checkpoint_path=KEPT, checkpoint_on_stop=True, stop_seconds=60.0)
    last = interrupt(bench, 1000)
    assert (last.kept, last.lost) == (0, 1000)


def test_a_process_that_ignores_sigterm_works_until_it_is_killed(bench: Bench) -> None:
    job(bench, stop_seconds=None, checkpoint_path=KEPT, checkpoint_seconds=100.0, checkpoint_on_stop=True)
    last = interrupt(bench, 1000)
    assert (last.done(bench.world.now), last.kept, last.lost) == (1120, 1100, 20)


def test_a_checkpoint_on_the_tasks_own_storage_is_gone_with_the_task(bench: Bench) -> None:
    job(bench, checkpoint_path="/tmp/progress", checkpoint_seconds=100.0, checkpoint_on_stop=True)
    last = interrupt(bench, 1000)
    assert (last.kept, last.lost) == (0, 1000)
    bench.until(lambda: not bench.tasks(RUNNING))
    bench.wait(30)
    start(bench)
    assert run(bench).resumed == 0


def test_a_lost_host_leaves_no_time_to_write(bench: Bench) -> None:
    job(bench, checkpoint_path=KEPT, checkpoint_seconds=300.0, checkpoint_on_stop=True)
    last = run(bench)
    bench.wait(last.start + 1000 - bench.world.now)
    bench.happen(ZoneLost("us-east-1a", frozenset({"subnet-a"})))
    assert (last.kept, last.lost) == (900, 100)


def test_a_checkpoint_that_is_no_number_is_begun_anew(bench: Bench) -> None:
    job(bench, checkpoint_path=KEPT)
    for held in bench.world.files.values():
        held["/progress"] = "half"
    bench.world.files.setdefault(EFS, {})["/progress"] = "half"
    start(bench)
    assert run(bench).resumed == 0


def test_several_interruptions_add_up_to_the_work_and_what_was_lost(bench: Bench) -> None:
    task = job(bench, checkpoint_path=KEPT, checkpoint_seconds=400.0)
    for after in (900, 500, 1300):
        interrupt(bench, after)
        task = start(bench)
    bench.until(lambda: task.status == STOPPED, most=4000)
    runs = bench.world.runs
    worked = sum(each.done(bench.world.now) - each.resumed for each in runs)
    assert worked == 3600 + sum(each.lost for each in runs)
    assert runs[-1].kept == 3600


def test_lost_work_is_told(bench: Bench) -> None:
    job(bench, checkpoint_path=KEPT, checkpoint_seconds=300.0)
    interrupt(bench, 1000)
    assert (
        "container web was interrupted with 1005 of 3600 s of work done: 900 s are kept in /mnt/work/progress, "
        "105 s are lost"
    ) in str(bench.world.story)
