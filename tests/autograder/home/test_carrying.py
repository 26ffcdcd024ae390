"""What was done is carried to another machine whole, or put aside; nothing is lost on the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder import state
from autograder.cli import main


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "here" / "state.json"
    monkeypatch.setenv("FARGATE_COURSE_STATE", str(place))
    with state.change() as kept:
        kept["learner"] = "Änne"
        kept["lessons"]["00-start-here"] = {"read": "2026-11-23T10:00:00+00:00"}
    return place


def put_aside(file: Path) -> list[Path]:
    return sorted(file.parent.glob("state.before-*.json"))


def test_what_is_exported_is_read_in_elsewhere(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = state.read()
    assert main(["progress", "--export", str(tmp_path / "mine.json")]) == 0
    monkeypatch.setenv("FARGATE_COURSE_STATE", str(tmp_path / "elsewhere" / "state.json"))
    assert main(["progress", "--import", str(tmp_path / "mine.json")]) == 0
    assert state.read() == here


def test_an_import_keeps_what_was_there_before(file: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.json"
    main(["progress", "--export", str(mine)])
    with state.change() as kept:
        kept["learner"] = "somebody else"
    assert main(["progress", "--import", str(mine)]) == 0
    assert state.read()["learner"] == "Änne"
    (aside,) = put_aside(file)
    assert json.loads(aside.read_text(encoding="utf-8"))["learner"] == "somebody else"


def test_a_reset_begins_anew_and_keeps_the_old(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["progress", "--reset"]) == 0
    assert state.read() == state.fresh()
    (aside,) = put_aside(file)
    assert str(aside) in capsys.readouterr().out
    assert main(["progress", "--import", str(aside)]) == 0
    assert state.read()["learner"] == "Änne"


def test_a_second_reset_has_nothing_to_put_aside(file: Path) -> None:
    main(["progress", "--reset"])
    assert main(["progress", "--reset"]) == 0
    assert len(put_aside(file)) == 1


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": "1"}', '{"version": 1, "labs": []}', "\x00"])
def test_what_is_no_state_changes_nothing(
    text: str, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = file.read_bytes()
    (tmp_path / "odd.json").write_text(text, encoding="utf-8")
    assert main(["progress", "--import", str(tmp_path / "odd.json")]) == 2
    assert "holds no progress of this course" in capsys.readouterr().err
    assert file.read_bytes() == before
    assert put_aside(file) == []


def test_a_state_of_a_newer_course_is_refused(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "new.json").write_text('{"version": 99}', encoding="utf-8")
    assert main(["progress", "--import", str(tmp_path / "new.json")]) == 2
    assert "newer version" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_one_line(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["progress", "--import", str(tmp_path / "none.json")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_an_export_overwrites_nothing(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = tmp_path / "there.json"
    there.write_text("mine", encoding="utf-8")
    assert main(["progress", "--export", str(there)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert there.read_text(encoding="utf-8") == "mine"
