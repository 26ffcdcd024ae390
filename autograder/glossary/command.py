"""`fargate-course glossary TERM`: what a word means here."""

from __future__ import annotations

import sys
import textwrap

from autograder.author.places import course
from autograder.glossary import page
from autograder.glossary.glossary import Term, find, terms
from autograder.home import pages
from autograder.markup import plain
from autograder.trouble import Trouble

WIDTH = 88


def command(typed: str) -> int:
    """Explain a term, those that are alike, or, where none is named, list all. Raises Trouble for what nobody knows."""
    if not typed.strip():
        sys.stdout.write(_list())
        return 0
    found = find(typed)
    if not found:
        raise Trouble(f"the glossary has no {typed!r}: `fargate-course glossary` lists what it has")
    sys.stdout.write("\n".join(map(_told, found)))
    return 0


def write(*, check: bool) -> int:
    """Write the notebook; with `check` only say whether it is up to date, and give 1 where it is not."""
    file, text = page.place(course()), page.text()
    if file.is_file() and file.read_text(encoding="utf-8") == text:
        return 0
    if not check:
        file.write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"course/{file.name} {'is out of date' if check else 'written'}\n")
    return int(check)


def _told(term: Term) -> str:
    titles = {one.number: one.title for one in pages.lessons()}
    also = f" (also: {', '.join(term.also)})" if term.also else ""
    lessons = ", ".join(f"{number} {titles[number]}" for number in term.lessons) or "none; exams use it"
    said = textwrap.fill(plain(term.says), WIDTH, initial_indent="  ", subsequent_indent="  ")
    return f"{term.name}{also}\n{said}\n  Lessons: {lessons}. Rows: {' '.join(term.rows)}.\n"


def _list() -> str:
    areas = sorted({term.area for term in terms()})
    lines = (f"{area}: {', '.join(term.name for term in terms() if term.area == area)}" for area in areas)
    return "".join(f"{textwrap.fill(line, WIDTH, subsequent_indent='  ', break_on_hyphens=False)}\n" for line in lines)
