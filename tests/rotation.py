"""Which of many tests CI runs today: each comes up in its turn, and `--long` runs them all.

docs/tests.md says what takes turns. A test that does carries the mark `turn`, which says on which days it comes up;
tests/conftest.py leaves it out on the others.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from typing import TypeVar

import pytest

Item = TypeVar("Item")

COLLECTED = pytest.StashKey[list[pytest.Item]]()
"""In pytest's configuration: all tests that were collected, those that are left out today among them."""

WEEKS = 4
"""Within so many weeks every test has its turn."""


def turn() -> int:
    """The number of the day, or what COURSE_TURN says."""
    return int(os.environ.get("COURSE_TURN") or datetime.datetime.now(datetime.UTC).date().toordinal())


def comes_up(day: int, place: int, of: int, count: int = 1) -> bool:
    """Is it the day of what stands at this place of so many, where `count` of them come up each day?"""
    return (place - day * count) % of < count


def rotating(items: Sequence[Item], count: int) -> list[Item]:
    """So many of the items as come up today; the next ones tomorrow. All of them where there are no more."""
    begin = turn() * count
    return [items[(begin + number) % len(items)] for number in range(min(count, len(items)))]


def parameters(items: Sequence[Item], count: int) -> list[object]:
    """All items as parameters of a test, of which so many come up each day, the next ones tomorrow."""
    return [
        pytest.param(item, marks=pytest.mark.turn(place, len(items), min(count, len(items))))
        for place, item in enumerate(items)
    ]


def on_turn(place: int, of: int) -> pytest.MarkDecorator:
    """The mark of a test or module that comes up on every so-manieth day."""
    return pytest.mark.turn(place, of)


def is_up(item: pytest.Item, day: int) -> bool:
    """Has the test its turn on this day? One with several marks has it where all of them say so."""
    return all(comes_up(day, *mark.args) for mark in item.iter_markers("turn"))
