"""JupyterLab as a learner gets it: started by start.py, in a workspace of its own, with a clean log."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from test_start import BARE, START, needs_set_up

from autograder.setup.jupyter import port
from tests.ports import free_port

pytestmark = needs_set_up

LAB_CELL = {
    "cell_type": "code",
    "execution_count": None,
    "id": "check-a",
    "metadata": {"nbgrader": {"grade": True, "grade_id": "a", "locked": True, "points": 1, "schema_version": 3,
                              "solution": False, "task": False, "cell_type": "code"}},
    "outputs": [],
    "source": "assert 1 + 1 == {sum}",
}  # fmt: skip


@dataclass
class Server:
    """A running JupyterLab: its address, token, workspace, and what start.py printed."""

    address: str
    token: str
    workspace: Path
    printed: Path

    def fetch(self, path: str, data: bytes | None = None) -> str:
        headers = {"Authorization": f"token {self.token}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.address + path, data=data, headers=headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return str(answer.read().decode())

    def log(self) -> str:
        return (self.workspace / ".fargate-course" / "jupyter.log").read_text(encoding="utf-8")

    def page_config(self) -> dict[str, object]:
        page = self.fetch("/lab")
        found = re.search(r'id="jupyter-config-data" type="application/json">(.*?)</script>', page, re.DOTALL)
        assert found is not None, page[:2000]
        return dict(json.loads(found[1]))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("home")
    _old_settings_of_the_user(home)
    workspace = home / "Arbeit mit Ümläuten"
    printed = home / "printed"
    command = [str(Path(sys.base_prefix) / "bin" / "python3"), str(START), "--no-open", "--workspace", str(workspace)]
    command += ["--port", str(free_port())]
    with printed.open("wb") as out:
        process = subprocess.Popen(
            command, env=BARE | {"HOME": str(home)}, stdout=out, stderr=out, stdin=subprocess.DEVNULL
        )
    try:
        yield _when_it_answers(process, workspace, printed)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _old_settings_of_the_user(home: Path) -> None:
    """What a former JupyterLab may have left behind: settings that would stop ours from starting."""
    (home / ".jupyter").mkdir()
    (home / ".jupyter" / "jupyter_server_config.py").write_text("raise SystemExit('an old configuration was read')\n")
    (home / ".ipython" / "profile_default" / "startup").mkdir(parents=True)


def _when_it_answers(process: subprocess.Popen[bytes], workspace: Path, printed: Path) -> Server:
    for _ in range(300):
        found = re.search(r"(http://127\.0\.0\.1:\d+)/lab\S*\?token=(\w+)", printed.read_text(encoding="utf-8"))
        if found:
            return Server(found[1], found[2], workspace, printed)
        assert process.poll() is None, printed.read_text(encoding="utf-8")
        time.sleep(0.1)
    raise AssertionError(f"no address in 30 seconds: {printed.read_text(encoding='utf-8')}")


def test_fresh_start_logs_no_warning_and_no_error(server: Server) -> None:
    assert "started" in json.loads(server.fetch("/api/status"))
    server.page_config()
    assert [line for line in server.log().splitlines() if re.match(r"\[[WE] |Traceback", line)] == []


def test_terminal_shows_the_address_and_no_wall_of_log(server: Server) -> None:
    lines = server.printed.read_text(encoding="utf-8").splitlines()
    assert any("To stop it, press Ctrl+C here." in line for line in lines[:3])
    assert len(lines) < 12
    assert not any(line.startswith(("[I", "[W", "[E")) for line in lines)


def test_second_server_finds_a_free_port(server: Server) -> None:
    taken = int(server.address.rsplit(":", 1)[1])
    assert port(None) != taken


def test_start_page_is_the_first_lesson_where_it_is_built(server: Server) -> None:
    built = (server.workspace / "course" / "00-start-here.ipynb").is_file()
    assert server.page_config()["appUrl"] == "/lab"
    assert ("/lab/tree/course/00-start-here.ipynb" in server.printed.read_text(encoding="utf-8")) is built


def test_learner_sees_validate_and_nothing_of_the_instructors(server: Server) -> None:
    off = server.page_config()["disabledExtensions"]
    assert isinstance(off, list)
    for plugin in ("formgrader", "create-assignment", "course-list", "assignment-list", "menu"):
        assert f"@jupyter/nbgrader:{plugin}" in off
    assert "@jupyter/nbgrader:validate-assignment" not in off
    assert "@jupyter/nbgrader" not in off


def test_nothing_is_fetched_from_outside(server: Server) -> None:
    config = server.page_config()
    assert config["news"] == {"disabled": True} or "@jupyterlab/apputils-extension:announcements" in str(
        config["disabledExtensions"]
    )
    assert config["extensionManager"] == config["extensionManager"] | {"can_install": False}  # type: ignore[operator]


@pytest.mark.parametrize(("total", "passes"), [("2", True), ("3", False)])
def test_validate_button_says_whether_the_visible_checks_pass(server: Server, total: str, passes: bool) -> None:
    cell = LAB_CELL | {"source": str(LAB_CELL["source"]).format(sum=total)}
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    notebook = {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (server.workspace / f"lab-{total}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    answer = json.loads(server.fetch("/assignments/validate", json.dumps({"path": f"lab-{total}.ipynb"}).encode()))
    assert answer["success"] is True, answer
    assert ("failed" not in answer["value"]) is passes
    assert json.loads(server.fetch("/nbgrader_version?version=0.9.6")) == {"success": True}
