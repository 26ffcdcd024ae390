"""The glossary as a notebook of text cells, `course/glossary.ipynb`: read, searched and linked like a lesson."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from autograder.author import notebook
from autograder.author.places import Course
from autograder.author.release import GLOSSARY
from autograder.author.source import Cell
from autograder.glossary.glossary import Term, terms
from autograder.home import pages

INTRODUCTION = """# Glossary

{count} words of the course, each in a sentence or two. To find one press **Ctrl+F** (on a Mac ⌘F), or open the table of
contents at the left. In a terminal, `fargate-course glossary "bake time"` says the same.

Behind each word stand the lessons that use it, the first of which explains it, and the rows of the curriculum.
"""


def place(here: Course) -> Path:
    """Where it lies."""
    return here.lessons / GLOSSARY


def text() -> str:
    """The whole file."""
    lessons = {page.number: page for page in pages.lessons()}
    sections = [
        _cell(f"glossary-{letter.lower()}", "\n\n".join([f"## {letter}", *(_entry(term, lessons) for term in some)]))
        for letter, some in groupby(terms(), key=lambda term: term.name[0].upper())
    ]
    head = _cell("glossary-title", INTRODUCTION.format(count=len(terms())).strip())
    made = notebook.new([notebook.new_cell(cell, {}) for cell in (head, *sections)], {"page": "glossary"})
    return notebook.text(made)


def _cell(name: str, said: str) -> Cell:
    return Cell(id=name, kind="markdown", text=said, line=0)


def _entry(term: Term, lessons: dict[str, pages.Page]) -> str:
    also = f" Also: {', '.join(term.also)}." if term.also else ""
    links = ", ".join(f"[{number}]({lessons[number].id}.ipynb)" for number in term.lessons)
    where = f"{'Lesson' if len(term.lessons) == 1 else 'Lessons'} {links}" if links else "Exams use it, no lesson does"
    return f"### {term.name}\n\n{term.says}{also}\n\n*{term.area}.* {where}. Rows {' '.join(term.rows)}."
