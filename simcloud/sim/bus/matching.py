"""Does an event fit an event pattern?

As AWS's own matcher does it, which AWS publishes (https://github.com/aws/event-ruler) and describes in
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html. Only leaves of an event are
compared. Every field of a pattern must fit, and of its values one; where the event holds lists, the leaves that fit
must not come from different elements of the same list. Patterns are taken as valid: what a pattern may be is a law
(`simcloud.rules.neighbours.patterns`).
"""

from __future__ import annotations

import functools
import ipaddress
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Place = frozenset[tuple[int, int]]
"""In which element of which list of the event a leaf stands."""
Leaves = Mapping[str, Sequence[tuple[Any, Place]]]
Alternative = Mapping[str, Sequence[Any]]
"""What must hold together: by path, the values and operators of which one must fit."""

OPERATORS = frozenset(
    {"exactly", "prefix", "suffix", "equals-ignore-case", "wildcard", "anything-but", "exists", "numeric", "cidr"}
)
RESERVED = OPERATORS | {"=", "<", "<=", ">", ">=", "regex", "not-wildcard", "not-equals-ignore-case"}
"""No field of an `$or`: where one has such a name, `$or` is a field like any other."""
OR = "$or"
_ABSENT = {"exists": False}


def matches(pattern: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Does the event fit the pattern?"""
    return any_fits(alternatives(pattern), event)


def any_fits(wanted: Sequence[Alternative], event: Mapping[str, Any]) -> bool:
    """Does the event fit one of the alternatives? No further into it is looked than they ask."""
    held = leaves(event, {start for path in paths(wanted) for start in _starts(path)})
    return any(_fits(each, held) for each in wanted)


def alternatives(pattern: Mapping[str, Any]) -> tuple[Alternative, ...]:
    """The pattern without `$or`: one alternative for each way through it."""
    return tuple(_spread(pattern, ""))


def _spread(pattern: Mapping[str, Any], path: str) -> list[dict[str, Sequence[Any]]]:
    found: list[dict[str, Sequence[Any]]] = [{}]
    for name, value in pattern.items():
        below = f"{path}.{name}" if path else name
        if name == OR and is_or(value):
            ways = [way for one in value for way in _spread(one, path)]
        elif isinstance(value, Mapping):
            ways = _spread(value, below)
        else:
            ways = [{below: value}]
        found = [{**one, **way} for one in found for way in ways]
    return found


def is_or(value: Any) -> bool:
    """Two or more objects none of whose fields has the name of an operator."""
    return (
        isinstance(value, list)
        and len(value) > 1
        and all(isinstance(one, Mapping) and not RESERVED & one.keys() for one in value)
    )


@functools.lru_cache(512)
def _starts(path: str) -> tuple[str, ...]:
    """detail, detail.state of detail.state."""
    steps = path.split(".")
    return tuple(".".join(steps[: place + 1]) for place in range(len(steps)))


def leaves(event: Mapping[str, Any], asked: set[str]) -> Leaves:
    """Texts, numbers, true, false and null of an event by path (`detail.containers.lastStatus`), as far as asked."""
    found: dict[str, list[tuple[Any, Place]]] = {}
    lists = iter(range(1_000_000))

    def walk(value: Any, path: str, place: Place) -> None:
        if isinstance(value, Mapping):
            for name, one in value.items():
                below = f"{path}.{name}" if path else str(name)
                if below in asked:
                    walk(one, below, place)
        elif isinstance(value, list | tuple):
            number = next(lists)
            for index, one in enumerate(value):
                inside = isinstance(one, Mapping | list | tuple)
                walk(one, path, place | {(number, index)} if inside else place)
        else:
            found.setdefault(path, []).append((value, place))

    walk(event, "", frozenset())
    return found


def _fits(wanted: Alternative, held: Leaves) -> bool:
    """Grow the places that go together, field by field."""
    together: set[Place] = {frozenset()}
    for path, filters in wanted.items():
        if path not in held and _ABSENT in filters:
            continue
        places = {place for value, place in held.get(path, ()) if any(fits(each, value) for each in filters)}
        together = {both for one in together for place in places if (both := _joined(one, place)) is not None}
        if not together:
            return False
    return True


def _joined(one: Place, other: Place) -> Place | None:
    """Both places; None where they are in different elements of a list."""
    known = dict(one)
    return None if any(known.get(number, index) != index for number, index in other) else one | other


def fits(wanted: Any, value: Any) -> bool:
    """Is a leaf what one value or operator of a pattern asks for?"""
    if isinstance(wanted, Mapping):
        return all(_OPERATIONS[name](given, value) for name, given in wanted.items())
    if isinstance(wanted, str) and isinstance(value, str):
        return wanted == value or (_address(wanted) is not None and _address(wanted) == _address(value))
    return _same(wanted, value)


def _same(wanted: Any, value: Any) -> bool:
    """Python takes true for 1; JSON does not."""
    return isinstance(wanted, bool) is isinstance(value, bool) and bool(wanted == value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _listed(given: Any) -> list[Any]:
    return list(given) if isinstance(given, list | tuple) else [given]


def _prefix(given: Any, value: Any) -> bool:
    if not isinstance(value, str):
        return False
    if isinstance(given, Mapping):
        return value.lower().startswith(str(given["equals-ignore-case"]).lower())
    return any(value.startswith(str(one)) for one in _listed(given))


def _suffix(given: Any, value: Any) -> bool:
    if not isinstance(value, str):
        return False
    if isinstance(given, Mapping):
        return value.lower().endswith(str(given["equals-ignore-case"]).lower())
    return any(value.endswith(str(one)) for one in _listed(given))


def _ignoring_case(given: Any, value: Any) -> bool:
    return isinstance(value, str) and any(value.lower() == str(one).lower() for one in _listed(given))


def _wildcard(given: Any, value: Any) -> bool:
    return isinstance(value, str) and any(_expression(str(one)).fullmatch(value) for one in _listed(given))


@functools.lru_cache(512)
def _expression(wildcard: str) -> re.Pattern[str]:
    r"""`*` stands for any text; `\*` and `\\` for themselves."""
    parts = re.findall(r"\\[*\\]|\*|[^*\\]+|\\", wildcard)
    return re.compile("".join(".*" if one == "*" else re.escape(one.removeprefix("\\") or one) for one in parts), re.S)


def _anything_but(given: Any, value: Any) -> bool:
    """Any leaf that is there and is none of them."""
    if isinstance(given, Mapping):
        return not any(_OPERATIONS[name](one, value) for name, one in given.items())
    return not any(_same(one, value) for one in _listed(given))


def _exists(given: Any, _: Any) -> bool:
    """It was asked of a leaf that is there."""
    return bool(given)


_COMPARED = {
    "=": lambda value, bound: value == bound,
    "<": lambda value, bound: value < bound,
    "<=": lambda value, bound: value <= bound,
    ">": lambda value, bound: value > bound,
    ">=": lambda value, bound: value >= bound,
}


def _numeric(given: Any, value: Any) -> bool:
    return _is_number(value) and all(
        _COMPARED[operator](value, bound) for operator, bound in zip(given[::2], given[1::2], strict=False)
    )


def _cidr(given: Any, value: Any) -> bool:
    address = _address(value)
    return address is not None and address in _network(str(given))


@functools.lru_cache(512)
def _network(text: str) -> Any:
    return ipaddress.ip_network(text, strict=False)


def _address(text: Any) -> Any:
    """The IP address that a text is; None for another text."""
    if not isinstance(text, str) or not re.fullmatch(r"[0-9.]{7,15}|[0-9a-fA-F:]{2,39}", text):
        return None
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


_OPERATIONS = {
    "exactly": _same,
    "prefix": _prefix,
    "suffix": _suffix,
    "equals-ignore-case": _ignoring_case,
    "wildcard": _wildcard,
    "anything-but": _anything_but,
    "exists": _exists,
    "numeric": _numeric,
    "cidr": _cidr,
}


def paths(wanted: Sequence[Alternative]) -> Iterator[str]:
    """Every path that some alternative looks at."""
    for each in wanted:
        yield from each
