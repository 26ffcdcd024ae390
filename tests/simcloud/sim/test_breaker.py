"""The deployment circuit breaker: how many failures break a deployment, and what counts as one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from stand_in import WEB, Bench, container, definition

from simcloud.sim import events as e
from simcloud.sim.breaker import threshold
from simcloud.sim.service import Service
from simcloud.sim.task import RUNNING


@pytest.mark.parametrize(
    ("desired", "configuration", "failures"),
    [
        (1, {}, 3),
        (25, {}, 13),
        (400, {}, 200),
        (800, {}, 200),
        (10, {"type": "BOUNDED_PERCENT", "value": 80}, 8),
        (10, {"type": "UNBOUNDED_PERCENT", "value": 10}, 1),
        (1000, {"type": "UNBOUNDED_PERCENT", "value": 50}, 500),
        (1, {"type": "COUNT", "value": 7}, 7),
    ],
)
def test_the_threshold(desired: int, configuration: dict[str, Any], failures: int) -> None:
    """R-212 and R-220."""
    assert threshold(desired, {"thresholdConfiguration": configuration} if configuration else {}) == failures


def broken(bench: Bench, service: Service, **members: Any) -> None:
    """Deploy a second revision of `web`."""
    arn = service.primary.definition[:-1] + "2"
    bench.register(definition(container(**members), revision=2, taskDefinitionArn=arn))
    bench.happen(e.ServiceUpdated(service.arn, {"taskDefinition": arn}, deploys=True))


def watched(bench: Bench, desired: int = 1, **breaker: Any) -> Service:
    service = bench.create_service(
        desired,
        deploymentConfiguration={"deploymentCircuitBreaker": {"enable": True, "rollback": True, **breaker}},
    )
    bench.wait(120)
    return service


def times(bench: Bench, service: Service, good: str) -> tuple[list[float], float, float]:
    """From now on, in seconds: when each task of the bad deployment was asked for, the verdict, the rollback's end."""
    begin, known = bench.world.now, len(bench.world.story)
    bench.until(lambda: service.primary.id == good)
    verdict = bench.world.now - begin
    bench.until(lambda: service.primary.rollout == "COMPLETED")
    lines = list(bench.world.story)[known:]
    starts = [line.at - begin for line in lines if "asked for by service web" in line.what]
    return starts, verdict, bench.world.now - begin


def test_r215_the_measured_four_minute_run(bench: Bench) -> None:
    """Measured: starts 51 s apart (0:17, 1:09, 2:00, 2:50), verdict 2:55, rollback completed 4:14. The API's own delay,
    15 s from the injection to the first start, is not simulated. The old healthy task serves throughout."""
    service = watched(bench)
    good, held = service.primary.id, bench.tasks(RUNNING)[0]
    bad = WEB.replace("1.0", "2.0")
    bench.around.images[bad] = replace(
        bench.around.images[WEB], reference=bad, digest="sha256:" + "b" * 64, exit_after=3, exit_code=1
    )
    broken(bench, service, image=bad)
    starts, verdict, done = times(bench, service, good)
    assert len(starts) == 4, "three failures, and a fourth task already started"
    assert starts == pytest.approx([2, 53, 104, 155], abs=3)
    assert verdict == pytest.approx(155 + 5, abs=3)
    assert done - verdict == pytest.approx(79, abs=1)
    assert done == pytest.approx(254 - 15, abs=3)
    assert held.status == RUNNING


def test_r216_the_measured_eleven_minute_run(bench: Bench) -> None:
    """Measured: failures at 2:34, 4:46 and 11:00, rollback at 11:44; first retry 31 to 32 s after its failure."""
    service = watched(bench)
    good = service.primary.id
    broken(bench, service, image=WEB.replace("1.0", "9.9"))
    bad, begin, failures = service.primary, bench.world.now, []
    for count in (1, 2, 3):
        bench.until(lambda count=count: bad.failed_tasks == count)  # type: ignore[misc]
        failures.append(bench.world.now - begin)
    bench.until(lambda: service.primary.id == good)
    assert failures == pytest.approx([154, 286, 660], abs=30)
    assert bench.world.now - begin == pytest.approx(704, abs=15)
    assert any("waits 31 s before it launches again" in line.what for line in bench.world.story)


def test_a_healthy_task_resets_the_count_unless_told_otherwise(bench: Bench) -> None:
    service = watched(bench, 2)
    bench.around.images.clear()
    service.primary.rollout = "IN_PROGRESS"
    service.primary.failed_tasks = 2
    bench.happen(e.ServiceReviewed(service.arn))
    assert service.primary.failed_tasks == 0


def test_without_the_breaker_a_bad_release_goes_on_for_ever(bench: Bench) -> None:
    service = bench.create_service(1)
    bench.wait(120)
    broken(bench, service, image=WEB.replace("1.0", "9.9"))
    bench.wait(4 * 3600)
    assert service.primary.rollout == "IN_PROGRESS"
    assert len(bench.tasks(RUNNING)) == 1


def test_a_rollback_is_not_broken_by_the_breaker_again(bench: Bench) -> None:
    service = watched(bench)
    good = service.primary.id
    broken(bench, service, image=WEB.replace("1.0", "9.9"))
    bench.until(lambda: service.primary.id == good)
    bench.around.images.clear()
    bench.stop(bench.tasks(RUNNING)[0])
    bench.wait(1200)
    assert service.primary.id == good
    assert len([each for each in service.history if each.rollback]) == 1
