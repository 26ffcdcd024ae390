"""Texts and links that stand in one cell of a Markdown table."""

from __future__ import annotations


def cell(text: str) -> str:
    """A text on one line, in which nothing ends the cell."""
    return " ".join(text.split()).replace("|", "\\|")


def is_address(source: str) -> bool:
    """Is a source a public address alone, so that it can be a link?"""
    return source.startswith("https://") and " " not in source
