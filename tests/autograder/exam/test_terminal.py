"""The exam room in the terminal: answered by letters, left and entered again, reported at the end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder import cli, state
from autograder.exam.sitting import Sitting, resume

ARGUMENTS = ["exam", "CLF-C02", "--items", "6", "--seed", "2"]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the candidate will type; afterwards the input is closed."""
    (tmp_path / ".fargate-course").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FARGATE_COURSE_STATE", raising=False)
    lines: list[str] = []

    def ask(_: str) -> str:
        if not lines:
            raise EOFError
        return lines.pop(0)

    monkeypatch.setattr("builtins.input", ask)
    return lines


def sitting() -> Sitting:
    return resume("CLF-C02-6-2")


def letters(number: int, *, right: bool = True) -> str:
    """What to type for an item."""
    item = sitting().form.slots[number].item
    places = [at for at, option in enumerate(item.options) if item.right(option) == right]
    return " ".join("abcdefgh"[at] for at in places[: len(item.key)])


def test_a_form_is_answered_left_resumed_and_reported(
    typed: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.main(ARGUMENTS) == 0
    said = capsys.readouterr().out
    assert "CLF-C02-6-2: 6 items" in said
    assert "Kept. Go on with: fargate-course exam --resume CLF-C02-6-2" in said
    typed += [letters(0), "1", "f", "2", letters(1, right=False), "q"]
    assert cli.main(["exam", "--resume", "CLF-C02-6-2"]) == 0
    assert sitting().chosen(0) == sitting().form.slots[0].item.key
    assert sitting().entry(0)["flagged"]
    typed += [
        "1",
        "-",
        letters(0),
        *(line for n in range(1, 6) for line in (str(n + 1), letters(n))),
        "r",
        "submit",
        "yes",
    ]
    assert cli.main(["exam", "--resume", "CLF-C02-6-2"]) == 0
    said = capsys.readouterr().out
    assert "6 of 6 answered." in said
    assert "Estimate 1000" in said
    page = (tmp_path / "reports" / "CLF-C02-6-2.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert len(re.findall(r"<details>", page)) == 6


def test_practice_explains_at_once_and_an_exam_does_not(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    typed += ["a", "q"]
    cli.main(ARGUMENTS)
    assert " is wrong. " not in capsys.readouterr().out
    typed += ["a b", "a", "q"]
    cli.main([*ARGUMENTS[:-1], "3", "--practice"])
    assert " is wrong. " in capsys.readouterr().out


def test_what_cannot_be_done_is_said_in_one_line_and_the_room_stays_open(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    typed += ["z", "99", "! 9", "s", "hello", "?", "p", "submit", "no", "q"]
    assert cli.main(ARGUMENTS) == 0
    said = capsys.readouterr().out
    assert said.count("or ? for what else there is") == 3
    assert "there are items 1 to 6" in said
    assert "how sure: ! 1, ! 2 or ! 3" in said
    assert not sitting().over


def test_a_report_is_not_given_while_the_exam_goes_on(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(ARGUMENTS)
    assert cli.main(["exam", "--report", "CLF-C02-6-2"]) == 2
    assert "is not over" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["XYZ-C01"], ["CLF-C02", "--items", "999"], ["--resume", "CLF-C02-65-1"], []])
def test_bad_input_is_one_line_with_status_2(
    typed: list[str], capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert cli.main(["exam", *arguments]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert state.read()["exams"] == {}


def test_without_a_seed_each_sitting_is_another_form(typed: list[str]) -> None:
    cli.main(["exam", "CLF-C02", "--items", "6"])
    cli.main(["exam", "CLF-C02", "--items", "6"])
    assert list(state.read()["exams"]) == ["CLF-C02-6-1", "CLF-C02-6-2"]
