"""Task definitions: families of numbered revisions."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from simcloud.cloud.ecs import finding, tags
from simcloud.cloud.ecs.refusing import client
from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.cloud.submitting import submit
from simcloud.rules.engine import normalise_task_definition
from simcloud.rules.seen import Seen
from simcloud.sim.events import DefinitionChanged, DefinitionRegistered, Tagged

NOT_FOUND = "Unable to describe task definition."


def register(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """RegisterTaskDefinition: the next revision of the family, whatever became of earlier ones."""
    demand("RegisterTaskDefinition", request, Seen(account=call.account, region=call.region))
    given = tags.as_dict(request.get("tags"))
    stored = normalise_task_definition(request)
    revision = 1 + max(
        (each["revision"] for each in call.world.definitions.values() if each["family"] == stored["family"]), default=0
    )
    arn = f"arn:aws:ecs:{call.region}:{call.account}:task-definition/{stored['family']}:{revision}"
    stored.update(
        taskDefinitionArn=arn, revision=revision, status="ACTIVE", registeredAt=call.world.now, registeredBy=call.caller
    )
    submit(call, DefinitionRegistered(stored))
    if given:
        submit(call, Tagged(arn, given))
    return {"taskDefinition": copy.deepcopy(stored), **({"tags": tags.of(call, arn)} if given else {})}


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeTaskDefinition; a family alone means its latest ACTIVE revision."""
    stored = _found(call, request["taskDefinition"])
    answer: dict[str, Any] = {"taskDefinition": copy.deepcopy(stored)}
    if "TAGS" in (request.get("include") or ()):
        answer["tags"] = tags.of(call, stored["taskDefinitionArn"])
    return answer


def deregister(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeregisterTaskDefinition: INACTIVE; what runs goes on."""
    if ":" not in finding.short(request["taskDefinition"]):
        client("The task definition revision must be specified.")
    stored = _found(call, request["taskDefinition"], "The specified task definition does not exist.")
    changes = {"status": "INACTIVE", "deregisteredAt": call.world.now}
    submit(call, DefinitionChanged(stored["taskDefinitionArn"], changes))
    return {"taskDefinition": copy.deepcopy(stored)}


def list_definitions(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListTaskDefinitions: by family and revision; DESC turns the order round."""
    prefix, status = request.get("familyPrefix", ""), request.get("status", "ACTIVE")
    held = [
        each for each in call.world.definitions.values() if each["status"] == status and prefix in ("", each["family"])
    ]
    held.sort(key=_in_order, reverse=request.get("sort") == "DESC")
    return page("taskDefinitionArns", [each["taskDefinitionArn"] for each in held], request)


def list_families(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListTaskDefinitionFamilies: ACTIVE ones have at least one ACTIVE revision."""
    prefix, status = request.get("familyPrefix", ""), request.get("status", "ACTIVE")
    families: dict[str, bool] = {}
    for each in call.world.definitions.values():
        families[each["family"]] = families.get(each["family"], False) or each["status"] == "ACTIVE"
    chosen = [
        family
        for family, active in families.items()
        if family.startswith(prefix) and (status == "ALL" or active == (status == "ACTIVE"))
    ]
    return page("families", sorted(chosen), request)


def _found(call: Call, named: str, message: str = NOT_FOUND) -> dict[str, Any]:
    stored = finding.definition(call, named)
    if stored is None:
        client(message)
    return stored


def _in_order(stored: Mapping[str, Any]) -> tuple[str, int]:
    return stored["family"], stored["revision"]
