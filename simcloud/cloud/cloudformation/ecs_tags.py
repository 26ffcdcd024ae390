"""Tags of ECS resources that a stack made: the template's, the stack's own, and those that CloudFormation adds."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.cloudformation.resource import Resource, Wish, tagged
from simcloud.cloud.live import Call
from simcloud.cloud.submitting import submit


def of_request(request: dict[str, Any], wish: Wish) -> dict[str, Any]:
    """The request of a create operation, with the stack's tags."""
    if given := tagged(request.get("tags"), wish.tags):
        return {**request, "tags": given}
    return request


def mark(call: Call, arn: str, wish: Wish) -> None:
    """Put on the tags that say which stack made it."""
    from simcloud.sim.events import Tagged

    submit(call, Tagged(arn, dict(wish.system_tags)))


def retag(resource: Resource, call: Call, arn: str, wish: Wish) -> None:
    """Make the tags what the template says now."""
    before = {one["key"] for one in tagged(resource.request(resource.properties).get("tags"), {})}
    now = tagged(resource.request(wish.properties).get("tags"), wish.tags)
    if gone := sorted(before - {one["key"] for one in now}):
        resource.ask(call, "UntagResource", {"resourceArn": arn, "tagKeys": gone})
    if now:
        resource.ask(call, "TagResource", {"resourceArn": arn, "tags": now})
