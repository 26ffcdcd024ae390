"""Two days and six weeks, as docs/instructor.md tells them; and the names that an own lab may have."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from autograder.author import new_lab
from autograder.author.contents import filled
from autograder.author.places import MARKER, Course, course
from autograder.cohort.pacing import SIX_WEEKS, TWO_DAYS, plan, text
from autograder.home import pages
from autograder.trouble import Trouble


def test_the_page_tells_the_minutes_that_lessons_labs_and_exams_tell() -> None:
    page = (course().root / "docs" / "instructor.md").read_text(encoding="utf-8")
    assert page == filled(page, text(), "pacing")


def test_half_days_and_weeks_are_no_longer_than_people_can_bear() -> None:
    assert max(slot.minutes for slot in plan(TWO_DAYS)) <= 210
    assert max(slot.minutes for slot in plan(SIX_WEEKS)) <= 400


def test_six_weeks_hold_every_lesson_and_every_lab_of_the_course_once() -> None:
    told = [what for slot in plan(SIX_WEEKS) for what, _ in slot.what if not what.startswith("exam")]
    there = [f"lesson {page.number}" for page in pages.lessons()] + [f"lab {page.number}" for page in pages.labs()]
    assert sorted(told) == sorted(there)


def test_an_own_labs_files_are_python_without_a_mark_of_the_template(tmp_path: Path) -> None:
    files = new_lab.texts(Course(tmp_path), "18-my-own-lab", "My own")
    assert {path.relative_to(tmp_path).as_posix() for path in files} == {
        "solutions/18-my-own-lab/lab.py",
        "solutions/18-my-own-lab/answers.py",
        "autograder/checks/labs/lab_18_my_own_lab.py",
        "autograder/hidden/lab_18_my_own_lab.py",
    }
    for made in files.values():
        ast.parse(made)
        assert "@NN@" not in made
        assert "@TITLE@" not in made
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "title", "says"),
    [
        ("my-lab", "x", "is no name of a lab"),
        ("18-My-Lab", "x", "is no name of a lab"),
        ("18-" + "a" * 60, "x", "is no name of a lab"),
        ("../18-x", "x", "is no name of a lab"),
        ("02-other", "x", "the number 02 is taken by 02-there"),
        ("18-x", 'a "quoted" one', "a title is one line"),
    ],
)
def test_a_name_that_cannot_be_one_is_refused(tmp_path: Path, name: str, title: str, says: str) -> None:
    (tmp_path / "solutions" / "02-there").mkdir(parents=True)
    with pytest.raises(Trouble, match=says):
        new_lab.texts(Course(tmp_path), name, title)


def test_a_learners_copy_writes_no_labs(tmp_path: Path) -> None:
    (tmp_path / MARKER).write_text("{}")
    with pytest.raises(Trouble, match="a learner's copy"):
        new_lab.texts(Course(tmp_path), "18-x", "X")
