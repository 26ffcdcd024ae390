"""Notebooks spoilt at random, the same for the same number: in their bytes, their JSON, their cells and their code."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from random import Random
from typing import Any

JUNK: tuple[Any, ...] = (
    None, True, -1, 0, 10**400, 1e308, "", "x", "\ud800", "\x00", "💥" * 50, [], {}, [[]], {"": None}, ["a", 1, None],
    {"grade_id": ["x"]}, {"nbgrader": "yes"}, {"nbgrader": {"grade_id": {}, "points": "NaN"}}, "a" * 100_000,
)  # fmt: skip

CODE = (
    "", "\x00", "%%bash\nexit 1", "raise SystemExit", "import os; os._exit(0)", "import os; os.kill(os.getpid(), 9)",
    "(" * 300, "raise KeyboardInterrupt", "def f(): return f()\nf()", "lab = None", "del lab", "desk = 1", "await 1",
    "return", "...", "print('x' * 10**6)", "import sys; sys.exit(3)", "import ctypes; ctypes.string_at(0)",
    "!kill -9 $PPID", "\ufeff1", "exit()", "class E(BaseException):\n    def __str__(self): raise self\nraise E",
    "lab.check(1)", "lab.begin('no-such-lab')", "import builtins; builtins.open = None",
    "import json; json.dumps = None",
    "raise BaseException", "#" * 50_000, "while True: pass", "get_ipython().reset()",
    "from IPython import get_ipython; get_ipython().run_cell = None",
)  # fmt: skip


def mutated(notebook: dict[str, Any], number: int) -> bytes:
    """The notebook, spoilt one to four times."""
    random = Random(number)
    book: Any = copy.deepcopy(notebook)
    for _ in range(random.randint(1, 4)):
        book = random.choice((_anywhere, _anywhere, *_OF_CELLS))(book, random)
    data = json.dumps(book, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")
    return _bytes(data, random) if random.random() < 0.1 else data


def _anywhere(book: Any, random: Random) -> Any:
    """Put junk in the place of something, take it away, or say it twice."""
    places = list(_places(book))
    if not places:
        return random.choice(JUNK)
    holder, key = random.choice(places)
    match random.randrange(4):
        case 0 if isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]))
        case 1:
            del holder[key]
        case 2 if isinstance(holder, dict):
            holder[random.choice(("id", "source", "cell_type", "metadata", "nbgrader", "x"))] = random.choice(JUNK)
        case _:
            holder[key] = copy.deepcopy(random.choice(JUNK))
    return book


def _places(node: Any) -> Any:
    if isinstance(node, (dict, list)):
        for key in list(node) if isinstance(node, dict) else range(len(node)):
            yield node, key
            yield from _places(node[key])


def _cells(book: Any) -> list[Any]:
    cells = book.get("cells") if isinstance(book, dict) else None
    return cells if isinstance(cells, list) and cells else [{}]


def _deleted(book: Any, random: Random) -> Any:
    cells = _cells(book)
    del cells[random.randrange(len(cells))]
    return book


def _doubled(book: Any, random: Random) -> Any:
    cells = _cells(book)
    cells.insert(random.randrange(len(cells) + 1), copy.deepcopy(random.choice(cells)))
    return book


def _shuffled(book: Any, random: Random) -> Any:
    random.shuffle(_cells(book))
    return book


def _retyped(book: Any, random: Random) -> Any:
    _one(book, random)["cell_type"] = random.choice(("markdown", "raw", "code", "heading", 7))
    return book


def _renamed(book: Any, random: Random) -> Any:
    _one(book, random)["id"] = random.choice((*JUNK[:8], "who"))
    return book


def _regraded(book: Any, random: Random) -> Any:
    cell = _one(book, random)
    grading = cell.setdefault("metadata", {}) if isinstance(cell.get("metadata", {}), dict) else {}
    name = random.choice(("points", "grade", "locked", "solution", "grade_id", "schema_version", "task", "checksum"))
    if isinstance(grading.setdefault("nbgrader", {}), dict):
        grading["nbgrader"][name] = random.choice((*JUNK, 100, "count-them", "run-service"))
    return book


def _split(book: Any, random: Random) -> Any:
    cell = _one(book, random)
    text = cell.get("source")
    if isinstance(text, str) and text:
        cut = random.randrange(len(text))
        cell["source"] = text[:cut]
        _cells(book).append({**copy.deepcopy(cell), "source": text[cut:]})
    return book


def _recoded(book: Any, random: Random) -> Any:
    cell = _one(book, random)
    text = cell.get("source") if isinstance(cell.get("source"), str) else ""
    cell["source"] = random.choice(
        (random.choice(CODE), f"{text}\n{random.choice(CODE)}", f"{random.choice(CODE)}\n{text}")
    )
    return book


def _of_an_old_format(book: Any, random: Random) -> Any:
    if random.random() < 0.5:
        return {"nbformat": 3, "worksheets": [{"cells": _cells(book)}], "metadata": {}}
    return {**book, "nbformat": random.choice((3, 5, "4", None)), "nbformat_minor": random.choice((0, 99, -1, "x"))}


def _with_outputs(book: Any, random: Random) -> Any:
    kind = random.choice(("stream", "error", "display_data", "execute_result", "pyout", None))
    _one(book, random)["outputs"] = [{"output_type": kind, "data": random.choice(JUNK), "text": random.choice(JUNK)}]
    return book


def _one(book: Any, random: Random) -> dict[str, Any]:
    cell = random.choice(_cells(book))
    return cell if isinstance(cell, dict) else {}


_OF_CELLS: tuple[Callable[[Any, Random], Any], ...] = (
    _deleted, _doubled, _shuffled, _retyped, _renamed, _regraded, _split, _recoded, _recoded, _of_an_old_format,
    _with_outputs,
)  # fmt: skip


def _bytes(data: bytes, random: Random) -> bytes:
    place = random.randrange(len(data))
    return random.choice(
        (data[:place], data[:place] + b"\xff\xfe" + data[place:], b"\xef\xbb\xbf" + data, b"PK\x03\x04")
    )
