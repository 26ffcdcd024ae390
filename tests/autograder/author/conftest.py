"""A course of one small lesson and one small lab, copied to a folder of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.author.places import Course

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def sample(tmp_path: Path) -> Course:
    root = tmp_path / "sample-course"
    shutil.copytree(SAMPLES, root)
    return Course(root)
