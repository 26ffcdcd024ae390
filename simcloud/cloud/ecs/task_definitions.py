"""Task definitions: families of numbered revisions."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from simcloud.cloud.ecs import finding, tags
from simcloud.cloud.ecs.refusing import client
from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call
from simcloud.cloud.submitting import submit
from simcloud.sim.events import DefinitionChanged, DefinitionRegistered, Tagged


def register(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """RegisterTaskDefinition: the next revision of the family, whatever became of earlier ones."""
    from simcloud.rules.engine import normalise_task_definition
    from simcloud.rules.seen import Seen
    from simcloud.rules.task_definition import read_task_definition

    task = read_task_definition(request)
    demand("RegisterTaskDefinition", request, Seen(account=call.account, region=call.region), normalised=task)
    given = tags.as_dict(request.get("tags"))
    stored = normalise_task_definition(request, task)
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
    """DescribeTaskDefinition; a family alone means its latest ACTIVE revision. The list of tags is there in any case,
    empty where nobody asked for them (recorded, ecs/controls.json)."""
    demand("DescribeTaskDefinition", request, None)
    stored = finding.definition(call, request.get("taskDefinition"))
    if stored is None:
        from simcloud.facts.words import task as task_words

        client(str(task_words.DEFINITION_UNKNOWN))
    asked = "TAGS" in (request.get("include") or ())
    return {
        "taskDefinition": copy.deepcopy(stored),
        "tags": tags.of(call, stored["taskDefinitionArn"]) if asked else [],
    }


def deregister(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeregisterTaskDefinition: INACTIVE; what runs goes on. One that is so already is given back as it is. The moment
    is told by later answers, not by this one (recorded, ecs/controls.json)."""
    demand("DeregisterTaskDefinition", request, None)
    stored = finding.definition(call, request["taskDefinition"])
    if stored is None:
        from simcloud.facts.words import task as task_words

        client(str(task_words.DEFINITION_MISSING))
    if stored["status"] == "DELETE_IN_PROGRESS":
        from simcloud.facts.words import task as task_words

        client(str(task_words.DEFINITION_GOES))
    if stored["status"] == "ACTIVE":
        changes = {"status": "INACTIVE", "deregisteredAt": call.world.now}
        submit(call, DefinitionChanged(stored["taskDefinitionArn"], changes))
        return {"taskDefinition": {k: v for k, v in copy.deepcopy(stored).items() if k != "deregisteredAt"}}
    return {"taskDefinition": copy.deepcopy(stored)}


def delete(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeleteTaskDefinitions: INACTIVE revisions become DELETE_IN_PROGRESS; what cannot is listed under failures.

    AWS takes them away some time after the last task and service that refer to them; here they stay visible.
    The model's `deleteRequestedAt` is not filled (recorded, ecs/controls.json and ecs/service_revisions.json).
    """
    demand("DeleteTaskDefinitions", request, None)
    found: list[dict[str, Any]] = []
    failures: list[dict[str, str]] = []
    for named in dict.fromkeys(request["taskDefinitions"]):
        stored, reason = _deletable(call, named)
        if stored is None:
            failures.append({"arn": named, "reason": reason})
        else:
            found.append(stored)
    for stored in found:
        if stored["status"] == "INACTIVE":
            submit(call, DefinitionChanged(stored["taskDefinitionArn"], {"status": "DELETE_IN_PROGRESS"}))
    return {"taskDefinitions": [copy.deepcopy(each) for each in found], "failures": failures}


def _deletable(call: Call, named: str) -> tuple[dict[str, Any] | None, str]:
    """The definition, or why it cannot be deleted."""
    from simcloud.facts.words import task as words
    from simcloud.rules.definition_names import WITH_REVISION

    if not WITH_REVISION.fullmatch(named):
        return None, str(words.DEFINITION_IDENTIFIER)
    stored = finding.definition(call, named)
    if stored is None:
        return None, str(words.DEFINITION_NOT_FOUND_TO_DELETE)
    if stored["status"] == "ACTIVE":
        return None, str(words.DEFINITION_STILL_ACTIVE)
    return stored, ""


def list_definitions(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListTaskDefinitions: by family and revision; DESC turns the order round."""
    from simcloud.cloud.paging import page

    demand("ListTaskDefinitions", request, None)
    prefix, status = request.get("familyPrefix", ""), request.get("status", "ACTIVE")
    held = [
        each for each in call.world.definitions.values() if each["status"] == status and prefix in ("", each["family"])
    ]
    held.sort(key=_in_order, reverse=request.get("sort") == "DESC")
    return page("taskDefinitionArns", [each["taskDefinitionArn"] for each in held], request)


def list_families(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListTaskDefinitionFamilies: ACTIVE ones have at least one ACTIVE revision; without a status, all."""
    from simcloud.cloud.paging import page

    demand("ListTaskDefinitionFamilies", request, None)
    prefix, status = request.get("familyPrefix", ""), request.get("status", "ALL")
    families: dict[str, bool] = {}
    for each in call.world.definitions.values():
        families[each["family"]] = families.get(each["family"], False) or each["status"] == "ACTIVE"
    chosen = [
        family
        for family, active in families.items()
        if family.startswith(prefix) and (status == "ALL" or active == (status == "ACTIVE"))
    ]
    return page("families", sorted(chosen), request)


def _in_order(stored: Mapping[str, Any]) -> tuple[str, int]:
    return stored["family"], stored["revision"]
