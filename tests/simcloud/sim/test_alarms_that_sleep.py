"""An alarm sleeps while nothing can change for it. Whoever looks later must find what an alarm would have left that is
evaluated every minute."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scaling_bench import alarm, of_service, policy, target_tracking
from stand_in import Bench

from simcloud.sim import events as e
from simcloud.sim.load.curve import HOUR, Constant, Curve, Daily, Points
from simcloud.sim.load.events import LoadSet
from simcloud.sim.task import RUNNING
from simcloud.sim.watching import evaluating, sources
from simcloud.sim.watching.state import Alarm

CURVES = st.one_of(
    st.floats(0, 200).map(Constant),
    st.tuples(st.floats(0, 60), st.floats(60, 300), st.integers(0, 23)).map(
        lambda held: Daily(held[0], held[1], held[2] * HOUR)
    ),
    st.tuples(st.lists(st.floats(0, 250), min_size=2, max_size=5), st.booleans()).map(
        lambda held: Points(
            tuple(1767603600.0 + 1700.0 * number for number in range(len(held[0]))), tuple(held[0]), held[1]
        )
    ),
)
STEPS = st.one_of(
    st.tuples(st.just("load"), CURVES),
    st.tuples(st.just("wait"), st.sampled_from([17.0, 60.0, 333.0, 1200.0, 5400.0])),
    st.tuples(st.just("count"), st.integers(1, 12)),
    st.tuples(st.just("deploy"), st.none()),
    st.tuples(st.just("kill"), st.none()),
)
POLICIES = st.fixed_dictionaries(
    {"goal": st.sampled_from([30.0, 55.5, 70.0])},
    optional={"ScaleOutCooldown": st.sampled_from([0, 60, 600]), "ScaleInCooldown": st.sampled_from([0, 90, 900])},
)


def wide_awake(world: Any, sleeper: Alarm) -> Iterator[Any]:
    """Plan the next evaluation for the next minute, always."""
    sleeper.sure = ()
    yield from evaluating.due_in(world, sleeper, evaluating.next_step(world, sleeper))


def lived(tracked: dict[str, Any], other: bool, steps: list[tuple[str, Any]]) -> tuple[str, Any, Any]:
    """What a world tells after these steps: story, histories of its alarms, scaling activities."""
    bench = Bench()
    service = bench.create_service(3)
    bench.wait(100)
    asked = dict(tracked)
    target = target_tracking(bench, service, asked.pop("goal"), 1, 10, **asked)
    if other:
        target_tracking(
            bench, service, 60.0, 1, 10, name="memory", watched="MemoryUtilization", target=target, ScaleInCooldown=30
        )
        configuration = {
            "AdjustmentType": "ChangeInCapacity",
            "StepAdjustments": [{"MetricIntervalLowerBound": 0, "ScalingAdjustment": 2}],
            "Cooldown": 120,
        }
        arn = policy(bench, target, "steps", "StepScaling", configuration)
        watched = of_service(service)
        alarm(bench, "steep", watched, "GreaterThanOrEqualToThreshold", 85.0, periods=2, needed=1, actions=[arn])
        alarm(bench, "slow", watched, "GreaterThanThreshold", 50.0, period=300.0, periods=2)
        alarm(bench, "samples", watched, "GreaterThanThreshold", 4.0, statistic="SampleCount")
    for kind, given_ in (*steps, ("wait", 2000.0)):
        if kind == "load":
            bench.happen(LoadSet(service.arn, given_, "a load"))
        elif kind == "wait":
            bench.wait(given_)
        elif kind == "count":
            bench.happen(e.ServiceUpdated(service.arn, {"desiredCount": given_}))
        elif kind == "deploy":
            bench.happen(e.ServiceUpdated(service.arn, {}, deploys=True))
        else:
            for task in bench.tasks(RUNNING)[:1]:
                bench.happen(e.ContainerExited(task.arn, "web", 1))
    held = bench.world.watching.alarms
    return str(bench.world.story), {name: each.history for name, each in held.items()}, bench.world.scaling.activities


def demand_the_same(tracked: dict[str, Any], other: bool, steps: list[tuple[str, Any]]) -> None:
    asleep = lived(tracked, other, steps)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluating, "_plan", wide_awake)
        patch.setattr(Alarm, "of_what_is_served", False)
        awake = lived(tracked, other, steps)
    assert asleep == awake


@settings(max_examples=15, deadline=None, derandomize=True, database=None)
@given(POLICIES, st.booleans(), st.lists(STEPS, min_size=1, max_size=6))
def test_an_alarm_that_sleeps_leaves_what_one_leaves_that_never_does(
    tracked: dict[str, Any], other: bool, steps: list[tuple[str, Any]]
) -> None:
    demand_the_same(tracked, other, steps)


@pytest.mark.long
@settings(max_examples=600, deadline=None, database=None)
@given(POLICIES, st.booleans(), st.lists(STEPS, min_size=1, max_size=12))
def test_an_alarm_that_sleeps_leaves_the_same_in_many_worlds(
    tracked: dict[str, Any], other: bool, steps: list[tuple[str, Any]]
) -> None:
    demand_the_same(tracked, other, steps)


def test_a_day_of_a_wave_is_the_same_for_sleepers() -> None:
    steps: list[tuple[str, Any]] = [("load", Daily(10.0, 120.0, 14 * HOUR)), ("wait", 26 * HOUR)]
    demand_the_same({"goal": 60.0}, False, steps)


def test_metrics_that_are_read_later_are_those_that_were_read_at_the_time(bench: Bench) -> None:
    """Nobody keeps what was measured: load and census are kept, and give the same again."""
    service = bench.create_service(3)
    bench.wait(100)
    target_tracking(bench, service, 60.0, 1, 20)
    bench.happen(LoadSet(service.arn, Daily(10.0, 200.0, 14 * HOUR), "a wave"))
    watched = of_service(service)
    read: dict[float, Any] = {}
    for _ in range(90):
        bench.wait(600)
        end = bench.world.now // 60 * 60
        read[end] = sources.measure(bench.world, watched, end - 60, end)
    bench.wait(3 * 24 * HOUR)
    assert len({datum for datum in read.values() if datum}) > 60
    assert {end: sources.measure(bench.world, watched, end - 60, end) for end in read} == read


def test_a_sleeper_is_evaluated_far_less(bench: Bench) -> None:
    """Through a quiet night it is looked at a few times, not every minute."""
    service = bench.create_service(3)
    bench.wait(100)
    target_tracking(bench, service, 60.0, 3, 10)
    curve: Curve = Constant(20.0)
    bench.happen(LoadSet(service.arn, curve, "20"))
    before = {each.name: each.turn for each in bench.world.watching.alarms.values()}
    bench.wait(12 * HOUR)
    for each in bench.world.watching.alarms.values():
        assert each.turn - before[each.name] < 12
