"""A page of Markdown, such as docs/fidelity.md, as pages of the site."""

from __future__ import annotations

import re
from typing import Any

COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
SECOND = re.compile(r"^## ", re.MULTILINE)
WIDE = re.compile(r'(<div class="wide">.*?</div>)|(<table>.*?</table>)', re.DOTALL)
TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)


def html(text: str) -> str:
    """Markdown as HTML by nbconvert's renderer, the one that lessons have; wide tables can be scrolled."""
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    renderer: Any = IPythonRenderer(escape=False, exclude_anchor_links=True)
    made = str(MarkdownWithMath(renderer=renderer).render(COMMENT.sub("", text)))
    return scrollable(made)


def scrollable_markdown(made: str) -> str:
    """The same for a notebook's page, where a table that a cell showed has its box already."""
    return WIDE.sub(lambda found: found[0] if found[1] else scrollable(found[2]), made)


def scrollable(made: str) -> str:
    """The same with each table in a box of its own, so that a narrow window scrolls the table and not the page."""
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
