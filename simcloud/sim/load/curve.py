"""Requests or messages a second over simulated time: constant, in steps, in a daily wave, or through points.

Every curve answers three questions without walking through time: how much at a moment, how much on average between
two, and between which values it stays. Moments are epoch seconds.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

DAY = 86_400.0
HOUR = 3_600.0


class Curve(Protocol):
    """A rate over time."""

    def rate(self, at: float) -> float:
        """A second, at this moment."""

    def mean(self, start: float, end: float) -> float:
        """A second, on average between two moments; `start` is before `end`."""

    def bounds(self, start: float, end: float) -> tuple[float, float]:
        """The least and the most between two moments; `end` may be infinite."""


@dataclass(frozen=True)
class Constant:
    """The same for ever."""

    value: float

    def rate(self, at: float) -> float:
        return self.value

    def mean(self, start: float, end: float) -> float:
        return self.value

    def bounds(self, start: float, end: float) -> tuple[float, float]:
        return self.value, self.value


@dataclass(frozen=True)
class Points:
    """Straight lines from point to point; before the first and after the last it stays. With `steps` no lines: a value
    holds until the next."""

    moments: tuple[float, ...]
    values: tuple[float, ...]
    steps: bool = False

    def rate(self, at: float) -> float:
        place = bisect_right(self.moments, at)
        if place == 0:
            return self.values[0]
        if self.steps or place == len(self.moments):
            return self.values[place - 1]
        return self._between(place, at)

    def _between(self, place: int, at: float) -> float:
        (x, y), (a, b) = self.moments[place - 1 : place + 1], self.values[place - 1 : place + 1]
        return a + (b - a) * (at - x) / (y - x)

    def mean(self, start: float, end: float) -> float:
        marks = [start, *self.moments[self._inside(start, end)], end]
        area = 0.0
        for x, y in pairwise(marks):
            area += self.rate((x + y) / 2) * (y - x)  # straight inside: the middle is the mean
        return area / (end - start)

    def bounds(self, start: float, end: float) -> tuple[float, float]:
        last = self.values[-1] if math.isinf(end) else self.rate(end)
        seen = [self.rate(start), *self.values[self._inside(start, end)], last]
        return min(seen), max(seen)

    def _inside(self, start: float, end: float) -> slice:
        """Where the points between two moments stand, without those at the moments themselves."""
        return slice(bisect_right(self.moments, start), bisect_left(self.moments, end))


@dataclass(frozen=True)
class Daily:
    """A wave with one hill and one valley a day."""

    low: float
    high: float
    peak: float
    """Seconds after midnight UTC at which it is highest."""

    def rate(self, at: float) -> float:
        turn = 2 * math.pi * (at - self.peak) / DAY
        return self.low + (self.high - self.low) * (1 + math.cos(turn)) / 2

    def mean(self, start: float, end: float) -> float:
        first, last = (2 * math.pi * (at - self.peak) / DAY for at in (start, end))
        wave = (math.sin(last) - math.sin(first)) / (last - first)
        return self.low + (self.high - self.low) * (1 + wave) / 2

    def bounds(self, start: float, end: float) -> tuple[float, float]:
        if end - start >= DAY:
            return self.low, self.high
        first, last = self.rate(start), self.rate(end)
        low, high = (first, last) if first < last else (last, first)
        if (end - self.peak) // DAY > (start - self.peak) // DAY:
            high = self.high
        valley = self.peak + DAY / 2
        if (end - valley) // DAY > (start - valley) // DAY:
            low = self.low
        return low, high
