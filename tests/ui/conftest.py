"""A learner's JupyterLab, started by start.py in a workspace of its own, and a real Chromium that looks at it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from jupyterlab_page import JupyterLabPage
from playwright.sync_api import Browser, sync_playwright

COURSE = Path(__file__).resolve().parents[2]
PICTURES = COURSE / "artefacts"
"""Screenshots go here (ignored by git); a person looks at them after a run."""
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


@dataclass
class LearnersLab:
    """A running JupyterLab."""

    address: str
    token: str
    workspace: Path


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


def start_lab(command: list[str], environ: dict[str, str], workspace: Path, patience: float) -> Iterator[LearnersLab]:
    """Run start.py until JupyterLab answers; stop it afterwards. `patience` in seconds."""
    expose = workspace / ".fargate-course" / "jupyter" / "config" / "jupyter_lab_config.py"
    expose.parent.mkdir(parents=True)
    expose.write_text("c.LabApp.expose_app_in_browser = True\n", encoding="utf-8")
    printed = workspace.parent / "printed.txt"
    with printed.open("wb") as out:
        process = subprocess.Popen(
            command, env=environ, stdout=out, stderr=out, stdin=subprocess.DEVNULL, start_new_session=True
        )
    try:
        yield _when_it_answers(process, workspace, printed, patience)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _when_it_answers(process: subprocess.Popen[bytes], workspace: Path, printed: Path, patience: float) -> LearnersLab:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        found = re.search(r"(http://127\.0\.0\.1:\d+)/lab\S*\?token=(\w+)", printed.read_text(encoding="utf-8"))
        if found:
            return LearnersLab(found[1], found[2], workspace)
        assert process.poll() is None, printed.read_text(encoding="utf-8")
        time.sleep(0.1)
    raise AssertionError(f"no address after {patience} s: {printed.read_text(encoding='utf-8')}")


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


def opened_page(browser: Browser, lab: LearnersLab) -> Iterator[JupyterLabPage]:
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    tab = context.new_page()
    yield JupyterLabPage(tab, lab.address, lab.token, PICTURES)
    context.close()
