"""The course's small markup in sentences: `words between backticks` are code."""

from __future__ import annotations

import re
from html import escape


def plain(text: str) -> str:
    """The text without its marks."""
    return text.replace("`", "")


def marked_up(text: str) -> str:
    """The text as HTML, everything else escaped."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))
