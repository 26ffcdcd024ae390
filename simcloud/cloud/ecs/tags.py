"""Tags of clusters, task definitions, tasks and services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simcloud.cloud.ecs.refusing import invalid
from simcloud.cloud.errors import Refused
from simcloud.cloud.live import Call
from simcloud.cloud.submitting import submit
from simcloud.sim.events import Tagged, Untagged

MOST = 50
RESERVED = "aws:"


def as_dict(tags: Sequence[Mapping[str, str]] | None) -> dict[str, str]:
    """A request's list of tags, checked. Raises InvalidParameterException for a reserved key or too many."""
    given = {each.get("key", ""): each.get("value", "") for each in tags or ()}
    if any(key.lower().startswith(RESERVED) for key in given):
        invalid("Tag keys beginning with aws: are reserved for system use.")
    if len(given) > MOST:
        invalid(f"tags can have at most {MOST} items.")
    return given


def of(call: Call, arn: str) -> list[dict[str, str]]:
    """The tags of a resource, in the API's form."""
    return [{"key": key, "value": value} for key, value in call.world.tags.get(arn, {}).items()]


def tag(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """TagResource."""
    arn, tags = _existing(call, request["resourceArn"]), as_dict(request["tags"])
    if len({**call.world.tags.get(arn, {}), **tags}) > MOST:
        invalid(f"tags can have at most {MOST} items.")
    submit(call, Tagged(arn, tags))
    return {}


def untag(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UntagResource."""
    arn = _existing(call, request["resourceArn"])
    submit(call, Untagged(arn, tuple(request["tagKeys"])))
    return {}


def list_tags(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListTagsForResource."""
    return {"tags": of(call, _existing(call, request["resourceArn"]))}


def _existing(call: Call, arn: str) -> str:
    world = call.world
    if arn in world.clusters or arn in world.definitions or arn in world.tasks or arn in world.services:
        return arn
    if not arn.startswith("arn:aws:ecs:"):
        invalid("Invalid arn syntax.")
    kind = arn.split(":", 5)[5].partition("/")[0]
    code = {"cluster": "ClusterNotFoundException"}.get(kind, "InvalidParameterException")
    raise Refused(code, f"The specified {kind} is not found.")
