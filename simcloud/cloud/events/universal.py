"""Universal targets of EventBridge Scheduler: any operation of ECS, with its parameters as the schedule's input; and an
event bus as a templated target.

https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
"""

from __future__ import annotations

import json
from typing import Any

from simcloud.cloud.errors import Refused
from simcloud.cloud.events.delivering import Delivery, by_role, failed, not_assumed
from simcloud.facts.words import bus as words
from simcloud.sim.bus.state import Outcome


def deliver(delivery: Delivery) -> Outcome:
    """Call the operation as the role."""
    from simcloud.cloud.access import ecs as table
    from simcloud.cloud.access import passing
    from simcloud.cloud.ecs import OPERATIONS

    service, api = delivery.arn.split(":")[-2:]
    operation = api[:1].upper() + api[1:]
    says = f"cannot call {service}:{operation}"
    if service != "ecs" or operation not in OPERATIONS:
        what = f"would call {service}:{operation}, which has no effect in this simulation"
        return Outcome(False, what, idle=True)
    if (refusal := not_assumed(delivery)) is not None:
        return refusal
    call = delivery.call
    try:
        request = _request(operation, delivery.invocation.text)
        asks = (*table.asks(operation, request, call), *passing.asks("ecs", operation, request, call))
        if (refusal := by_role(delivery, "ecs", asks, says)) is not None:
            return refusal
        answer = OPERATIONS[operation](request, call)
    except Refused as refused:
        return failed(delivery, says, str(words.CLIENT_ERROR), f"{refused.code}: {refused.message}")
    except (ValueError, TypeError, AttributeError) as wrong:
        return failed(delivery, says, str(words.CLIENT_ERROR), f"the input cannot be read: {wrong}")
    tasks = tuple(str(task["taskArn"]) for task in answer.get("tasks") or () if isinstance(task, dict))
    return Outcome(True, f"calls ecs:{operation}", tasks=tasks if operation == "RunTask" else ())


def _request(operation: str, text: str) -> dict[str, Any]:
    """The parameters, whose names begin with a capital in a universal target."""
    from simcloud.cloud.routes import model
    from simcloud.cloud.shapes import read

    shape = model("ecs").operation_model(operation).input_shape
    found: dict[str, Any] = read(shape, _spelt(shape, json.loads(text)))
    return found


def _spelt(shape: Any, value: Any) -> Any:
    """Members of structures as the model spells them."""
    if shape.type_name == "structure" and isinstance(value, dict):
        known = {name.lower(): (name, member) for name, member in shape.members.items()}
        found = {}
        for key, one in value.items():
            name, member = known.get(key.lower(), (key, None))
            found[name] = _spelt(member, one) if member is not None else one
        return found
    if shape.type_name == "list" and isinstance(value, list):
        return [_spelt(shape.member, one) for one in value]
    return value
