"""A verdict as the learner sees it under a cell: text, and the same as HTML without any script."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from autograder.checks.verdict import CheckVerdict, QuestionVerdict
from autograder.markup import marked_up

MARKS = {
    "passed": "passed",
    "failed": "not yet",
    "not attempted": "not attempted",
    "skipped": "waits",
    "broken": "broken (our fault)",
    "timed out": "timed out",
    "crashed": "crashed",
}
GROUNDS = {"passed": "#1a7f37", "failed": "#a04f00", "broken": "#b3261e"}
"""Behind white letters, so that a mark reads the same in a light and in a dark theme."""


@dataclass(frozen=True)
class Drawn:
    """A verdict that JupyterLab can draw; plain text is its whole content."""

    verdict: QuestionVerdict

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": as_text(self.verdict), "text/html": as_html(self.verdict)}

    def __repr__(self) -> str:
        return as_text(self.verdict)


@dataclass(frozen=True)
class Shown:
    """A text, and how JupyterLab draws it: what is merely printed there is broken in the middle of words."""

    text: str
    kind: str
    """The mime type of what is drawn."""
    drawn: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": self.text, self.kind: self.drawn}

    def __repr__(self) -> str:
        return self.text


def shown_hint(number: int, of: int, text: str) -> Shown:
    """A hint for a question, counted from 1."""
    head = f"Hint {number} of {of}:"
    return Shown(f"{head} {text}", "text/html", f"<div><strong>{head}</strong> {marked_up(text)}</div>")


def shown_code(text: str) -> Shown:
    """Python code to read or to copy."""
    return Shown(text, "text/markdown", f"```python\n{text}\n```")


def points(value: float) -> str:
    """2 -> `2`, 1.5 -> `1.5`."""
    return f"{value:g}"


def score(verdict: QuestionVerdict) -> str:
    """`Visible 2 of 3 points; 1 more is checked after submission.`"""
    visible = sum(check.max_points for check in verdict.checks if not check.hidden)
    line = f"Visible: {points(verdict.points)} of {points(visible)} point{'' if visible == 1 else 's'}"
    later = verdict.max_points - visible
    if not later:
        return line + "."
    return f"{line}; {points(later)} more {'is' if later == 1 else 'are'} checked after submission."


def as_text(verdict: QuestionVerdict) -> str:
    """The verdict in lines of plain text."""
    lines = [f"{verdict.title}: {MARKS[verdict.outcome]}"]
    if verdict.outcome == "not attempted":
        lines.append(f"  {verdict.reason}")
    for check in verdict.checks:
        lines.append(f"  [{MARKS[check.outcome]}] {check.sentence}")
        lines += [f"      {name}: {text}" for name, text in details(check)]
    return "\n".join([*lines, score(verdict)])


def as_html(verdict: QuestionVerdict) -> str:
    """The verdict as a small HTML block; everything in it is escaped."""
    rows = "".join(_row(check) for check in verdict.checks)
    said = f"<div>{marked_up(verdict.reason)}</div>" if verdict.outcome == "not attempted" else ""
    return (
        f'<div role="status"><strong>{escape(verdict.title)}: {_mark(verdict.outcome)}</strong>{said}'
        f'<ul style="margin:0.3em 0">{rows}</ul><div>{escape(score(verdict))}</div></div>'
    )


def details(check: CheckVerdict) -> list[tuple[str, str]]:
    """What stands under a check that did not pass: expected, got, hint."""
    named = (("expected", check.expected), ("got", check.got), ("hint", check.hint))
    if check.outcome != "failed":
        named = (("note", check.hint),) if check.hint else ()  # type: ignore[assignment]
    return [(name, text) for name, text in named if text]


def _row(check: CheckVerdict) -> str:
    under = "".join(f"<div><em>{escape(name)}:</em> {marked_up(text)}</div>" for name, text in details(check))
    return f"<li>{_mark(check.outcome)}: {marked_up(check.sentence)}{under}</li>"


def _mark(outcome: str) -> str:
    ground = GROUNDS.get(outcome, "#5f6368")
    style = f"background:{ground};color:#fff;border-radius:3px;padding:0 0.4em"
    return f'<span style="{style}">{escape(MARKS[outcome])}</span>'
