"""Which of many long tests CI runs today: each comes up in its turn, and `--long` runs them all."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from typing import TypeVar

import pytest

Item = TypeVar("Item")


def turn() -> int:
    """The number of the day, or what COURSE_TURN says."""
    return int(os.environ.get("COURSE_TURN") or datetime.datetime.now(datetime.UTC).date().toordinal())


def rotating(items: Sequence[Item], count: int) -> list[Item]:
    """So many of the items as come up today; the next ones tomorrow. All of them where there are no more."""
    begin = turn() * count
    return [items[(begin + number) % len(items)] for number in range(min(count, len(items)))]


def parameters(items: Sequence[Item], count: int) -> list[object]:
    """All items as parameters of a test, of which those that do not come up today are marked as long."""
    today = rotating(items, count)
    return [item if item in today else pytest.param(item, marks=pytest.mark.long) for item in items]


def on_turn(place: int, of: int) -> list[pytest.MarkDecorator]:
    """The mark of a module that comes up on every so-manieth day: none on its day, long on the others."""
    return [] if turn() % of == place else [pytest.mark.long]
