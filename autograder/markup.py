"""The course's small markup in sentences: `words between backticks` are code. And what HTML says as text."""

from __future__ import annotations

import re
from html import escape, unescape

INLINE = re.compile(r"</?(?:a|abbr|b|bdi|cite|code|em|i|kbd|mark|s|small|span|strong|sub|sup|u)\b[^>]*>")
"""Tags between which words go on; any other one parts them."""
TAG = re.compile(r"<[^>]*>")


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
    return unescape(TAG.sub(" ", INLINE.sub("", html)))
