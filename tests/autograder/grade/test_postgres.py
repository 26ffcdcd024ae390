"""PostgreSQL as gradebook: the same marks as in SQLite, and what happens while it is away."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.autograder.grade.test_cohort import run
from tests.autograder.samples import database
from tests.autograder.samples import sample_course as sample
from tests.rotation import on_turn

pytestmark = [on_turn(4, 7), pytest.mark.skipif(not database.there(), reason=database.ABSENT)]

GRADES = """
    select submitted_assignment.student_id, base_cell.name, grade.auto_score, grade.manual_score,
           grade.extra_credit, grade.needs_manual_grade
    from grade join base_cell on grade.cell_id = base_cell.id
    join submitted_notebook on grade.notebook_id = submitted_notebook.id
    join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
    order by 1, 2
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three submissions, graded into SQLite."""
    root = tmp_path_factory.mktemp("course")
    here = sample.install(root)
    sample.hand_in(root / "submitted", "ada", sample.recorded(sample.solved(here), "ada"))
    sample.hand_in(root / "submitted", "bob", sample.released(here))
    sample.hand_in(root / "submitted", "cyd", sample.answering(here, count="import boto3\ncount = 99"))
    run(root, "grade", str(root / "submitted"))
    return root


@pytest.fixture(scope="module")
def server() -> Iterator[database.Database]:
    made = database.Database()
    made.start()
    yield made
    made.drop()


def test_postgresql_gets_the_marks_that_sqlite_gets(course: Path, server: database.Database, tmp_path: Path) -> None:
    root = tmp_path / "copy"
    shutil.copytree(course, root)
    run(root, "grade", str(root / "submitted"), "--gradebook", server.url)
    with sqlite3.connect(root / "gradebook.db") as book:
        expected = book.execute(GRADES).fetchall()
    book.close()
    found = [(*row[:5], int(bool(row[5]))) for row in server.query(GRADES)]
    assert found == expected
    assert len(found) == 12
    assert run(root, "export", "generic", "--gradebook", server.url).stdout == run(root, "export", "generic").stdout


def test_a_gradebook_that_is_away_is_told_without_its_password(course: Path, tmp_path: Path) -> None:
    root = tmp_path / "copy"
    shutil.copytree(course, root)
    url = f"postgresql://teacher:open-sesame@127.0.0.1:{database.free_port()}/postgres"
    done = run(root, "grade", str(root / "submitted"), "--gradebook", url, status=2)
    assert "cannot be opened" in done.stderr
    assert "open-sesame" not in done.stderr
    assert "3 of them known from before" in run(root, "grade", str(root / "submitted")).stderr


def test_a_gradebook_that_goes_away_during_a_batch_gets_its_marks_from_the_next(course: Path, tmp_path: Path) -> None:
    made = database.Database()
    made.start()
    root = tmp_path / "copy"
    shutil.copytree(course, root)
    try:
        run(root, "grade", str(root / "submitted"), "--gradebook", made.url)
        before = made.query(GRADES)
        slow = {learner: sample.answering(sample.Course(root), count=SLOW.format(name=learner)) for learner in "xyz"}
        for learner, book in slow.items():
            sample.hand_in(root / "submitted", learner * 3, book)
        out = tmp_path / "records.json"
        done = during(root, made, "--gradebook", made.url, "--json", str(out))
        assert "the gradebook does not answer" in done
        assert "marks are not in the gradebook" in done
        assert {record["outcome"] for record in json.loads(out.read_text())} <= {"passed", "failed", "not attempted"}
        made.start()
        assert made.query(GRADES) == before
        run(root, "grade", str(root / "submitted"), "--gradebook", made.url)
        assert len(made.query(GRADES)) == 24
    finally:
        made.drop()


SLOW = """
import boto3
{name} = sum(range(120_000_000))
count = len(boto3.client("s3").list_buckets()["Buckets"])
"""


def during(root: Path, made: database.Database, *arguments: str) -> str:
    """Grade, and kill the database when the first line of the batch is out; what was said."""
    command = [sys.executable, "-W", "ignore", str(sample.HERE / "cli_run.py"), str(root), "grade"]
    grading = subprocess.Popen(
        [*command, str(root / "submitted"), *arguments],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "SAMPLE_PLACE": "", "SAMPLE_PATIENCE": "2"},
    )
    assert grading.stderr is not None
    first = grading.stderr.readline()
    made.kill()
    said = first + grading.stderr.read()
    grading.stderr.close()
    assert grading.wait(120) == 1
    return said
