"""The values that a stack is given for its template's parameters, judged by what the template demands of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from simcloud.cloud.cloudformation.template import invalid
from simcloud.facts.words import stacks as words

SSM = "AWS::SSM::Parameter::"


def given(template: Mapping[str, Any], asked: Sequence[Mapping[str, Any]], before: Mapping[str, Any]) -> dict[str, str]:
    """The values by name, as texts. `before`: those that the stack had. Raises Refused (ValidationError)."""
    slots: Mapping[str, Any] = template.get("Parameters") or {}
    found: dict[str, str] = {}
    for one in asked:
        name = one["ParameterKey"]
        if one.get("UsePreviousValue") and name in before:
            found[name] = before[name]
        elif one.get("ParameterValue") is not None:
            found[name] = str(one["ParameterValue"])
    if unknown := [one["ParameterKey"] for one in asked if one["ParameterKey"] not in slots]:
        invalid(words.PARAMETERS_UNKNOWN.format(names=", ".join(unknown)) if slots else words.PARAMETERS_UNASKED)
    missing = [name for name, slot in slots.items() if name not in found and slot.get("Default") is None]
    if missing:
        invalid(words.PARAMETERS_MISSING.format(names=", ".join(missing)))
    for name, slot in slots.items():
        if not str(slot.get("Type", "String")).startswith(SSM):
            _demand(name, slot, found.get(name, slot.get("Default")))
    return found


def _demand(name: str, slot: Mapping[str, Any], value: Any) -> None:
    kind = str(slot.get("Type", "String"))
    values = str(value).split(",") if kind == "CommaDelimitedList" or kind.startswith("List<") else [value]
    for one in values:
        _demand_one(name, slot, one.strip() if isinstance(one, str) and len(values) > 1 else one, kind)


def _demand_one(name: str, slot: Mapping[str, Any], value: Any, kind: str) -> None:
    if kind in ("Number", "List<Number>"):
        _demand_number(name, slot, value)
    allowed = slot.get("AllowedValues")
    if allowed is not None and str(value) not in [str(one) for one in allowed]:
        invalid(words.ALLOWED_VALUES.format(name=name))
    text = str(value)
    if (pattern := slot.get("AllowedPattern")) and not _matches(str(pattern), text):
        said = slot.get("ConstraintDescription")
        invalid(f"Parameter '{name}' failed to satisfy constraint: {said}" if said else _no_match(name, str(pattern)))
    if slot.get("MinLength") is not None and len(text) < int(slot["MinLength"]):
        invalid(words.TOO_SHORT.format(name=name, least=slot["MinLength"]))
    if slot.get("MaxLength") is not None and len(text) > int(slot["MaxLength"]):
        invalid(words.TOO_LONG.format(name=name, most=slot["MaxLength"]))


def _no_match(name: str, pattern: str) -> str:
    return words.ALLOWED_PATTERN.format(name=name, pattern=pattern)


def _matches(pattern: str, text: str) -> bool:
    try:
        return re.fullmatch(pattern, text) is not None
    except re.error:
        return True


def _demand_number(name: str, slot: Mapping[str, Any], value: Any) -> None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        invalid(words.NOT_A_NUMBER.format(name=name))
    if slot.get("MinValue") is not None and number < float(slot["MinValue"]):
        invalid(words.TOO_SMALL.format(name=name, least=slot["MinValue"]))
    if slot.get("MaxValue") is not None and number > float(slot["MaxValue"]):
        invalid(words.TOO_LARGE.format(name=name, most=slot["MaxValue"]))
