"""A sheet: what one topic's file says, with its figures filled in.

A topic is one YAML file under `topics/`. Its texts know the course's small markup (`code`) and figures in double
braces; everything else is plain text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from autograder.home import pages
from autograder.markup import marked_up
from autograder.sheets.figures import cheaper, fig, hourly, port

TOPICS = Path(__file__).parent / "topics"


@dataclass(frozen=True)
class Sheet:
    """One page. Every text is HTML by now."""

    number: str
    """Of its lesson: 03"""
    name: str
    """03-networking: of the lesson, and of the file."""
    title: str
    rows: tuple[str, ...]
    """The curriculum rows that its lesson teaches."""
    question: Markup
    """What one should be able to answer, in a line."""
    aid: Markup
    """The memory aid."""
    aid_means: Markup
    path_title: Markup
    path: tuple[Markup, ...]
    """What happens, or what to ask, in order."""
    decides: tuple[tuple[Markup, Markup], ...]
    """What one reads, and what that decides."""
    figures: tuple[tuple[Markup, Markup], ...]
    traps: tuple[Markup, ...]
    look: tuple[str, ...]
    """Commands that show it, or create it, on a real account."""


def sheets() -> list[Sheet]:
    """One for each lesson from 01 on, in order."""
    return [_sheet(page) for page in pages.lessons() if page.number != "00"]


def texts(entry: Any) -> Iterator[str]:
    """Every text of a topic's file, wherever it stands."""
    if isinstance(entry, dict):
        for value in entry.values():
            yield from texts(value)
    elif isinstance(entry, list):
        for value in entry:
            yield from texts(value)
    else:
        yield str(entry)


def _sheet(page: pages.Page) -> Sheet:
    entry = yaml.safe_load((TOPICS / f"{page.id}.yaml").read_text(encoding="utf-8"))
    return Sheet(
        number=page.number,
        name=page.id,
        title=page.title,
        rows=tuple(sorted(page.rows)),
        question=filled(entry["question"]),
        aid=filled(entry["aid"]),
        aid_means=filled(entry["aid means"]),
        path_title=filled(entry["path"]["title"]),
        path=tuple(map(filled, entry["path"]["steps"])),
        decides=tuple((filled(read), filled(then)) for read, then in entry["decides"]),
        figures=tuple((filled(what), filled(figure)) for what, figure in entry["figures"]),
        traps=tuple(map(filled, entry["traps"])),
        look=tuple(entry["look"]),
    )


@cache
def filled(text: str) -> Markup:
    """The text as HTML, its figures filled in. Raises NoFigure, and jinja2's errors for what is no figure at all."""
    return Markup(_environment().from_string(marked_up(text)).render())


@cache
def _environment() -> Environment:
    made = Environment(undefined=StrictUndefined, autoescape=True)
    made.globals = {"fig": fig, "cheaper": cheaper, "hourly": hourly, "port": port}
    return made
