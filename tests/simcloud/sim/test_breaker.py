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


def test_a_missing_image_takes_as_long_as_the_throttle_makes_it(bench: Bench) -> None:
    service = watched(bench)
    good = service.primary.id
    broken(bench, service, image=WEB.replace("1.0", "9.9"))
    seconds = bench.until(lambda: service.primary.id == good)
    assert 150 < seconds < 720, "three failed starts, with waits of 31 s and 62 s between them (R-216)"
    bench.wait(60)
    assert service.primary.rollout == "COMPLETED"
    assert len(bench.tasks(RUNNING)) == 1


def test_a_container_that_exits_by_itself_counts_too(bench: Bench) -> None:
    service = watched(bench)
    good = service.primary.id
    bench.around.images[WEB.replace("1.0", "2.0")] = replace(
        bench.around.images[WEB],
        reference=WEB.replace("1.0", "2.0"),
        digest="sha256:" + "b" * 64,
        exit_after=3,
        exit_code=1,
    )
    broken(bench, service, image=WEB.replace("1.0", "2.0"))
    bench.until(lambda: service.primary.id == good)
    starts = [line for line in bench.world.story if "asked for by service web" in line.what]
    assert len(starts) in (4, 5), "one of the good revision, three or four of the bad one (R-215)"


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
