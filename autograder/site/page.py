"""A page of the site, and what its text is divided into."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from html import escape, unescape

from autograder.markup import text_of

HEADING = re.compile(r"<h([1-4])(?: id=\"([^\"]*)\")?>(.*?)</h\1>", re.DOTALL)
PICTURED = re.compile(r"<(?:svg|style|script)\b.*?</(?:svg|style|script)>", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """One page, without the frame that all pages share."""

    path: str
    """Where it lies in the site: lessons/03-networking.html."""
    title: str
    room: str
    """Under which heading of the contents it stands; '' where it is in none."""
    body: str
    """HTML. Links lead as the reader's browser follows them, from where the page lies."""
    minutes: int = 0
    """How long it takes; 0 where nobody says."""
    deep: bool = True
    """Are its words searched for, and not only its headings?"""
    whole: bool = False
    """Is the body a whole page already, made to be printed?"""

    @property
    def up(self) -> str:
        """The way from this page to the root of the site: '' or '../'."""
        return "../" * self.path.count("/")


@dataclass(frozen=True)
class Section:
    """A heading and the text below it, up to the next."""

    level: int
    anchor: str
    heading: str
    text: str


def with_anchors(body: str) -> str:
    """The same with an id for every heading, made as JupyterLab makes it, and a link to itself."""
    taken: set[str] = set()

    def anchored(found: re.Match[str]) -> str:
        level, _, inner = found.groups()
        if level == "1":
            return found[0]
        name = base = text_of(inner).replace(" ", "-")
        number = 1
        while name in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name)
        link = f'<a class="anchor" href="#{escape(name)}" aria-label="Link to this heading">#</a>'
        return f'<h{level} id="{escape(name)}">{inner}{link}</h{level}>'

    return HEADING.sub(anchored, body)


@cache
def sections(page: Page) -> list[Section]:
    """The page by its headings, in order; what stands before the first one belongs to the page's title."""
    if page.whole:
        return [Section(1, "", page.title, _said(page.body))]
    found = list(HEADING.finditer(page.body))
    ends = [*(one.start() for one in found[1:]), len(page.body)]
    before = page.body[: found[0].start()] if found else page.body
    made = [Section(1, "", page.title, _said(before))]
    for one, end in zip(found, ends, strict=False):
        said = _said(page.body[one.end() : end])
        if one[1] == "1":
            made[0] = replace(made[0], text=f"{made[0].text} {said}".strip())
        else:
            made.append(Section(int(one[1]), unescape(one[2] or ""), text_of(one[3]).removesuffix("#").strip(), said))
    return made


def _said(html: str) -> str:
    return text_of(PICTURED.sub(" ", html))
