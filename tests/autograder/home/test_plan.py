"""A plan leaves out what is done, keeps to the hours of a week, and refuses what is no exam."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import state
from autograder.bank.bank import curriculum
from autograder.checks.lab import load
from autograder.cli import main
from autograder.home import pages
from autograder.home.plan import html, plan, plan_for, text

EXAMS = ("CLF-C02", "SAA-C03", "SAP-C02", "DOP-C02")


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FARGATE_COURSE_STATE", str(tmp_path / "state.json"))


@pytest.mark.parametrize("exam", EXAMS)
def test_a_week_holds_no_more_than_its_hours_unless_one_thing_is_longer(exam: str) -> None:
    for hours in (1, 2.5, 8):
        for week in plan(exam, hours).weeks:
            assert week.minutes <= hours * 60 or len(week.entries) == 1


@pytest.mark.parametrize("exam", EXAMS)
def test_the_hours_of_a_week_change_the_weeks_and_not_what_is_in_them(exam: str) -> None:
    slow, quick = plan(exam, 2), plan(exam, 10)
    assert [entry for week in slow.weeks for entry in week.entries] == [
        entry for week in quick.weeks for entry in week.entries
    ]
    assert len(slow.weeks) > len(quick.weeks)
    assert slow.minutes == quick.minutes


def test_a_practitioner_learns_less_than_an_architect() -> None:
    assert plan("CLF-C02", 4).rows < plan("SAA-C03", 4).rows


def test_a_lesson_comes_before_its_lab_and_exams_come_last() -> None:
    titles = [entry.title for week in plan("SAA-C03", 4).weeks for entry in week.entries]
    assert titles.index("Lesson 03 · Networking") + 1 == titles.index("Lab 03 · Private pull")
    assert titles[-1].startswith("Practice exam 2")


def test_what_is_done_is_left_out() -> None:
    (networking,) = (page for page in pages.lessons() if page.id == "03-networking")
    before = plan("SAA-C03", 4)
    with state.change() as kept:
        kept["lessons"]["03-networking"] = {"read": "2026-11-23T10:00:00+00:00"}
    after = plan("SAA-C03", 4)
    assert before.minutes - after.minutes == networking.minutes
    assert "Lesson 03" not in text(after)


def test_a_row_whose_lessons_and_labs_are_done_and_that_is_not_held_is_read_again() -> None:
    done = {page.id: {"read": "2026-11-23T10:00:00+00:00"} for page in pages.lessons()}
    with state.change() as kept:
        kept["lessons"] |= done
        for page in pages.labs():
            asked = {
                question.id: {"passed": True, "attempts": 5, "gave_up": True} for question in load(page.id).questions
            }
            kept["labs"][page.id] = {"questions": asked}
    entries = [entry for week in plan("SAA-C03", 4).weeks for entry in week.entries]
    (again,) = [entry for entry in entries if entry.title.startswith("Again F20")]
    assert again.how.startswith("course/03-networking.ipynb#cell-id=")
    assert {row for entry in entries for row in entry.rows} == {
        row for row, about in curriculum().items() if "SAA" in about["exams"]
    }


def test_the_words_name_every_row_with_its_title_and_the_page_links_to_every_notebook() -> None:
    made = plan("SAA-C03", 4)
    said, page = text(made), html(made, up="../")
    for row in made.to_learn:
        assert curriculum()[row]["title"] in said
        assert f"{row} " in page
    for week in made.weeks:
        for entry in week.entries:
            assert entry.how in said or f'href="../{entry.how}"' in page
    assert "fargate-course place" in said


def test_a_cell_shows_the_same_plan(capsys: pytest.CaptureFixture[str]) -> None:
    shown = plan_for("CLF-C02", hours=3)._repr_mimebundle_()
    assert main(["plan", "CLF-C02", "--hours", "3"]) == 0
    assert capsys.readouterr().out == shown["text/plain"] + "\n"
    assert "<table>" in shown["text/html"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["plan", "SAA-C04"], "there is no exam 'SAA-C04'"),
        (["plan", "SAA-C03", "--hours", "0"], "say a number above 0"),
        (["plan", "SAA-C03", "--hours", "nan"], "say a number above 0"),
    ],
)
def test_what_is_no_plan_is_one_line(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""
