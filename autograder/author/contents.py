"""The table of contents: every lesson with its minutes, cells and opening question, in the README and in lesson 00.

It stands between two marks in either text and is written from the lessons' own sources, so it cannot go stale.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from autograder.author import source
from autograder.author.places import Course
from autograder.trouble import Trouble

BEGIN, END = "<!-- contents -->", "<!-- end of contents -->"
"""In the README; in a source they stand as comments of a text cell (`# <!-- contents -->`)."""
TITLE = re.compile(r"\A# (\d\d) · (.+)\Z")
MINUTES = re.compile(r"^About (\d+) minutes", re.MULTILINE)
QUESTION = re.compile(r"^\*\*(.+?)\*\*", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """One lesson."""

    number: str
    title: str
    notebook: str
    """course/03-networking.ipynb: from the root of the course."""
    minutes: int
    """Reading and doing, as the lesson says."""
    cells: int
    question: str
    """The question with which it opens."""


def entries(course: Course) -> list[Entry]:
    """All lessons in their order. Raises Trouble for one that does not say its title, minutes and question."""
    return [_entry(source.read(path)) for path in sorted(course.lesson_sources())]


def _entry(lesson: source.Source) -> Entry:
    first = lesson.cells[0].text
    title = TITLE.match(first.splitlines()[0])
    minutes, question = MINUTES.search(first), QUESTION.search(first)
    if title is None or minutes is None or question is None:
        raise Trouble(f"{lesson.path}: the first cell says '# NN · Title', '**a question**' and 'About N minutes'")
    where = f"course/{lesson.path.stem}.ipynb"
    return Entry(title[1], title[2], where, int(minutes[1]), len(lesson.cells), question[1])


def table(course: Course, beside: Path) -> str:
    """The table in Markdown, with links from a file in the folder `beside`."""
    up = "" if beside == course.root else "../"
    rows = [
        f"| {one.number} | [{one.title}]({_link(one.notebook, up)}) | {one.minutes} | {one.cells} | {one.question} |"
        for one in entries(course)
    ]
    total = sum(one.minutes for one in entries(course))
    head = ["| | lesson | minutes | cells | opens with |", "|---|---|---|---|---|"]
    return "\n".join([*head, *rows, f"| | together | {total} | | |"])


def _link(notebook: str, up: str) -> str:
    return notebook.removeprefix("course/") if up else notebook


def filled(text: str, lines: str, mark: str = "") -> str:
    """The text with these lines between the two marks; `mark` begins each line. Raises Trouble without the marks."""
    begin, end = f"{mark}{BEGIN}\n", f"{mark}{END}"
    if text.count(begin) != 1 or text.count(end) != 1:
        raise Trouble(f"the table of contents needs one {BEGIN} and one {END}")
    before, _, rest = text.partition(begin)
    after = rest.partition(end)[2]
    body = "".join(f"{mark}{line}".rstrip() + "\n" for line in ("", *lines.splitlines(), ""))
    return f"{before}{begin}{body}{end}{after}"


def pages(course: Course) -> dict[Path, str]:
    """The README and the first lesson as they should be, as far as they hold the marks."""
    first = course.lesson_sources()[:1]
    wanted = [(course.root / "README.md", course.root, ""), *((path, course.lessons, "# ") for path in first)]
    return {
        path: filled(path.read_text(encoding="utf-8"), table(course, beside), mark)
        for path, beside, mark in wanted
        if path.exists() and BEGIN in path.read_text(encoding="utf-8")
    }


def stale(course: Course) -> dict[Path, str]:
    """Those of them that are not so, with the text that they should have."""
    return {path: text for path, text in pages(course).items() if path.read_text(encoding="utf-8") != text}
