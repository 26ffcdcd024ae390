"""A cohort from hand-in to report, by the commands: graded once, regraded without a run, exported, reported on."""

from __future__ import annotations

import csv
import io
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

from tests.autograder.samples import sample_course as sample
from tests.rotation import on_turn

pytestmark = on_turn(6, 7)

TWO_CLUSTERS = (
    "ecs = boto3.client('ecs')\necs.create_cluster(clusterName=desk.cluster)\necs.create_cluster(clusterName='spare')"
)
ODD = """
ecs = boto3.client("ecs")
ecs.create_cluster(clusterName=desk.cluster, tags=[{"key": "zebra-stripes", "value": "quite-odd-7f3a"},
    {"key": "mauve", "value": "never-seen-91"}], settings=[{"name": "containerInsights", "value": "enabled"}])
ec2 = boto3.client("ec2")
vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
group = ec2.create_security_group(GroupName="purple-otter-12", Description="the otter likes port 8123", VpcId=vpc)
ec2.create_tags(Resources=[group["GroupId"]], Tags=[{"Key": "otter-kind", "Value": "sea-otter-55"}])
"""


@dataclass(frozen=True)
class Cohort:
    """The course's folder, after it was graded once."""

    root: Path
    said: str
    records: dict[str, dict[str, Any]]

    def run(self, *arguments: str, place: str = "", status: int = 0) -> subprocess.CompletedProcess[str]:
        return run(self.root, *arguments, place=place, status=status)


def run(root: Path, *arguments: str, place: str = "", status: int = 0) -> subprocess.CompletedProcess[str]:
    """A command of the course, in the sample's."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(sample.HERE / "cli_run.py"), str(root), *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "SAMPLE_PLACE": place},
        timeout=300,
        check=False,
    )
    assert done.returncode == status, done.stderr + done.stdout
    return done


def runs(root: Path) -> set[str]:
    return {file.name for file in (root / "grading" / "runs").rglob("*.gz")}


def marks(root: Path) -> list[tuple[Any, ...]]:
    """Every grade in the gradebook, without the ids that are drawn at random."""
    query = """
        select submitted_assignment.student_id, base_cell.name, grade.auto_score, grade.manual_score,
               grade.extra_credit, grade.needs_manual_grade, submitted_notebook.late_submission_penalty
        from grade join base_cell on grade.cell_id = base_cell.id
        join submitted_notebook on grade.notebook_id = submitted_notebook.id
        join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
        order by 1, 2
    """
    book = sqlite3.connect(root / "gradebook.db")
    try:
        return book.execute(query).fetchall()
    finally:
        book.close()


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Cohort:
    root = tmp_path_factory.mktemp("cohort")
    here = sample.install(root)
    books = {
        "ada": sample.recorded(sample.solved(here), "ada"),
        "cyd": sample.answering(here, count="import boto3\ncount = 99"),
        "dan": sample.answering(here, cluster=ODD, count="import boto3, gc\ncount = 1"),
        "eve": sample.answering(here, cluster=ODD.replace("ec2 =", "x = 1\nec2 =")),
        "fay": sample.answering(here, cluster=TWO_CLUSTERS),
    }
    for learner, book in books.items():
        sample.hand_in(root / "submitted", learner, book)
    done = run(root, "grade", str(root / "submitted"), "--json", str(root / "records.json"))
    records = json.loads((root / "records.json").read_text())
    return Cohort(root, done.stderr, {record["learner"]: record for record in records})


def test_the_record_says_which_version_counts(cohort: Cohort) -> None:
    assert {learner: record["points"] for learner, record in cohort.records.items()} == {
        "ada": 10,
        "cyd": 8,
        "dan": 8,
        "eve": 10,
        "fay": 9,
    }
    assert cohort.records["ada"]["counted"]["why"] == "the only one"
    assert cohort.said.endswith("5 of 5 submissions graded.\n")


def test_what_was_graded_is_not_run_again_and_gives_the_same_bytes(cohort: Cohort, tmp_path: Path) -> None:
    before, kept = marks(cohort.root), runs(cohort.root)
    ages = {file: file.stat().st_mtime_ns for file in (cohort.root / "grading" / "runs").rglob("*.gz")}
    done = cohort.run("grade", str(cohort.root / "submitted"), "--json", str(tmp_path / "again.json"))
    assert "5 of 5 submissions graded, 5 of them known from before." in done.stderr
    assert (marks(cohort.root), runs(cohort.root)) == (before, kept)
    assert all(file.stat().st_mtime_ns == age for file, age in ages.items())
    assert (tmp_path / "again.json").read_bytes() == (cohort.root / "records.json").read_bytes()


def test_feedback_for_machines_has_what_the_page_has_and_nothing_of_the_graders_own(cohort: Cohort) -> None:
    told = json.loads((cohort.root / "feedback" / "cyd" / sample.LAB / f"{sample.LAB}.json").read_text())
    assert (told["learner"], told["points"], told["max_points"]) == ("cyd", 8, 10)
    check = told["questions"][0]["checks"][0]
    assert (check["outcome"], check["got"], check["hint"]) == ("failed", "99", "count what list_buckets gives")
    assert told["questions"][0]["lesson"] == "00-start-here.ipynb"
    assert "SECRET" not in json.dumps(told)
    assert not {"spent", "layers", "flags", "fault"} & set(told)
    assert all("fault" not in check for question in told["questions"] for check in question["checks"])


@pytest.fixture(scope="module")
def corrected(cohort: Cohort, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample's checks, one of them mended: a second cluster is no fault any more."""
    folder = tmp_path_factory.mktemp("corrected")
    for name in ("sample_labs", "sample_hidden"):
        shutil.copytree(sample.HERE / name, folder / name)
    file = folder / "sample_hidden" / "lab_91_first_service.py"
    text = file.read_text()
    assert "len(arns) == 1 and secret" in text
    file.write_text(text.replace("len(arns) == 1 and secret", "arns and secret"))
    return str(folder)


def test_a_dry_run_of_regrading_says_who_changes_and_why_and_writes_nothing(cohort: Cohort, corrected: str) -> None:
    before, files = marks(cohort.root), sorted(cohort.root.rglob("*"))
    done = cohort.run("regrade", "--dry-run", place=corrected)
    assert "fay 91-first-service: 9 -> 10 points" in done.stderr
    assert "  failed (0) -> passed (1): No other cluster was left behind." in done.stderr
    assert "5 submissions judged again without running a notebook; 1 marks change." in done.stderr
    assert "ada" not in done.stderr
    assert (marks(cohort.root), sorted(cohort.root.rglob("*"))) == (before, files)


def test_regrading_runs_no_notebook_and_keeps_a_persons_marks(cohort: Cohort, corrected: str, tmp_path: Path) -> None:
    root = tmp_path / "copy"
    shutil.copytree(cohort.root, root)
    shutil.rmtree(root / "submitted")
    for notebook in (root / "grading" / "attempts").rglob("*.ipynb"):
        notebook.write_text("no notebook at all")
    book = sqlite3.connect(root / "gradebook.db")
    with book:
        book.execute(
            "update grade set manual_score = 4.5 where cell_id in (select id from base_cell where name='why-two')"
        )
    book.close()
    done = run(root, "regrade", "--json", str(tmp_path / "changes.json"), place=corrected)
    assert "1 marks change" in done.stderr
    changes = json.loads((tmp_path / "changes.json").read_text())
    assert [(one["learner"], one["points"]) for one in changes] == [("fay", [9, 10])]
    after = {(learner, name): row for learner, name, *row in marks(root)}
    assert after["fay", "make-cluster"][0] == 3
    assert after["fay", "why-two"] == [None, 4.5, None, 1, None]
    assert "10 of 10 points" in (root / "feedback" / "fay" / sample.LAB / f"{sample.LAB}.html").read_text()
    assert "0 marks change" in run(root, "regrade", place=corrected).stderr


def test_a_mended_check_is_judged_by_grade_without_a_run(cohort: Cohort, corrected: str, tmp_path: Path) -> None:
    root = tmp_path / "copy"
    shutil.copytree(cohort.root, root)
    ages = {file.name: file.stat().st_mtime_ns for file in (root / "grading" / "runs").rglob("*.gz")}
    done = run(root, "grade", str(root / "submitted"), place=corrected)
    assert "fay 91-first-service: 10 of 10" in done.stderr
    assert {file.name: file.stat().st_mtime_ns for file in (root / "grading" / "runs").rglob("*.gz")} == ages


def test_the_better_of_two_versions_counts_where_the_policy_says_so(cohort: Cohort, tmp_path: Path) -> None:
    root = tmp_path / "copy"
    shutil.copytree(cohort.root, root)
    here = sample.Course(root)
    sample.hand_in(root / "submitted", "ada", sample.released(here))
    folder, out = str(root / "submitted"), str(tmp_path / "records.json")
    assert "ada 91-first-service: 0 of 10 (not attempted)" in run(root, "grade", folder).stderr
    assert len(runs(root)) == len(runs(cohort.root)) + 1
    run(root, "grade", folder, "--policy", "best", "--json", out)
    ada = next(record for record in json.loads(Path(out).read_text()) if record["learner"] == "ada")
    assert (ada["points"], ada["counted"]["why"]) == (10, "the best of 2")
    listed = run(root, "receipts").stdout.splitlines()
    assert listed[0] == "91-first-service: best counts"
    assert [line.split()[3:] for line in listed if " ada " in line] == [["counts,", "10", "of", "10", "points"], []]
    assert len(runs(root)) == len(runs(cohort.root)) + 1
    late = ["--policy", "last", "--deadline", "2001-01-01T00:00Z", "--late-penalty", "0.01"]
    assert "lost for coming late" in run(root, "grade", folder, *late).stderr


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["--policy", "first"], "'first' is no policy: the policies are last, best, before-deadline"),
        (["--gradebook", "nowhere"], "'nowhere' is no address of a gradebook"),
        (
            ["--gradebook", "sqlite:////nowhere/at/all.db"],
            "the gradebook /nowhere/at/all.db cannot be opened",
        ),
        (["--scheduler", "tcp://127.0.0.1:1"], "no Dask scheduler answers at tcp://127.0.0.1:1"),
    ],
)
def test_bad_settings_are_one_line_and_status_2(cohort: Cohort, given: list[str], says: str) -> None:
    if given[0] == "--scheduler":
        given = [*given, "--again"]
    done = cohort.run("grade", str(cohort.root / "submitted"), *given, status=2)
    last = done.stderr.splitlines()[-1]
    assert last.startswith("fargate-course grade: ")
    assert says in last
    assert "Traceback" not in done.stderr


def test_the_marks_are_exported_from_the_gradebook(cohort: Cohort) -> None:
    rows = list(csv.DictReader(io.StringIO(cohort.run("export", "generic").stdout)))
    assert [(row["learner"], row["score"], row["max_score"], row["waits_for_a_person"]) for row in rows] == [
        ("ada", "10", "12", "yes"),
        ("cyd", "8", "12", "yes"),
        ("dan", "8", "12", "yes"),
        ("eve", "10", "12", "yes"),
        ("fay", "9", "12", "yes"),
    ]


def test_the_report_tells_who_worked_alike_and_who_reached_beyond_the_lab(cohort: Cohort) -> None:
    folder = cohort.root / "report"
    cohort.run("report", "--output", str(folder))
    found = json.loads((folder / "report.json").read_text())["honesty"][0]
    assert [pair["learners"] for pair in found["similar"]] == [["dan", "eve"]]
    assert any("purple-otter-12" in choice for choice in found["similar"][0]["shared"])
    assert {one["learner"]: one["says"] for one in found["signs"]} == {
        "dan": "The cell `s91-count-answer` reaches `gc`: every object in memory."
    }
    assert found["layers"][0]["learners"] == 5
    page = (folder / "report.html").read_text()
    assert "<strong>dan and eve</strong>" in page
    assert sorted(file.name for file in folder.iterdir()) == [
        "canvas.csv", "generic.csv", "moodle.csv", "report.html", "report.json",
    ]  # fmt: skip
