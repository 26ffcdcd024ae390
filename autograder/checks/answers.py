"""Answers as plain JSON values: what a learner hands to `lab.check`, and what alone crosses to the grader."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from autograder.checks.check import Miss

DEEPEST = 20
"""Levels of nesting that an answer may have."""


def as_json(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as JSON values. One that is still `...` is left out.

    Tuples become lists, sets sorted lists, dates and decimals text. Raises Miss for what is no plain value.
    """
    return {name: plain(value, name) for name, value in answers.items() if value is not ...}


def plain(value: Any, name: str, depth: int = 0) -> Any:
    """One value as JSON. `name` is the answer it belongs to, for the message."""
    if depth > DEEPEST:
        raise Miss(f"a plain value in `{name}`", f"one nested deeper than {DEEPEST} levels")
    if value is None or isinstance(value, (bool, str)):
        return value if not isinstance(value, str) else str(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float) and math.isfinite(value):
        return float(value)
    if isinstance(value, (list, tuple)):
        return [plain(member, name, depth + 1) for member in value]
    if isinstance(value, (set, frozenset)):
        return sorted((plain(member, name, depth + 1) for member in value), key=str)
    if isinstance(value, Mapping):
        return {str(key): plain(member, name, depth + 1) for key, member in value.items()}
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal) and value.is_finite():
        return str(value)
    raise Miss(
        f"text, a number, a list or a dict in `{name}`",
        f"{value!r}" if isinstance(value, float) else f"a {type(value).__name__}",
        "hand over the value itself, not the object that holds it",
    )
