"""Notebooks as plain JSON: read, write, and the few questions that a merge asks of a cell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

Notebook = dict[str, Any]
Cell = dict[str, Any]


class Damaged(Exception):
    """The file is not a notebook; the message says in what way."""


def parse(content: bytes) -> Notebook:
    """The notebook in these bytes. Line ends of Windows, and a byte order mark, are as good as any.

    Raises Damaged where there is none.
    """
    try:
        found: Any = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Damaged("it is not text in UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise Damaged(f"it is not JSON: {error}") from None
    cells = found.get("cells") if isinstance(found, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) and "cell_type" in cell for cell in cells):
        raise Damaged("it has no list of cells")
    for number, cell in enumerate(cells, 1):
        if not _whole(cell):
            raise Damaged(f"its cell {number} has no text, or its metadata or id is none")
    if not isinstance(found.get("metadata", {}), dict):
        raise Damaged("its metadata is no object")
    return cast(Notebook, found)


def _whole(cell: Cell) -> bool:
    """Has the cell the form that merging relies on? A crash, or a hand, may have left another."""
    stored, about = cell.get("source", ""), cell.get("metadata", {})
    text = isinstance(stored, str) or (isinstance(stored, list) and all(isinstance(line, str) for line in stored))
    objects = isinstance(about, dict) and all(isinstance(about.get(name, {}), dict) for name in ("nbgrader", "course"))
    return text and objects and not isinstance(cell.get("id"), list | dict)


def render(notebook: Notebook) -> bytes:
    """The bytes that Jupyter itself would store for the notebook."""
    return (json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def source(cell: Cell) -> str:
    """The cell's text, however it is stored."""
    stored = cell.get("source", "")
    text = stored if isinstance(stored, str) else "".join(stored)
    return text.replace("\r\n", "\n")


def is_answer(cell: Cell) -> bool:
    """Is the cell there for the learner to fill in?"""
    metadata = cell.get("metadata", {})
    nbgrader = metadata.get("nbgrader", {})
    if nbgrader.get("solution"):
        return True
    return metadata.get("course", {}).get("role") in ("answer", "reflect") and not nbgrader.get("locked")


def grade_id(cell: Cell) -> str | None:
    """nbgrader's name of the cell; it outlives tools that drop or renew cell ids."""
    name = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
    return name if isinstance(name, str) else None


def same(one: Path, other: Path) -> bool:
    """Do two files hold the same, line ends apart?"""
    return _plain(one.read_bytes()) == _plain(other.read_bytes())


def _plain(content: bytes) -> bytes:
    return content if b"\0" in content else content.replace(b"\r\n", b"\n")
