"""A plan leaves out what is done, keeps to the hours of a week, and refuses what is no exam."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import state
from autograder.cli import main
from autograder.home import pages
from autograder.home.plan import plan, text

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
