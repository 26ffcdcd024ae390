"""The words of a JSON value, and where in it they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]*")
Feature = tuple[str, ...]
"""("choice", call, parameter, value) or ("order", four calls)."""


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every plain value in a JSON value, with the names on the way to it; positions in lists are left out."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from leaves(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    else:
        yield path, value


def tokens(value: Any) -> set[str]:
    """Every word in a JSON value, and each text whole."""
    found: set[str] = set()
    for _, leaf in leaves(value):
        if isinstance(leaf, str):
            found |= {leaf, *TOKEN.findall(leaf)}
        elif isinstance(leaf, (int, float)) and not isinstance(leaf, bool):
            found.add(str(leaf))
    return found
