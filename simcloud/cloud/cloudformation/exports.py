"""The outputs that stacks export, and who imports them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.cloud.cloudformation import motos, outputs
from simcloud.cloud.cloudformation.resource import Failed
from simcloud.facts.words import stacks as words


def publish(stack: Any) -> str:
    """Make the stack's outputs known under their names; what to say where that cannot be, else ''."""
    from moto.cloudformation.parsing import Export

    known = motos.backend(stack).exports
    try:
        found = outputs.resolved(stack)
    except Failed as failed:
        return str(failed)
    made = {str(one.export): one.value for one in found if one.export}
    for name in made:
        held = known.get(name)
        if held is not None and held.exporting_stack_id != stack.stack_id:
            return words.EXPORTED.format(name=name, stack=held.exporting_stack_id.split("/")[1])
    withdraw(stack)
    known.update({name: Export(stack.stack_id, name, value) for name, value in made.items()})
    outputs.keep(stack, found)
    return ""


def withdraw(stack: Any) -> None:
    """Let the stack export nothing."""
    known = motos.backend(stack).exports
    for name, export in list(known.items()):
        if export.exporting_stack_id == stack.stack_id:
            del known[name]


def in_use(stack: Any) -> str:
    """What to say where another stack imports what this one exports; '' where none does."""
    backend = motos.backend(stack)
    for name, export in backend.exports.items():
        if export.exporting_stack_id != stack.stack_id:
            continue
        users = [other.name for other in backend.stacks.values() if other is not stack and name in imported(other)]
        if users:
            return words.EXPORT_USED.format(name=name, stacks=", ".join(users))
    return ""


def imported(stack: Any) -> set[str]:
    """The names that a stack imports."""
    from moto.cloudformation.parsing import clean_json

    names = stack.resource_map
    found: list[Any] = motos.resolved(lambda: [clean_json(one, names) for one in _imports(stack.template_dict)])
    return {str(one) for one in found}


def _imports(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for one in value:
            yield from _imports(one)
    elif isinstance(value, Mapping):
        if len(value) == 1 and "Fn::ImportValue" in value:
            yield value["Fn::ImportValue"]
        for one in value.values():
            yield from _imports(one)
