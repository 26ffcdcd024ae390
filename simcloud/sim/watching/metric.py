"""A metric, and what was measured of it in a stretch of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple


class Metric(NamedTuple):
    """What CloudWatch tells metrics apart by."""

    namespace: str
    name: str
    dimensions: tuple[tuple[str, str], ...] = ()
    """Sorted by name."""

    def of(self, dimension: str) -> str:
        """The value of a dimension; '' where it has none of the name."""
        for name, value in self.dimensions:
            if name == dimension:
                return value
        return ""


def metric(namespace: str, name: str, dimensions: Iterable[Mapping[str, Any]] = ()) -> Metric:
    """From the API's spelling."""
    pairs = sorted((str(each["Name"]), str(each["Value"])) for each in dimensions)
    return Metric(namespace, name, tuple(pairs))


class Datum(NamedTuple):
    """A statistic set: what CloudWatch keeps of the samples of a stretch."""

    total: float
    samples: float
    least: float
    most: float

    def statistic(self, name: str) -> float | None:
        """By CloudWatch's name of it; percentiles are taken for the mean. None for what it does not know."""
        if name == "Average" or name[:1] in ("p", "t"):
            return self.total / self.samples if self.samples else None
        return {"Sum": self.total, "SampleCount": self.samples, "Minimum": self.least, "Maximum": self.most}.get(name)


def once(value: float, samples: float = 1.0) -> Datum:
    """So many samples, all alike."""
    return Datum(value * samples, samples, value, value)


def together(parts: Iterable[Datum]) -> Datum | None:
    """One of several; None of none."""
    found = list(parts)
    if not found:
        return None
    return Datum(
        sum(each.total for each in found),
        sum(each.samples for each in found),
        min(each.least for each in found),
        max(each.most for each in found),
    )
