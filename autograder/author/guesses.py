"""What of a lesson rests on guesses: its cells that say something else when each assumed figure is half of what it is.

`python -m autograder.author.guesses` lives the cells that stand on stdin as JSON, `{"cells": [{"id", "text"}],
"halved": true}`, and answers `{"said": {id: text}, "asked": [names]}`: what each cell said, and which assumed facts
were asked for. Facts are halved before anything else reads them, so a process lives one way only.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from autograder.author.places import Course
from autograder.author.source import Source, read
from simcloud.facts.fact import Fact, Words
from simcloud.facts.index import every_fact

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
NUMBERING = re.compile(r"Out\[\d+\]:")
"""What the shell writes before a value: nothing that a lesson says."""
LEAST = 12
"""Characters that a text must have beside its places to be filled: shorter ones stand in others by chance."""


@dataclass(frozen=True)
class Guess:
    """What of one lesson rests on assumed figures."""

    asked: tuple[str, ...]
    """The assumed facts that are asked for while it is lived."""
    cells: dict[str, str]
    """By cell: the first line that it says as things are, and not with the figures halved."""


def found(here: Course, path: Path) -> Guess:
    """Live a lesson twice. Takes some seconds."""
    lesson = read(path)
    now, then = (_apart(here, lesson, halved=halved) for halved in (False, True))
    cells: dict[str, str] = {}
    for name, said in now["said"].items():
        after = set(_lines(then["said"][name]))
        if gone := [line for line in _lines(said) if line not in after]:
            cells[name] = gone[0]
    return Guess(tuple(now["asked"]), cells)


def _apart(here: Course, lesson: Source, *, halved: bool) -> Any:
    from autograder.author import kernel

    cells = [{"id": cell.id, "text": cell.text} for cell in lesson.cells if cell.kind == "code"]
    with tempfile.TemporaryDirectory(prefix="guesses-") as directory:
        run = subprocess.run(
            [sys.executable, "-m", __name__],
            input=json.dumps({"cells": cells, "halved": halved}),
            capture_output=True,
            text=True,
            env={**kernel.environment(Path(directory)), "PYTHONPATH": str(here.root)},
            cwd=directory,
            check=False,
        )
    if run.returncode:
        raise RuntimeError(f"{lesson.path} could not be lived: {run.stderr[-1000:]}")
    return json.loads(run.stdout)


def _lines(said: str) -> list[str]:
    lines = (" ".join(line.split()) for line in COLOURS.sub("", said).splitlines())
    return [line for line in lines if line and not NUMBERING.match(line)]


# --- texts


@dataclass(frozen=True)
class GuessedText:
    """An assumed text that is long enough to be known again."""

    name: str
    pattern: re.Pattern[str]
    rivals: tuple[re.Pattern[str], ...]
    """Texts that were read, and in which this one could be seen as well: where one of them begins, it is that one."""

    def stands_in(self, text: str) -> bool:
        places = (found.start() for found in self.pattern.finditer(text))
        return any(not any(rival.match(text, place) for rival in self.rivals) for place in places)


@cache
def _guessed_texts() -> tuple[GuessedText, ...]:
    words = [(name, one) for name, one in every_fact() if isinstance(one, Words)]
    read = [(str(one), pattern) for _, one in words if one.status != "assumed" and (pattern := _pattern(str(one)))]
    assumed = ((name, str(one)) for name, one in words if one.status == "assumed")
    return tuple(
        GuessedText(name, pattern, tuple(rival for said, rival in read if pattern.search(said)))
        for name, text in assumed
        if (pattern := _pattern(text))
    )


def _pattern(text: str) -> re.Pattern[str] | None:
    parts = [" ".join(part.split()) for part in re.split(r"\{[^{}]*\}", text)]
    whole = [part for part in parts if part]
    if sum(map(len, whole)) < LEAST or not any(" " in part for part in whole):
        return None
    return re.compile(r".{1,200}?".join(re.escape(part) for part in parts if part))


def texts_in(text: str) -> Iterator[str]:
    """The names of the assumed texts that stand in this one."""
    flat = " ".join(COLOURS.sub("", text).split())
    yield from (one.name for one in _guessed_texts() if one.stands_in(flat))


def assumed_words(said: str) -> bool:
    """Are these words those of an assumed text, and of none that was read?"""
    of_those = {one.status == "assumed" for _, one in every_fact() if isinstance(one, Words) and said in one.lower()}
    return of_those == {True}


# --- one life, in a process of its own


def _half(value: Any) -> Any:
    """Half of a figure, and never less than one of what is counted; what is no figure stays."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return max(1, value // 2)
    if isinstance(value, float | Decimal):
        return value / 2
    return tuple(map(_half, value)) if isinstance(value, tuple) else value


def _live() -> None:
    asked = json.load(sys.stdin)
    guessed = {id(one): name for name, one in every_fact() if isinstance(one, Fact) and one.status == "assumed"}
    facts = [one for _, one in every_fact() if isinstance(one, Fact) and id(one) in guessed]
    for one in facts if asked["halved"] else ():
        object.__setattr__(one, "value", _half(one.value))
    seen: set[str] = set()
    slot = Fact.__dict__["value"]

    def value(fact: Fact[Any]) -> Any:
        if id(fact) in guessed:
            seen.add(guessed[id(fact)])
        return slot.__get__(fact)

    Fact.value = property(value, slot.__set__)  # type: ignore[misc]
    from autograder.author.shell import answers, lived

    stream = answers()
    said = {cell["id"]: lived(cell["text"])["said"] for cell in asked["cells"]}
    json.dump({"said": said, "asked": sorted(seen)}, stream)
    stream.close()


if __name__ == "__main__":
    _live()
