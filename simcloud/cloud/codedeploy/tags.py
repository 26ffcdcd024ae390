"""Tags of applications and deployment groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simcloud.cloud.live import Call
from simcloud.cloud.submitting import submit
from simcloud.sim.events import Tagged, Untagged


def put(call: Call, arn: str, given: Sequence[dict[str, str]] | None) -> None:
    """Set the tags that a request brings, if any."""
    if given:
        submit(call, Tagged(arn, {each["Key"]: each.get("Value", "") for each in given}))


def tag(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """TagResource: new keys are added, known ones get the new value."""
    put(call, request["ResourceArn"], request["Tags"])
    return {}


def untag(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UntagResource: keys that are not there do no harm."""
    submit(call, Untagged(request["ResourceArn"], tuple(request["TagKeys"])))
    return {}


def list_tags(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListTagsForResource: all of them at once."""
    held = call.world.tags.get(request["ResourceArn"], {})
    return {"Tags": [{"Key": key, "Value": value} for key, value in held.items()]}
