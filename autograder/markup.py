"""The course's small markup in sentences: `words between backticks` are code. And what HTML says as text."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser


def plain(text: str) -> str:
    """The text without its marks."""
    return text.replace("`", "")


def marked_up(text: str) -> str:
    """The text as HTML, everything else escaped."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))


def text_of(html: str) -> str:
    """What HTML says, without its tags, all white space made single."""
    return " ".join(said_by(html).split())


def said_by(html: str) -> str:
    """What HTML says, without its tags, its lines as they stand."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.said)


INLINE = ("a", "abbr", "b", "bdi", "br", "cite", "code", "em", "i", "kbd", "mark", "s", "small", "span", "strong", "u")
"""Tags between which words go on; any other one parts them."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE or tag == "br":
            self.said.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.said.append(" ")
