"""Notebooks in nbformat's own type, which nbgrader's steps work on, and back to text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import autograder.quick  # noqa: F401  (it decides what nbformat imports)

# isort: split
import nbformat as _untyped

nbformat: Any = _untyped


def node(notebook: dict[str, Any]) -> Any:
    """A notebook's JSON as nbformat's node."""
    return nbformat.reads(json.dumps(notebook), as_version=4)


def read(file: Path) -> Any:
    """A notebook of the course's own making, from its file."""
    return nbformat.read(file, as_version=4)


def text(notebook: Any) -> str:
    """What is written to a file."""
    return str(nbformat.writes(notebook)) + "\n"
