"""moto answers calls about stacks from what it made of a template at once, with statuses written into its code; ours
are answered from what became of each resource, and refused in AWS's words."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import ModuleType
from typing import Any

from simcloud.cloud.cloudformation import answers, change_sets, operating
from simcloud.cloud.errors import NotSimulated, Refused

OURS = {
    name: getattr(room, name)
    for room, names in (
        (
            answers,
            (
                "create_stack",
                "update_stack",
                "delete_stack",
                "describe_stack_resource",
                "describe_stack_resources",
                "list_stack_resources",
                "describe_stack_events",
            ),
        ),
        (
            operating,
            (
                "cancel_update_stack",
                "get_template_summary",
                "update_termination_protection",
                "validate_template",
            ),
        ),
        (
            change_sets,
            (
                "create_change_set",
                "delete_change_set",
                "describe_change_set",
                "execute_change_set",
                "list_change_sets",
            ),
        ),
    )
    for name in names
}
"""By moto's name of the operation."""


def mend(module: ModuleType) -> None:
    """Answer these operations ourselves; moto reads the request and writes the answer."""
    for name, function in OURS.items():
        setattr(module.CloudFormationResponse, name, _answering(function, module))


def _answering(function: Callable[[Any], Any], module: Any) -> Callable[[Any], Any]:
    @functools.wraps(function)
    def answer(response: Any) -> Any:
        from moto.cloudformation.exceptions import CloudFormationError

        try:
            found = function(response)
        except NotSimulated:
            raise
        except Refused as refused:
            raise CloudFormationError(refused.code, refused.message) from None
        return module.EmptyResult() if found is None else module.ActionResult(found)

    return answer
