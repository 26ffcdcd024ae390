"""Every rotating test comes up in its turn."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rotation import COLLECTED, WEEKS, comes_up, is_up, rotating

DAYS = range(1000, 1000 + 7 * WEEKS)


def test_each_test_of_this_run_that_takes_turns_has_one_within_four_weeks(request: pytest.FixtureRequest) -> None:
    """Two marks on one test may leave it no day at all: every third day and every sixth but that one."""
    never = [
        item.nodeid for item in request.config.stash[COLLECTED]
        if item.get_closest_marker("turn") and not any(is_up(item, day) for day in DAYS)
    ]  # fmt: skip
    assert never == []


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
        assert {item for item in items if comes_up(day, item, total, min(count, total))} == set(today)
    assert seen == set(items)


SOME = """
import pytest
from tests.rotation import on_turn, parameters

@pytest.mark.parametrize("letter", parameters("abc", 1))
def test_letter(letter): pass
@pytest.mark.long
def test_long(): pass
@pytest.mark.parametrize("never", [pytest.param(1, marks=[on_turn(0, 3), on_turn(1, 6)])])
def test_never(never): pass
def test_always(): pass
"""


EVERYTHING = {"test_letter[a]", "test_letter[b]", "test_letter[c]", "test_long", "test_never[1]", "test_always"}


@pytest.mark.parametrize(
    ("options", "chosen"), [((), {"test_letter[b]", "test_always"}), (("--long",), EVERYTHING)], ids=["of a day", "all"]
)
def test_what_does_not_come_up_is_left_out_unless_all_is_asked_for(
    tmp_path: Path, options: tuple[str, ...], chosen: set[str]
) -> None:
    (tmp_path / "test_some.py").write_text(SOME, encoding="utf-8")
    shutil.copy(Path(__file__).with_name("test_rotation.py"), tmp_path)
    words = f"-m pytest -v -p no:cacheprovider -p tests.conftest -c pyproject.toml --rootdir {tmp_path}"
    done = subprocess.run(
        [sys.executable, *words.split(), *options, str(tmp_path), "-k", "test_some or four_weeks"],
        cwd=Path(__file__).parents[1],
        env=os.environ | {"COURSE_TURN": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    ran = {name for name, fate in re.findall(r"::(\S+) (PASSED|FAILED)", done.stdout)}
    assert ran & EVERYTHING == chosen
    assert "four_weeks FAILED" in done.stdout, "what never comes up was not found"
    assert "test_never[1]" in done.stdout.partition("short test summary")[0]
