"""A table: plain HTML, which an untrusted notebook shows as well, and the same as text."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

LEFT = 'style="text-align: left"'
"""JupyterLab sets tables to the right, as for numbers."""
WIDEST = 76
"""Characters of the last column of the text form; longer cells are wrapped under themselves."""


@dataclass(frozen=True)
class Table:
    """Rows under headings, with a caption that says what the table shows and a closing line."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    closing: str = ""

    @property
    def text(self) -> str:
        """The table in a fixed-width font."""
        widths = [max(len(row[at]) for row in (self.headings, *self.rows)) for at in range(len(self.headings) - 1)]
        lines = [line for row in (self.headings, *self.rows) for line in _line(row, widths)]
        return "\n".join([self.caption, *lines, *([self.closing] if self.closing else [])])

    @property
    def html(self) -> str:
        """The table as HTML, without scripts."""
        head = "".join(f'<th scope="col" {LEFT}>{escape(one)}</th>' for one in self.headings)
        body = "".join(f"<tr>{''.join(f'<td {LEFT}>{escape(cell)}</td>' for cell in row)}</tr>" for row in self.rows)
        closing = f"<p>{escape(self.closing)}</p>" if self.closing else ""
        caption = f"<caption>{escape(self.caption)}</caption>"
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{closing}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}

    def __repr__(self) -> str:
        return self.text

    __str__ = __repr__


def _line(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    start = "".join(cell.ljust(width) + "  " for cell, width in zip(row, widths, strict=False))
    wrapped = textwrap.wrap(row[-1], WIDEST) or [""]
    return [(start + wrapped[0]).rstrip(), *(" " * len(start) + rest for rest in wrapped[1:])]
