"""What CloudWatch has measured in the last hour, for whoever looks at a world. Nothing is called, nothing moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from simcloud.sim.watching.metric import Metric
from simcloud.sim.watching.reading import datum
from simcloud.sim.watching.sources import known
from simcloud.sim.world import World

STEPS, STEP = 12, 300
"""So many values, each of so many seconds."""
SUMS = ("RequestCount", "HTTPCode_", "NumberOfMessages")
"""Metrics that begin so are counts to be added up; of others the mean tells something."""


class Hour(NamedTuple):
    """One metric."""

    name: str
    of: tuple[str, ...]
    """The values of its dimensions."""
    added_up: bool
    """Are its values sums? Else they are means."""
    values: tuple[float | None, ...]
    """Oldest first; None where nothing was measured."""


def hours(world: World, most: int) -> tuple[Sequence[Hour], int]:
    """The first `most` metrics that were measured or put, and how many more there are."""
    every = list(dict.fromkeys([*known(world), *world.watching.put]))
    return [_hour(world, metric) for metric in every[:most]], max(0, len(every) - most)


def _hour(world: World, metric: Metric) -> Hour:
    """Steps end at a whole minute, as CloudWatch's do."""
    added_up = metric.name.startswith(SUMS)
    end = world.now - world.now % 60
    starts = (end - STEP * (STEPS - number) for number in range(STEPS))
    data = (datum(world, metric, start, start + STEP) for start in starts)
    values = tuple(one.statistic("Sum" if added_up else "Average") if one else None for one in data)
    return Hour(metric.name, tuple(value for _, value in metric.dimensions), added_up, values)
