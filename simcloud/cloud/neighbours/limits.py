"""Where a request breaks a limit that the API's own model states: length, range, pattern, set of values.

botocore checks a least length and a least number before it sends; other clients, CloudFormation among them, leave these
to the service too.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

from simcloud.rules.neighbours.limits import Broken


def broken(shape: Any, request: dict[str, Any]) -> tuple[Broken, ...]:
    """Every place where the request is outside its model, in the model's order."""
    return tuple(_structure(shape, request, ""))


def _structure(shape: Any, value: dict[str, Any], at: str) -> Iterator[Broken]:
    for name, member in shape.members.items():
        if value.get(name) is not None:
            yield from _value(member, value[name], f"{at}{name[:1].lower()}{name[1:]}")


def _value(shape: Any, value: Any, at: str) -> Iterator[Broken]:
    match shape.type_name:
        case "structure" if isinstance(value, dict) and not getattr(shape, "is_document_type", False):
            yield from _structure(shape, value, f"{at}.")
        case "list" if isinstance(value, list):
            yield from _length(shape, value, f"[{', '.join(map(str, value))}]", at)
            for place, one in enumerate(value, 1):
                yield from _value(shape.member, one, f"{at}.{place}.member")
        case "map" if isinstance(value, dict):
            for key, one in value.items():
                yield from _value(shape.value, one, f"{at}.{key}.member")
        case "string" if isinstance(value, str):
            yield from _text(shape, value, at)
        case "integer" | "long" | "float" | "double" if isinstance(value, int | float):
            yield from _number(shape, value, at)


def _text(shape: Any, value: str, at: str) -> Iterator[Broken]:
    given = shape.metadata
    if given.get("enum") and value not in given["enum"]:
        yield Broken(at, value, f"Member must satisfy enum value set: [{', '.join(given['enum'])}]", "values")
    yield from _length(shape, value, value, at)
    pattern = _pattern(given.get("pattern"))
    if pattern is not None and not pattern.fullmatch(value):
        yield Broken(at, value, f"Member must satisfy regular expression pattern: {given['pattern']}", "pattern")


def _length(shape: Any, value: str | list[Any], shown: str, at: str) -> Iterator[Broken]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if most is not None and len(value) > most:
        yield Broken(at, shown, f"Member must have length less than or equal to {most}", "length")
    if least is not None and len(value) < least:
        yield Broken(at, shown, f"Member must have length greater than or equal to {least}", "length")


def _number(shape: Any, value: float, at: str) -> Iterator[Broken]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if most is not None and value > most:
        yield Broken(at, str(value), f"Member must have value less than or equal to {most}", "range")
    if least is not None and value < least:
        yield Broken(at, str(value), f"Member must have value greater than or equal to {least}", "range")


@functools.cache
def _pattern(text: str | None) -> re.Pattern[str] | None:
    """The pattern, where Python reads it as Java does; None where there is none or it does not."""
    if text is None or r"\p{" in text:
        return None
    try:
        return re.compile(text)
    except re.error:
        return None
