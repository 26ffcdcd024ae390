"""What an instructor does with a graded cohort, by the commands, each in a process of its own."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from autograder import cli
from autograder.author.places import Course
from autograder.cohort import backup, forgetting
from autograder.grade.gradebook import Book, opened
from autograder.trouble import Trouble
from tests.autograder.grade.test_cohort import run
from tests.autograder.samples import sample_course as sample
from tests.rotation import on_turn

LAB = sample.LAB


def turns(place: int) -> pytest.MarkDecorator:
    """One of five each day: each runs a dozen commands."""
    return on_turn(place, 5)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four learners, written as grading writes them."""
    root = tmp_path_factory.mktemp("graded")
    script = sample.HERE / "synthetic_cohort.py"
    subprocess.run([sys.executable, "-W", "ignore", str(script), str(root), "4"], check=True, timeout=300)
    return root


@pytest.fixture
def root(graded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(graded, tmp_path / "course"))


def rows(root: Path) -> dict[str, dict[str, str]]:
    found = csv.DictReader(io.StringIO(run(root, "export", "generic").stdout))
    return {row["learner"]: row for row in found}


def holding(root: Path, word: str) -> list[str]:
    """The files below a folder whose bytes, unpacked, hold a word; and those whose names do."""
    found = []
    for file in root.rglob("*"):
        if word in file.name:
            found.append(str(file))
        elif file.is_file():
            data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
            found += [str(file)] if word.encode() in data else []
    return found


@turns(0)
def test_an_override_is_kept_with_its_reason_and_taken_back(root: Path) -> None:
    before = rows(root)["learner-001"]
    give = ("override", "learner-001", LAB, "run-service")
    run(root, *give, "4.5", "--reason", "the room's clock stopped")
    judged = json.loads((root / "feedback" / "learner-001" / LAB / f"{LAB}.json").read_text())
    service = next(one for one in judged["questions"] if one["id"] == "run-service")
    assert float(rows(root)["learner-001"]["score"]) == float(before["score"]) - service["points"] + 4.5
    assert "the room&#39;s clock stopped" in (root / "feedback" / "learner-001" / LAB / f"{LAB}.html").read_text()
    run(root, "extend", "learner-001", LAB, "0m", "--reason", "written again", status=2)
    book = root / "gradebook.db"
    book.unlink()
    run(root, "override", "learner-001", LAB, "make-cluster", "3", "--reason", "so that it is written into a new book")
    assert holding(root / "grading" / "terms.json", "x") == []
    kept = json.loads((root / "grading" / "terms.json").read_text())["learner-001"][LAB]["overrides"]
    assert kept["run-service"]["points"] == 4.5
    assert float(rows(root)["learner-001"]["score"]) >= 7.5
    run(root, *give, "auto", "--reason", "it was a mistake")
    run(root, "override", "learner-001", LAB, "make-cluster", "auto", "--reason", "it was a mistake")
    assert rows(root)["learner-001"]["score"] == before["score"]
    assert json.loads((root / "grading" / "terms.json").read_text()) == {}


@turns(1)
def test_a_question_that_gives_more_points_in_a_new_version_does_so_in_the_gradebook(root: Path) -> None:
    for folder in ("solutions", "labs"):
        file = root / folder / LAB / f"{LAB}.ipynb"
        book = json.loads(file.read_text())
        for cell in book["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == "run-service":
                cell["metadata"]["nbgrader"]["points"] = 7
        file.write_text(json.dumps(book))
    run(root, "override", "learner-001", LAB, "run-service", "5", "--reason", "written again")
    assert {row["max_score"] for row in rows(root).values()} == {"14"}


@turns(2)
def test_a_forgotten_learner_is_nowhere_and_a_dry_run_deletes_nothing(root: Path) -> None:
    run(root, "override", "learner-001", LAB, "run-service", "1", "--reason", "to be forgotten")
    run(root, "report", "--output", str(root / "report"))
    (root / "inbox").mkdir()
    (root / "inbox" / f"learner-001--{LAB}.zip").write_bytes(b"x")
    there = holding(root, "learner-001")
    said = run(root, "forget", "learner-001", "--dry-run").stderr
    assert holding(root, "learner-001") == there
    assert "gradebook: marks of learner-001 in 1 lab would be deleted" in said
    assert "packages and receipts: 1 file would be deleted" in said
    assert said.replace("would be deleted", "deleted") == run(root, "forget", "learner-001").stderr
    assert holding(root, "learner-001") == []
    assert set(rows(root)) == {"learner-000", "learner-002", "learner-003"}
    assert "nothing of learner-001 is kept here" in run(root, "forget", "learner-001", status=2).stderr


@turns(3)
def test_a_backup_brings_a_cohort_back_as_it_was(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "cohort.zip"
    before = rows(root)
    run(root, "backup", str(file))
    assert "is there already" in run(root, "backup", str(file), status=2).stderr
    assert "--replace puts it aside" in run(root, "restore", str(file), status=2).stderr
    run(root, "override", "learner-001", LAB, "run-service", "1", "--reason", "after the backup")
    run(root, "restore", str(file), "--replace")
    assert rows(root) == before
    [aside] = root.glob("before-restore-*")
    assert (aside / "grading" / "terms.json").exists()
    for name in ("gradebook.db", "grading", "submitted", "autograded", "feedback"):
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    run(root, "restore", str(file))
    assert rows(root) == before
    assert run(root, "receipts").stdout.count("counts,") == 4


def damaged(file: Path, kind: str) -> None:
    """A backup that is not what it was."""
    with zipfile.ZipFile(file) as found:
        inside = {name: found.read(name) for name in found.namelist()}
    if kind == "another byte":
        inside["submitted/ada/x.ipynb"] = b"{ }"
    if kind == "a file more":
        inside["submitted/eve/x.ipynb"] = b"{}"
    if kind == "a file less":
        del inside["submitted/ada/x.ipynb"]
    if kind == "a path out of the course":
        manifest = json.loads(inside["manifest.json"])
        manifest["files"]["grading/../../x"] = manifest["files"]["submitted/ada/x.ipynb"]
        inside |= {"manifest.json": json.dumps(manifest).encode(), "grading/../../x": b"{}"}
    with zipfile.ZipFile(file, "w") as made:
        for name, content in inside.items():
            made.writestr(name, content)
    if kind == "cut":
        file.write_bytes(file.read_bytes()[:-40])
    if kind == "no zip":
        file.write_bytes(b"x")


@pytest.mark.parametrize(
    "kind", ["another byte", "a file more", "a file less", "a path out of the course", "cut", "no zip"]
)
def test_a_backup_that_is_not_whole_is_refused_and_changes_nothing(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, file = tmp_path / "course", tmp_path / "b.zip"
    (root / "submitted" / "ada").mkdir(parents=True)
    (root / "submitted" / "ada" / "x.ipynb").write_text("{}")
    monkeypatch.setattr(backup, "course", lambda: Course(root))
    assert backup.backup(_given(file=file)) == 0
    damaged(file, kind)
    before = sorted(root.rglob("*"))
    with pytest.raises(Trouble, match="another"):
        backup.restore(_given(file=file, replace=True))
    assert sorted(root.rglob("*")) == before


def _given(**values: object) -> backup.argparse.Namespace:
    return backup.argparse.Namespace(**values)


WRITE = """
import sys, time
from pathlib import Path
from autograder.author.places import Course
from autograder.grade.batch import alone
from autograder.grade.terms import Terms, change
from autograder.trouble import Trouble

here, who, refused = Course(Path(sys.argv[1])), sys.argv[2], 0
for number in range(40):
    while True:
        try:
            with alone(here):
                change(here, who, f"lab-{number}", lambda _: Terms(number + 1, "both at once"))
                time.sleep(0.002)
            break
        except Trouble as why:
            assert "another command is grading" in str(why)
            refused += 1
            time.sleep(0.001)
print(refused)
"""


def test_two_instructors_at_once_lose_nothing_and_are_told_to_wait(tmp_path: Path) -> None:
    both = [
        subprocess.Popen([sys.executable, "-c", WRITE, str(tmp_path), who], stdout=subprocess.PIPE, text=True)
        for who in ("ada", "bob")
    ]
    refused = [int(one.communicate(timeout=120)[0]) for one in both]
    assert [one.returncode for one in both] == [0, 0]
    kept = json.loads((tmp_path / "grading" / "terms.json").read_text())
    assert {who: len(labs) for who, labs in kept.items()} == {"ada": 40, "bob": 40}
    assert sum(refused) > 0


@turns(4)
def test_bad_input_to_each_command_is_one_line_and_status_2(root: Path, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("learner\nada\nada\n")
    (root / "grading" / "lock").touch()  # by whom a folder is worked on
    before = sorted(root.rglob("*"))
    for words in (
        ["override", "learner-001", LAB, "nothing", "1", "--reason", "x"],
        ["extend", "learner-001", LAB, "soon", "--reason", "x"],
        ["extend", "a b", LAB, "1d", "--reason", "x"],
        ["extend", "learner-001", "no-such-lab", "1d", "--reason", "x"],
        ["override", "learner-001", LAB, "run-service", "nan", "--reason", "x"],
        ["override", "learner-001", LAB, "run-service", "1", "--reason", " "],
        ["override", "nobody", LAB, "run-service", "1", "--reason", "x"],
        ["roster", str(tmp_path / "roster.csv")],
        ["forget", "../x"],
        ["restore", str(tmp_path / "none.zip")],
        ["report", "no-such-lab"],
        ["report", "--roster", str(tmp_path / "none.csv")],
    ):
        done = run(root, *words, status=2)
        assert done.stderr.startswith(f"fargate-course {words[0]}: "), done.stderr
        assert done.stderr.count("\n") == 1
    assert sorted(root.rglob("*")) == before


def test_the_packages_of_an_id_that_begins_with_anothers_stay(tmp_path: Path) -> None:
    for name in (
        "ada--01-a.zip",
        "ada--01-a (1).zip",
        "ada--01-a.receipt.json",
        "ada--bob--01-a.zip",
        "ada--notes.txt",
    ):
        (tmp_path / name).write_bytes(b"x")
    for name in ("ada+01-a+2026-11-23 18:00:00.1 UTC+x1", "ada+x+01-a+2026-11-23 18:00:00.1 UTC+x2"):
        (tmp_path / "exchange" / "c" / "inbound" / name).mkdir(parents=True)
    found = [path.name for path in forgetting._packages(Course(tmp_path), "ada")]
    assert sorted(found) == [
        "ada+01-a+2026-11-23 18:00:00.1 UTC+x1",
        "ada--01-a (1).zip",
        "ada--01-a.receipt.json",
        "ada--01-a.zip",
        "ada--notes.txt",
    ]


def test_a_learner_of_whom_the_gradebook_has_only_a_name_is_forgotten_too(tmp_path: Path) -> None:
    here, url = Course(tmp_path), f"sqlite:///{tmp_path / 'other.db'}"
    with opened(url) as book:
        book.add_student("ada", first_name="Adelheid", email="adelheid@example.org")
    mine = forgetting.found(here, "ada", url)
    assert next(forgetting.told("ada", mine, done=False)) == "gradebook: what it says of ada would be deleted"
    (tmp_path / "grading" / "runs" / "ab").mkdir(parents=True)
    (tmp_path / "grading" / "runs" / "ab" / ".cd.json.gz.77.new").write_bytes(b"half of a run")
    forgetting._delete(here, "ada", mine, url)
    assert not forgetting.found(here, "ada", url)
    assert holding(tmp_path, "Adelheid") == []
    assert holding(tmp_path, "half of a run") == []


def test_a_file_is_as_old_after_a_restore_as_it_was_in_whatever_zone_and_however_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = {"a": 1_796_000_001_500_000_000, "b": 86_400_000_000_000}  # an odd second; before zips have a date
    for name, moment in moments.items():
        file = tmp_path / "submitted" / name / "x.ipynb"
        file.parent.mkdir(parents=True)
        file.write_text("{}")
        os.utime(file, ns=(moment, moment))
    monkeypatch.setattr(backup, "course", lambda: Course(tmp_path))
    file = tmp_path.with_suffix(".zip")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert cli.main(["backup", str(file)]) == 0
        monkeypatch.setenv("TZ", "America/Lima")
        time.tzset()
        assert cli.main(["restore", str(file), "--replace"]) == 0
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()
    assert {name: (tmp_path / "submitted" / name / "x.ipynb").stat().st_mtime_ns for name in moments} == moments


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:"])
def test_a_gradebook_that_keeps_nothing_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(Trouble, match="is gone when the command ends"):
        Book(Course(tmp_path), url)
