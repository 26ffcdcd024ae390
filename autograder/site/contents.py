"""Which pages the site has, made from what the course has: lessons, labs, reference."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.author import contents, notebook
from autograder.author.contents import Entry
from autograder.author.places import Course
from autograder.author.release import EXAMS
from autograder.bank import bank
from autograder.markup import text_of
from autograder.site import notebooks, prose
from autograder.site.links import relinked
from autograder.site.page import Page, with_anchors
from autograder.site.pictures import Pictures
from autograder.site.templates import template
from autograder.trouble import Trouble

LESSONS, LABS, REFERENCE = "Lessons", "Labs", "Reference"
FIDELITY = "docs/fidelity.md"
SHEETS = ("course/glossary", "course/sheets")
"""Folders or files whose pages are taken in where they are there."""
TIME = re.compile(r"^\*\*(.+?)\*\*", re.MULTILINE)


@dataclass
class Site:
    """All pages in their order, and the files that they show."""

    pages: list[Page] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Lab:
    """One lab as the contents name it."""

    number: str
    title: str
    path: str
    says: str
    """How long it takes, as its first cell says."""


def made(course: Course) -> Site:
    """The whole site. Raises Trouble for a link that leads nowhere."""
    return _Maker(course).made()


class _Maker:
    """Knows where every file of the course stands in the site, so that links can be led there."""

    def __init__(self, course: Course) -> None:
        self.course, self.site = course, Site()
        self.lessons = _there(course.lessons, "[0-9][0-9]-*.ipynb")
        self.labs = _there(course.labs, "*/[0-9][0-9]-*.ipynb")
        self.sheets = [path for name in SHEETS for path in _texts(course.root / name)]
        self.entries = [self._entry(path) for path in self.lessons]
        self.where: dict[str, str] = {f"course/{EXAMS}": "exams.html", FIDELITY: "fidelity.html"}
        self.where |= {course.relative(path): f"lessons/{path.stem}.html" for path in self.lessons}
        self.where |= {course.relative(path): f"labs/{path.stem}.html" for path in self.labs}
        self.where |= {course.relative(path): f"sheets/{path.stem}.html" for path in self.sheets}

    def made(self) -> Site:
        known = [self._lab(path) for path in self.labs]
        for path, entry in zip(self.lessons, self.entries, strict=True):
            self._notebook(path, f"{entry.number} · {entry.title}", LESSONS, entry.minutes)
        for path, lab in zip(self.labs, known, strict=True):
            self._notebook(path, f"{lab.number} · {lab.title}", LABS)
        self._exams()
        self._sheets()
        self._fidelity()
        self.site.pages.insert(0, self._start(known))
        return self.site

    def _entry(self, path: Path) -> Entry:
        cells = notebook.read(path).cells
        return contents.entry(path, cells[0].source, len(cells))

    def _lab(self, path: Path) -> Lab:
        first = notebook.read(path).cells[0].source
        title, says = contents.LAB_TITLE.match(first.splitlines()[0]), TIME.search(first)
        if title is None:
            raise Trouble(f"{path}: the first cell says '# Lab NN: Title'")
        return Lab(title[1], title[2], self.where[self.course.relative(path)], says[1].split(",")[0] if says else "")

    def _notebook(self, path: Path, title: str, room: str, minutes: int = 0) -> None:
        origin = self.course.relative(path)
        target = self.where[origin]
        pictures = Pictures(target.removesuffix(".html"))
        body = notebooks.body(notebook.read(path), pictures)
        self._add(Page(target, title, room, self._finished(body, origin, target), minutes))
        self.site.files |= {f"{pictures.page}/{name}": content for name, content in pictures.files.items()}

    def _exams(self) -> None:
        items = bank.load()
        counts = Counter(place.exam for one in items for place in one.exams)
        body = template("exams.html").render(exams=bank.blueprints(), counts=counts, items=len(items))
        self._add(Page("exams.html", "The practice exams", REFERENCE, with_anchors(body)))

    def _sheets(self) -> None:
        for path in self.sheets:
            origin = self.course.relative(path)
            target = self.where[origin]
            if path.suffix == ".ipynb":
                self._notebook(path, _title(notebook.read(path).cells[0].source, path), REFERENCE)
                continue
            text = path.read_text(encoding="utf-8")
            if path.suffix == ".html":
                room = REFERENCE if path.stem == "index" else ""
                self._add(
                    Page(target, text_of(text.partition("<h1>")[2].partition("</h1>")[0]), room, text, whole=True)
                )
                continue
            self._add(Page(target, _title(text, path), REFERENCE, self._finished(prose.html(text), origin, target)))

    def _fidelity(self) -> None:
        """The page of sources, cut by its headings: whole it is too long to be read."""
        path = self.course.root / FIDELITY
        if not path.exists():
            return
        (title, introduction), *others = prose.parts(path.read_text(encoding="utf-8"))
        names = [f"fidelity-{name.split()[0].strip(':').lower()}.html" for name, _ in others]
        self.where |= {f"docs/{file}": file for file in ("fidelity.html", *names)}  # the parts lead to each other
        listed = "".join(f'<li><a href="{file}">{name}</a></li>' for file, (name, _) in zip(names, others, strict=True))
        body = f"<h1>{title}</h1>{prose.html(introduction)}<ul>{listed}</ul>"
        self._add(Page("fidelity.html", title, REFERENCE, self._finished(body, FIDELITY, "fidelity.html")))
        for file, (name, text) in zip(names, others, strict=True):
            body = f'<p class="back"><a href="fidelity.html">{title}</a></p><h1>{name}</h1>{prose.html(_raised(text))}'
            self._add(Page(file, name, "", self._finished(body, FIDELITY, file), deep=False))

    def _start(self, labs: list[Lab]) -> Page:
        by_number = {lab.number: lab for lab in labs}
        reference = [page for page in self.site.pages if page.room == REFERENCE]
        body = template("start.html").render(
            entries=self.entries, where=self.where, labs=by_number, reference=reference,
            minutes=sum(entry.minutes for entry in self.entries), items=len(bank.load()),
        )  # fmt: skip
        return Page("index.html", "The Fargate course", "", body)

    def _finished(self, body: str, origin: str, target: str) -> str:
        return with_anchors(relinked(body, origin, target, self.where, self.course.root))

    def _add(self, page: Page) -> None:
        self.site.pages.append(page)


def _there(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern))


def _texts(place: Path) -> Iterator[Path]:
    """The texts and notebooks of a folder; or the one that has this name."""
    for kind in ("*.md", "*.ipynb", "*.html"):
        yield from sorted(place.glob(kind))
        alone = place.with_suffix(kind[1:])
        if alone.exists():
            yield alone


def _title(text: str, path: Path) -> str:
    first = text.lstrip().split("\n", 1)[0]
    return first.lstrip("# ").strip() or path.stem


def _raised(text: str) -> str:
    """Markdown with every heading one level higher: below a page's title none is left out."""
    return re.sub(r"^#(##+ )", r"\1", text, flags=re.MULTILINE)
