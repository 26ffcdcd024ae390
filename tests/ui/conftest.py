"""A real Chromium, and a learner's JupyterLab for it to look at."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyterlab_page import JupyterLabPage
from learners_lab import COURSE, LearnersLab, opened_page, start_lab
from playwright.sync_api import Browser, sync_playwright

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Chromium as the test runs it: no sandbox (it may run as root) and no talk with the outside."""


def chromium() -> str:
    """Where Chromium is. Installed by hand (Debian: `apt-get install chromium`); the tests install nothing."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        word = "no Chromium here: install it (Debian: apt-get install chromium) or name it in CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(word)
        pytest.skip(word)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def learners_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LearnersLab]:
    home = tmp_path_factory.mktemp("learner")
    workspace = home / "my"
    python = str(Path(sys.base_prefix) / "bin" / "python3")
    command = [python, str(COURSE / "start.py"), "--no-open", "--workspace", str(workspace)]
    environ = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}
    yield from start_lab(command, environ, workspace, patience=120)


@pytest.fixture
def page(browser: Browser, learners_lab: LearnersLab) -> Iterator[JupyterLabPage]:
    yield from opened_page(browser, learners_lab)
