"""Markdown as HTML: the text of lessons, and pages such as docs/fidelity.md."""

from __future__ import annotations

import re
from typing import Any

COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
SECOND = re.compile(r"^## ", re.MULTILINE)
TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)


def html(text: str) -> str:
    """Markdown as HTML by nbconvert's renderer; each table has a box of its own, which scrolls in a narrow window."""
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    renderer: Any = IPythonRenderer(escape=False, exclude_anchor_links=True)
    made = str(MarkdownWithMath(renderer=renderer).render(COMMENT.sub("", text)))
    made = made.replace("<th></th>", "<td></td>")  # the corner of a table heads nothing
    return TABLE.sub(lambda found: f'<div class="wide">{found[0]}</div>', made)


def parts(text: str) -> list[tuple[str, str]]:
    """A text cut before each `## `: (title, Markdown), the first one with the page's own title."""
    first, *others = SECOND.split(COMMENT.sub("", text))
    head, _, rest = first.strip().partition("\n")
    found = [(head.removeprefix("# ").strip(), rest)]
    for one in others:
        title, _, said = one.partition("\n")
        found.append((title.strip(), said))
    return found
