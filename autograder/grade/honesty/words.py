"""The words of a JSON value, and where in it they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
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
    texts: set[str] = set()
    numbers: set[str] = set()
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, str):
            texts.add(one)
        elif isinstance(one, Mapping):
            left.extend(one.values())
        elif isinstance(one, list):
            left.extend(one)
        elif isinstance(one, (int, float)) and not isinstance(one, bool):
            numbers.add(str(one))
    return texts.union(numbers, *map(_words, texts))


@lru_cache(1 << 16)
def _words(text: str) -> tuple[str, ...]:
    """The words of a text; the same few hundred come back in every answer of a run."""
    return tuple(TOKEN.findall(text))
