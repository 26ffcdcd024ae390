"""The house is in order: style, types and the floors of the design, as the tools see them."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

COURSE = Path(__file__).resolve().parents[1]
TOOLS = {
    "ruff finds nothing": ["ruff", "check", "--no-cache", "."],
    "ruff would format nothing anew": ["ruff", "format", "--check", "--no-cache", "."],
    "mypy finds nothing": ["mypy"],
    "every import goes down a floor": ["lint-imports", "--no-cache"],
}


@pytest.mark.parametrize("words", TOOLS.values(), ids=TOOLS.keys())
def test_the_house_is_in_order(words: list[str]) -> None:
    tool = Path(sys.executable).parent / words[0]
    done = subprocess.run([str(tool), *words[1:]], cwd=COURSE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_two_test_files_have_one_name() -> None:
    """Each passes alone, and pytest refuses to collect both: seen only by a run of everything."""
    names = Counter(path.name for path in (COURSE / "tests").rglob("test_*.py"))
    assert [name for name, times in names.items() if times > 1] == []
