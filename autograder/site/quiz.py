"""A question of the bank as a form that answers in place; without a script it is read, its answer folded away."""

from __future__ import annotations

import re
from typing import Any

from autograder.bank import bank
from autograder.bank.item import Item
from autograder.exam import words
from autograder.markup import marked_up
from autograder.site.templates import template

ASKED = re.compile(r"""\bquestion\(\s*["']([\w.-]+)["']\s*\)""")
ALONE = re.compile(rf"(?:from autograder\.exam\.question import question\s+)?{ASKED.pattern}")
"""A cell that does nothing else: its code need not be read."""


def asked(code: str) -> Item | None:
    """The practice item that a cell asks; None where it asks none. Raises Trouble for one that is not in the bank."""
    found = ASKED.search(code)
    return None if found is None else bank.item(found[1])


def form(one: Item) -> str:
    """The item as HTML. Its key and reasons stand in the page: it is for practice."""
    kind = "radio" if one.type == "multiple-choice" else "checkbox"
    options: list[dict[str, Any]] = [
        {
            "id": option.id,
            "letter": words.letter(one, option),
            "text": marked_up(option.text),
            "why": marked_up(option.why),
            "right": one.right(option),
            "see": option.breaks if option.breaks.startswith("https://") and option.breaks != one.source else "",
        }
        for option in one.options
    ]
    return template("question.html").render(
        item=one, kind=kind, options=options, stem=marked_up(one.stem), how=words.how_to_answer(one),
        worked=marked_up(one.explanation),
    )  # fmt: skip
