"""What the parts of a template refer to, and the order that follows from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

_PLACE = re.compile(r"\$\{([^!}][^}]*)\}")


class Reference(NamedTuple):
    """One reference: `Ref` and `Fn::Sub` by name, `Fn::GetAtt` by name and attribute."""

    name: str
    attribute: str
    """'' for the reference of a thing itself."""


def references(value: Any) -> Iterator[Reference]:
    """Every reference in a value of a template, in the order in which it is written."""
    if isinstance(value, list):
        for one in value:
            yield from references(one)
    elif isinstance(value, Mapping):
        yield from _of_mapping(value)


def _of_mapping(value: Mapping[str, Any]) -> Iterator[Reference]:
    if len(value) == 1:
        if isinstance(value.get("Ref"), str):
            yield Reference(value["Ref"], "")
            return
        if (attribute := value.get("Fn::GetAtt")) is not None:
            if isinstance(attribute, list) and len(attribute) == 2 and isinstance(attribute[0], str):
                yield Reference(attribute[0], attribute[1] if isinstance(attribute[1], str) else "*")
            return
        if "Fn::Sub" in value:
            yield from _of_sub(value["Fn::Sub"])
            return
    for one in value.values():
        yield from references(one)


def _of_sub(given: Any) -> Iterator[Reference]:
    text, more = (given[0], given[1]) if isinstance(given, list) and len(given) == 2 else (given, {})
    for match in _PLACE.findall(text if isinstance(text, str) else ""):
        name, _, attribute = match.strip().partition(".")
        if match.strip() not in more:
            yield Reference(name, attribute)
    yield from references(more)


def conditions(value: Any) -> Iterator[str]:
    """The conditions that a value asks by `Fn::If`, and that a condition is made of."""
    if isinstance(value, list):
        for one in value:
            yield from conditions(one)
    elif isinstance(value, Mapping):
        asked = value.get("Fn::If")
        if len(value) == 1 and isinstance(asked, list) and asked and isinstance(asked[0], str):
            yield asked[0]
        if len(value) == 1 and isinstance(value.get("Condition"), str):
            yield value["Condition"]
        for one in value.values():
            yield from conditions(one)


def needs(resources: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """By resource the resources that have to be there before it: those that it refers to, and its DependsOn."""
    found = {}
    for name, resource in resources.items():
        wanted = {one.name for one in references(resource)} | set(depends_on(resource))
        found[name] = frozenset(wanted & set(resources) - {name})
    return found


def depends_on(resource: Mapping[str, Any]) -> list[str]:
    """The names in DependsOn, which is one name or a list."""
    given = resource.get("DependsOn") or []
    return [given] if isinstance(given, str) else [one for one in given if isinstance(one, str)]


def in_order(wanted: Mapping[str, frozenset[str]]) -> list[str]:
    """What is needed first comes first; else as written. Raises ValueError with the names that stand in a circle."""
    left, order = dict(wanted), []
    while left:
        ready = [name for name, needed in left.items() if not needed & set(left)]
        if not ready:
            raise ValueError(sorted(_circle(left)))
        order += ready
        for name in ready:
            del left[name]
    return order


def _circle(left: Mapping[str, frozenset[str]]) -> Iterable[str]:
    """Those of the rest that are needed, directly or not, by themselves."""
    for name in left:
        seen: set[str] = set()
        front = set(left[name])
        while front:
            seen |= front
            front = {further for one in front for further in left.get(one, frozenset())} - seen
        if name in seen:
            yield name
