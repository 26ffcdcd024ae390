"""Links of notebooks and pages of text, made to lead to pages of the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

from autograder.trouble import Trouble

LINK = re.compile(r'<a href="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
ELSEWHERE = ("https://", "http://", "mailto:")


def relinked(body: str, origin: str, target: str, pages: Mapping[str, str], root: Path) -> str:
    """The text of a file `origin` for the page `target`, its links leading to other pages.

    `pages` gives the page for each file of the course, both from their roots. A link to a file that has no page loses
    its link and keeps its words. Raises Trouble for one to a file that is not there.
    """

    def led(found: re.Match[str]) -> str:
        address, rest, words = found.groups()
        if address.startswith(ELSEWHERE):
            return f'<a href="{address}" rel="noreferrer">{words}</a>'
        if address.startswith("#"):
            return found[0]
        path, _, anchor = address.partition("#")
        file = posixpath.normpath(posixpath.join(posixpath.dirname(origin), path))
        if file not in pages:
            if not (root / file).exists():
                raise Trouble(f"{origin} links to {address}, and there is no {file}")
            return words
        way = posixpath.relpath(pages[file], posixpath.dirname(target) or ".")
        return f'<a href="{way}{"#" if anchor else ""}{anchor}"{rest}>{words}</a>'

    return LINK.sub(led, body)
