"""The sections of a template: what has to be an object, what has to have which member."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.cloud.cloudformation.template import invalid
from simcloud.facts.words import stacks as words

OBJECTS = ("Parameters", "Mappings", "Conditions", "Outputs")


def demand(template: Mapping[str, Any]) -> None:
    """Raise Refused for a section that has another form."""
    for path in _nulls(template, ""):
        invalid(words.NULL.format(path=path))
    for section in OBJECTS:
        if not isinstance(template.get(section, {}), Mapping):
            invalid(words.NOT_AN_OBJECT.format(path=f"/{section}"))
    for name, slot in (template.get("Parameters") or {}).items():
        if not isinstance(slot, Mapping) or not isinstance(slot.get("Type"), str):
            invalid(words.NO_PARAMETER_TYPE.format(name=name))
        if isinstance(slot.get("Default", ""), (list, Mapping)):
            invalid(words.NOT_A_TEXT.format(path=f"/Parameters/{name}/Default"))
        if not isinstance(slot.get("AllowedValues", []), list):
            invalid(words.NOT_A_LIST.format(path=f"/Parameters/{name}/AllowedValues"))
        for member in ("MinLength", "MaxLength", "MinValue", "MaxValue"):
            if member in slot and not _is_number(slot[member]):
                invalid(words.NOT_A_TEXT.format(path=f"/Parameters/{name}/{member}"))
    for name, output in (template.get("Outputs") or {}).items():
        if not isinstance(output, Mapping) or "Value" not in output:
            invalid(words.NO_VALUE.format(name=name))
        if not isinstance(output.get("Export", {}), Mapping) or not isinstance(output.get("Description", ""), str):
            invalid(words.NOT_AN_OBJECT.format(path=f"/Outputs/{name}/Export"))
    for name, mapping in (template.get("Mappings") or {}).items():
        if not isinstance(mapping, Mapping) or not all(isinstance(one, Mapping) for one in mapping.values()):
            invalid(words.NOT_AN_OBJECT.format(path=f"/Mappings/{name}"))
    for block in ("Resources", "Outputs"):
        for name, part in (template.get(block) or {}).items():
            if isinstance(part, Mapping) and not isinstance(part.get("Condition", ""), str):
                invalid(words.NOT_A_TEXT.format(path=f"/{block}/{name}/Condition"))
    for name, resource in template["Resources"].items():
        if isinstance(resource, Mapping) and not isinstance(resource.get("Properties", {}), Mapping):
            invalid(words.NOT_AN_OBJECT.format(path=f"/Resources/{name}/Properties"))
        if isinstance(resource, Mapping) and not _is_names(resource.get("DependsOn", [])):
            invalid(words.NOT_NAMES.format(path=f"/Resources/{name}/DependsOn"))


def _is_names(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def _nulls(value: Any, path: str) -> Iterator[str]:
    """Where a null stands. A whole section that is empty is none."""
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield from _nulls(one, f"{path}/{name}")
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _nulls(one, f"{path}/{index}")
    elif value is None:
        yield path


def _is_number(value: Any) -> bool:
    try:
        return not isinstance(value, bool) and float(value) is not None
    except (TypeError, ValueError):
        return False
