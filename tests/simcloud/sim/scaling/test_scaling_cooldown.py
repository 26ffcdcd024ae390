"""The wait after a scaling by a policy."""

from __future__ import annotations

from simcloud.sim.scaling.capacity import Bounds, by_steps
from simcloud.sim.scaling.cooldown import Cooldown, allowed

ADD_TWO = {"AdjustmentType": "ChangeInCapacity", "StepAdjustments": [{"ScalingAdjustment": 2}]}
TWO_THEN_THREE = {
    "AdjustmentType": "ChangeInCapacity",
    "StepAdjustments": [
        {"MetricIntervalLowerBound": 0, "MetricIntervalUpperBound": 10, "ScalingAdjustment": 2},
        {"MetricIntervalLowerBound": 10, "ScalingAdjustment": 3},
    ],
}
WIDE = Bounds(0, 100)


def test_a_bigger_step_during_the_wait_adds_the_difference() -> None:
    """R-258: two were added; the same alarm, now three above, adds one."""
    last = Cooldown(before=10, after=12, at=0, seconds=300)
    assert allowed(by_steps(TWO_THEN_THREE, last.base(12, 60), 15, WIDE), 12, last, 60) == 13
    assert allowed(by_steps(TWO_THEN_THREE, last.base(12, 60), 5, WIDE), 12, last, 60) == 12


def test_after_the_wait_a_step_counts_from_what_there_is() -> None:
    last = Cooldown(before=10, after=12, at=0, seconds=300)
    assert allowed(by_steps(TWO_THEN_THREE, last.base(12, 300), 5, WIDE), 12, last, 300) == 14


def test_scaling_in_waits_and_scaling_out_does_not() -> None:
    """R-252."""
    last = Cooldown(before=10, after=8, at=0, seconds=300)
    assert allowed(6, 8, last, 299) == 8
    assert allowed(6, 8, last, 300) == 6
    assert allowed(11, 8, last, 1) == 11
    assert allowed(6, 8, None, 0) == 6
