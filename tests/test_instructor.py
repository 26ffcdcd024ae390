"""docs/instructor.md does what it says: its commands are run in their order, for two learners of one lab."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

COURSE = Path(__file__).resolve().parents[1]
LAB = "02-right-definition"
PARTS = ("autograder", "simcloud", "course", "labs", "solutions")
FILES = (
    "start.py", "requirements.lock", "environment.yml", "pyproject.toml", "nbgrader_config.py",
    "README.md", "LICENSE", "NOTICE", "CHANGELOG.md",
)  # fmt: skip
ROSTER = "learner,name,email,id,section\nada,Ada Lind,ada@example.org,1001,A\nbob,Bob Maas,bob@example.org,1002,A\n"


def commands() -> list[str]:
    """What the page tells an instructor to type, in order."""
    page = (COURSE / "docs" / "instructor.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```console\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


def handed_in(inbox: Path, learner: str, source: Path) -> None:
    """A package as `submit` makes it."""
    inbox.mkdir(exist_ok=True)
    with zipfile.ZipFile(inbox / f"{learner}--{LAB}.zip", "w") as package:
        package.writestr(f"{learner}/{LAB}/{LAB}.ipynb", source.read_bytes())
        package.writestr(f"{learner}/{LAB}/timestamp.txt", "2026-11-23 10:00:00 UTC")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instructor's course: the solution handed in by ada, the untouched release by bob."""
    root = tmp_path_factory.mktemp("class") / "course"
    for part in PARTS:
        shutil.copytree(COURSE / part, root / part, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    for file in FILES:
        shutil.copy(COURSE / file, root / file)
    (root / "roster.csv").write_text(ROSTER, encoding="utf-8")
    handed_in(root / "inbox", "ada", root / "solutions" / LAB / f"{LAB}.ipynb")
    handed_in(root / "inbox", "bob", root / "labs" / LAB / f"{LAB}.ipynb")
    return root


def run(command: str, root: Path) -> str:
    """Run one command of the page; what it printed. It must succeed."""
    words = shlex.split(command)
    programs = {"fargate-course": "autograder.cli", "nbgrader": "nbgrader"}
    if words[0] in programs:
        words[:1] = [sys.executable, "-m", programs[words[0]]]
    environment = {**os.environ, "PYTHONPATH": str(root), "FARGATE_COURSE_STATE": str(root / "state.json")}
    done = subprocess.run(words, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_every_command_of_the_page_does_what_it_says(here: Path) -> None:
    told = {command: run(command, here) for command in commands()}
    said = "\n".join(told.values())
    assert "none found" in said
    assert "2 of 2 packages taken" in said
    assert "ada" in said
    assert (here.parent / "ferry-class" / "labs" / LAB / f"{LAB}.ipynb").is_file()
    assert not (here.parent / "ferry-class" / "solutions").exists()
    assert (here.parent / "ferry-solutions" / "solutions" / LAB / f"{LAB}.ipynb").is_file()
    assert (here / "report" / "report.html").is_file()
    assert "Ada Lind" in (here / "canvas.csv").read_text(encoding="utf-8")
    assert "ada@example.org" in (here / "moodle.csv").read_text(encoding="utf-8")
    marks = (here / "marks.csv").read_text(encoding="utf-8")
    assert re.search(r"^ada,.*\b20(\.0)?\b", marks, re.MULTILINE)
    assert re.search(r"^bob,.*\b0(\.0)?\b", marks, re.MULTILINE)
    for learner in ("ada", "bob"):
        feedback = here / "feedback" / learner / LAB / f"{LAB}.html"
        assert feedback.is_file()


def test_the_page_uses_each_command_of_an_instructor() -> None:
    """A command that is added for instructors and not told of here is a gap."""
    used = {words[1] for words in map(shlex.split, commands()) if words[0] == "fargate-course"}
    assert {"release", "collect", "grade", "receipts", "report", "regrade", "export"} <= used
