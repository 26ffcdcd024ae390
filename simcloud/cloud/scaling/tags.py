"""Tags of scalable targets."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.live import Call
from simcloud.cloud.submitting import submit
from simcloud.sim.events import Tagged, Untagged


def tag(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """TagResource."""
    submit(call, Tagged(request["ResourceARN"], dict(request["Tags"])))
    return {}


def untag(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UntagResource. A key that the target does not have is passed over."""
    submit(call, Untagged(request["ResourceARN"], tuple(request["TagKeys"])))
    return {}


def list_tags(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListTagsForResource."""
    return {"Tags": dict(call.world.tags.get(request["ResourceARN"], {}))}
