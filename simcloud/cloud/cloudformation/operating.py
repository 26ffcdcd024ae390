"""Operations beside a stack's life: protect it, call an update off, ask what a template wants."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.cloudformation import answers, asked, capabilities, checking, stacks, steps, template
from simcloud.cloud.cloudformation.outputs import text
from simcloud.cloud.cloudformation.template import invalid
from simcloud.facts.words import stacks as words


def update_termination_protection(response: Any) -> dict[str, Any]:
    """UpdateTerminationProtection."""
    stack = _existing(response)
    stack.enable_termination_protection = bool(response._get_bool_param("EnableTerminationProtection", False))
    return {"StackId": stack.stack_id}


def cancel_update_stack(response: Any) -> None:
    """CancelUpdateStack: an update that is in progress is rolled back."""
    stack = _existing(response)
    work = stack.progress.work
    if stack.status != "UPDATE_IN_PROGRESS" or work is None:
        invalid(str(words.CANNOT_CANCEL))
    for step in work.steps:
        if step.state == "running":
            steps.cancel(stack, step)
    stacks.roll_back_update(answers.call_of(response, stack), stack, work, str(words.USER))


def validate_template(response: Any) -> dict[str, Any]:
    """ValidateTemplate: is it sound, and what does it want?"""
    found = template.read(asked.text(response))
    checking.demand_sound(found)
    kept = ("ParameterKey", "DefaultValue", "NoEcho", "Description")
    slots = [{name: one[name] for name in kept if name in one} for one in _slots(found)]
    return {"Parameters": slots, **_described(found)}


def get_template_summary(response: Any) -> dict[str, Any]:
    """GetTemplateSummary of a template, or of a stack's."""
    named = response._get_param("StackName")
    held = _existing(response) if named else None
    found = template.read(held.template if held is not None else asked.text(response))
    kinds = [str(each.get("Type")) for each in (found.get("Resources") or {}).values()]
    version = {"Version": str(found["AWSTemplateFormatVersion"])} if "AWSTemplateFormatVersion" in found else {}
    return {"Parameters": _slots(found), "ResourceTypes": kinds, **version, **_described(found)}


def _existing(response: Any) -> Any:
    name = str(response._get_param("StackName"))
    stack = answers.find(response, name)
    if stack is None:
        invalid(words.NO_STACK_HERE.format(name=name))
    return stack


def _slots(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The parameters of a template."""
    return [
        {
            "ParameterKey": name,
            **({"DefaultValue": text(slot["Default"])} if slot.get("Default") is not None else {}),
            "ParameterType": str(slot.get("Type", "String")),
            "NoEcho": str(slot.get("NoEcho", False)).lower() == "true",
            **({"Description": slot["Description"]} if slot.get("Description") else {}),
            "ParameterConstraints": {"AllowedValues": [text(one) for one in slot["AllowedValues"]]}
            if "AllowedValues" in slot
            else {},
        }
        for name, slot in (found.get("Parameters") or {}).items()
    ]


def _described(found: dict[str, Any]) -> dict[str, Any]:
    needed, told = capabilities.needed(found), {}
    if found.get("Description"):
        told["Description"] = found["Description"]
    if not needed:
        return told
    kinds = ", ".join(sorted({each["Type"] for each in found["Resources"].values() if "::IAM::" in each["Type"]}))
    return {**told, "Capabilities": [needed], "CapabilitiesReason": words.CAPABILITIES_REASON.format(kinds=kinds)}
