"""The operations on stacks: create, update, delete, describe.

`response` is moto's reader and writer of the protocol.
"""

from __future__ import annotations

from typing import Any

from simcloud.cloud.cloudformation import asked, motos, stacks
from simcloud.cloud.cloudformation.state import COMPLETE, LEFT_FAILED, Before, Held, Progress
from simcloud.cloud.cloudformation.template import invalid
from simcloud.cloud.live import Call, live
from simcloud.facts.words import stacks as words


def create_stack(response: Any) -> dict[str, Any]:
    """CreateStack: answered at once; what becomes of the stack is told by its status and events."""
    name, backend = asked.name(response), response.cloudformation_backend
    if any(stack.name == name for stack in backend.stacks.values()):
        invalid(words.STACK_EXISTS.format(name=name), "AlreadyExistsException")
    how = asked.on_failure(response)
    given = asked.read(response)
    stack = made(response, name, given)
    stack.progress.on_failure, stack.disable_rollback = how, how == "DO_NOTHING"
    backend.stacks[stack.stack_id] = stack
    stacks.create(call_of(response, stack), stack)
    return {"StackId": stack.stack_id}


def made(response: Any, name: str, given: asked.Asked | None) -> Any:
    """A stack of moto's, with what we add to it. Without a template it is one that a change set will fill."""
    from moto.cloudformation import models
    from moto.cloudformation.utils import generate_stack_id

    backend = response.cloudformation_backend
    of: Any = models
    stack = motos.sound(
        lambda: of.Stack(
            stack_id=generate_stack_id(name, backend.region_name, backend.account_id),
            name=name,
            template=given.text if given else {},
            parameters=given.parameters if given else {},
            account_id=backend.account_id,
            region_name=backend.region_name,
            notification_arns=response._get_param("NotificationARNs", []),
            tags=given.tags if given else {},
            role_arn=response._get_param("RoleARN"),
            cross_stack_resources=backend.exports,
            enable_termination_protection=response._get_bool_param("EnableTerminationProtection", False),
            timeout_in_mins=response._get_param("TimeoutInMinutes"),
            stack_policy_body=response._get_param("StackPolicyBody"),
        )
    )
    stack.progress = Progress()
    stack.status_reason = stack.last_updated_time = stack.deletion_time = stack.token = None
    stack.last_outputs = []
    stack.capabilities = response._get_param("Capabilities", []) or []
    stack.drift_information, stack.rollback_configuration = {"StackDriftStatus": "NOT_CHECKED"}, {}
    return stack


def call_of(response: Any, stack: Any) -> Call:
    """The calls that the stack makes from now on: as who makes this request."""
    from simcloud.cloud import callers

    here = live()
    stack.progress.caller = callers.caller(callers.key_of(response.headers), here).arn
    stack.token = response._get_param("ClientRequestToken")
    return motos.call_for(here, stack)


def update_stack(response: Any) -> dict[str, Any]:
    """UpdateStack."""
    name = str(response._get_param("StackName"))
    stack = find(response, name)
    if stack is None:
        invalid(words.NO_STACK_HERE.format(name=name))
    demand_updatable(stack)
    given = asked.read(response, stack)
    if not is_news(stack, given) and stack.status in COMPLETE:
        invalid(str(words.NOTHING_TO_UPDATE))
    stack.progress.stays_failed = bool(response._get_bool_param("DisableRollback", False))
    lead_to(call_of(response, stack), stack, given)
    return {"StackId": stack.stack_id}


def find(response: Any, name: str) -> Any | None:
    """The stack of this name or id that is not deleted."""
    every = response.cloudformation_backend.stacks.values()
    return next((stack for stack in every if name in (stack.name, stack.stack_id)), None)


def demand_updatable(stack: Any) -> None:
    """Raise Refused for a stack that does something, or has failed."""
    if stack.status not in (*COMPLETE, *LEFT_FAILED):
        invalid(words.CANNOT_UPDATE.format(arn=stack.stack_id, status=stack.status))


def is_news(stack: Any, given: asked.Asked) -> bool:
    """Does it differ from what the stack is?"""
    new = motos.resource_map(stack, given.template, given.parameters, given.tags)
    return bool(
        given.template != stack.template_dict
        or new.resolved_parameters != stack.resource_map.resolved_parameters
        or given.tags != stack.tags
    )


def lead_to(call: Call, stack: Any, given: asked.Asked) -> None:
    """Update the stack to another template."""
    new = motos.resource_map(stack, given.template, given.parameters, given.tags)
    before = Before(stack.template, stack.template_dict, stack.parameters, stack.tags, stack.resource_map)
    stack.template, stack.template_dict = given.text, given.template
    stack.parameters, stack.tags, stack.resource_map = given.parameters, given.tags, new
    stack.description = given.template.get("Description")
    stacks.update(call, stack, before)


def delete_stack(response: Any) -> None:
    """DeleteStack. One that does not exist is no mistake."""
    stack = find(response, str(response._get_param("StackName")))
    if stack is None:
        return
    if stack.enable_termination_protection:
        invalid(words.PROTECTED.format(name=stack.name))
    if stack.status == "DELETE_IN_PROGRESS":
        return
    stacks.delete(call_of(response, stack), stack, response._get_param("RetainResources", []) or [])


def describe_stack_resource(response: Any) -> dict[str, Any]:
    """DescribeStackResource."""
    name, logical = str(response._get_param("StackName")), str(response._get_param("LogicalResourceId"))
    stack = _known(response, name, words.NO_STACK)
    held = stack.progress.resources.get(logical)
    if held is None:
        invalid(words.NO_RESOURCE.format(name=logical, stack=stack.name))
    detail = _shown(stack, held)
    detail["LastUpdatedTimestamp"] = detail.pop("Timestamp")
    return {"StackResourceDetail": {**detail, "Metadata": _json(held.json.get("Metadata") or {})}}


def describe_stack_resources(response: Any) -> dict[str, Any]:
    """DescribeStackResources: of a stack, or of the stack that a physical resource belongs to."""
    physical, logical = response._get_param("PhysicalResourceId"), response._get_param("LogicalResourceId")
    if physical and not response._get_param("StackName"):
        every = response.cloudformation_backend.stacks.values()
        stack = next((one for one in every if any(_is(held, physical) for held in _resources(one))), None)
        if stack is None:
            invalid(words.NO_STACK_FOR.format(name=physical))
    else:
        stack = _known(response, str(response._get_param("StackName")), words.NO_STACK)
    chosen = [held for held in _resources(stack) if logical in (None, held.logical)]
    return {"StackResources": [_shown(stack, held) for held in chosen]}


def list_stack_resources(response: Any) -> dict[str, Any]:
    """ListStackResources."""
    stack = _known(response, str(response._get_param("StackName")), words.NO_STACK)
    found = []
    for held in _resources(stack):
        one = _shown(stack, held)
        one["LastUpdatedTimestamp"] = one.pop("Timestamp")
        found.append({name: value for name, value in one.items() if name not in ("StackId", "StackName")})
    return {"StackResourceSummaries": found}


def describe_stack_events(response: Any) -> dict[str, Any]:
    """DescribeStackEvents: newest first."""
    stack = _known(response, str(response._get_param("StackName")), words.NO_STACK_HERE)
    return {"StackEvents": stack.events[::-1]}


def _known(response: Any, name: str, said: Any) -> Any:
    """The stack, one that is deleted by its id alone. Raises Refused."""
    found = find(response, name) or response.cloudformation_backend.deleted_stacks.get(name)
    if found is None:
        invalid(said.format(name=name))
    return found


def _resources(stack: Any) -> list[Held]:
    return list(stack.progress.resources.values())


def _is(held: Held, physical: str) -> bool:
    return bool(physical) and held.physical == physical


def _shown(stack: Any, held: Held) -> dict[str, Any]:
    from datetime import UTC, datetime

    return {
        "StackId": stack.stack_id,
        "StackName": stack.name,
        "LogicalResourceId": held.logical,
        **({"PhysicalResourceId": held.physical} if held.physical else {}),
        "ResourceType": held.kind,
        "Timestamp": datetime.fromtimestamp(held.at, UTC).replace(tzinfo=None),
        "ResourceStatus": held.status,
        **({"ResourceStatusReason": held.reason} if held.reason else {}),
        "DriftInformation": {"StackResourceDriftStatus": "NOT_CHECKED"},
    }


def _json(value: Any) -> str:
    import json

    return json.dumps(value, separators=(",", ":"))
