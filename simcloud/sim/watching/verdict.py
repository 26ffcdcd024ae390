"""The state of an alarm from its data points: M out of N, and what is missing. Pure.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html (alarm evaluation, missing data)
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence

OK, ALARM, UNKNOWN = "OK", "ALARM", "INSUFFICIENT_DATA"
MORE = 2
"""Periods that are looked at beyond EvaluationPeriods, in case some are missing."""

COMPARE: dict[str, Callable[[float, float], bool]] = {
    "GreaterThanThreshold": operator.gt,
    "GreaterThanOrEqualToThreshold": operator.ge,
    "LessThanThreshold": operator.lt,
    "LessThanOrEqualToThreshold": operator.le,
}


def state(points: Sequence[bool | None], periods: int, needed: int, missing: str, before: str) -> str:
    """The new state. `points`: newest first, does each breach, None where it is missing; `periods` + MORE of them."""
    real = [breach for breach in points if breach is not None]
    if len(real) >= periods:
        return ALARM if sum(real[:periods]) >= needed else OK
    gaps = periods - len(real)
    breaches = sum(real)
    if missing == "breaching":
        return ALARM if breaches + gaps >= needed else OK
    if missing == "notBreaching" or breaches >= needed:
        return ALARM if breaches >= needed else OK
    if not real:
        return before if missing == "ignore" else UNKNOWN
    if not all(real):
        return OK
    if missing == "ignore":
        return before
    oldest = max(place for place, breach in enumerate(points) if breach)
    return ALARM if oldest + 1 >= needed else before
