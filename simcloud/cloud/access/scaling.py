"""Application Auto Scaling: which scalable target an operation is about.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsapplicationautoscaling.html
"""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.cloud.access.ask import NO_RESOURCE, Ask, Structure, arn, carried, of_tags, text
from simcloud.cloud.live import Call

PREFIX = "application-autoscaling"
ON_A_TARGET = frozenset(
    {
        "DeleteScalingPolicy",
        "DeleteScheduledAction",
        "DeregisterScalableTarget",
        "GetPredictiveScalingForecast",
        "PutScalingPolicy",
        "PutScheduledAction",
        "RegisterScalableTarget",
    }
)


def asks(operation: str, request: Structure, call: Call) -> Iterator[Ask]:
    """The action on the target that it names; a list of targets knows no resource."""
    resource = text(request.get("ResourceARN")) or NO_RESOURCE
    if operation in ON_A_TARGET:
        resource = _target(request, call)
    context = {
        **of_tags(request),
        **carried(call.world.tags.get(resource, {}), ""),
        **{
            f"{PREFIX}:{key}": text(request[member])
            for key, member in (("service-namespace", "ServiceNamespace"), ("scalable-dimension", "ScalableDimension"))
            if request.get(member)
        },
    }
    yield Ask(f"{PREFIX}:{operation}", resource, context)
    if operation == "RegisterScalableTarget" and request.get("Tags"):
        yield Ask(f"{PREFIX}:TagResource", resource, context)


def _target(request: Structure, call: Call) -> str:
    """The ARN of the target, or of any where there is none yet."""
    wanted = tuple(text(request.get(name)) for name in ("ServiceNamespace", "ResourceId", "ScalableDimension"))
    for each in call.world.scaling.targets.values():
        if (each.namespace, each.resource, each.dimension) == wanted:
            return each.arn
    return arn(PREFIX, call, "scalable-target/*")
