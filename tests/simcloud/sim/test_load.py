"""A load, by arithmetic: curves, utilisation, latency, errors, queues."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scaling_bench import of_service
from stand_in import WEB, Bench

from simcloud.sim import events as e
from simcloud.sim.load import arithmetic
from simcloud.sim.load.curve import DAY, HOUR, Constant, Curve, Daily, Points
from simcloud.sim.load.events import LoadSet
from simcloud.sim.load.state import Kind, Sample, Shape
from simcloud.sim.service import Service
from simcloud.sim.watching import sources
from simcloud.sim.watching.metric import metric

CURVES = [
    Constant(7.0),
    Points((100.0, 200.0, 400.0), (1.0, 5.0, 3.0)),
    Points((100.0, 200.0, 400.0), (1.0, 5.0, 3.0), steps=True),
    Daily(10.0, 50.0, 14 * HOUR),
]


@pytest.mark.parametrize("curve", CURVES)
@pytest.mark.parametrize(("start", "end"), [(0.0, 60.0), (90.0, 450.0), (13 * HOUR, 15 * HOUR), (0.0, 2 * DAY)])
def test_mean_and_bounds_are_those_of_a_walk_through_time(curve: Curve, start: float, end: float) -> None:
    count = 20_000
    walked = [curve.rate(start + (number + 0.5) * (end - start) / count) for number in range(count)]
    low, high = curve.bounds(start, end)
    assert curve.mean(start, end) == pytest.approx(sum(walked) / count, rel=1e-3)
    assert low <= min(walked) + 1e-9
    assert max(walked) <= high + 1e-9
    assert (low, high) == (pytest.approx(min(walked), abs=0.1), pytest.approx(max(walked), abs=0.1))


def sample(serving: int, running: int | None = None) -> Sample:
    """Tasks of a quarter vCPU whose image answers 100 requests a second and vCPU in 50 ms."""
    shape = Shape(256, 512, 25.0, 0.05, 64.0, 4.0, 2.5)
    count = serving if running is None else running
    return Sample(0.0, count, 0, count, serving, 0, (Kind(shape, serving, count, among=serving),), (), False)


def test_latency_climbs_with_utilisation_and_what_is_too_much_fails() -> None:
    two = sample(2)
    assert [arithmetic.mean_latency(two, rate) for rate in (25.0, 40.0, 50.0)] == [
        pytest.approx(0.1),
        pytest.approx(0.25),
        60.0,
    ]
    assert arithmetic.answered(two, 60.0) == 50.0
    assert arithmetic.answered(sample(0, 2), 60.0) == 0.0


def test_memory_grows_with_the_requests_in_flight() -> None:
    one = sample(1)
    assert arithmetic.memory_used(one, 0.0) == 64.0
    assert arithmetic.memory_used(one, 12.5) == pytest.approx(64.0 + 12.5 * 0.1 * 4)
    assert arithmetic.memory_used(one, 1000.0) == 512.0


def loaded(bench: Bench, rate: float, desired: int = 2) -> Service:
    service = bench.create_service(desired)
    bench.wait(120)
    bench.happen(LoadSet(service.arn, Constant(rate), f"{rate:g}"))
    return service


def minute(bench: Bench, service: Service, name: str = "CPUUtilization") -> float | None:
    """Average of the last whole minute."""
    end = bench.world.now // 60 * 60
    found = sources.measure(bench.world, of_service(service, name), end - 60, end)
    return found.statistic("Average") if found else None


@pytest.mark.row("F23")
def test_without_a_policy_the_count_stays_and_the_tasks_are_busier(bench: Bench) -> None:
    """R-262: of the CPU units that the definition reserves, over the running tasks; never more than 100 %."""
    service = loaded(bench, 20)
    bench.wait(180)
    assert minute(bench, service) == 40.0
    bench.happen(LoadSet(service.arn, Constant(80), "80"))
    bench.wait(1800)
    assert minute(bench, service) == 100.0
    assert service.desired == 2


def test_a_task_that_goes_leaves_its_share_to_the_others(bench: Bench) -> None:
    service = loaded(bench, 20)
    bench.wait(130)
    bench.happen(e.ServiceUpdated(service.arn, {"desiredCount": 1}))
    bench.wait(180)
    assert minute(bench, service) == 80.0


def test_a_service_without_tasks_has_no_metric(bench: Bench) -> None:
    """R-243."""
    service = loaded(bench, 20)
    bench.happen(e.ServiceUpdated(service.arn, {"desiredCount": 0}))
    bench.wait(300)
    assert minute(bench, service) is None


def test_a_queue_grows_by_what_comes_too_fast_and_is_worked_off(bench: Bench) -> None:
    bench.around.images[WEB] = replace(bench.around.images[WEB], messages_per_vcpu=8.0)
    service = bench.create_service(2)
    bench.wait(120)
    visible = metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", [{"Name": "QueueName", "Value": "orders"}])

    def waiting() -> float:
        found = sources.measure(bench.world, visible, bench.world.now - 60, bench.world.now)
        assert found is not None
        return found.most

    bench.happen(LoadSet(service.arn, Constant(10), "10", "orders"))
    bench.wait(100)
    assert waiting() == pytest.approx(600.0)
    assert minute(bench, service) == 100.0
    bench.happen(LoadSet(service.arn, Constant(1), "1", "orders"))
    bench.wait(100)
    assert waiting() == pytest.approx(300.0)
    bench.wait(200)
    assert waiting() == 0.0
    assert minute(bench, service) == 25.0
    assert bench.world.story.about("web")
