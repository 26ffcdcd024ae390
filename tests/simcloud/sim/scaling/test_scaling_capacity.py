"""How many tasks a policy wants: AWS's worked examples, and what holds for any of them."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simcloud.sim.scaling.capacity import Bounds, Wish, by_steps, by_tracking, rounded, together

WIDE = Bounds(0, 1000)


def step(adjustment: int, lower: float | None = None, upper: float | None = None) -> dict[str, Any]:
    given = {"MetricIntervalLowerBound": lower, "MetricIntervalUpperBound": upper}
    return {"ScalingAdjustment": adjustment, **{key: value for key, value in given.items() if value is not None}}


def policy(kind: str, *steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"AdjustmentType": kind, "StepAdjustments": list(steps), **more}


OUT = policy("PercentChangeInCapacity", step(0, 0, 10), step(10, 10, 20), step(30, 20))
IN = policy("PercentChangeInCapacity", step(0, -10, 0), step(-10, -20, -10), step(-30, None, -20))
THRESHOLD = 50


def test_the_guides_example_goes_10_11_14_13_10() -> None:
    """R-257, https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-step-scaling-policies.html"""
    lived = [10]
    for configuration, metric in ((OUT, 60), (OUT, 70), (IN, 40), (IN, 30)):
        lived.append(by_steps(configuration, lived[-1], metric - THRESHOLD, WIDE))
    assert lived == [10, 11, 14, 13, 10]


@pytest.mark.parametrize("metric", [41, 45, 50, 55, 59.9])
def test_between_40_and_60_the_example_stays(metric: float) -> None:
    assert by_steps(OUT, 10, metric - THRESHOLD, WIDE) == 10
    assert by_steps(IN, 10, metric - THRESHOLD, WIDE) == 10


@pytest.mark.parametrize(
    ("change", "tasks"),
    [(12.7, 12), (0.67, 1), (-0.58, -1), (-6.67, -6), (1.0, 1), (-1.0, -1), (0.0, 0), (0.001, 1), (1.999, 1)],
)
def test_a_change_is_rounded_as_aws_rounds(change: float, tasks: int) -> None:
    """R-255."""
    assert rounded(change) == tasks


def test_a_quarter_of_four_is_two_where_two_is_the_least() -> None:
    """R-256."""
    quarter = policy("PercentChangeInCapacity", step(25, 0), MinAdjustmentMagnitude=2)
    assert by_steps(quarter, 4, 1, WIDE) == 6
    assert by_steps(policy("PercentChangeInCapacity", step(-25, None, 0), MinAdjustmentMagnitude=2), 4, -1, WIDE) == 2


@pytest.mark.parametrize(
    ("kind", "adjustment", "before", "after"),
    [
        ("ChangeInCapacity", 5, 3, 8),
        ("ExactCapacity", 5, 3, 5),
        ("PercentChangeInCapacity", 10, 10, 11),
        ("PercentChangeInCapacity", 200, 10, 30),
        ("ChangeInCapacity", -5, 3, 0),
        ("ExactCapacity", 0, 3, 0),
        ("PercentChangeInCapacity", -100, 3, 0),
        ("PercentChangeInCapacity", 50, 0, 0),
    ],
)
def test_each_adjustment_type_means_what_the_guide_says(kind: str, adjustment: int, before: int, after: int) -> None:
    assert by_steps(policy(kind, step(adjustment, 0)), before, 0, WIDE) == after


def test_bounds_belong_to_the_step_away_from_the_threshold() -> None:
    """R-254: above it the lower bound is in and the upper out, below it the reverse."""
    both = policy("ChangeInCapacity", step(1, 0, 10), step(2, 10), step(-1, -10, 0), step(-2, None, -10))
    assert [by_steps(both, 10, beyond, WIDE) for beyond in (0, 9.9, 10, -0.1, -9.9, -10, -10.1)] == [
        11,
        11,
        12,
        9,
        9,
        8,
        8,
    ]


def test_a_value_that_no_step_holds_changes_nothing() -> None:
    assert by_steps(policy("ChangeInCapacity", step(3, 10)), 4, 5, WIDE) == 4


@pytest.mark.parametrize(
    ("target", "capacity", "metric", "after"),
    [
        (60, 4, 90, 6),
        (100, 10, 150, 15),  # 1500 messages, 10 tasks, 100 each
        (50, 3, 51, 4),
        (70, 2, 70, 2),
        (70, 2, 63, 2),  # the low alarm stands below nine tenths
        (50, 10, 20, 4),
        (50, 3, 30, 2),
        (50, 1, 10, 1),
        (50, 5, 0, 0),
        (0.1, 3, 0.3, 9),
    ],
)
def test_target_tracking_is_proportional_and_rounds_up(target: float, capacity: int, metric: float, after: int) -> None:
    assert by_tracking(target, capacity, metric, WIDE) == after


def test_missing_data_is_no_low_load() -> None:
    """R-251."""
    assert by_tracking(50, 8, None, WIDE) == 8


def test_a_policy_told_not_to_scale_in_never_does() -> None:
    assert by_tracking(50, 8, 1, WIDE, scales_in=False) == 8
    assert by_tracking(50, 8, 100, WIDE, scales_in=False) == 16


def test_any_policy_scales_out_and_all_have_to_agree_to_scale_in() -> None:
    """R-250."""
    assert together(4, [Wish(6, tracks=True), Wish(2, tracks=True)]) == 6
    assert together(4, [Wish(3, tracks=True), Wish(2, tracks=True)]) == 3
    assert together(4, [Wish(4, tracks=True), Wish(2, tracks=True)]) == 4
    assert together(4, [Wish(4, tracks=True, scales_in=False), Wish(2, tracks=True)]) == 2
    assert together(4, [Wish(4, tracks=True), Wish(2, tracks=False)]) == 2
    assert together(10, [Wish(13, tracks=False), Wish(30, tracks=False)]) == 30
    assert together(4, []) == 4


bounds = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: Bounds(min(pair), max(pair)))
capacities = st.integers(0, 100)
values = st.floats(0, 1000, allow_nan=False).map(lambda value: round(value, 3))
targets = st.floats(0.01, 500, allow_nan=False).map(lambda value: round(value, 3)).filter(bool)
kinds = st.sampled_from(["ChangeInCapacity", "PercentChangeInCapacity"])


@given(targets, capacities, values, bounds)
def test_target_tracking_never_leaves_the_range_that_the_capacity_is_in(
    target: float, capacity: int, metric: float, within: Bounds
) -> None:
    capacity = within.clamp(capacity)
    after = by_tracking(target, capacity, metric, within)
    assert within.minimum <= after <= within.maximum
    assert (after - capacity) * (metric - target) >= 0, "it scales to the side on which the metric lies"


@given(targets, capacities, values, values, bounds)
def test_target_tracking_wants_no_fewer_tasks_for_a_higher_metric(
    target: float, capacity: int, one: float, other: float, within: Bounds
) -> None:
    low, high = sorted((one, other))
    capacity = within.clamp(capacity)
    assert by_tracking(target, capacity, low, within) <= by_tracking(target, capacity, high, within)


@given(targets, st.integers(1, 100), values)
def test_scaling_in_does_not_bring_the_metric_above_its_target(target: float, capacity: int, metric: float) -> None:
    """R-249: the load spread over fewer tasks still fits."""
    after = by_tracking(target, capacity, metric, Bounds(1, 1000))
    if after < capacity:
        assert capacity * Fraction(str(metric)) <= after * Fraction(str(target))


@given(kinds, st.lists(st.integers(0, 300), min_size=3, max_size=3), capacities, values, values, bounds)
def test_steps_that_grow_want_no_fewer_tasks_further_above_the_threshold(
    kind: str, adjustments: list[int], capacity: int, one: float, other: float, within: Bounds
) -> None:
    first, second, third = sorted(adjustments)
    growing = policy(kind, step(first, 0, 10), step(second, 10, 50), step(third, 50))
    low, high = sorted((one, other))
    capacity = within.clamp(capacity)
    after = [by_steps(growing, capacity, beyond, within) for beyond in (low, high)]
    assert capacity <= after[0] <= after[1] <= within.maximum


@given(st.floats(-1000, 1000, allow_nan=False))
def test_rounding_keeps_the_sign_and_moves_by_a_task_at_most(change: float) -> None:
    tasks = rounded(change)
    assert abs(tasks - change) <= 1
    assert tasks == 0 or math.copysign(1, tasks) == math.copysign(1, change)
