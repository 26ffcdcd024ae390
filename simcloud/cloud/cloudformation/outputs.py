"""A stack's outputs, resolved, and the names under which they are exported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from simcloud.cloud.cloudformation import motos
from simcloud.cloud.cloudformation.state import COMPLETE


class Output(NamedTuple):
    """One output."""

    key: str
    value: str
    description: str | None
    export: str | None


def resolved(stack: Any) -> list[Output]:
    """The outputs whose condition holds, by the stack's present template. Raises Failed."""
    found: list[Output] = motos.resolved(lambda: list(_of(stack)))
    return found


def _of(stack: Any) -> Iterator[Output]:
    from moto.cloudformation.parsing import clean_json

    names = stack.resource_map
    for key, given in (stack.template_dict.get("Outputs") or {}).items():
        if (condition := given.get("Condition")) and not names.lazy_condition_map.get(condition):
            continue
        value, exported = clean_json(given.get("Value"), names), clean_json(given.get("Export") or {}, names)
        if value is not None:
            yield Output(str(key), text(value), given.get("Description"), exported.get("Name"))


def text(value: Any) -> str:
    """A value as CloudFormation writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(text(one) for one in value)
    return str(value)


def shown(stack: Any) -> list[dict[str, Any]] | None:
    """What DescribeStacks shows: nothing while the stack is being made or taken down."""
    if stack.status not in COMPLETE and not stack.status.startswith("UPDATE"):
        return None
    return stack.last_outputs or None


def keep(stack: Any, found: list[Output]) -> None:
    """Keep the outputs as they are now: while an update runs, the old ones are shown."""
    stack.last_outputs = [
        {
            "OutputKey": one.key,
            "OutputValue": one.value,
            **({"Description": one.description} if one.description else {}),
            **({"ExportName": one.export} if one.export else {}),
        }
        for one in found
    ]


def parameters(stack: Any) -> list[dict[str, str]]:
    """The stack's parameters with their values; secret ones behind stars."""
    hidden = {name for name, slot in _slots(stack).items() if str(slot.get("NoEcho", "")).lower() == "true"}
    return [
        {"ParameterKey": name, "ParameterValue": "****" if name in hidden else _given(stack, name, slot)}
        for name, slot in _slots(stack).items()
    ]


def _slots(stack: Any) -> dict[str, Any]:
    return stack.template_dict.get("Parameters") or {}


def _given(stack: Any, name: str, slot: dict[str, Any]) -> str:
    return text(stack.parameters.get(name, slot.get("Default")))
