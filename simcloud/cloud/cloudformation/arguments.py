"""The intrinsic functions of a template: which there are, and which arguments each takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from simcloud.cloud.cloudformation.template import invalid
from simcloud.facts.words import stacks as words

CONDITIONS = ("Fn::And", "Fn::Equals", "Fn::Not", "Fn::Or")
"""Functions of the section Conditions."""
SUPPORTED = (
    "Fn::Base64",
    "Fn::Cidr",
    "Fn::FindInMap",
    "Fn::GetAZs",
    "Fn::GetAtt",
    "Fn::If",
    "Fn::ImportValue",
    "Fn::Join",
    "Fn::Length",
    "Fn::Select",
    "Fn::Split",
    "Fn::Sub",
    "Fn::ToJsonString",
    "Fn::Transform",
)


def demand(template: Mapping[str, Any]) -> None:
    """Raise Refused for a function that does not exist, or has other arguments than it takes."""
    for section in ("Resources", "Outputs"):
        for name, given in functions(list((template.get(section) or {}).values())):
            if name not in TAKES and name not in SUPPORTED:
                invalid(words.UNKNOWN_FUNCTION.format(name=name, known=", ".join(SUPPORTED)))
            check = TAKES.get(name)
            if check is not None and not check[0](given):
                invalid(str(check[1]))
    for name, given in functions(list((template.get("Conditions") or {}).values())):
        if name in TAKES and not TAKES[name][0](given):
            invalid(str(TAKES[name][1]))
    for name, condition in (template.get("Conditions") or {}).items():
        if not _is_condition(condition):
            invalid(words.CONDITION_FORM.format(name=name))


def functions(value: Any) -> Iterator[tuple[str, Any]]:
    """Every function in a value, with its argument, outermost first."""
    if isinstance(value, list):
        for one in value:
            yield from functions(one)
    elif isinstance(value, Mapping):
        if len(value) == 1:
            (name, given), *_ = value.items()
            if name == "Ref" or str(name).startswith("Fn::"):
                yield name, given
        for one in value.values():
            yield from functions(one)


def _is_condition(value: Any) -> bool:
    if isinstance(value, bool):
        return True
    if not isinstance(value, Mapping) or len(value) != 1:
        return False
    (name, given), *_ = value.items()
    if name == "Condition":
        return isinstance(given, str)
    if name not in CONDITIONS or not isinstance(given, list):
        return False
    if name == "Fn::Equals":
        return len(given) == 2
    if name == "Fn::Not":
        return len(given) == 1 and _is_condition(given[0])
    return 2 <= len(given) <= 10 and all(_is_condition(one) for one in given)


def _pair(given: Any) -> bool:
    return isinstance(given, list) and len(given) == 2


def _is_function(value: Any) -> bool:
    return isinstance(value, Mapping) and len(value) == 1


def _join(given: Any) -> bool:
    return _pair(given) and isinstance(given[0], str) and (isinstance(given[1], list) or _is_function(given[1]))


def _split(given: Any) -> bool:
    return _pair(given) and isinstance(given[0], str) and (isinstance(given[1], str) or _is_function(given[1]))


def _select(given: Any) -> bool:
    if not _pair(given) or isinstance(given[0], (bool, list)):
        return False
    return (str(given[0]).isdigit() or _is_function(given[0])) and (
        isinstance(given[1], list) or _is_function(given[1])
    )


def _sub(given: Any) -> bool:
    if isinstance(given, str):
        return True
    return _pair(given) and isinstance(given[0], str) and isinstance(given[1], Mapping)


def _attribute(given: Any) -> bool:
    return _pair(given) and isinstance(given[0], str) and bool(given[0]) and (given[1] != "" and given[1] is not None)


def _if(given: Any) -> bool:
    return isinstance(given, list) and len(given) == 3 and isinstance(given[0], str)


def _map(given: Any) -> bool:
    return isinstance(given, list) and len(given) in (3, 4)


def _blocks(given: Any) -> bool:
    return isinstance(given, list) and len(given) in (2, 3)


TAKES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "Ref": (lambda given: isinstance(given, str), words.REF_FORM),
    "Fn::GetAtt": (_attribute, words.GET_ATT_FORM),
    "Fn::Join": (_join, words.JOIN_FORM),
    "Fn::Split": (_split, words.SPLIT_FORM),
    "Fn::Select": (_select, words.SELECT_FORM),
    "Fn::Sub": (_sub, words.SUB_FORM),
    "Fn::If": (_if, words.IF_FORM),
    "Fn::FindInMap": (_map, words.FIND_IN_MAP_FORM),
    "Fn::Cidr": (_blocks, words.CIDR_FORM),
}
"""By function: are these arguments that it takes, and what is said where they are not."""
