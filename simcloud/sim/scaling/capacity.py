"""How many tasks a policy wants, from the tasks that there are and a value of its metric. Pure arithmetic.

What AWS publishes is followed to the letter: steps (R-254 to R-256), several policies (R-250), missing data (R-251).
The size of a target tracking step is published as "proportional" alone; the formula here gives back the published
examples (R-248, R-249).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from simcloud.facts.scaling import LOW_SHARE

NEAR = 1e-6
"""So near to a whole number a quotient of floating point does not tell on which side it lies."""
PERCENT, EXACT = "PercentChangeInCapacity", "ExactCapacity"


@dataclass(frozen=True)
class Bounds:
    """Between which a target's capacity moves."""

    minimum: int
    maximum: int

    def clamp(self, capacity: int) -> int:
        """The capacity itself, or the nearer bound."""
        return min(max(capacity, self.minimum), self.maximum)


@dataclass(frozen=True)
class Wish:
    """What one policy wants. A target tracking policy that may scale in has a voice in whether others may (R-250)."""

    capacity: int
    tracks: bool
    scales_in: bool = True
    """False where DisableScaleIn is set."""


def by_steps(configuration: Mapping[str, Any], capacity: int, beyond: float, bounds: Bounds) -> int:
    """What a step scaling policy makes of a capacity.

    `configuration` is a StepScalingPolicyConfiguration; `beyond` is the metric minus the threshold of its alarm.
    Where no step holds that value, the capacity stays.
    """
    adjustment = _adjustment(configuration, beyond)
    if adjustment is None:
        return capacity
    if configuration.get("AdjustmentType") == EXACT:
        return bounds.clamp(adjustment)
    if configuration.get("AdjustmentType") == PERCENT:
        adjustment = _percent(capacity, adjustment, int(configuration.get("MinAdjustmentMagnitude") or 0))
    return bounds.clamp(capacity + adjustment)


def _adjustment(configuration: Mapping[str, Any], beyond: float) -> int | None:
    """ScalingAdjustment of the step that holds the value. At the threshold itself a step above it comes first."""
    steps = configuration.get("StepAdjustments") or ()
    sides = ([_above] if beyond >= 0 else []) + ([_below] if beyond <= 0 else [])
    for holds in sides:
        for step in steps:
            lower = step.get("MetricIntervalLowerBound")
            upper = step.get("MetricIntervalUpperBound")
            if holds(beyond, -math.inf if lower is None else lower, math.inf if upper is None else upper):
                return int(step["ScalingAdjustment"])
    return None


def _above(value: float, lower: float, upper: float) -> bool:
    """Above the threshold the lower bound belongs to the step, the upper to the next one."""
    return lower <= value < upper


def _below(value: float, lower: float, upper: float) -> bool:
    """Below it, the reverse."""
    return lower < value <= upper


def _percent(capacity: int, percent: int, least: int) -> int:
    """So many tasks are a percentage of the capacity, rounded as AWS rounds, and at least MinAdjustmentMagnitude."""
    change = rounded(Fraction(capacity * percent, 100))
    if percent == 0 or abs(change) >= least:
        return change
    return least if percent > 0 else -least


def rounded(change: Fraction | float) -> int:
    """Toward zero beyond 1, away from it within (R-255): 12.7 is 12, 0.67 is 1, -0.58 is -1, -6.67 is -6."""
    if 0 < change < 1:
        return 1
    if -1 < change < 0:
        return -1
    return math.trunc(change)


def by_tracking(target: float, capacity: int, metric: float | None, bounds: Bounds, *, scales_in: bool = True) -> int:
    """What a target tracking policy makes of a capacity; a value that is missing changes nothing (R-251).

    Out, as soon as the metric is above the target: enough tasks to bring it there, rounded up. In, when it is below
    nine tenths of the target: as few as do not bring it above.
    """
    if metric is None:
        return capacity
    needed = _ratio_up(capacity, metric, target)
    if metric > target:
        return max(capacity, bounds.clamp(needed))
    if scales_in and metric < target * LOW_SHARE.value:
        return min(capacity, bounds.clamp(needed))
    return capacity


def _ratio_up(capacity: int, metric: float, target: float) -> int:
    """capacity x metric / target, rounded up: exactly, where floating point might round to the wrong side."""
    about = capacity * metric / target
    if abs(about - round(about)) > NEAR:
        return math.ceil(about)
    return math.ceil(capacity * Fraction(str(metric)) / Fraction(str(target)))


def together(capacity: int, wishes: Iterable[Wish]) -> int:
    """What several policies make of a capacity (R-250).

    The largest capacity wins. Tracking policies scale in when all of them that may are ready to; a step policy does
    not wait for them, and they do not hold it back.
    """
    given = list(wishes)
    out = [wish.capacity for wish in given if wish.capacity > capacity]
    if out:
        return max(out)
    voices = [wish for wish in given if wish.tracks and wish.scales_in]
    agreed = bool(voices) and all(wish.capacity < capacity for wish in voices)
    inward = [wish.capacity for wish in given if wish.capacity < capacity and (agreed or not wish.tracks)]
    return max(inward, default=capacity)
