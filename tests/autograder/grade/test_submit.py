"""Handing in one's own notebook: graded here, or packed for the instructor of a cohort."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograder import cli, state
from autograder.author import places as author_places
from autograder.author.places import MARKER
from autograder.grade import submit
from autograder.trouble import Trouble
from tests.autograder.samples import sample_course as sample


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample course with a workspace `my/`, the learner's notebook solved in it."""
    here = sample.install(tmp_path)
    for module in (submit, sys.modules["autograder.learner"]):
        monkeypatch.setattr(module, "course", lambda: here)
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    mine = tmp_path / "my"
    (mine / state.FOLDER).mkdir(parents=True)
    monkeypatch.setenv("FARGATE_COURSE_STATE", str(mine / state.FOLDER / "state.json"))
    monkeypatch.chdir(mine)
    folder = mine / "labs" / sample.LAB
    folder.mkdir(parents=True)
    (folder / f"{sample.LAB}.ipynb").write_text(json.dumps(sample.recorded(sample.solved(here), "ada")))
    return mine


def test_alone_it_is_graded_with_the_hidden_checks_and_the_mark_is_kept(workspace: Path) -> None:
    done = submit.hand_in(sample.LAB)
    assert repr(done) == f"91-first-service: 10 of 10 points. Feedback: {done.page}"
    kept = state.read()["labs"][sample.LAB]
    assert kept["grade"] == {"points": 10, "max_points": 10, "outcome": "passed"}
    assert kept["best"] == 10
    assert done.page == workspace / "feedback" / f"{sample.LAB}.html"
    page = done.page.read_text()
    assert "No other cluster was left behind." in page
    assert "SECRET" not in page


def test_the_command_opens_the_page_unless_told_not_to(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []
    done = submit.HandedIn("said", workspace / "page.html")
    monkeypatch.setattr(submit, "hand_in", lambda *a, **k: done)
    monkeypatch.setattr(submit.webbrowser, "open", opened.append)
    monkeypatch.setenv("DISPLAY", ":0")
    assert cli.main(["submit", sample.LAB, "--no-open"]) == 0
    assert opened == []
    assert cli.main(["submit", sample.LAB]) == 0
    assert opened == [(workspace / "page.html").as_uri()]
    assert capsys.readouterr().out == f"{done!r}\n" * 2
    monkeypatch.setenv("JUPYTERHUB_USER", "ada")  # the browser is on another machine
    assert not submit.show(done)


def test_in_a_notebook_the_feedback_is_a_link_from_where_the_notebook_is(workspace: Path) -> None:
    bundle = submit.HandedIn("10 of <10>", workspace / "feedback" / "x.html")._repr_mimebundle_()
    assert bundle["text/plain"].startswith("10 of <10> Feedback: ")
    assert 'href="feedback/x.html"' in bundle["text/html"]
    assert "10 of &lt;10&gt;" in bundle["text/html"]


@pytest.fixture
def cohort(workspace: Path) -> Path:
    """The same in a cohort's bundle, whose roster says that this is ada."""
    (workspace.parent / MARKER).write_text("{}")
    (workspace.parent / "roster.json").write_text('{"learner": "ada"}')
    return workspace


def test_in_a_bundle_it_is_packed_with_a_receipt(cohort: Path) -> None:
    done = submit.hand_in(sample.LAB)
    package = cohort / "submissions" / f"ada--{sample.LAB}.zip"
    assert str(package) in done.says
    with zipfile.ZipFile(package) as found:
        assert sorted(found.namelist()) == [f"ada/{sample.LAB}/{sample.LAB}.ipynb", f"ada/{sample.LAB}/timestamp.txt"]
    receipt = json.loads((cohort / "submissions" / f"ada--{sample.LAB}.receipt.json").read_text())
    assert (receipt["learner"], receipt["lab"], len(receipt["sha256"])) == ("ada", sample.LAB, 64)


def test_the_same_again_is_left_alone_and_something_new_is_not(cohort: Path) -> None:
    submit.hand_in(sample.LAB)
    receipt = cohort / "submissions" / f"ada--{sample.LAB}.receipt.json"
    before = receipt.read_bytes()
    assert "nothing was done" in submit.hand_in(sample.LAB).says
    assert receipt.read_bytes() == before
    file = cohort / "labs" / sample.LAB / f"{sample.LAB}.ipynb"
    book = json.loads(file.read_text())
    sample.cell(book, "s91-count-answer")["source"] = "count = 3"
    file.write_text(json.dumps(book))
    assert "Send " in submit.hand_in(sample.LAB).says
    assert json.loads(receipt.read_text())["sha256"] != json.loads(before)["sha256"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{not json", "is not JSON"),
        ('{"cells": []}', "is not a lab of this course"),
        ('{"cells": [{"cell_type": "code", "source": "lab.begin(\'77-other\')"}]}', "of lab 77-other, not of 91-first"),
    ],
)
@pytest.mark.parametrize("bundle", [True, False])
def test_what_cannot_be_handed_in_is_one_line_and_nothing_is_written(
    workspace: Path, text: str, says: str, bundle: bool
) -> None:
    if bundle:
        (workspace.parent / MARKER).write_text("{}")
    file = workspace / "x (1).ipynb"
    file.write_text(text)
    before = sorted(workspace.rglob("*"))
    with pytest.raises(Trouble, match=says):
        submit.hand_in(sample.LAB, notebook=file)
    assert sorted(workspace.rglob("*")) == before


def test_a_lab_that_is_not_there_says_where_it_was_looked_for(workspace: Path) -> None:
    (workspace / "labs" / sample.LAB / f"{sample.LAB}.ipynb").unlink()
    with pytest.raises(Trouble, match=r"no notebook of 91-first-service in .*labs.*--notebook"):
        submit.hand_in(sample.LAB)


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["submit", "99-nothing"], "there is no lab '99-nothing'; the labs are: "),
        (["grade", "nowhere"], "nowhere is not a folder: give the one with LEARNER/LAB/*.ipynb in it"),
        (["grade", ".", "--json", "none/x.json"], "none/x.json cannot be written: its folder is not there"),
        (["grade", "."], "holds no submission: put notebooks into it as LEARNER/LAB/name.ipynb"),
    ],
)
def test_bad_input_is_one_line_and_status_2(tmp_path: Path, command: list[str], says: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "autograder.cli", *command],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_which_nothing_can_be_graded_is_status_2_and_leaves_nothing(tmp_path: Path) -> None:
    sample.hand_in(tmp_path, "ada", "{not json")
    book = author_places.course().root / "gradebook.db"
    there = book.exists()
    done = subprocess.run(
        [sys.executable, "-m", "autograder.cli", "grade", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert "[1/1] ada 91-first-service: not graded: it was handed in for '91-first-service', which is no" in done.stderr
    assert book.exists() == there


def test_in_a_bundle_nobody_hands_in_under_the_name_of_everybody(workspace: Path) -> None:
    (workspace.parent / MARKER).write_text("{}")
    with pytest.raises(Trouble, match=r'say who you are first, .*lab\.name\("\.\.\."\)'):
        submit.hand_in(sample.LAB)
    assert not (workspace / "submissions").exists()
