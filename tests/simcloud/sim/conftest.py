"""The stand-in world is shared with the golden stories."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "golden"))

from stand_in import Bench


@pytest.fixture
def bench() -> Bench:
    """A fresh world in which everything is open and allowed."""
    return Bench()
