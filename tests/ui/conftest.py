"""A real Chromium, and a learner's JupyterLab for it to look at."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import QUIET, WANTED, chromium
from jupyterlab_page import JupyterLabPage
from learners_lab import COURSE, LearnersLab, opened_page, start_lab
from playwright.sync_api import Browser, sync_playwright

from tests.built_site import built_site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(WANTED)
        pytest.skip(WANTED)
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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_site(tmp_path_factory)


@pytest.fixture
def page(browser: Browser, learners_lab: LearnersLab) -> Iterator[JupyterLabPage]:
    yield from opened_page(browser, learners_lab)
