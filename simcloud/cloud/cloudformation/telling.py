"""What a stack says of itself: statuses, the events of stack and resources, and lines of the story."""

from __future__ import annotations

from typing import Any

from simcloud.cloud import clock
from simcloud.cloud.cloudformation.state import Held
from simcloud.cloud.live import Call

STACK = "AWS::CloudFormation::Stack"


def of_stack(stack: Any, status: str, reason: str = "") -> None:
    """The stack has another status."""
    stack.status, stack.status_reason = status, reason or None
    _event(stack, stack.name, stack.stack_id, STACK, status, reason, "")


def of_resource(stack: Any, held: Held, status: str, reason: str = "") -> None:
    """A resource of the stack has another status."""
    held.status, held.reason, held.at = status, reason, clock.now()
    _event(stack, held.logical, held.physical, held.kind, status, reason, _properties(held))


def in_story(call: Call, stack: Any, what: str, why: str = "") -> None:
    """A line of the story about the stack."""
    from simcloud.cloud.submitting import submit
    from simcloud.sim.stacks import StackTold

    submit(call, StackTold(stack.name, what, why, (stack.name, stack.stack_id)))


def _event(stack: Any, logical: str, physical: str, kind: str, status: str, reason: str, properties: str) -> None:
    from moto.cloudformation.models import Event

    event: Any = Event(
        stack_id=stack.stack_id,
        stack_name=stack.name,
        logical_resource_id=logical,
        physical_resource_id=physical,
        resource_type=kind,
        resource_status=status,
        resource_status_reason=reason or None,
        resource_properties=properties or None,
    )
    event.event_id = str(event.event_id) if kind == STACK else f"{logical}-{status}-{event.event_id}"
    event.client_request_token = stack.token or None
    event.sendToSns(stack.account_id, stack.region_name, stack.notification_arns)
    stack.events.append(event)


def _properties(held: Held) -> str:
    import json

    return json.dumps(held.properties, separators=(",", ":"), default=str) if held.properties else ""
