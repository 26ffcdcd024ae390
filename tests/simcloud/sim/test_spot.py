"""How Spot capacity is taken back: the warning, the signals, the figures of the fact sheet."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from stand_in import WEB, Bench, container, definition

from simcloud.sim.service import Service
from simcloud.sim.spot import SpotReclaimed, SpotWarned, SpotWave
from simcloud.sim.spot_market import Market, MarketSet
from simcloud.sim.supply import DroughtBegun, DroughtEnded
from simcloud.sim.task import DEACTIVATING, DEPROVISIONING, RUNNING, STOPPED, STOPPING, Task

GROUP = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef"
BLEND = [
    {"capacityProvider": "FARGATE", "base": 2, "weight": 1},
    {"capacityProvider": "FARGATE_SPOT", "base": 0, "weight": 3},
]
SPOT = [{"capacityProvider": "FARGATE_SPOT", "base": 0, "weight": 1}]


def blended(bench: Bench, desired: int, strategy: list[dict[str, Any]] | None = None, **asked: Any) -> Service:
    """A service on a strategy, steady."""
    service = bench.create_service(
        desired, launchType="", capacityProviderStrategy=BLEND if strategy is None else strategy, **asked
    )
    bench.until(lambda: service.steady)
    return service


def on(bench: Bench, provider: str) -> list[Task]:
    """Its tasks that are meant to run."""
    return [task for task in bench.tasks() if task.provider == provider and task.wanted]


def spot_task(bench: Bench, *, stop_timeout: int | None = None, **image: Any) -> Task:
    """A standalone task on Spot that runs."""
    bench.around.images[WEB] = replace(bench.around.images[WEB], **image)
    members: dict[str, Any] = {} if stop_timeout is None else {"stopTimeout": stop_timeout}
    task = bench.run_task(definition(container(**members)), provider="FARGATE_SPOT")
    bench.until(lambda: task.status == RUNNING)
    return task


def reclaim(bench: Bench, fraction: float = 1.0, **members: Any) -> None:
    """A wave now."""
    bench.happen(SpotWave(fraction, **members))


def test_r191_a_process_that_uses_its_whole_stop_timeout_of_120_seconds_is_killed_120_seconds_after_the_warning(
    bench: Bench,
) -> None:
    task = spot_task(bench, stop_timeout=120, stop_seconds=None)
    reclaim(bench)
    assert task.status == STOPPING, "SIGTERM comes with the warning"
    assert bench.until(lambda: task.containers["web"].exit_code is not None) == 120
    assert task.containers["web"].exit_code == 137


def test_r191_with_the_default_stop_timeout_the_process_has_30_seconds_and_not_two_minutes(bench: Bench) -> None:
    task = spot_task(bench, stop_seconds=None)
    reclaim(bench)
    assert bench.until(lambda: task.containers["web"].exit_code is not None) == 30
    assert task.containers["web"].exit_code == 137


def test_r191_containers_that_stop_one_after_the_other_share_the_two_minutes(bench: Bench) -> None:
    bench.around.images[WEB] = replace(bench.around.images[WEB], stop_seconds=None)
    after_web = [{"containerName": "web", "condition": "START"}]
    both = definition(container(stopTimeout=90), container("side", stopTimeout=90, dependsOn=after_web))
    task = bench.run_task(both, provider="FARGATE_SPOT")
    bench.until(lambda: task.status == RUNNING)
    reclaim(bench)
    assert bench.until(lambda: task.containers["side"].exit_code is not None) == 90
    assert bench.until(lambda: task.containers["web"].exit_code is not None) == 30
    assert task.status == DEPROVISIONING


def test_r199_a_process_that_handles_sigterm_ends_with_its_own_code(bench: Bench) -> None:
    task = spot_task(bench, stop_timeout=120, stop_seconds=20.0, stop_code=143)
    reclaim(bench)
    assert bench.until(lambda: task.containers["web"].exit_code is not None) == 20
    assert task.containers["web"].exit_code == 143


def test_r192_the_warning_finds_a_running_task_that_is_to_be_stopped(bench: Bench) -> None:
    task = spot_task(bench)
    bench.world.handle(SpotReclaimed(task.arn))
    assert (task.status, task.desired) == (RUNNING, STOPPED)
    assert (task.stop_code, task.stopped_reason) == ("SpotInterruption", "Your Spot Task was interrupted.")
    effects = bench.world.handle(SpotWarned(task.arn))
    assert effects == []
    assert task.status == RUNNING, "the warning itself changes nothing"


def test_r193_the_stop_code_is_spot_interruption_to_the_end(bench: Bench) -> None:
    task = spot_task(bench)
    reclaim(bench)
    bench.until(lambda: task.status == STOPPED)
    assert task.stop_code == "SpotInterruption"


@pytest.mark.row("F04")
def test_r194_the_service_starts_another_task_on_spot_as_soon_as_the_warning_is_out(bench: Bench) -> None:
    service = blended(bench, 1, SPOT)
    bench.around.images[WEB] = replace(bench.around.images[WEB], stop_seconds=None)
    first = on(bench, "FARGATE_SPOT")[0]
    reclaim(bench)
    bench.wait(3)
    (second,) = on(bench, "FARGATE_SPOT")
    assert second is not first
    bench.until(lambda: first.status == STOPPED)
    assert first.stop_code == "SpotInterruption"
    bench.until(lambda: service.steady)
    story = str(bench.world.story.about(first.id))
    assert story.index("interruption warning") < story.index("SIGTERM") < story.index("STOPPED")


def test_r194_without_spot_capacity_the_service_stays_short_and_never_falls_back_to_on_demand(bench: Bench) -> None:
    service = blended(bench, 10)
    bench.happen(DroughtBegun("FARGATE_SPOT"))
    reclaim(bench)
    bench.wait(3600)
    assert (len(on(bench, "FARGATE")), len(on(bench, "FARGATE_SPOT"))) == (4, 0)
    assert service.events[0].message == (
        "(service web) was unable to place a task. Reason: Capacity is unavailable at this time. Please try again "
        "later or in a different availability zone."
    )
    bench.happen(DroughtEnded("FARGATE_SPOT"))
    bench.until(lambda: service.steady)
    assert (len(on(bench, "FARGATE")), len(on(bench, "FARGATE_SPOT"))) == (4, 6)


def test_r194_tries_without_capacity_come_after_growing_waits_of_at_most_15_minutes(bench: Bench) -> None:
    service = blended(bench, 1, SPOT)
    bench.happen(DroughtBegun("FARGATE_SPOT"))
    reclaim(bench)
    bench.wait(4 * 3600)
    tries = [line.at for line in bench.world.story if "cannot place a task" in line.what]
    waits = [later - earlier for earlier, later in pairwise(tries)]
    assert waits[:5] == [60, 120, 240, 480, 900]
    assert set(waits[5:]) == {900}
    assert not service.steady


def test_a_drought_of_spot_keeps_no_on_demand_task_back(bench: Bench) -> None:
    service = blended(bench, 10)
    bench.happen(DroughtBegun("FARGATE_SPOT"))
    reclaim(bench)
    bench.wait(600)
    victim = on(bench, "FARGATE")[0]
    bench.stop(victim)
    bench.wait(60)
    assert len([task for task in on(bench, "FARGATE") if task.status == RUNNING]) == 4
    assert service.desired == 10


def test_r195_a_standalone_task_is_not_started_again(bench: Bench) -> None:
    task = spot_task(bench)
    reclaim(bench)
    bench.wait(3600 - 1)
    assert [each.id for each in bench.tasks()] in ([task.id], [])


def test_r196_a_task_behind_a_load_balancer_leaves_it_with_the_warning(bench: Bench) -> None:
    balanced = [{"targetGroupArn": GROUP, "containerName": "web", "containerPort": 80}]
    blended(bench, 1, SPOT, loadBalancers=balanced)
    bench.around.images[WEB] = replace(bench.around.images[WEB], stop_seconds=None)
    (task,) = on(bench, "FARGATE_SPOT")
    assert task.interface.address in bench.around.targets
    task.containers["web"].behaviour = bench.around.images[WEB]
    reclaim(bench)
    assert task.interface.address not in bench.around.targets
    assert task.status == DEACTIVATING
    assert task.target_health[GROUP].health.state == "draining"
    bench.until(lambda: task.status == DEPROVISIONING)
    told = str(bench.world.story.about(task.id))
    assert "their deregistration delay is 300 s, and Spot gives 120 s of notice" in told
    assert "its containers have ended before its target groups had drained" in told


def test_a_task_that_is_still_starting_is_interrupted_too(bench: Bench) -> None:
    task = bench.run_task(provider="FARGATE_SPOT")
    bench.wait(12)
    reclaim(bench)
    assert task.status == DEPROVISIONING
    assert task.stop_code == "SpotInterruption"
    bench.until(lambda: task.status == STOPPED)


def test_on_demand_tasks_are_never_taken(bench: Bench) -> None:
    service = blended(bench, 10)
    reclaim(bench)
    assert all(task.wanted for task in bench.tasks() if task.provider == "FARGATE")
    assert [len(wave.tasks) for wave in bench.world.spot.waves] == [6]
    bench.until(lambda: service.steady)


@pytest.mark.parametrize(("fraction", "taken"), [(0.0, 0), (0.1, 1), (0.5, 3), (0.51, 4), (1.0, 6)])
def test_a_wave_takes_its_fraction_rounded_up(bench: Bench, fraction: float, taken: int) -> None:
    blended(bench, 10)
    reclaim(bench, fraction)
    assert len(bench.world.spot.waves[-1].tasks) == taken
    assert sum(task.stop_code == "SpotInterruption" for task in bench.tasks()) == taken


def test_the_seed_of_a_wave_decides_which_tasks_it_takes() -> None:
    def taken(seed: str) -> tuple[str, ...]:
        bench = Bench()
        blended(bench, 10)
        reclaim(bench, 0.5, seed=seed)
        return bench.world.spot.waves[-1].tasks

    assert taken("1") == taken("1")
    assert len({taken(str(seed)) for seed in range(6)}) > 1


def test_a_wave_without_spot_tasks_is_told_and_takes_nobody(bench: Bench) -> None:
    bench.run_task()
    reclaim(bench)
    assert "0 of 0 tasks on FARGATE_SPOT" in str(bench.world.story)
    assert all(task.wanted for task in bench.tasks())


def test_a_task_is_interrupted_once(bench: Bench) -> None:
    task = spot_task(bench, stop_seconds=None)
    reclaim(bench)
    bench.wait(10)
    version = task.version
    reclaim(bench)
    assert task.version == version
    assert (bench.world.spot.waves[-1].of, bench.world.spot.waves[-1].tasks) == (0, ())


def test_a_market_takes_capacity_back_on_its_timetable(bench: Bench) -> None:
    blended(bench, 10)
    begin = bench.world.now
    bench.happen(MarketSet(Market(waves=((600.0, 0.5), (1800.0, 1.0)))))
    bench.wait(3600)
    waves = [(wave.at - begin, len(wave.tasks)) for wave in bench.world.spot.waves]
    assert waves == [(600, 3), (1800, 6)]


def test_a_market_of_chance_is_the_same_for_the_same_seed_and_ends_when_it_is_told_to() -> None:
    def waves(seed: str) -> list[tuple[float, int]]:
        bench = Bench()
        blended(bench, 10)
        bench.happen(MarketSet(Market(every=1800.0, fractions=(0.2, 0.6), seed=seed, drought=120.0)))
        bench.wait(6 * 3600)
        found = [(wave.at, len(wave.tasks)) for wave in bench.world.spot.waves]
        bench.happen(MarketSet(None))
        bench.wait(6 * 3600)
        assert len(bench.world.spot.waves) == len(found)
        return found

    first = waves("a")
    assert first == waves("a") != waves("b")
    assert 4 <= len(first) <= 30
    assert all(2 <= count <= 4 for _, count in first if count)
