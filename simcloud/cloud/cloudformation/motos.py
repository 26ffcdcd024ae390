"""What moto keeps of CloudFormation: backends, stacks, the parts of a template that it resolves."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from simcloud.cloud import clock
from simcloud.cloud.live import Call, Live


def backend_of(account: str, region: str) -> Any:
    """moto's CloudFormation of an account in a region."""
    from moto.cloudformation.models import cloudformation_backends

    return cloudformation_backends[account][region]


def backend(stack: Any) -> Any:
    """The backend that keeps the stack."""
    return backend_of(stack.account_id, stack.region_name)


def now() -> datetime:
    """The simulated moment as moto keeps it."""
    return datetime.fromtimestamp(clock.now(), UTC).replace(tzinfo=None)


def call_for(live: Live, stack: Any) -> Call:
    """The calls that a stack makes: as who asked for what it is doing."""
    return Call(live, account=stack.account_id, region=stack.region_name, caller=stack.progress.caller)


def resource_map(stack: Any, template: dict[str, Any], parameters: dict[str, Any], tags: dict[str, str]) -> Any:
    """The names of a template and what they stand for; the resources that the stack holds stand for themselves."""
    from moto.cloudformation.parsing import ResourceMap

    made = ResourceMap(
        stack.stack_id,
        stack.name,
        parameters,
        tags,
        account_id=stack.account_id,
        region_name=stack.region_name,
        template=template,
        cross_stack_resources=backend(stack).exports,
    )
    made.load()
    for name, held in stack.progress.resources.items():
        if held.thing is not None:
            made._parsed_resources[name] = held.thing
    return made
