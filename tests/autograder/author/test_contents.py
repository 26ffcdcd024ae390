"""The table of contents says what the lessons say, in the README and in lesson 00."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.author import contents
from autograder.author.places import Course, course
from autograder.trouble import Trouble


def test_both_tables_are_current() -> None:
    assert len(contents.pages(course())) == 2
    assert list(contents.stale(course())) == [], "run `fargate-course build`"


def test_a_course_without_the_marks_is_left_alone(tmp_path: Path) -> None:
    assert contents.pages(lesson(tmp_path, "# # 07 · Ships")) == {}


def test_every_lesson_has_an_entry_with_its_question_and_25_to_45_cells() -> None:
    found = contents.entries(course())
    assert [one.number for one in found] == [f"{number:02}" for number in range(18)]
    assert [one.number for one in found if not one.question.endswith("?")] == []
    assert [(one.number, one.cells) for one in found if one.number != "00" and not 25 <= one.cells <= 45] == []


def lesson(root: Path, first: str) -> Course:
    path = root / "course" / "source" / "07-x.py"
    path.parent.mkdir(parents=True)
    path.write_text(f'# %% [markdown] id="x"\n{first}\n', encoding="utf-8")
    return Course(root)


def test_an_entry_is_read_from_the_first_cell(tmp_path: Path) -> None:
    (one,) = contents.entries(lesson(tmp_path, "# # 07 · Ships\n#\n# **Who sails?** Nobody.\n#\n# About 5 minutes."))
    assert (one.number, one.title, one.minutes, one.question) == ("07", "Ships", 5, "Who sails?")


def test_a_lesson_without_minutes_is_named(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"07-x\.py: the first cell says"):
        contents.entries(lesson(tmp_path, "# # 07 · Ships\n#\n# **Who sails?**"))


def test_a_text_without_the_marks_is_refused() -> None:
    with pytest.raises(Trouble, match="needs one"):
        contents.filled("nothing", "a table")
