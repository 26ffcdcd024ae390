"""The index that the pages' own search reads: each heading with the words below it. A script and no JSON, since a page
opened from a folder may load the one and not the other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from autograder.site.page import Page, sections

FILE = "assets/search-index.js"


def index(pages: Sequence[Page]) -> str:
    """The text of the file: pages as [address, title], sections as [page, anchor, heading, words]."""
    found = [entry for number, page in enumerate(pages) for entry in _entries(number, page)]
    whole = {"pages": [[page.path, page.title] for page in pages], "sections": found}
    return f"window.courseIndex = {json.dumps(whole, ensure_ascii=False, separators=(',', ':'))};\n"


def _entries(number: int, page: Page) -> Iterator[list[object]]:
    for section in sections(page):
        yield [number, section.anchor, section.heading, section.text if page.deep else ""]
