"""Entries as the text of a bank file, in the one form in which all of them stand."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

WIDTH = 120
PLAIN = re.compile(r"^[A-Za-z$%(][^:#\n]*$")
WORDS = {"yes", "no", "true", "false", "null", "on", "off"}
FOLDED = ("stem", "explanation")


def text_of(entries: Iterable[Mapping[str, Any]], heading: str) -> str:
    """A whole file: a comment of one line, and the entries."""
    return f"# {heading}\n" + "\n".join(_entry(entry) for entry in entries)


def _entry(entry: Mapping[str, Any]) -> str:
    lines = []
    for key, value in entry.items():
        if key == "options":
            lines += ["  options:", *(line for option in value for line in _option(option))]
        elif key in FOLDED:
            lines += [f"  {key}: >-", *(f"    {line}" for line in _folded(value))]
        else:
            lines.append(f"  {key}: {_value(value)}")
    lines[0] = "- " + lines[0][2:]
    return "\n".join(lines) + "\n"


def _option(option: Mapping[str, str]) -> list[str]:
    lines = [f"      {key}: {_value(value)}" for key, value in option.items()]
    lines[0] = "    - " + lines[0][6:]
    return lines


def _value(value: Any) -> str:
    """As YAML spells it in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_value(part)}" for key, part in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_value(part) for part in value) + "]"
    if not isinstance(value, str) or re.fullmatch(r"\d{4}-\d\d-\d\d|https://\S+", value):
        return str(value)
    plain = PLAIN.match(value) and value.lower() not in WORDS and value == value.strip() and not value.startswith("%")
    return value if plain else json.dumps(value, ensure_ascii=False)


def _folded(text: str) -> list[str]:
    """Broken at spaces alone: whatever reads the lines again puts a space between them."""
    return textwrap.wrap(text, WIDTH - 4, break_on_hyphens=False, break_long_words=False)
