"""The lessons rest on what AWS says: rows are compared, no exam note turns on a guess, docs/lessons.md says it all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.author import guesses, lessons_page, resting
from autograder.author.places import course
from autograder.author.resting import Notes
from autograder.author.source import Cell, read
from autograder.bank import bank
from autograder.trouble import Trouble
from tests.rotation import on_turn, parameters

HERE = course()
LESSONS = [path.stem for path in HERE.lesson_sources()]
NOTES = resting.exam_notes(HERE)


def test_the_page_is_up_to_date() -> None:
    stored = (HERE.root / "docs" / "lessons.md").read_text(encoding="utf-8")
    assert stored == lessons_page.page(HERE), "write it anew: fargate-course lessons"


def test_every_row_rests_on_something_and_nothing_of_it_is_assumed() -> None:
    rows = resting.compared(HERE)
    assert list(rows) == list(bank.curriculum())
    assert [(row, one.name) for row, each in rows.items() for one in each.grounds if one.assumed] == []


def test_a_row_says_since_when_only_where_something_has_changed() -> None:
    assert [row for row, one in resting.compared(HERE).items() if one.since and not one.older] == []


def test_every_lesson_but_the_first_has_exam_notes_and_they_name_what_they_rest_on() -> None:
    assert [one.lesson for one in NOTES] == LESSONS[1:]
    assert [one.lesson for one in NOTES if not one.cell.rests] == []


@pytest.mark.parametrize("notes", NOTES, ids=lambda notes: notes.lesson)
def test_no_exam_note_rests_on_an_assumed_fact(notes: Notes) -> None:
    rows = resting.compared(HERE)
    assert [one.name for one in notes.grounds(rows) if one.assumed] == []
    assert list(guesses.texts_in(notes.cell.text)) == []
    assert [said for said in notes.quoted() if guesses.assumed_words(said)] == []


@pytest.mark.parametrize("notes", NOTES, ids=lambda notes: notes.lesson)
def test_each_figure_of_an_exam_note_stands_in_what_it_rests_on(notes: Notes) -> None:
    assert notes.unfounded(resting.compared(HERE)) == []


def test_a_figure_that_stands_nowhere_is_found_and_one_in_another_unit_is_not() -> None:
    rests = ("sizes.LINUX", "prices_lambda.LONGEST_SECONDS")
    claims = "32 vCPU, 15 minutes, 41 tasks, `66`, S3, lesson 07."
    text = f'## Exam notes (1)\n- **99.** *Asked as:* "77 tasks". *Decides:* {claims}'
    notes = Notes("x", Cell("x", "markdown", text, 1, rests=rests))
    assert notes.figures() == {"32", "15", "41"}
    assert notes.unfounded({}) == ["41"]


def test_a_ground_that_nothing_has_is_refused_and_an_assumed_one_is_told() -> None:
    assert resting.ground("timings.ENI_SECONDS").assumed
    assert not resting.ground("FG102").assumed
    with pytest.raises(Trouble, match="neither a law, nor a fact"):
        resting.ground("FG99999")
    with pytest.raises(Trouble, match="neither a law, nor a fact"):
        resting.ground("https://example.com/")


def test_an_assumed_text_is_found_with_its_places_filled() -> None:
    said = "User: arn:aws:iam::1:user/jon is not authorized to perform:\nefs:ClientMount on the specified resource"
    assert "words.access.ACCESS_DENIED_BY_EFS" in guesses.texts_in(f"Error: {said}\n")
    assert list(guesses.texts_in("No Fargate configuration exists for given values: 256 CPU, 4096 memory.")) == []


def test_a_text_that_was_read_is_not_taken_for_an_assumed_one_that_is_like_it() -> None:
    """`is not authorized to perform: ecs:X on resource: Y because ...` was read; without a resource it was not."""
    denied = "User: arn:aws:iam::1:user/jon is not authorized to perform: ecs:ExecuteCommand"
    because = "because no identity-based policy allows the ecs:ExecuteCommand action"
    assert "words.access.ACCESS_DENIED_AT_ALL" in guesses.texts_in(f"{denied} {because}")
    assert list(guesses.texts_in(f"{denied} on resource: arn:aws:ecs:us-east-1:1:task/f/1 {because}")) == []
    assert list(guesses.texts_in("Tasks using the Fargate launch type do not support GPU resource requirements")) == []


def test_words_of_an_assumed_text_alone_are_known() -> None:
    assert guesses.assumed_words("access denied by server while mounting")
    assert not guesses.assumed_words("is not authorized to perform")
    assert not guesses.assumed_words("nobody ever said that")


@on_turn(2, 3)
def test_a_line_that_turns_on_a_guessed_wait_is_found_and_one_that_does_not_is_not(tmp_path: Path) -> None:
    """The interface of a task comes after a guessed wait; the price of an hour was read."""
    text = """\
# %% id="guess-wait"
from simcloud.facts import prices, timings
print("waits", timings.ENI_SECONDS.value)
# %% id="guess-none"
print("costs", prices.NAT_HOUR.value)
"""
    path = tmp_path / "00-x.py"
    path.write_text(text, encoding="utf-8")
    found = guesses.found(HERE, path)
    assert found.cells == {"guess-wait": "waits 10.0"}
    assert found.asked == ("timings.ENI_SECONDS",)


def test_what_is_kept_is_of_the_lessons_that_there_are_and_of_their_cells() -> None:
    kept = lessons_page.kept(HERE)
    assert list(kept) == LESSONS
    for path in HERE.lesson_sources():
        assert set(kept[path.stem].cells) <= {cell.id for cell in read(path).cells if cell.kind == "code"}


@pytest.mark.parametrize("lesson", parameters(LESSONS, 1))
def test_what_rests_on_guesses_is_found_again(lesson: str) -> None:
    """Another lesson every day."""
    found = guesses.found(HERE, HERE.lessons / "source" / f"{lesson}.py")
    assert found == lessons_page.kept(HERE)[lesson], "find it anew: fargate-course lessons --find"


def test_a_notebook_does_not_carry_what_its_notes_rest_on() -> None:
    book = json.loads((HERE.lessons / f"{NOTES[0].lesson}.ipynb").read_text(encoding="utf-8"))
    assert [cell["id"] for cell in book["cells"] if "rests" in cell["metadata"].get("course", {})] == []
