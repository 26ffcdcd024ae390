"""A live cloud in which events start tasks, built once for all tests of a file. The bench is shared with the golden
stories."""

from __future__ import annotations

import copy
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "golden"))

from events_bench import EventsBench

from simcloud import Cloud


@pytest.fixture(scope="module")
def built() -> Iterator[EventsBench]:
    """The account of `events_bench.py`."""
    with Cloud(seed=21) as cloud:
        yield EventsBench(cloud)


@pytest.fixture
def night(built: EventsBench) -> Iterator[EventsBench]:
    """A copy of it, which nobody else sees."""
    with built.cloud.open().copy() as future:
        mine = copy.copy(built)
        mine.cloud = future
        yield mine
        future.world.check()
