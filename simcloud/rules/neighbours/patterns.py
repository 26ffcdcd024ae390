"""What an event pattern may be, in the order and the words of AWS's own compiler of patterns
(https://github.com/aws/event-ruler, JsonRuleCompiler), of which the real service showed many
(https://github.com/badmintoncryer/cdk-preflight, pf-events-pattern-*)."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.words import bus as words

OPERATORS = (
    *("exactly", "prefix", "suffix", "equals-ignore-case", "wildcard", "anything-but", "exists", "numeric", "cidr"),
)
RESERVED = {*OPERATORS, "=", "<", "<=", ">", ">=", "regex", "not-wildcard", "not-equals-ignore-case"}
BUT = ("equals-ignore-case", "prefix", "suffix", "wildcard")
ONE_BOUND, TWO_BOUNDS = ("=", "<=", "<"), (">=", ">")


def faults(pattern: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the pattern, in AWS's words; the first is the one that AWS tells."""
    if not pattern:
        yield str(words.EMPTY_OBJECT)
    for name, value in pattern.items():
        if isinstance(value, Mapping):
            yield from faults(value)
        elif name == "$or" and _is_or(value):
            for each in value:
                yield from faults(each)
        elif isinstance(value, list):
            yield from _values(value)
        else:
            yield f'"{name}" must be an object or an array'


def _is_or(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) > 1
        and all(isinstance(one, Mapping) and not RESERVED & one.keys() for one in value)
    )


def _values(values: list[Any]) -> Iterator[str]:
    if not values:
        yield str(words.EMPTY_ARRAY)
    for each in values:
        if isinstance(each, Mapping):
            yield from _operator(each)
        elif isinstance(each, list):
            yield str(words.BAD_VALUE)


def _operator(given: Mapping[str, Any]) -> Iterator[str]:
    if not given:
        yield str(words.NO_NAME)
        return
    name, value = next(iter(given.items()))
    if name not in OPERATORS:
        yield words.UNKNOWN_MATCH.format(name=name)
        return
    yield from _CHECKS[name](name, value)
    if len(given) > 1:
        yield str(words.ONE_KEY)


def _text(name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, str):
        yield words.NO_TEXT.format(name={"exactly": "exact", "cidr": "prefix"}.get(name, name))


def _end(name: str, value: Any) -> Iterator[str]:
    """prefix and suffix: a text, or one whose case does not matter."""
    if not isinstance(value, Mapping):
        yield from _text(name, value)
    elif list(value)[:1] != ["equals-ignore-case"]:
        yield f"Unsupported {name} pattern: {next(iter(value), '')}"
    else:
        yield from _text("equals-ignore-case", value["equals-ignore-case"])
        if len(value) > 1:
            yield str(words.ONE_KEY)


def _wildcard(name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, str):
        yield from _text(name, value)
        return
    at = 0
    while at < len(value):
        pair = value[at : at + 2]
        if pair == "**":
            yield words.CONSECUTIVE.format(position=at + 1)
            return
        if value[at] == "\\":
            if pair not in ("\\*", "\\\\"):
                yield words.ESCAPE.format(position=at + 1)
                return
            at += 1
        at += 1


def _exists(_: str, value: Any) -> Iterator[str]:
    if not isinstance(value, bool):
        yield str(words.NO_BOOLEAN)


def _cidr(name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, str):
        yield from _text(name, value)
        return
    try:
        ipaddress.ip_network(value, strict=False)
        right = "/" in value
    except ValueError:
        right = False
    if not right:
        yield str(words.NO_ADDRESS)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _numeric(_: str, value: Any) -> Iterator[str]:
    if not isinstance(value, list):
        yield str(words.NUMERIC_ARRAY)
        return
    operator = value[0] if value else ""
    if not isinstance(operator, str):
        yield words.NUMERIC_MEMBER.format(value=operator)
    elif operator not in (*ONE_BOUND, *TWO_BOUNDS):
        yield words.UNKNOWN_RANGE.format(operator=operator)
    elif len(value) < 2 or not _is_number(value[1]):
        yield words.NUMERIC_VALUE.format(operator="equals" if operator == "=" else operator)
    elif len(value) > 2 and operator in ONE_BOUND:
        yield str(words.NUMERIC_MANY)
    elif len(value) > 2:
        yield from _upper(value[2:])


def _upper(bound: list[Any]) -> Iterator[str]:
    if bound[0] not in ("<", "<="):
        yield words.NUMERIC_RANGE.format(operator=bound[0])
    elif len(bound) < 2 or not _is_number(bound[1]):
        yield words.NUMERIC_VALUE.format(operator=bound[0])
    elif len(bound) > 2:
        yield str(words.NUMERIC_MANY)


def _anything_but(_: str, value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        name = next(iter(value), "")
        if name not in BUT:
            yield words.UNSUPPORTED_BUT.format(name=name)
        else:
            yield from _but_texts(name, value[name])
    elif isinstance(value, list):
        if not all(isinstance(one, str) or _is_number(one) for one in value):
            yield str(words.BUT_LIST)
        elif len({isinstance(one, str) for one in value}) != 1:
            yield str(words.BUT_MIXED)
    elif not isinstance(value, str) and not _is_number(value):
        yield str(words.BUT_VALUE)


def _but_texts(name: str, value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if not isinstance(one, str):
            yield words.NO_TEXT.format(name="prefix/suffix" if name in ("prefix", "suffix") else name)
        elif not one and name in ("prefix", "suffix"):
            yield str(words.BUT_EMPTY)
        elif name == "wildcard":
            yield from _wildcard(name, one)


_CHECKS = {
    "exactly": _text,
    "prefix": _end,
    "suffix": _end,
    "equals-ignore-case": _text,
    "wildcard": _wildcard,
    "anything-but": _anything_but,
    "exists": _exists,
    "numeric": _numeric,
    "cidr": _cidr,
}
