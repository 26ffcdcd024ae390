"""The proof that a bundle has no answer in it: fragments of every solution, hidden check and graded item are searched.

A fragment is a run of text that would not stand in a bundle by chance: two or three successive lines of code, a long
string of a hidden check, a sentence of a graded item. What lessons teach, and what the checks of two labs do alike, is
nobody's answer. A hidden check is written beside the open ones of its lab, with the same helpers: its lines of code are
searched for everywhere else, its sentences there too. Both sides are compared with all white space made single, in
the bytes of each file and, in notebooks and other JSON, in the texts that they hold.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder import yamls
from autograder.author import lab, source
from autograder.author.places import Course
from autograder.markup import said_by
from autograder.trouble import Trouble

WINDOW = 3
"""Successive lines of code that make one fragment."""
LONG_CODE = 40
"""Characters from which a run of code lines is distinctive."""
LONG_TEXT = 30
"""Characters from which a sentence is distinctive."""
SHORTEST = 12
"""Characters below which a whole solution cannot be told from chance; such a solution must be searched by eye."""
AWS_NAME = re.compile(r"AWS::\w+::\w+")
"""A type of CloudFormation's: a word that everybody uses, however long."""
CHECKS = "autograder/checks/labs/"
"""Where the checks are that learners get."""
NEVER = ("autograder/hidden", "autograder/bank/graded", "solutions", "tests", "course/source")
"""Folders that no bundle may have."""
NEVER_WITH_NOTEBOOKS = ("answers.py", "lab.py")
"""Files that lie beside an instructor's notebook and hold its solutions."""


@dataclass(frozen=True)
class Fragment:
    """Text that must not be found, and where it comes from."""

    text: str
    origin: str
    beside_checks: bool = False
    """May it stand among the checks that are handed out?"""


def refuse_leaks(bundle: Path, here: Course) -> int:
    """Raise Trouble at the first leak; else the number of fragments that were searched for."""
    for folder in NEVER:
        if (bundle / folder).exists():
            raise Trouble(f"the bundle has {folder}/, which is the instructor's: do not hand it out")
    searched = fragments(here)
    index = _Index(searched)
    for file in sorted(path for path in bundle.rglob("*") if path.is_file()):
        name = file.relative_to(bundle).as_posix()
        if file.name in NEVER_WITH_NOTEBOOKS and name.startswith(("labs/", "course/")):
            raise Trouble(f"the bundle has {name}, which holds answers: do not hand it out")
        for text in readable(file):
            for fragment in index.likely(text):
                if fragment.text in text and not (fragment.beside_checks and name.startswith(CHECKS)):
                    found = f"{fragment.origin}: “{fragment.text[:60]}”"
                    raise Trouble(f"{name} in the bundle leaks {found}: do not hand it out")
    return len(searched)


class _Index:
    """Fragments by three words of theirs: thousands cannot be searched for one by one in every file."""

    def __init__(self, fragments: Iterable[Fragment]) -> None:
        self.short: list[Fragment] = []
        self.long: dict[tuple[str, ...], list[Fragment]] = {}
        for one in fragments:
            words = one.text.split(" ")
            if len(words) < 5:  # the first and the last word may be parts of longer ones where the fragment is found
                self.short.append(one)
            else:
                self.long.setdefault(tuple(words[1:4]), []).append(one)

    def likely(self, text: str) -> Iterator[Fragment]:
        """Those that may be in a text whose white space is single."""
        yield from self.short
        words = text.split(" ")
        for three in self.long.keys() & set(zip(words, words[1:], words[2:], strict=False)):
            yield from self.long[three]


def fragments(here: Course) -> list[Fragment]:
    """Everything that is searched for, once each."""
    taught = " ".join(plain(path.read_text(encoding="utf-8")) for path in here.lesson_sources())
    found = [one for one in of_solutions(here) if one.text not in taught]
    found += of_hidden_checks(here.root / "autograder" / "hidden")
    graded = here.root / "autograder" / "bank" / "graded"
    found += of_graded_items(graded)
    found += [one for one in of_hidden_checks(graded / "builders") if " " in one.text]
    common = _common(here)
    return list({one.text: one for one in found if not common(one)}.values())


def _common(here: Course) -> Callable[[Fragment], bool]:
    """Does the check code of two labs or more have it?"""
    root = here.root / CHECKS
    labs = []
    for file in sorted(root.glob("lab_*.py")):
        text = file.read_text(encoding="utf-8")
        rooms = sorted(set(re.findall(r"autograder\.checks\.labs\.(\w+)", text)))
        parts = [file, *(path for room in rooms for path in sorted((root / room).glob("*.py")))]
        labs.append(" ".join(plain("\n".join(_code_lines(part.read_text(encoding="utf-8")))) for part in parts))
    return lambda one: sum(one.text in text for text in labs) >= 2


def of_solutions(here: Course) -> Iterator[Fragment]:
    """The code between the solution marks of each answer cell, and each mark scheme."""
    for path in here.lab_sources():
        for cell in source.read(path).cells:
            origin = f"the solution of {cell.id} ({here.relative(path)}:{cell.line})"
            for region in regions(cell.text, lab.BEGIN_SOLUTION, lab.END_SOLUTION):
                yield from windows(region, origin, whole=True)
            for region in regions(cell.text, lab.BEGIN_SCHEME, lab.END_SCHEME):
                yield from (Fragment(plain(line), origin) for line in region if len(plain(line)) >= LONG_TEXT)


def of_hidden_checks(folder: Path) -> Iterator[Fragment]:
    """Runs of code lines and long strings of each hidden file, imports left out."""
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        origin = f"the hidden checks {path.name}"
        tree = ast.parse(text)
        imported = {number for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)
                    for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)}  # fmt: skip
        lines = [line for number, line in enumerate(text.split("\n"), 1) if number not in imported]
        yield from (replace(one, beside_checks=True) for one in windows(lines, origin, whole=False))
        strings = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        texts = (plain(s) for s in strings if isinstance(s, str) and not AWS_NAME.fullmatch(s))
        yield from (Fragment(text, origin) for text in texts if len(text) >= LONG_TEXT)


def of_graded_items(folder: Path) -> Iterator[Fragment]:
    """Every sentence of every graded item, and its id. Names and addresses, which are one word, stand elsewhere too."""
    for path in sorted(folder.rglob("*.y*ml")):
        for item in yamls.load(path.read_text(encoding="utf-8")) or ():
            origin = f"the graded item {item.get('id')}"
            texts = [text for text in _strings(item) if len(plain(text)) >= LONG_TEXT and " " in plain(text)]
            yield from (Fragment(plain(text), origin) for text in [*texts, str(item.get("id"))])


def refuse_keys(written: Mapping[str, str], folder: Path) -> int:
    """Raise Trouble where a paper tells anything of an item but what is asked; else the number of fragments searched.

    Searched are ids, reasons, explanations and sources of all graded items; stems and options are what a paper is.
    """
    texts = {name: [plain(text), *map(plain, _texts(json.loads(text)))] for name, text in written.items()}
    searched = [
        Fragment(plain(text), f"the graded item {item['id']}")
        for path in sorted(folder.glob("*.yaml"))
        for item in yamls.load(path.read_text(encoding="utf-8")) or ()
        for text in [item["id"], item["source"], item.get("explanation", ""), *(one["why"] for one in item["options"])]
        if text
    ]
    for name, found in texts.items():
        for fragment in searched:
            if any(fragment.text in text for text in found):
                raise Trouble(f"{name} leaks {fragment.origin}: “{fragment.text[:60]}”: do not hand it out")
    return len(searched)


def windows(lines: Iterable[str], origin: str, *, whole: bool) -> Iterator[Fragment]:
    """Runs of successive code lines, blanks and comments left out; `whole`: all of it where no run is long enough."""
    code = [plain(line) for line in lines if line.strip() and not line.lstrip().startswith("#")]
    runs = [" ".join(code[at : at + WINDOW]) for at in range(max(1, len(code) - WINDOW + 1))]
    distinctive = [run for run in runs if len(run) >= LONG_CODE]
    if not distinctive and whole and len(" ".join(code)) >= SHORTEST:
        distinctive = [" ".join(code)]
    yield from (Fragment(run, origin) for run in distinctive)


def regions(text: str, begin: str, end: str) -> Iterator[list[str]]:
    """The lines between each pair of marks."""
    inside: list[str] | None = None
    for line in text.split("\n"):
        if begin in line:
            inside = []
        elif end in line and inside is not None:
            yield inside
            inside = None
        elif inside is not None:
            inside.append(line)


def readable(file: Path) -> Iterator[str]:
    """The file's bytes as plain text, with and without comments; of JSON also each text in it, of a page what it says.

    A notebook keeps a cell as a list of lines, so its bytes alone would hide a fragment of two lines.
    """
    text = file.read_bytes().decode("utf-8", "replace")
    yield plain(text)
    yield plain("\n".join(_code_lines(text)))
    if file.suffix == ".html":  # a page parts the words of code by tags, and writes quotation marks as entities
        yield plain(said_by(text))
        yield plain("\n".join(_code_lines(said_by(text))))
    if file.suffix in (".ipynb", ".json"):
        for whole in _texts(json.loads(text)):
            yield plain(whole)
            yield plain("\n".join(_code_lines(whole)))


def plain(text: str) -> str:
    """All white space made single."""
    return " ".join(text.split())


def _code_lines(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#"))


def _texts(value: Any) -> Iterator[str]:
    """The texts in a JSON value; a list of strings is one text, as notebooks have it."""
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        yield "".join(value)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)
