"""What moto keeps of CloudFormation: backends, stacks, the parts of a template that it resolves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from simcloud.cloud import clock
from simcloud.cloud.cloudformation.resource import Failed
from simcloud.cloud.cloudformation.template import invalid
from simcloud.cloud.live import Call, Live
from simcloud.facts.words import stacks as words


def resolved(make: Callable[[], Any]) -> Any:
    """What comes of a part of a template. Raises Failed where it cannot be resolved."""
    from moto.core.exceptions import ServiceException

    try:
        return make()
    except ServiceException as wrong:
        raise Failed(wrong.message.removesuffix(".")) from None
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as wrong:
        raise Failed(words.UNRESOLVABLE.format(why=wrong)) from None


def sound(make: Callable[[], Any]) -> Any:
    """The same, before anything is made. Raises Refused."""
    try:
        return resolved(make)
    except Failed as failed:
        invalid(str(failed))


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

    def load() -> Any:
        loaded = ResourceMap(
            stack.stack_id,
            stack.name,
            parameters,
            tags,
            account_id=stack.account_id,
            region_name=stack.region_name,
            template=template,
            cross_stack_resources=backend(stack).exports,
        )
        loaded.load()
        return loaded

    made = sound(load)
    for name, held in stack.progress.resources.items():
        if held.thing is not None:
            made._parsed_resources[name] = held.thing
    return made
