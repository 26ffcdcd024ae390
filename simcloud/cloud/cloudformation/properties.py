"""Has a resource the properties that its type has? For the types whose properties `facts/resource_properties.py` lists.

CloudFormation looks before it asks the service, and names every property that the type's schema does not know.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from simcloud.cloud.cloudformation import schema
from simcloud.facts.resource_properties import PROPERTIES
from simcloud.facts.words import stacks as words

SCALARS = {"#": "integer", ".": "double", "?": "boolean"}
"""botocore's names of the kinds that a mark stands for."""
_TOKENS = re.compile(r"\w+|[\[\](){}#?.!]")


@dataclass(slots=True)
class Form:
    """What may stand at one place of a template."""

    kind: str = "string"
    """One of botocore's names of scalars, or list, structure, or any."""
    members: dict[str, Form] = field(default_factory=dict)
    """Of a structure, or of each structure of a list; a list of scalars has none."""
    needed: bool = False


def faults(kind: str, properties: Mapping[str, Any]) -> list[str]:
    """What CloudFormation refuses in the properties of a resource; nothing for a type that is not listed."""
    if kind not in PROPERTIES.value:
        return []
    return list(_of_members(forms(kind), properties, "#"))


@functools.cache
def forms(kind: str) -> Mapping[str, Form]:
    """The properties of a type that is listed."""
    return _read(_TOKENS.findall(PROPERTIES.value[kind]))


def _of_members(known: Mapping[str, Form], given: Mapping[str, Any], at: str) -> Iterator[str]:
    for name, form in known.items():
        if form.needed and name not in given:
            yield words.KEY_NOT_FOUND.format(at=at, name=name)
    for name, value in given.items():
        if name in known:
            yield from _of_value(known[name], value, f"{at}/{name}")
        else:
            yield words.NOT_PERMITTED.format(at=at, name=name)


def _of_value(form: Form, value: Any, at: str) -> Iterator[str]:
    match form.kind:
        case "any":
            return
        case "structure" if isinstance(value, Mapping):
            yield from _of_members(form.members, value, at)
        case "list" if isinstance(value, list):
            each = Form("structure", form.members) if form.members else Form()
            for index, one in enumerate(value):
                yield from _of_value(each, one, f"{at}/{index}")
        case "structure" | "list":
            yield schema.wrong(at, schema.NAMES[form.kind], value)
        case _:
            if told := schema.of_another_kind(form.kind, value, at):
                yield told


def _read(tokens: list[str]) -> dict[str, Form]:
    """Names with the marks behind them, up to the bracket that closes; what is read is taken from `tokens`."""
    found: dict[str, Form] = {}
    while tokens and tokens[0] not in "])":
        form = found[tokens.pop(0)] = Form()
        while tokens and tokens[0] in "[({#?.!":
            _mark(form, tokens)
    return found


def _mark(form: Form, tokens: list[str]) -> None:
    mark = tokens.pop(0)
    if mark == "!":
        form.needed = True
    elif mark in SCALARS:
        form.kind = SCALARS[mark]
    elif mark == "{":
        form.kind = "any"
        tokens.pop(0)
    else:
        form.kind = "list" if mark == "[" else "structure"
        form.members = _read(tokens)
        tokens.pop(0)
