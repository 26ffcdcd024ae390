"""`fargate-course site DIR`: the lessons as pages that open from a folder, with no kernel, no server and no network."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.author import leaks, whole
from autograder.author.build import say
from autograder.author.places import Course, course
from autograder.site import contents, search
from autograder.site.page import Page, sections
from autograder.site.templates import template

MARKER = "fargate-course-site.txt"
"""Stands in every site: only a folder that has it is replaced."""
MARKED = "Written by `fargate-course site`. The next one replaces this folder. Begin with index.html.\n"
ASSETS = Path(__file__).parent / "assets"


@dataclass(frozen=True)
class Written:
    """What was written."""

    pages: int
    questions: int
    searched: int
    """Fragments of answers that were searched for in it, and not found."""


def command(directory: Path) -> int:
    """Write the site and say what is in it."""
    begun = time.monotonic()
    written = write(course(), directory)
    say(
        f"{directory / 'index.html'}: {written.pages} pages, {written.questions} questions that answer; searched for "
        f"{written.searched} fragments of answers, none found ({time.monotonic() - begun:.0f} s)"
    )
    return 0


def write(here: Course, directory: Path) -> Written:
    """Write the site to `directory`, all of it or nothing. The same course gives the same bytes.

    Raises Trouble where the folder is something else, for a link that leads nowhere, and where anything that is the
    instructor's was found in a page.
    """
    with whole.replaced(directory, MARKER, "site of this course") as folder:
        site = contents.made(here)
        files = {page.path: framed(site.pages, page).encode() for page in site.pages}
        files |= site.files
        files |= {f"assets/{path.relative_to(ASSETS).as_posix()}": path.read_bytes() for path in _assets()}
        files |= {search.FILE: search.index(site.pages).encode(), MARKER: MARKED.encode()}
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        questions = sum(page.body.count('class="question"') for page in site.pages)
        return Written(len(site.pages), questions, leaks.refuse_leaks(folder, here))


def framed(pages: list[Page], page: Page) -> str:
    """The whole page: its body, and around it what all pages have."""
    if page.whole:
        return page.body
    rooms: dict[str, list[Page]] = {}
    for one in pages:
        if one.room:
            rooms.setdefault(one.room, []).append(one)
    before, after = _neighbours(pages, page)
    here = [one for one in sections(page)[1:] if one.level == 2 and one.anchor]
    known = {one.path for one in pages}
    return template("page.html").render(page=page, rooms=rooms, before=before, after=after, here=here, known=known)


def _neighbours(pages: list[Page], page: Page) -> tuple[Page | None, Page | None]:
    """The pages before and after this one in its room."""
    room = [one for one in pages if one.room == page.room] if page.room else []
    if page not in room:
        return None, None
    at = room.index(page)
    return (room[at - 1] if at else None), (room[at + 1] if at + 1 < len(room) else None)


def _assets() -> Iterator[Path]:
    return (path for path in sorted(ASSETS.rglob("*")) if path.is_file())
