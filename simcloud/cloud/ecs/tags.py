"""Tags of clusters, capacity providers, task definitions, tasks and services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simcloud.cloud.ecs.refusing import invalid
from simcloud.cloud.errors import Refused
from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call
from simcloud.cloud.submitting import submit
from simcloud.sim.events import Tagged, Untagged
from simcloud.sim.task import STOPPED

KINDS = {
    "cluster": "cluster",
    "service": "service",
    "task": "task",
    "task-set": "task set",
    "task-definition": "task definition",
    "capacity-provider": "capacity provider",
    "container-instance": "container instance",
}
"""What can be tagged, by the kind in its ARN."""


def as_dict(tags: Sequence[Mapping[str, str]] | None) -> dict[str, str]:
    """The tags of a request of any operation, checked by the laws on tags. Raises InvalidParameterException."""
    if not tags:
        return {}
    demand("TagResource", {"tags": list(tags)}, None)
    return {each["key"]: each.get("value", "") for each in tags}


def of(call: Call, arn: str) -> list[dict[str, str]]:
    """The tags of a resource, in the API's form."""
    return [{"key": key, "value": value} for key, value in call.world.tags.get(arn, {}).items()]


def take_away(call: Call, arn: str) -> None:
    """All tags of a resource that is deleted go with it."""
    if held := call.world.tags.get(arn):
        submit(call, Untagged(arn, tuple(held)))


def tag(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """TagResource: new keys are added, known ones get the new value."""
    demand("TagResource", request, None)
    arn, given = _existing(call, request["resourceArn"]), as_dict(request.get("tags"))
    from simcloud.facts import api_limits
    from simcloud.facts.words import account as account_words

    most = api_limits.TAGS.value
    if len([key for key in {**call.world.tags.get(arn, {}), **given} if not key.startswith("aws:")]) > most:
        invalid(account_words.TAG_TOO_MANY.format(most=most))
    submit(call, Tagged(arn, given))
    return {}


def untag(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UntagResource: keys that are not there do no harm; AWS's own stay."""
    demand("UntagResource", request, None)
    arn = _existing(call, request["resourceArn"])
    submit(call, Untagged(arn, tuple(request["tagKeys"])))
    return {}


def list_tags(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListTagsForResource."""
    return {"tags": of(call, _existing(call, request.get("resourceArn") or ""))}


def _existing(call: Call, arn: str) -> str:
    """The ARN of a thing that is there. Raises what AWS raises for one that is not, or is no longer."""
    from simcloud.facts.words import account as words

    world, parts = call.world, arn.split(":", 5)
    kind = parts[5].partition("/")[0] if len(parts) == 6 else ""
    if not arn.startswith("arn:aws:ecs:") or kind not in KINDS:
        invalid(str(words.ARN_SYNTAX))
    if kind in ("service", "task") and arn.count("/") < 2:
        invalid(str(words.TAG_LONG_ARN))
    cluster = world.clusters.get(arn)
    if cluster is not None and cluster.status != "ACTIVE":
        invalid(str(words.TAG_INACTIVE_CLUSTER))
    if (service := world.services.get(arn)) is not None and service.status == "INACTIVE":
        invalid(str(words.TAG_INACTIVE_SERVICE))
    if (task := world.tasks.get(arn)) is not None and task.status == STOPPED:
        invalid(str(words.TAG_STOPPED_TASK))
    held: tuple[Mapping[str, Any], ...] = (
        world.clusters,
        world.definitions,
        world.tasks,
        world.services,
        world.capacity_providers,
    )
    if any(arn in things for things in held) or _is_task_set(call, arn):
        return arn
    code = {"cluster": "ClusterNotFoundException"}.get(kind, "InvalidParameterException")
    raise Refused(code, words.RESOURCE_MISSING.format(kind=KINDS[kind]))


def _is_task_set(call: Call, arn: str) -> bool:
    return any(each.arn == arn for service in call.world.services.values() for each in service.task_sets)
