"""What the course writes about itself: the table of contents, the list of labs, and where each lesson leads.

The table stands in the README and in lesson 00, the list of labs in lesson 00, and the way on at the end of every
lesson. Each stands between two marks and is written from the sources of lessons and labs, so it cannot go stale: a lab
is linked as soon as it is there, and not before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.author import source
from autograder.author.places import Course
from autograder.trouble import Trouble

CONTENTS, LABS, GO_ON = "contents", "labs", "go on"
"""What stands between the marks `<!-- contents -->` and `<!-- end of contents -->`, and so on: in the README, or in a
text cell of a source, where each line begins with `# `."""
LAB_TITLE = re.compile(r"\A# Lab (\d\d): (.+)\Z")
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
    read = [source.read(path) for path in sorted(course.lesson_sources())]
    return [entry(lesson.path, lesson.cells[0].text, len(lesson.cells)) for lesson in read]


def entry(path: Path, first: str, cells: int) -> Entry:
    """The lesson of a source or a notebook, by its first cell. Raises Trouble where it does not say all that."""
    title = TITLE.match(first.splitlines()[0])
    minutes, question = MINUTES.search(first), QUESTION.search(first)
    if title is None or minutes is None or question is None:
        raise Trouble(f"{path}: the first cell says '# NN · Title', '**a question**' and 'About N minutes'")
    return Entry(title[1], title[2], f"course/{path.stem}.ipynb", int(minutes[1]), cells, question[1])


def table(known: Sequence[Entry], up: str) -> str:
    """The table in Markdown, with links from a file in the root, or (`../`) from one beside the lessons."""
    rows = [
        f"| {one.number} | [{one.title}]({_link(one.notebook, up)}) | {one.minutes} | {one.cells} | {one.question} |"
        for one in known
    ]
    total = sum(one.minutes for one in known)
    head = ["| | lesson | minutes | cells | opens with |", "|---|---|---|---|---|"]
    return "\n".join([*head, *rows, f"| | together | {total} | | |"])


def labs(course: Course) -> dict[str, str]:
    """By number, the link from a lesson to each lab that is there. Raises Trouble for one without a title."""
    links = {}
    for path in course.lab_sources():
        name = path.parent.name
        if (course.labs / name / f"{name}.ipynb").exists():
            title = LAB_TITLE.match(source.read(path).cells[0].text.splitlines()[0])
            if title is None:
                raise Trouble(f"{path}: the first cell says '# Lab NN: Title'")
            links[title[1]] = f"[{title[1]} · {title[2]}](../labs/{name}/{name}.ipynb)"
    return links


def lab_list(there: Mapping[str, str]) -> str:
    """The labs that are there, one a line."""
    return "\n".join(f"- lab {link}" for link in there.values())


def ways_on(known: Sequence[Entry], there: Mapping[str, str]) -> dict[str, str]:
    """By number of a lesson, the sentence that leads to its lab, where it has one, and to the next lesson."""
    ways = {}
    for one, after in zip(known, [*known[1:], None], strict=True):
        practise = [f"**Practise:** lab {there[one.number]}."] if one.number in there else []
        link = "" if after is None else f"[{after.number} · {after.title}]({_link(after.notebook, '../')})"
        ways[one.number] = " ".join([*practise, *([f"**Go on:** lesson {link}."] if link else [])])
    return ways


def _link(notebook: str, up: str) -> str:
    return notebook.removeprefix("course/") if up else notebook


def marked(text: str, what: str) -> bool:
    """Does this text hold the marks?"""
    return f"<!-- {what} -->" in text


def filled(text: str, lines: str, what: str = CONTENTS, mark: str = "") -> str:
    """The text with these lines between the two marks; `mark` begins each line. Raises Trouble without the marks."""
    begin, end = f"{mark}<!-- {what} -->\n", f"{mark}<!-- end of {what} -->"
    if text.count(begin) != 1 or text.count(end) != 1:
        raise Trouble(f"it needs one {begin.strip()} and one {end}")
    before, _, rest = text.partition(begin)
    after = rest.partition(end)[2]
    body = "".join(f"{mark}{line}".rstrip() + "\n" for line in ("", *lines.splitlines(), ""))
    return f"{before}{begin}{body}{end}{after}"


def pages(course: Course) -> dict[Path, str]:
    """The README and the lessons as they should be, as far as they hold marks."""
    files = [path for path in (course.root / "README.md", *course.lesson_sources()) if path.exists()]
    if not any("<!-- " in path.read_text(encoding="utf-8") for path in files):
        return {}
    known, there = entries(course), labs(course)
    ways, listed = ways_on(known, there), lab_list(there)
    wanted = {}
    for path in files:
        parts = {CONTENTS: table(known, "" if path.parent == course.root else "../")}
        parts |= {LABS: listed, GO_ON: ways.get(path.name[:2], "")}
        if text := _written(path, parts):
            wanted[path] = text
    return wanted


def _written(path: Path, parts: dict[str, str]) -> str:
    """The text of a file with all that it marks filled in; '' where it marks nothing."""
    text = path.read_text(encoding="utf-8")
    known = {what: lines for what, lines in parts.items() if marked(text, what)}
    for what, lines in known.items():
        text = filled(text, lines, what, "# " if path.suffix == ".py" else "")
    return text if known else ""


def stale(course: Course) -> dict[Path, str]:
    """Those of them that are not so, with the text that they should have."""
    return {path: text for path, text in pages(course).items() if path.read_text(encoding="utf-8") != text}
