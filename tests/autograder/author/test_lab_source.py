"""Labs: roles to nbgrader's metadata, solutions to stubs, and what breaks the form of a lab."""

from __future__ import annotations

import pytest

from autograder.author import lab, source
from autograder.author.places import Course
from autograder.trouble import Trouble


def text_of(sample: Course) -> str:
    return sample.lab_sources()[0].read_text()


def with_text(sample: Course, text: str) -> source.Source:
    path = sample.lab_sources()[0]
    path.write_text(text)
    return source.read(path)


def test_each_role_has_its_nbgrader_metadata(sample: Course) -> None:
    book = lab.lab(source.read(sample.lab_sources()[0]))
    flags = {
        cell.id: (
            cell.metadata.get("nbgrader", {}).get("grade_id"),
            [flag for flag in ("grade", "locked", "solution", "task") if cell.metadata.get("nbgrader", {}).get(flag)],
            cell.metadata.get("nbgrader", {}).get("points"),
            cell.metadata.get("editable", True),
            cell.metadata.get("deletable", True),
        )
        for cell in book.cells
    }
    assert flags == {
        "lab-title": ("lab-title", ["locked"], None, False, False),
        "lab-setup": ("lab-setup", ["locked"], None, False, False),
        "lab-ask-count": ("lab-ask-count", ["locked"], None, False, False),
        "lab-count": ("answer-count", ["solution"], None, True, False),
        "lab-check-count": ("count", ["grade", "locked"], 3, False, False),
        "lab-cause": ("answer-cause", ["solution"], None, True, False),
        "lab-check-cause": ("cause", ["grade", "locked"], 2, False, False),
        "lab-reflect": ("why", ["locked", "task"], 4, False, False),
        "lab-reflect-answer": (None, [], None, True, True),
    }
    assert book.metadata["course"] == {"lab": "90-sample"}


def test_the_learner_gets_stubs_and_no_mark_scheme(sample: Course) -> None:
    instructor = lab.lab(source.read(sample.lab_sources()[0]))
    learner = {cell.id: cell.source for cell in lab.released(instructor).cells}
    assert learner["lab-count"] == "# Set `count` to the number of tasks.\n..."
    assert learner["lab-cause"] == "def cause():\n    ..."
    assert learner["lab-reflect"] == "Why did the tasks stop?\n"
    assert "BEGIN SOLUTION" in instructor.cells[3].source


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id="lab-setup" role="setup"', 'id="lab-setup"', "a lab's code cell needs a role"),
        ('role="answer" question="count"', 'role="answer"', "a cell of role answer names its question"),
        (" points=3", "", "a check cell says its points"),
        ('role="answer" question="count"', 'role="answer" question="count" points=2', "points belong to"),
        ('### END SOLUTION\n\n# %% id="lab-check-count"', '# %% id="lab-check-count"', "has no `### BEGIN SOLUTION`"),
        ("world = {", "### BEGIN SOLUTION\nworld = {", "a solution stands outside an answer cell"),
        (' rows=["F12"] tags=["raises-exception"]\ncheck("count"', '\ncheck("count"', "a check cell is tagged"),
        ('check("cause", got', 'print(1)\ncheck("cause", got', "a check cell is one line of code"),
        ("# === END MARK SCHEME ===\n", "", "has no mark scheme between its two delimiters"),
        ('role="answer" question="cause"', 'role="answer" question="count"', "'count' has a second answer cell"),
        ('question="cause" points=2', 'question="count" points=2', "'count' has a second check cell"),
        ('role="answer" question="cause"', 'role="answer" question="other"', "question 'other' has no check cell"),
    ],
)
def test_what_breaks_the_form_of_a_lab_is_named_by_file_and_line(sample: Course, old: str, new: str, said: str) -> None:
    assert old in text_of(sample)
    changed = with_text(sample, text_of(sample).replace(old, new, 1))
    with pytest.raises(Trouble, match=said) as refused:
        lab.lab(changed)
    assert str(refused.value).startswith(f"{changed.path}:")
