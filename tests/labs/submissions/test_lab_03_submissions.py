"""Fourteen submissions of lab 03 in one run: each gets the marks that answers.py predicts, and none stops another."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder.author.places import Course, course
from tests.labs.submissions.handing import Handed
from tests.labs.submissions.lab_03_private_pull import LAB_ID, SUBMISSIONS, write
from tests.rotation import on_turn

pytestmark = on_turn(1, 7)

NBGRADER = Path(sys.executable).parent / "nbgrader"
BY_NBGRADER = frozenset({"gus", "ida", "jon"})


@dataclass(frozen=True)
class Run:
    """What one run of the grader gave."""

    root: Path
    records: dict[str, dict[str, Any]]
    progress: str

    def questions(self, learner: str) -> dict[str, dict[str, Any]]:
        return {question["id"]: question for question in self.records[learner]["questions"]}

    def points(self, learner: str) -> dict[str, float]:
        return {name: question["points"] for name, question in self.questions(learner).items()}


def install(root: Path) -> Course:
    """The lab alone, as a course of its own."""
    for part in ("labs", "solutions"):
        shutil.copytree(course().root / part / LAB_ID, root / part / LAB_ID)
    return Course(root)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    root = tmp_path_factory.mktemp("course")
    write(install(root), root / "submitted")
    file = root / "marks.json"
    command = [sys.executable, "-m", "tests.labs.submissions.grade_run", str(root), str(root / "submitted")]
    done = subprocess.run(
        [*command, "--json", str(file)], cwd=course().root, capture_output=True, text=True, timeout=560, check=False
    )
    assert done.returncode == 0, done.stderr
    return Run(root, {record["learner"]: record for record in json.loads(file.read_text())}, done.stderr)


def test_there_are_fourteen_and_each_is_graded(run: Run) -> None:
    assert len(SUBMISSIONS) == 14
    assert set(run.records) == {handed.learner for handed in SUBMISSIONS}
    assert {record["max_points"] for record in run.records.values()} == {20}


@pytest.mark.parametrize("handed", SUBMISSIONS, ids=lambda handed: handed.about)
def test_a_submission_gets_the_marks_that_answers_py_predicts(run: Run, handed: Handed) -> None:
    assert run.points(handed.learner) == handed.points
    assert run.records[handed.learner]["points"] == sum(handed.points.values())


@pytest.mark.parametrize("handed", SUBMISSIONS, ids=lambda handed: handed.about)
def test_a_submission_is_told_what_happened(run: Run, handed: Handed) -> None:
    told = {name: question["outcome"] for name, question in run.questions(handed.learner).items()}
    assert {name: told[name] for name in handed.outcomes} == handed.outcomes
    assert {flag["what"] for flag in run.records[handed.learner]["flags"]} == handed.flags
    for question in run.records[handed.learner]["questions"]:
        assert question["reason"]
        assert "broken" not in {check["outcome"] for check in question["checks"]}


def test_what_went_wrong_is_told_with_what_was_expected_and_a_hint(run: Run) -> None:
    checks = run.questions("eli")["open-the-keys"]["checks"]
    first = next(check for check in checks if check["id"] == "key-api")
    assert "through a VPC endpoint" in first["expected"]
    assert "it gets there through nat-" in first["got"]
    assert "the ticket allows no way through nat-" in first["hint"]


def test_the_run_shows_its_progress_to_the_last_one(run: Run) -> None:
    assert "[14/14]" in run.progress
    assert "14 of 14 submissions graded." in run.progress


def test_feedback_shows_each_question_and_no_source_of_a_check(run: Run) -> None:
    page = (run.root / "feedback" / "gus" / LAB_ID / f"{LAB_ID}.html").read_text()
    assert "Keep it narrow" in page
    assert "comes in to vpce-" in page
    for secret in ("OTHER_PORTS", "removesuffix", "must_keep_out", "MARK SCHEME", "BEGIN SOLUTION"):
        assert secret not in page


# --- nbgrader's own command


def nbgrader(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(root / "none")}
    return subprocess.run(
        [str(NBGRADER), *arguments], cwd=root, env=environment, capture_output=True, text=True, timeout=560, check=False
    )


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


def test_plain_nbgrader_autograde_gives_the_same_marks(run: Run, tmp_path: Path) -> None:
    write(install(tmp_path), tmp_path / "submitted", only=BY_NBGRADER)
    shutil.copy(course().root / "nbgrader_config.py", tmp_path)
    made = nbgrader(tmp_path, "generate_assignment", LAB_ID, "--force")
    assert made.returncode == 0, made.stderr
    done = nbgrader(tmp_path, "autograde", LAB_ID)
    assert done.returncode == 0, done.stderr
    theirs, ours = marks(tmp_path / "gradebook.db"), marks(run.root / "gradebook.db")
    assert theirs == {learner: ours[learner] for learner in BY_NBGRADER}
    predicted = {handed.learner: handed.points for handed in SUBMISSIONS}
    for learner in BY_NBGRADER:
        assert {name: theirs[learner][name] for name in predicted[learner]} == predicted[learner]
        assert theirs[learner]["explain-it"] is None
