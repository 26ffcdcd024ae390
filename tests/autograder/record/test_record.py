"""A record says what progress holds, and nothing more."""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from pathlib import Path

import pytest

from autograder import progress, state
from autograder.author.places import Course
from autograder.bank import bank
from autograder.checks.lab import load
from autograder.cli import main
from autograder.exam.form import assemble
from autograder.exam.sitting import Sitting
from autograder.home import pages
from autograder.placing.placement import begin
from autograder.record import record as records
from autograder.record.writing import page, write

LAB = "04-two-roles"
DONE_ON = 1_764_000_000.0
"""24 November 2025, 16:00 UTC."""


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / state.FOLDER).mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FARGATE_COURSE_STATE", raising=False)
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    return tmp_path


def test_who_has_done_nothing_has_a_record_that_says_so() -> None:
    told = records.record()
    assert (told["lessons"], told["labs"], told["exams"], told["handed_in"]) == ([], [], [], [])
    assert told["rows"] == {"of": len(bank.curriculum()), "held": 0, "known_by_placement": 0}
    said = page(told)
    for words in ("(no name given)", "No lab was begun", "No practice exam was submitted", records.NO_CERTIFICATE):
        assert words.replace("'", "&#39;") in said
    assert not re.search(r"\b(passed|completed|certif\w+d)\b", said)


def test_a_lab_stands_there_with_its_questions_its_help_and_its_mark() -> None:
    first, *_ = (question.id for question in load(LAB).questions)
    with state.change() as kept:
        kept["labs"][LAB] = {"questions": {first: {"passed": True, "attempts": 1, "hints": 2}}}
    (lab,) = records.record()["labs"]
    assert (lab["passed"], lab["questions"], lab["hints"], lab["mark"]) == (1, len(load(LAB).questions), 2, None)
    assert "not handed in" in page(records.record())
    progress.keep_grade({"lab": LAB, "points": 18, "max_points": 20, "outcome": "failed"})
    progress.keep_grade({"lab": LAB, "points": 12.5, "max_points": 20, "outcome": "failed"})
    (lab,) = records.record()["labs"]
    assert (lab["mark"]["points"], lab["mark"]["best"], lab["mark"]["of"]) == (12.5, 18, 20)
    assert lab["mark"]["on"] <= state.moment()
    assert lab["mark"]["by"] == "the learner's own machine"


def test_a_mark_whose_day_was_not_kept_has_none() -> None:
    with state.change() as kept:
        kept["labs"][LAB] = {"grade": {"points": 20, "max_points": 20, "outcome": "passed"}, "best": 20.0}
    assert records.record()["labs"][0]["mark"]["on"] is None
    assert "not kept" in page(records.record())


def test_a_lesson_was_read_when_its_last_question_was_answered() -> None:
    (first,) = [one for one in pages.lessons() if one.number == "03"]
    *some, last = sorted(first.items)
    with state.change() as kept:
        kept["questions"] |= {item: {"tries": 1, "right": 1, "last_right": True, "rows": []} for item in some}

    def read() -> object:
        return next(one["read"] for one in records.record()["lessons"] if one["id"] == first.id)

    assert read() is None
    assert "not to its end" in page(records.record())
    with state.change() as kept:
        kept["questions"][last] = {"tries": 1, "right": 0, "last_right": False, "rows": []}
    assert read() == records.DAY_UNKNOWN
    with state.change() as kept:
        kept["lessons"][first.id] = {"read": "2026-11-20T10:00:00+00:00"}
    assert "2026-11-20" in page(records.record())


def test_an_exam_counts_when_it_is_submitted_and_a_placement_never() -> None:
    sitting = Sitting(assemble("CLF-C02", 1, length=5), "practice", lambda: DONE_ON)
    sitting.answer(0, sitting.form.slots[0].item.key)
    begin(lambda: DONE_ON).submit()
    assert records.record()["exams"] == []
    sitting.submit()
    (one,) = records.record()["exams"]
    assert (one["right"], one["of"], one["on"][:10], one["under_the_clock"]) == (1, 5, "2025-11-24", False)


def test_what_went_to_an_instructor_is_named_without_a_mark(workspace: Path) -> None:
    folder = workspace / "submissions"
    folder.mkdir()
    receipt = {"learner": "ada", "lab": LAB, "sha256": "ab" * 32, "handed_in": "2026-11-20 10:00:00 UTC", "file": "x"}
    (folder / "ada.receipt.json").write_text(json.dumps(receipt), encoding="utf-8")
    (folder / "broken.receipt.json").write_text("{", encoding="utf-8")
    told = records.record(folder)
    assert told["handed_in"] == [{name: receipt[name] for name in ("lab", "handed_in", "sha256")}]
    assert told["labs"] == []
    assert "this record does not know them" in page(told)
    assert "Handed in to an instructor" not in page(records.record())


def test_a_name_is_text_and_no_markup() -> None:
    told = {**records.record(), "learner": "<b>Ada</b>"}
    assert "<b>Ada" not in page(told)
    assert "&lt;b&gt;Ada" in page(told)


def test_a_name_that_a_hand_wrote_and_that_can_be_none_is_passed_over() -> None:
    with state.change() as kept:
        kept["learner"] = "../../Ada"
    assert records.record()["learner"] == ""


def test_the_fingerprint_changes_with_a_lab_and_not_with_line_ends(tmp_path: Path) -> None:
    here = Course(tmp_path / "course of mine")
    lab = here.labs / LAB / f"{LAB}.ipynb"
    lab.parent.mkdir(parents=True)
    lab.write_bytes(b"one\ntwo\n")
    first = records.content_hash(here)
    lab.write_bytes(b"one\r\ntwo\r\n")
    assert records.content_hash(here) == first
    lab.write_bytes(b"one\nthree\n")
    assert records.content_hash(here) != first


def test_the_command_writes_page_and_json_to_the_workspace(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with state.change() as kept:
        kept["learner"] = "zoe.aberg"
    assert main(["record"]) == 0
    assert records.NO_CERTIFICATE in capsys.readouterr().out
    told = json.loads((workspace / "record.json").read_text(encoding="utf-8"))
    assert (told["learner"], told["version"], len(told["content_sha256"])) == (
        "zoe.aberg",
        version("fargate-course"),
        64,
    )
    said = (workspace / "record.html").read_text(encoding="utf-8")
    assert told["content_sha256"] in said
    assert "<script" not in said
    assert main(["record", str(workspace / "a new" / "folder")]) == 0
    (workspace / "file").write_text("")
    capsys.readouterr()
    assert main(["record", str(workspace / "file")]) == 2
    assert "name a folder that is yours" in capsys.readouterr().err


def test_in_a_notebook_it_is_a_link(workspace: Path) -> None:
    shown = write()._repr_mimebundle_()
    assert 'href="record.html"' in shown["text/html"]
