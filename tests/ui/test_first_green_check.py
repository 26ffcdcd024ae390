"""From `python3 start.py` in a fresh clone to the first green check, with the package cache warm; seconds are kept."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from learners_lab import COURSE, PICTURES, LearnersLab, opened_page, start_lab
from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture
def began() -> float:
    return time.monotonic()


@pytest.fixture
def fresh_lab(began: float, tmp_path: Path) -> Iterator[LearnersLab]:
    clone = tmp_path / "course"
    subprocess.run(["git", "clone", "--quiet", str(COURSE), str(clone)], check=True)
    cache = subprocess.run(["python3", "-m", "pip", "cache", "dir"], capture_output=True, text=True, check=True)
    environ = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path / "home"), "PIP_CACHE_DIR": cache.stdout.strip()}
    (tmp_path / "home").mkdir()
    yield from start_lab(["python3", str(clone / "start.py"), "--no-open"], environ, clone / "my", patience=600)


def test_first_green_check_comes_soon(began: float, fresh_lab: LearnersLab, browser: Browser) -> None:
    answers = time.monotonic() - began
    for page in opened_page(browser, fresh_lab):
        page.open("course/00-start-here.ipynb")
        page.run_all()
        assert "2 of 2" in page.text("start-check")
    seconds = time.monotonic() - began
    PICTURES.mkdir(exist_ok=True)
    kept = {"jupyterlab_answers_seconds": round(answers, 1), "first_green_check_seconds": round(seconds, 1)}
    (PICTURES / "first-green-check.json").write_text(json.dumps(kept) + "\n", encoding="utf-8")
    assert seconds < 600, "the goal is two minutes; this bound only catches a start that hangs"
