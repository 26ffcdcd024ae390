"""JupyterLab started by start.py in a workspace of a learner's own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jupyterlab_page import JupyterLabPage
from playwright.sync_api import Browser

from tests.ports import free_port

COURSE = Path(__file__).resolve().parents[2]
PICTURES = COURSE / "artefacts"
"""Screenshots go here (ignored by git); a person looks at them after a run."""


@dataclass
class LearnersLab:
    """A running JupyterLab."""

    address: str
    token: str
    workspace: Path


def start_lab(command: list[str], environ: dict[str, str], workspace: Path, patience: float) -> Iterator[LearnersLab]:
    """Run start.py until JupyterLab answers; stop it afterwards. `patience` in seconds."""
    expose = workspace / ".fargate-course" / "jupyter" / "config" / "jupyter_lab_config.py"
    expose.parent.mkdir(parents=True)
    expose.write_text("c.LabApp.expose_app_in_browser = True\n", encoding="utf-8")
    printed = workspace.parent / "printed.txt"
    command = [*command, "--port", str(free_port())]
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


def opened_page(browser: Browser, lab: LearnersLab) -> Iterator[JupyterLabPage]:
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    tab = context.new_page()
    yield JupyterLabPage(tab, lab.address, lab.token, PICTURES)
    context.close()
