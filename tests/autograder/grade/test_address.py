"""Which gradebook a command opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.author.places import Course
from autograder.grade.address import address
from autograder.trouble import Trouble


def course(folder: Path, told: str) -> Course:
    (folder / "nbgrader_config.py").write_text(f"c = get_config()\n{told}\n", encoding="utf-8")
    return Course(folder)


def test_the_course_has_one_of_its_own(tmp_path: Path) -> None:
    assert address(Course(tmp_path)) == f"sqlite:///{tmp_path / 'gradebook.db'}"
    here = course(tmp_path, "# c.CourseDirectory.db_url is not set")
    assert address(here) == f"sqlite:///{tmp_path / 'gradebook.db'}"


def test_nbgraders_configuration_names_another_for_all_commands(tmp_path: Path) -> None:
    here = course(tmp_path, "c.CourseDirectory.db_url = 'postgresql://ada@' + 'host/grades'")
    assert address(here) == "postgresql://ada@host/grades"


def test_what_the_command_says_goes_before_it(tmp_path: Path) -> None:
    here = course(tmp_path, "c.CourseDirectory.db_url = 'postgresql://ada@host/grades'")
    assert address(here, "sqlite:////x.db") == "sqlite:////x.db"


def test_a_configuration_that_fails_is_named(tmp_path: Path) -> None:
    here = course(tmp_path, "c.CourseDirectory.db_url = no_such_name")
    with pytest.raises(Trouble, match=r"nbgrader_config\.py fails: name 'no_such_name' is not defined"):
        address(here)
