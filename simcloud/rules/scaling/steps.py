"""Laws on step scaling. Bounds are relative to the threshold of the alarm; one that is left out is infinite (R-254)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from simcloud.facts import scaling
from simcloud.facts.sources import PREFLIGHT, issue
from simcloud.facts.words import scaling as words
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.scaling.operations import PUT_POLICY, STEP, configuration, invalid
from simcloud.rules.scaling.seen import Seen

AT = configuration(STEP)
STEPS = f"{AT}.StepAdjustments"
PERCENT, EXACT = "PercentChangeInCapacity", "ExactCapacity"


class Interval(NamedTuple):
    """A step's range of metric values."""

    lower: float
    upper: float


def _bench(case: str) -> str:
    return f"{PREFLIGHT} (pf-appautoscaling-{case})"


def _configured(request: Mapping[str, Any]) -> Mapping[str, Any] | None:
    given = request.get(AT)
    return given if isinstance(given, Mapping) else None


def _again(request: Mapping[str, Any], seen: Seen) -> bool:
    """Is this a step policy that the target has already (recorded, applicationautoscaling/controls.json)?"""
    held = seen.policies.get(reading.text(request, "PolicyName"), {})
    return reading.text(held, "PolicyType") == STEP


def _steps(request: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    return reading.structures(reading.mapping(request, AT), "StepAdjustments")


def _bound(step: Mapping[str, Any], side: str) -> float | None:
    value = step.get(f"MetricInterval{side}Bound")
    return float(value) if isinstance(value, int | float) else None


def _intervals(request: Mapping[str, Any]) -> list[Interval]:
    """The ranges from low to high; none where two are open to the same side, or one is empty: other laws say so."""
    found = []
    for step in _steps(request):
        lower, upper = _bound(step, "Lower"), _bound(step, "Upper")
        found.append(Interval(-math.inf if lower is None else lower, math.inf if upper is None else upper))
    twice = sum(each.lower == -math.inf for each in found) > 1 or sum(each.upper == math.inf for each in found) > 1
    broken = any(each.lower >= each.upper or each == (-math.inf, math.inf) for each in found)
    return [] if twice or broken else sorted(found)


@rule("FG540", on=PUT_POLICY, source=_bench("step-adjustment-type-required"), status="observed")
def steps_have_an_adjustment_type(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """A step scaling policy says what its adjustments mean: a change, a percentage or a capacity. One that is put again
    keeps what it said."""
    given = _configured(request)
    if given is not None and not given.get("AdjustmentType") and not _again(request, seen):
        yield invalid(f"{AT}.AdjustmentType", words.ADJUSTMENT_TYPE, "it is missing")


@rule("FG541", on=PUT_POLICY, source=_bench("step-adjustments-required"), status="observed")
def there_is_a_step(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """A step scaling policy has at least one step; one that is put again without any keeps those that it has."""
    given = _configured(request)
    kept = given is not None and "StepAdjustments" not in given and _again(request, seen)
    if given is not None and not _steps(request) and not kept:
        yield invalid(STEPS, words.NO_STEPS, "there is none")


@rule("FG542", on=PUT_POLICY, source=issue("aws/aws-cdk", 26215), status="observed")
def there_are_up_to_twenty_steps(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A step scaling policy has at most 20 steps."""
    most = scaling.STEP_ADJUSTMENTS.value
    if len(_steps(request)) > most:
        yield invalid(STEPS, words.TOO_MANY_STEPS.format(most=most), f"there are {len(_steps(request))}")


@rule("FG543", on=PUT_POLICY, source=_bench("step-adjustment-both-null"), status="observed")
def a_step_has_a_bound(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A step has a lower bound, an upper bound, or both."""
    for index, step in enumerate(_steps(request)):
        if _bound(step, "Lower") is None and _bound(step, "Upper") is None:
            yield invalid(f"{STEPS}[{index}]", words.NO_BOUNDS, "it has neither")


@rule("FG544", on=PUT_POLICY, source=_bench("step-adjustment-bound-order"), status="observed")
def a_lower_bound_is_below_the_upper(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A step's lower bound is less than its upper bound."""
    for index, step in enumerate(_steps(request)):
        lower, upper = _bound(step, "Lower"), _bound(step, "Upper")
        if lower is not None and upper is not None and lower >= upper:
            yield invalid(f"{STEPS}[{index}]", words.BOUND_ORDER, f"{lower:g} is not less than {upper:g}")


@rule("FG545", on=PUT_POLICY, source=_bench("step-adjustment-two-null-lower"), status="observed")
def one_step_is_open_to_a_side(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """At most one step has no lower bound, and at most one no upper bound."""
    for side in ("Lower", "Upper"):
        other = "Upper" if side == "Lower" else "Lower"
        open_ones = [each for each in _steps(request) if _bound(each, side) is None and _bound(each, other) is not None]
        if len(open_ones) > 1:
            yield invalid(STEPS, words.TWO_OPEN.format(side=side.lower()), f"{len(open_ones)} steps have none")


@rule("FG546", on=PUT_POLICY, source=_bench("step-adjustment-overlap"), status="observed")
def steps_do_not_overlap(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """No metric value lies in two steps."""
    found = _intervals(request)
    for low, high in pairwise(found):
        if high.lower < low.upper:
            yield invalid(STEPS, words.OVERLAP, f"one ends at {low.upper:g}, the next begins at {high.lower:g}")


@rule("FG547", on=PUT_POLICY, source=_bench("step-adjustment-gap"), status="observed")
def steps_leave_no_gap(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Each step begins where the one below it ends."""
    found = _intervals(request)
    for low, high in pairwise(found):
        if high.lower > low.upper:
            yield invalid(STEPS, words.GAP, f"nothing lies between {low.upper:g} and {high.lower:g}")


@rule("FG548", on=PUT_POLICY, source=_bench("step-adjustment-missing-null-lower"), status="observed")
def steps_go_on_to_infinity(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Steps that go below the threshold go on without a lower bound, and those above it without an upper one."""
    found = _intervals(request)
    if found and -math.inf < found[0].lower < 0:
        text = words.OPEN_REQUIRED.format(side="lower", sign="negative")
        yield invalid(STEPS, text, f"the lowest bound is {found[0].lower:g}")
    if found and 0 < found[-1].upper < math.inf:
        text = words.OPEN_REQUIRED.format(side="upper", sign="positive")
        yield invalid(STEPS, text, f"the highest bound is {found[-1].upper:g}")


@rule("FG549", on=PUT_POLICY, source=_bench("step-adjustment-exact-capacity-negative"), status="observed")
def an_exact_capacity_is_not_negative(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """With ExactCapacity an adjustment is a capacity, 0 or more."""
    if reading.mapping(request, AT).get("AdjustmentType") != EXACT:
        return
    for index, step in enumerate(_steps(request)):
        value = reading.number(step, "ScalingAdjustment")
        if value is not None and value < 0:
            yield invalid(f"{STEPS}[{index}].ScalingAdjustment", words.EXACT_LEAST, f"it is {value}")


@rule("FG550", on=PUT_POLICY, source=_bench("min-adjustment-magnitude-percent-only"), status="observed")
def a_least_adjustment_is_for_percentages(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """MinAdjustmentMagnitude goes with PercentChangeInCapacity alone."""
    given = reading.mapping(request, AT)
    if given.get("MinAdjustmentMagnitude") is not None and given.get("AdjustmentType") not in (None, PERCENT):
        yield invalid(f"{AT}.MinAdjustmentMagnitude", words.MAGNITUDE, f"the type is {given['AdjustmentType']}")


@rule("FG551", on=PUT_POLICY, source=scaling.STEPS)
def a_least_adjustment_is_positive(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """MinAdjustmentMagnitude is 1 or more."""
    given = reading.mapping(request, AT)
    value = reading.number(given, "MinAdjustmentMagnitude")
    if value is not None and value < 1 and given.get("AdjustmentType") == PERCENT:
        yield invalid(f"{AT}.MinAdjustmentMagnitude", words.MAGNITUDE_LEAST, f"it is {value}")
