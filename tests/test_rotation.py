"""Every rotating test comes up in its turn."""

from __future__ import annotations

import pytest

from tests.rotation import parameters, rotating


@pytest.mark.parametrize(("total", "count"), [(18, 2), (7, 3), (1, 2), (5, 5)])
def test_each_item_comes_up_within_as_many_days_as_are_needed(
    monkeypatch: pytest.MonkeyPatch, total: int, count: int
) -> None:
    items, seen = list(range(total)), set()
    days = -(-total // min(count, total))
    for day in range(1000, 1000 + days):
        monkeypatch.setenv("COURSE_TURN", str(day))
        today = rotating(items, count)
        assert len(today) == len(set(today)) == min(count, total)
        seen |= set(today)
    assert seen == set(items)


def test_those_that_do_not_come_up_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_TURN", "1")
    given = parameters(["a", "b", "c"], 1)
    assert [one if isinstance(one, str) else "long" for one in given] == ["long", "b", "long"]
