"""A check: a function whose docstring is the sentence that the learner reads."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

HANDED = ("cloud", "answers", "variant", "transcript")
"""What a check can ask for, by parameter name."""

LONGEST, BEGINNING = 900, 200
"""Characters of an `expected`, `got` or `hint` that are shown, and how many of these before what is left out: AWS's
long texts say at their end who was denied what, or what was not found."""
WIDTH = 98
"""Characters of a line that JupyterLab shows beside its file browser; it breaks longer ones in the middle of words."""


class Miss(Exception):
    """What the check expected, what came, and a hint computed from what is wrong."""

    def __init__(self, expected: object, got: object, hint: object = "") -> None:
        self.expected, self.got, self.hint = spoken(expected), spoken(got), spoken(hint)
        super().__init__(f"expected {self.expected}; got {self.got}")
        self.question = ""
        self.sentence = ""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback: no frame, no path, no colour."""
        lines = _lines("Not yet: ", self.sentence) if self.sentence else ["Not yet."]
        said = (("expected:", self.expected), ("got:", self.got), ("hint:", self.hint))
        return lines + [line for name, text in said if text for line in _lines(f"  {name:<10}", text)]


def _lines(begin: str, text: str) -> list[str]:
    """The text in lines of WIDTH, the later ones as far in as the first."""
    return wrap(
        text,
        WIDTH,
        initial_indent=begin,
        subsequent_indent=" " * len(begin),
        break_long_words=False,
        break_on_hyphens=False,
    )


class NotAttempted(Exception):
    """The question has not been worked on: nothing to judge yet."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def expect(condition: object, *, expected: object, got: object, hint: object = "") -> None:
    """Raise `Miss(expected, got, hint)` unless the condition holds."""
    if not condition:
        raise Miss(expected, got, hint)


def spoken(value: object) -> str:
    """A value as a learner reads it: text as it is, lists joined; where it is too long, without its middle."""
    if isinstance(value, (list, tuple, set, frozenset)):
        members = sorted(map(str, value)) if isinstance(value, (set, frozenset)) else [str(member) for member in value]
        text = ", ".join(members) or "nothing"
    else:
        text = "nothing" if value is None else str(value)
    return text if len(text) <= LONGEST else f"{text[:BEGINNING]} … {text[BEGINNING + 3 - LONGEST :]}"


@dataclass(frozen=True)
class Check:
    """One check of one question."""

    id: str
    question: str
    points: float
    function: Callable[..., None]
    rows: tuple[str, ...] = ()
    """Curriculum rows that it practises."""
    after: str = ""
    """The check of the same question that must have passed; '' for none."""
    hidden: bool = False
    """Run only after submission; its source never reaches a learner."""

    @property
    def sentence(self) -> str:
        """The first paragraph of the docstring, as one line."""
        return " ".join((inspect.getdoc(self.function) or "").split("\n\n")[0].split())

    def parameters(self, **handed: Any) -> dict[str, Any]:
        """Those of the handed values that the function asks for."""
        return {name: handed[name] for name in inspect.signature(self.function).parameters}
