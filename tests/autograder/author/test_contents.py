"""What the course says of itself follows from its sources: contents, labs, and where each lesson leads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.author import contents
from autograder.author.places import Course, course
from autograder.trouble import Trouble


@pytest.fixture(scope="module")
def pages() -> dict[Path, str]:
    return contents.pages(course())


def test_the_readme_and_every_lesson_say_what_is_there(pages: dict[Path, str]) -> None:
    assert set(pages) == {course().root / "README.md", *course().lesson_sources()}
    stale = [path.name for path, text in pages.items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run `fargate-course build`"


def test_every_lesson_ends_by_leading_to_its_lab_and_to_the_next_lesson(pages: dict[Path, str]) -> None:
    sources, labs = course().lesson_sources(), [path.parent.name for path in course().lab_sources()]
    released = [name for name in labs if (course().labs / name / f"{name}.ipynb").exists()]
    for number, path in enumerate(sources):
        last = pages[path].rpartition("# %%")[2]
        own = [name for name in released if name.startswith(f"{number:02}-")]
        assert [name for name in own if f"](../labs/{name}/{name}.ipynb)" not in last] == []
        assert number == len(sources) - 1 or f"]({sources[number + 1].stem}.ipynb)." in last or number == 0


def test_every_link_of_a_lesson_to_a_notebook_leads_to_one_that_is_there(pages: dict[Path, str]) -> None:
    for path in course().lesson_sources():
        links = re.findall(r"\]\(([^):]+\.ipynb)\)", pages[path])
        assert [link for link in links if not (course().lessons / link).resolve().exists()] == [], path.name


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


def test_every_link_of_a_lesson_to_the_web_is_the_address_of_a_page_of_aws() -> None:
    """Of its form; whether the page is still there no test can ask, since nothing leaves the machine."""
    form = re.compile(r"https://(docs\.)?aws\.amazon\.com/[A-Za-z0-9/_.-]+(\.html|/)(#[A-Za-z0-9-]+)?")
    for path in course().lesson_sources():
        links = re.findall(r"\]\((http[^)]*)\)", path.read_text(encoding="utf-8"))
        assert [link for link in links if not form.fullmatch(link)] == [], path.name


def test_the_way_on_names_the_lab_that_is_there_and_only_that(tmp_path: Path) -> None:
    here = lesson(tmp_path, "# # 07 · Ships\n#\n# **Who sails?**\n#\n# About 5 minutes.")
    other = tmp_path / "course" / "source" / "08-y.py"
    first = "# # 08 · Ports\n#\n# **Where?**\n#\n# About 5 minutes."
    other.write_text(f'# %% [markdown] id="y"\n{first}\n', encoding="utf-8")
    lab = tmp_path / "solutions" / "07-sail" / "lab.py"
    lab.parent.mkdir(parents=True)
    lab.write_text('# %% [markdown] id="z"\n# # Lab 07: Set sail\n', encoding="utf-8")
    known = contents.entries(here)
    on = "**Go on:** lesson [08 · Ports](08-y.ipynb)."
    assert contents.ways_on(known, contents.labs(here)) == {"07": on, "08": ""}
    released = tmp_path / "labs" / "07-sail" / "07-sail.ipynb"
    released.parent.mkdir(parents=True)
    released.write_text("{}", encoding="utf-8")
    link = "[07 · Set sail](../labs/07-sail/07-sail.ipynb)"
    assert contents.ways_on(known, contents.labs(here))["07"] == f"**Practise:** lab {link}. {on}"
    assert contents.lab_list(contents.labs(here)) == f"- lab {link}"


def test_a_text_without_the_marks_is_refused() -> None:
    with pytest.raises(Trouble, match="needs one"):
        contents.filled("nothing", "a table")
