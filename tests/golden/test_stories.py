"""Every golden story is told again word for word."""

from __future__ import annotations

from pathlib import Path

import pytest
from scenarios import SCENARIOS, told

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_story_is_told_as_recorded(name: str) -> None:
    recorded = (HERE / f"{name}.story.txt").read_text(encoding="utf-8")
    assert told(name) == recorded, "if the new story is better, run: python -m tests.golden.regenerate"


def test_no_story_is_kept_without_its_scenario() -> None:
    assert {path.name.removesuffix(".story.txt") for path in HERE.glob("*.story.txt")} == set(SCENARIOS)
