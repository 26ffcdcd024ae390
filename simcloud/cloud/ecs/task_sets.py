"""Task sets of a service that the customer's own controller deploys (R-099)."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.ecs import finding, release_shape, tags
from simcloud.cloud.ecs.refusing import invalid
from simcloud.cloud.ecs.seen import seen, token_key
from simcloud.cloud.ecs.service_request import kept_of_task_set
from simcloud.cloud.ecs.services import active
from simcloud.cloud.ecs.unsimulated import tell_without_effect
from simcloud.cloud.errors import Refused
from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call
from simcloud.cloud.submitting import submit
from simcloud.facts import quotas, words
from simcloud.sim.events import (
    Tagged,
    TaskSetCreated,
    TaskSetDeleted,
    TaskSetPromoted,
    TaskSetScaled,
    TokenUsed,
)
from simcloud.sim.service import Service, TaskSet
from simcloud.sim.task_sets import new_task_set


def create(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """CreateTaskSet: ACTIVE; its tasks come as the scheduler gets to it."""
    held = _external(request, call)
    stored = finding.definition(call, request.get("taskDefinition"))
    demand("CreateTaskSet", request, seen(call, "CreateTaskSet", request, stored))
    before = _answered(call, held, request)
    if before is not None:
        return _answer(call, held, before)
    if len(held.task_sets) >= quotas.TASK_SETS.value:
        invalid(words.TOO_MANY_TASK_SETS.format(most=len(held.task_sets)))
    if stored is None:
        raise Refused("ClientException", str(words.DEFINITION_NOT_FOUND))
    given = tags.as_dict(request.get("tags"))
    made = new_task_set(
        call.world,
        held,
        kept_of_task_set(request, stored["taskDefinitionArn"], call.world.clusters[held.cluster].default_strategy),
        scale=_scale(request.get("scale") or {}),
        external_id=request.get("externalId") or "",
    )
    submit(call, TaskSetCreated(held.arn, made))
    if given:
        submit(call, Tagged(made.arn, given))
    if request.get("clientToken"):
        submit(call, TokenUsed(token_key(call, "CreateTaskSet", request), dict(request), (made.arn,)))
    tell_without_effect(call, f"service {held.name}", (held.name, held.arn), request, stored)
    return _answer(call, held, made)


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeTaskSets: those named, else all of the service."""
    held = active(call, finding.cluster(call, request["cluster"]), request["service"])
    if held.controller == "ECS":
        invalid(str(words.TASK_SETS_ONLY_EXTERNAL))
    demand("DescribeTaskSets", request, None)
    named = request.get("taskSets") or [each.arn for each in held.task_sets]
    found = {name: _find(held, name) for name in named}
    include = request.get("include") or ()
    return {
        "taskSets": [release_shape.task_set(call, held, each, include) for each in found.values() if each is not None],
        "failures": [{"arn": _arn(held, name), "reason": "MISSING"} for name, each in found.items() if each is None],
    }


def update(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UpdateTaskSet: another percentage of the service's desired count."""
    held = _external(request, call)
    chosen = _existing(held, request["taskSet"])
    submit(call, TaskSetScaled(held.arn, chosen.id, _scale(request["scale"])))
    return _answer(call, held, chosen)


def delete(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeleteTaskSet: never the primary one; one that is scaled above 0 only by force. Then DRAINING."""
    held = _external(request, call)
    chosen = _existing(held, request["taskSet"])
    if chosen.status == "PRIMARY":
        invalid(str(words.PRIMARY_TASK_SET))
    if chosen.status == "ACTIVE":
        if chosen.computed(held.desired) > 0 and not request.get("force"):
            invalid(str(words.TASK_SET_SCALED))
        submit(call, TaskSetDeleted(held.arn, chosen.id))
    return _answer(call, held, chosen)


def promote(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UpdateServicePrimaryTaskSet: what the task set is made of is the service's from now on."""
    held = _external(request, call)
    chosen = _existing(held, request["primaryTaskSet"])
    submit(call, TaskSetPromoted(held.arn, chosen.id))
    return _answer(call, held, chosen)


def _external(request: dict[str, Any], call: Call) -> Service:
    """The ACTIVE service. Raises InvalidParameterException where somebody else than the customer deploys it."""
    held = active(call, finding.cluster(call, request["cluster"]), request["service"])
    if held.controller != "EXTERNAL":
        invalid(str(words.TASK_SETS_ONLY_EXTERNAL))
    return held


def _find(held: Service, named: str) -> TaskSet | None:
    """By ARN, by its id (ecs-svc/...) or by the id's digits."""
    return next((each for each in held.task_sets if named in (each.arn, each.id, each.number)), None)


def _existing(held: Service, named: str) -> TaskSet:
    found = _find(held, named)
    if found is None:
        raise Refused("TaskSetNotFoundException", str(words.TASK_SET_NOT_FOUND))
    return found


def _arn(held: Service, named: str) -> str:
    return named if named.startswith("arn:") else f"{held.arn.replace(':service/', ':task-set/')}/{named}"


def _scale(given: dict[str, Any]) -> float:
    value = float(given.get("value", 100.0))
    if not 0 <= value <= 100:
        invalid(str(words.SCALE_RANGE))
    return value


def _answered(call: Call, held: Service, request: dict[str, Any]) -> TaskSet | None:
    """The task set that a request with the same client token made. Raises InvalidParameterException where it was
    another request."""
    known = call.world.tokens.get(token_key(call, "CreateTaskSet", request))
    if known is None:
        return None
    if known["request"] != request:
        invalid(str(words.TOKEN_OF_ANOTHER))
    return _find(held, known["arns"][0])


def _answer(call: Call, held: Service, chosen: TaskSet) -> dict[str, Any]:
    return {"taskSet": release_shape.task_set(call, held, chosen, ("TAGS",))}
