"""What the API model demands of a request beyond its form: values, lengths, ranges, characters.

boto3 checks little of that before it sends; AWS names all that is wrong, in one message.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

from simcloud.facts import scaling

ASTRAL = "\\uD800\\uDC00-\\uDBFF\\uDFFF"
"""How the model's patterns, which are Java's, spell the characters beyond U+FFFF."""


def unfit(shape: Any, value: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Each member that the model does not allow: where, as AWS spells it, and what is wrong with it."""
    match shape.type_name:
        case "structure":
            for name, member in shape.members.items():
                where = _inside(at, name[:1].lower() + name[1:])
                if value.get(name) is not None:
                    yield from unfit(member, value[name], where)
                elif name in shape.required_members:
                    yield where, f"Value null at '{where}' failed to satisfy constraint: Member must not be null"
        case "list":
            yield from _sized(shape, len(value), value, at)
            for number, one in enumerate(value, 1):
                yield from unfit(shape.member, one, f"{at}.{number}.member")
        case "map":
            yield from _mapped(shape, value, at)
        case "string":
            yield from _text(shape, value, at)
        case "integer" | "long" | "double" | "float":
            yield from _ranged(shape, value, at)


def _inside(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _says(value: Any, at: str, demand: str) -> tuple[str, str]:
    return at, f"Value '{value}' at '{at}' failed to satisfy constraint: Member must {demand}"


def _mapped(shape: Any, value: dict[str, Any], at: str) -> Iterator[tuple[str, str]]:
    """Of a map AWS tells all that its keys, or its values, have to be (recorded, applicationautoscaling/controls.json;
    of values in the same manner)."""
    spoken = ", ".join(f"{key}={one}" for key, one in value.items())
    for part, inner, given in (("keys", shape.key, value.keys()), ("values", shape.value, value.values())):
        if any([*unfit(inner, one)] for one in given):
            demands = ", ".join(f"Member must {each}" for each in _demands(inner))
            text = f"Value '{{{spoken}}}' at '{at}' failed to satisfy constraint: Map {part} must satisfy constraint"
            yield at, f"{text}: [{demands}]"


def _demands(shape: Any) -> Iterator[str]:
    if "max" in shape.metadata:
        yield f"have length less than or equal to {shape.metadata['max']}"
    if "min" in shape.metadata:
        yield f"have length greater than or equal to {shape.metadata['min']}"
    if "pattern" in shape.metadata:
        yield f"satisfy regular expression pattern: {shape.metadata['pattern']}"


def _text(shape: Any, value: str, at: str) -> Iterator[tuple[str, str]]:
    if shape.enum and value not in shape.enum:
        offered = scaling.SPOKEN.value.get(shape.name, shape.enum)
        yield _says(value, at, f"satisfy enum value set: [{', '.join(offered)}]")
    yield from _sized(shape, len(value), value, at)
    pattern = shape.metadata.get("pattern")
    if pattern and not _compiled(pattern).fullmatch(value):
        yield _says(value, at, f"satisfy regular expression pattern: {pattern}")


def _sized(shape: Any, size: int, value: Any, at: str) -> Iterator[tuple[str, str]]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if most is not None and size > most:
        yield _says(value, at, f"have length less than or equal to {most}")
    if least is not None and size < least:
        yield _says(value, at, f"have length greater than or equal to {least}")


def _ranged(shape: Any, value: float, at: str) -> Iterator[tuple[str, str]]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if most is not None and value > most:
        yield _says(value, at, f"have value less than or equal to {most}")
    if least is not None and value < least:
        yield _says(value, at, f"have value greater than or equal to {least}")


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of Java's as one of Python's."""
    return re.compile(pattern.replace(ASTRAL, "\\U00010000-\\U0010FFFF").replace("\\p{Print}", "[\\x20-\\x7e]"))
