"""The site of this course, and a course of two lessons and a lab to make others of."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from autograder.author.places import Course, course
from tests.built_site import built_site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_site(tmp_path_factory)


@pytest.fixture
def small(tmp_path: Path) -> Course:
    """What a learner's bundle has of lesson 00 and a lab: notebooks, and no sources. All links lead to the two."""
    here, root = course(), tmp_path / "bundle"
    for name in ("course/00-start-here.ipynb", "labs/03-private-pull/03-private-pull.ipynb"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(here.root / name, root / name)
    text = (root / "course/00-start-here.ipynb").read_text(encoding="utf-8")
    text = re.sub(r"\]\((?!https:)[^)]*\)", "](../labs/03-private-pull/03-private-pull.ipynb)", text)
    text = re.sub(r"\(\d\d-[\w-]+\.ipynb\)", "(00-start-here.ipynb)", text)
    (root / "course/00-start-here.ipynb").write_text(text, encoding="utf-8")
    return Course(root)
