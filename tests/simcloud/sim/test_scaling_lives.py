"""Alarms evaluate and scaling policies act, with AWS's periods, sizes and cooldowns."""

from __future__ import annotations

from typing import Any

import pytest
from scaling_bench import alarm, policy, scalable, target_tracking
from stand_in import Bench, definition

from simcloud.sim import events as e
from simcloud.sim.load.curve import Constant, Daily
from simcloud.sim.load.events import LoadSet
from simcloud.sim.scaling import events as se
from simcloud.sim.service import Service
from simcloud.sim.watching.events import AlarmPut, MetricsPut
from simcloud.sim.watching.metric import metric, once
from simcloud.sim.watching.state import Alarm, Query

CAPACITY = 25.0
"""Requests a second of one task of the bench: a quarter vCPU."""


def running(bench: Bench, desired: int = 4) -> Service:
    """A service in steady state, at a full minute."""
    service = bench.create_service(desired)
    bench.wait(120)
    return service


def offer(bench: Bench, service: Service, rate: float) -> None:
    bench.happen(LoadSet(service.arn, Constant(rate), f"{rate:g}"))


def put(bench: Bench, name: str, value: float, seconds_ago: float = 30.0) -> None:
    watched = metric("Shop", name)
    bench.happen(MetricsPut(((watched, bench.world.now - seconds_ago, once(value), ""),)))


def counts(bench: Bench) -> list[int]:
    """What was set, oldest first."""
    return [each.count for each in reversed(bench.world.scaling.activities) if each.count is not None]


@pytest.mark.row("F17")
def test_four_tasks_at_90_percent_with_target_60_become_six(bench: Bench) -> None:
    """R-248, after three minutes of load (R-246)."""
    service = running(bench)
    target_tracking(bench, service, 60.0, 1, 10)
    offer(bench, service, 0.9 * 4 * CAPACITY)
    begin = bench.world.now
    bench.until(lambda: service.desired != 4)
    assert service.desired == 6
    assert bench.world.now - begin == 180.0


def test_scale_in_takes_fifteen_minutes_below_nine_tenths_of_the_target(bench: Bench) -> None:
    """R-246, R-249: 4 tasks at 40 % with target 60 become 3 (53 %), not 2 (80 %)."""
    service = running(bench)
    target_tracking(bench, service, 60.0, 1, 10)
    offer(bench, service, 0.56 * 4 * CAPACITY)
    bench.wait(1200)
    offer(bench, service, 0.40 * 4 * CAPACITY)
    begin = bench.world.now
    bench.until(lambda: service.desired != 4)
    assert service.desired == 3
    assert bench.world.now - begin == 900.0


def test_between_nine_tenths_and_the_target_nothing_happens(bench: Bench) -> None:
    service = running(bench)
    target_tracking(bench, service, 60.0, 1, 10)
    offer(bench, service, 0.56 * 4 * CAPACITY)
    bench.wait(4 * 3600)
    assert service.desired == 4


def test_a_scale_out_waits_300_seconds_for_the_next_and_only_a_bigger_one_comes_sooner(bench: Bench) -> None:
    """R-252: 10 tasks at 90 % with target 60 become 15; while they start it is 96 %: 16, one more than 15."""
    service = running(bench, 10)
    target_tracking(bench, service, 60.0, 1, 40)
    offer(bench, service, 0.9 * 10 * CAPACITY)
    bench.until(lambda: service.desired == 15)
    first = bench.world.now
    offer(bench, service, 3.0 * 15 * CAPACITY)
    bench.until(lambda: service.desired > 15)
    assert bench.world.now - first < 300
    assert service.desired == 17, "10 tasks at 100 % with target 60: the 15 count as part of it"
    bench.until(lambda: service.desired > 17)
    assert service.desired == 29
    assert bench.world.now - first >= 300


def test_a_scale_out_cancels_the_wait_after_a_scale_in(bench: Bench) -> None:
    """R-252."""
    service = running(bench)
    target_tracking(bench, service, 60.0, 1, 10, ScaleInCooldown=3600)
    offer(bench, service, 0.4 * 4 * CAPACITY)
    bench.until(lambda: service.desired == 3)
    begin = bench.world.now
    offer(bench, service, 1.0 * 3 * CAPACITY)
    bench.until(lambda: service.desired > 3)
    assert service.desired == 5
    assert bench.world.now - begin <= 240


def test_capacity_stays_within_the_bounds(bench: Bench) -> None:
    service = running(bench)
    target_tracking(bench, service, 60.0, 3, 5)
    offer(bench, service, 1000.0)
    bench.wait(1800)
    assert service.desired == 5
    offer(bench, service, 0.0)
    bench.wait(7200)
    assert service.desired == 3


def test_all_tracking_policies_must_agree_to_scale_in_and_any_scales_out(bench: Bench) -> None:
    """R-250: memory stands at 12.5 % of a target of 13, within its band, and holds CPU back."""
    service = running(bench)
    target = target_tracking(bench, service, 60.0, 1, 10)
    target_tracking(bench, service, 13.0, 1, 10, name="memory", watched="MemoryUtilization", target=target)
    offer(bench, service, 1.0)
    bench.wait(3600)
    assert service.desired == 4
    bench.happen(se.PolicyDeleted(target.key, "memory"))
    bench.wait(1200)
    assert service.desired < 4


def test_missing_data_is_no_low_load(bench: Bench) -> None:
    """R-251: a service without tasks gives no metric; its desired count stays."""
    service = running(bench)
    bench.around.images.clear()
    target_tracking(bench, service, 60.0, 1, 10)
    for task in bench.tasks("RUNNING"):
        bench.stop(task)
    bench.wait(3600)
    assert bench.world.watching.alarms["cpu-low"].state == "INSUFFICIENT_DATA"
    assert service.desired == 4


def test_scale_in_waits_for_the_end_of_a_deployment(bench: Bench) -> None:
    """R-228."""
    service = running(bench)
    target_tracking(bench, service, 60.0, 1, 10)
    offer(bench, service, 1.0)
    bench.wait(600)
    bench.around.images.clear()
    arn = bench.register({**definition(), "taskDefinitionArn": service.primary.definition[:-1] + "2", "revision": 2})
    bench.happen(e.ServiceUpdated(service.arn, {"taskDefinition": arn}, deploys=True))
    bench.wait(1800)
    assert service.desired == 4
    assert any("scale-in waits for its end" in line.why for line in bench.world.story)


def stepping(bench: Bench, service: Service) -> None:
    """The example of the user guide (R-257): threshold 50, steps of 10 % and 30 % out and in."""
    target = scalable(bench, service, 1, 100)
    steps = [(0, 10, 0), (10, 20, 10), (20, None, 30)]
    out = [_step(low, high, change) for low, high, change in steps]
    back = [_step(None if high is None else -high, -low, -change) for low, high, change in steps]
    for name, operator, adjustments in (("out", "GreaterThanThreshold", out), ("in", "LessThanThreshold", back)):
        configuration = {
            "AdjustmentType": "PercentChangeInCapacity",
            "StepAdjustments": adjustments,
            "MinAdjustmentMagnitude": 1,
            "Cooldown": 240,
        }
        arn = policy(bench, target, name, "StepScaling", configuration)
        alarm(bench, name, metric("Shop", "Load"), operator, 50.0, actions=[arn])


def _step(low: float | None, high: float | None, change: int) -> dict[str, Any]:
    bounds = {"MetricIntervalLowerBound": low, "MetricIntervalUpperBound": high}
    return {"ScalingAdjustment": change, **{name: value for name, value in bounds.items() if value is not None}}


def test_the_step_example_goes_10_11_14_13_10(bench: Bench) -> None:
    """R-257."""
    service = running(bench, 10)
    stepping(bench, service)
    for value in (60.0, 70.0, 40.0, 30.0):
        bench.wait(30)
        put(bench, "Load", value, 20.0)
        bench.wait(30 + 5 * 60)
    assert counts(bench) == [11, 14, 13, 10]


def backlog(bench: Bench, service: Service, target_value: float) -> None:
    """Messages a task, by metric math, tracked."""
    target = scalable(bench, service, 1, 100)
    arn = policy(bench, target, "backlog", "TargetTrackingScaling", {"TargetValue": target_value}, "long", "short")
    queries = (
        Query("m1", metric("Shop", "Visible"), "Average"),
        Query("m2", metric("Shop", "Running"), "Average"),
        Query("e1", None, "", "m1 / m2"),
    )
    for name, operator, level, periods in (("long", "GreaterThan", 1.0, 3), ("short", "LessThan", 0.9, 15)):
        made = Alarm(name, f"arn:{name}", queries, "e1", f"{operator}Threshold", level * target_value, 60.0, periods,
                     periods, "missing", {"ALARM": (arn,)})  # fmt: skip
        bench.happen(AlarmPut(made))


def test_1500_messages_with_ten_tasks_and_100_a_task_are_15_tasks(bench: Bench) -> None:
    """R-263: 0.1 s a message and 10 s of latency are 100 messages a task."""
    service = running(bench, 10)
    backlog(bench, service, 10 / 0.1)
    for _ in range(3):
        put(bench, "Visible", 1500.0)
        put(bench, "Running", 10.0)
        bench.wait(60)
    assert service.desired == 15


def test_a_scheduled_day_follows_its_wave_and_sleeps_between(bench: Bench) -> None:
    """Evaluations come where something can change: far fewer than minutes."""
    service = running(bench)
    target_tracking(bench, service, 60.0, 2, 20)
    bench.happen(LoadSet(service.arn, Daily(30.0, 240.0, 12 * 3600), "a wave"))
    bench.wait(86_400)
    reached = counts(bench)
    assert max(reached) == 16
    assert reached[-1] > 2
    assert bench.world.watching.alarms["cpu-high"].turn < 400, "evaluations, of 1,440 minutes"


def test_a_steady_service_costs_nothing(bench: Bench) -> None:
    service = running(bench)
    target_tracking(bench, service, 60.0, 1, 10)
    offer(bench, service, 0.57 * 4 * CAPACITY)
    bench.wait(1800)
    due = [type(event).__name__ for _, event in bench.world.due()]
    assert due == ["SteadyStill"], "no alarm can change before something else does; it is told once in six hours"
