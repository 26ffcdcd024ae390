"""moto makes a stack at once, calls it complete whatever became of it, rolls nothing back, tells no event of a
resource, and reads templates with a loader that can be made to run Python."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from simcloud.cloud.cloudformation import outputs, template


def mend(module: ModuleType) -> None:
    """Read templates safely, and show the outputs that the stack has."""
    models: Any = module
    models.Stack.parse_template = staticmethod(template.read)
    models.Stack.outputs = property(outputs.shown)
    models.Stack.parameter_list = property(outputs.parameters)
    models.ChangeSet._parse_template = _parse
    models.ChangeSet.diff = _changes


def _parse(change_set: Any) -> None:
    change_set.template_dict = template.read(change_set.template)


def _changes(change_set: Any) -> list[Any]:
    """What it would do, resource by resource."""
    from moto.cloudformation.models import Change

    by_action = change_set.stack.resource_map.build_change_set_actions(change_set.template_dict)
    return [
        Change(action=action, logical_resource_id=name, resource_type=each["ResourceType"])
        for action, resources in by_action.items()
        for name, each in resources.items()
    ]
