"""Mastery: one figure a row from what was read, practised and examined."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder import cli, mastery, state
from autograder.author.places import course
from autograder.bank import bank
from autograder.checks.lab import load
from autograder.exam.question import question

ITEM = "three-keys-to-ecr"


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FARGATE_COURSE_STATE", str(tmp_path / "state.json"))


def rows() -> dict[str, mastery.Row]:
    return {one.id: one for one in mastery.mastery()}


def answer(item: str, *, right: bool) -> tuple[str, ...]:
    asked = question(item)
    wrong = tuple(option.id for option in asked.item.options if not asked.item.right(option))
    asked.answer(asked.item.key if right else wrong[: len(asked.item.key)])
    return asked.item.rows


def test_at_first_every_row_is_untouched_and_nothing_is_due() -> None:
    found = rows()
    assert list(found) == list(bank.curriculum())
    assert {one.level for one in found.values()} == {"untouched"}
    assert not any(one.due for one in found.values())
    assert {one.figure for one in found.values()} == {0.5}


def test_a_lesson_that_was_read_counts_for_every_row_that_it_teaches() -> None:
    with state.change() as kept:
        kept["lessons"]["03-networking"] = {"read": state.moment()}
    read = {row for row, one in rows().items() if one.taught[0]}
    assert read
    assert read == {row for row, lessons in mastery._taught_in(course().lessons).items() if "03-networking" in lessons}
    assert all(rows()[row].level == "read" for row in read)


def test_a_lesson_whose_questions_are_all_answered_was_read() -> None:
    lesson, items = next((each, some) for each, some in mastery._asked_in(course().lessons).items() if len(some) > 2)
    first, *others = sorted(items)
    taught = next(row for row, lessons in mastery._taught_in(course().lessons).items() if lesson in lessons)
    for item in others:
        answer(item, right=True)
    before = rows()[taught].taught[0]
    assert lesson not in state.read()["lessons"]
    answer(first, right=False)
    assert rows()[taught].taught[0] == before + 1
    when = state.read()["lessons"][lesson]["read"]
    assert when <= state.moment()
    answer(first, right=True)
    assert state.read()["lessons"][lesson]["read"] == when


def test_one_right_answer_is_on_the_way_and_one_wrong_is_weak_and_due() -> None:
    for right, level in ((True, "on the way"), (False, "weak")):
        for row in answer(ITEM, right=right):
            assert (rows()[row].level, rows()[row].due) == (level, not right)
            assert rows()[row].examined == (int(right), 1)


def test_the_latest_answer_to_an_item_counts_and_more_of_them_make_a_row_held() -> None:
    answer(ITEM, right=False)
    (row, *_) = answer(ITEM, right=True)
    assert rows()[row].examined == (1, 1)
    for one in [one for one in bank.load() if row in one.rows and one.type == "multiple-choice"][:5]:
        answer(one.id, right=True)
    assert rows()[row].level == "held"


@pytest.mark.parametrize(
    ("done", "passed", "figure"),
    [
        ({"attempts": 1, "passed": True}, 1, 3 / 4),
        ({"attempts": 2, "passed": True}, 1, 2 / 3),
        ({"attempts": 1, "passed": False}, 0, 1 / 4),
        ({"attempts": 0}, 0, 1 / 2),
        ({"attempts": 1, "passed": True, "gave_up": True}, 0, 1 / 3),
    ],
)
def test_a_lab_question_weighs_more_than_an_item_and_less_with_help(
    done: dict[str, object], passed: int, figure: float
) -> None:
    first = load("03-private-pull").questions[0]
    row = first.rows[0]
    with state.change() as kept:
        kept["labs"]["03-private-pull"] = {"questions": {first.id: done}}
    assert rows()[row].practised[0] == passed
    assert rows()[row].practised[1] >= 1
    assert rows()[row].figure == pytest.approx(figure)


def test_the_command_prints_every_row_and_its_json_has_the_cell(capsys: pytest.CaptureFixture[str]) -> None:
    answer(ITEM, right=False)
    assert cli.main(["progress"]) == 0
    said = capsys.readouterr().out
    assert all(row in said for row in bank.curriculum())
    assert "due for review: fargate-course review" in said
    assert cli.main(["progress", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {one["id"] for one in told if one["due"]} == set(bank.item(ITEM).rows)
    assert all(one["cell"] for one in told)


def test_the_page_links_every_row_to_a_cell_that_is_there() -> None:
    page = mastery.Progress(mastery.mastery(), "course")._repr_mimebundle_()["text/html"]
    assert page.count("<a href=") == len(bank.curriculum())
    for one in mastery.mastery():
        assert one.cell is not None
        cells = json.loads((course().lessons / one.cell.notebook).read_text())["cells"]
        cell = next(each for each in cells if each["id"] == one.cell.id)
        assert one.id in cell["metadata"]["course"]["rows"]
