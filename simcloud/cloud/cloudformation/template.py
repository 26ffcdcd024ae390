"""A template's text as plain values: JSON, or YAML with the short forms of the intrinsic functions.

moto reads templates with a loader that can be made to run Python; this one makes plain values and nothing else.
"""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

import yaml

from simcloud.cloud.errors import Refused
from simcloud.facts.words import stacks as words

_PLAIN = re.compile(r"(Ref|Condition)$")
_NOT_DATES = "tag:yaml.org,2002:timestamp"


class _Loader(yaml.SafeLoader):
    """Plain values; a date is a text, as in `Version: 2012-10-17`; the same key twice is a mistake."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        self.flatten_mapping(node)
        found: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, (str, int, float, bool)):
                raise yaml.constructor.ConstructorError(None, None, "a key is a text", key_node.start_mark)
            if key in found:
                raise yaml.constructor.ConstructorError(None, None, f"duplicate key {key}", key_node.start_mark)
            found[str(key) if isinstance(key, (int, float)) and not isinstance(key, bool) else key] = (
                self.construct_object(value_node, deep=True)
            )
        return found


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _NOT_DATES]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _short_form(loader: _Loader, tag: str, node: Any) -> dict[str, Any]:
    """`!Sub x` is `{"Fn::Sub": "x"}`; `!GetAtt A.B` names resource and attribute in one text."""
    name = tag if _PLAIN.match(tag) else f"Fn::{tag}"
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
        return {name: value.split(".", 1) if tag == "GetAtt" else value}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    return {name: loader.construct_mapping(node, deep=True)}


def _mapping(loader: Any, node: Any) -> Any:
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_multi_constructor("!", _short_form)


def read(text: Any) -> dict[str, Any]:
    """The template. Raises Refused (ValidationError)."""
    if isinstance(text, dict):
        return text
    found = _json(text) if text.lstrip().startswith("{") else _yaml(text)
    if not isinstance(found, dict):
        invalid(str(words.NOT_A_TEMPLATE))
    sound: dict[str, Any] = _normal(found)
    return sound


def invalid(message: str, code: str = "ValidationError") -> NoReturn:
    """Refuse a request to CloudFormation."""
    raise Refused(code, message)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as wrong:
        try:
            return _yaml(text)  # YAML's flow style begins with a brace too
        except Refused:
            line, column = getattr(wrong, "lineno", 1), getattr(wrong, "colno", 1)
            raise Refused("ValidationError", words.NOT_JSON.format(line=line, column=column)) from None


def _yaml(text: str) -> Any:
    try:
        return yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, RecursionError) as wrong:
        mark = getattr(wrong, "problem_mark", None)
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise Refused("ValidationError", words.NOT_YAML.format(line=place[0], column=place[1])) from None


def _normal(value: Any) -> Any:
    """`Fn::GetAtt` as a list of two, wherever it stands."""
    if isinstance(value, list):
        return [_normal(one) for one in value]
    if not isinstance(value, dict):
        return value
    attribute = value.get("Fn::GetAtt")
    if len(value) == 1 and isinstance(attribute, str):
        return {"Fn::GetAtt": attribute.split(".", 1)}
    if len(value) == 1 and isinstance(attribute, list) and len(attribute) > 2:
        return {"Fn::GetAtt": [attribute[0], ".".join(map(str, attribute[1:]))]}
    return {key: _normal(one) for key, one in value.items()}
