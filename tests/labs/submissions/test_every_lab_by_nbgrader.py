"""Every lab by nbgrader's own commands: generate_assignment, validate, autograde; the marks are those of answers.py."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.author.places import Course, course
from autograder.checks.lab import load
from tests.labs.desk import answers, texts
from tests.labs.submissions.handing import Handed, notebook, write_all

NBGRADER = Path(sys.executable).parent / "nbgrader"
LABS = [path.parent.name for path in course().lab_sources()]

pytestmark = [pytest.mark.long, pytest.mark.parametrize("lab_id", LABS)]


def handed_in(lab_id: str) -> list[Handed]:
    """The solution, a wrong answer to the last question, and the untouched lab."""
    lab = load(lab_id)
    last = lab.questions[-1].id
    wrong = next(one for one in answers(lab_id)[last] if one.misses and not one.raises)
    return [
        Handed("ada", "right", lab_id=lab_id),
        Handed(
            "bob",
            wrong.name,
            {last: texts(lab_id).of(last, wrong)},
            lost=frozenset(wrong.misses),
            lab_id=lab_id,
        ),
        Handed("cleo", "empty", lost=frozenset(one.id for one in lab.checks), untouched=True, lab_id=lab_id),
    ]


def nbgrader(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(root / "none"), "PYTHONWARNINGS": "ignore"}
    command = [str(NBGRADER), *arguments]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=560, check=False)


def install(root: Path, lab_id: str) -> Course:
    """The lab alone, as a course of its own."""
    for part in ("labs", "solutions"):
        shutil.copytree(course().root / part / lab_id, root / part / lab_id)
    shutil.copy(course().root / "nbgrader_config.py", root)
    return Course(root)


def marks(book: Path) -> dict[str, dict[str, float]]:
    """Learner -> question -> automatic points, read from the gradebook as any tool may."""
    query = """
        select submitted_assignment.student_id, base_cell.name, grade.auto_score
        from grade join base_cell on grade.cell_id = base_cell.id
        join submitted_notebook on grade.notebook_id = submitted_notebook.id
        join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
    """
    found: dict[str, dict[str, float]] = {}
    connection = sqlite3.connect(book)
    for learner, question, points in connection.execute(query):
        found.setdefault(learner, {})[question] = points
    connection.close()
    return found


def test_autograde_gives_the_marks_that_answers_py_predicts(lab_id: str, tmp_path: Path) -> None:
    here, submissions = install(tmp_path, lab_id), handed_in(lab_id)
    write_all(here, tmp_path / "submitted", submissions)
    made = nbgrader(tmp_path, "generate_assignment", lab_id, "--force")
    assert made.returncode == 0, made.stderr
    done = nbgrader(tmp_path, "autograde", lab_id)
    assert done.returncode == 0, done.stderr
    found = marks(tmp_path / "gradebook.db")
    for handed in submissions:
        assert {name: found[handed.learner][name] for name in handed.points} == handed.points, handed.about


def test_validate_fails_the_release_and_passes_the_solution(lab_id: str, tmp_path: Path) -> None:
    here = install(tmp_path, lab_id)
    release = nbgrader(tmp_path, "validate", str(here.labs / lab_id / f"{lab_id}.ipynb"))
    assert "VALIDATION FAILED" in release.stdout
    solved = tmp_path / "solved.ipynb"
    solved.write_text(json.dumps(notebook(here, Handed("ada", "right", lab_id=lab_id))))
    passed = nbgrader(tmp_path, "validate", str(solved))
    assert "Success! Your notebook passes all the tests." in passed.stdout, passed.stdout + passed.stderr
