"""Scalable targets: register, deregister, describe."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.errors import NotSimulated
from simcloud.cloud.live import Call
from simcloud.cloud.scaling import finding, shapes
from simcloud.cloud.scaling.pages import asked_for, shown
from simcloud.cloud.submitting import submit
from simcloud.facts import scaling
from simcloud.sim.scaling.events import TargetChanged, TargetDeregistered, TargetRegistered
from simcloud.sim.scaling.state import Target

ARN = "arn:aws:application-autoscaling:{region}:{account}:scalable-target/0ec5{id}"
"""Behind 0ec5 the same id as in the ARNs of the target's policies, as live accounts show."""
SUSPENDED = ("DynamicScalingInSuspended", "DynamicScalingOutSuspended", "ScheduledScalingSuspended")


def register(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """RegisterScalableTarget. What a later call leaves out stays; a RoleARN is not used, since ECS services are scaled
    by their service-linked role."""
    if request["ScalableDimension"] != scaling.DESIRED_COUNT:
        instead = f"Only ECS services are scaled here: namespace ecs, dimension {scaling.DESIRED_COUNT}."
        raise NotSimulated(
            "application-autoscaling", f"RegisterScalableTarget for {request['ServiceNamespace']}", instead
        )
    held = finding.target(request, call)
    suspended = {**dict.fromkeys(SUSPENDED, False), **(held.suspended if held else {})}
    suspended.update(request.get("SuspendedState") or {})
    if held is None:
        held = _made(request, call, suspended)
        submit(call, TargetRegistered(held, dict(request.get("Tags") or {})))
        return {"ScalableTargetARN": held.arn}
    minimum, maximum = request.get("MinCapacity", held.minimum), request.get("MaxCapacity", held.maximum)
    submit(call, TargetChanged(held.key, minimum, maximum, suspended))
    return {"ScalableTargetARN": held.arn}


def _made(request: dict[str, Any], call: Call, suspended: dict[str, bool]) -> Target:
    service = finding.service(call, request["ResourceId"])
    assert service is not None, "the laws refuse a service that does not exist"
    identity = call.world.uuid("scalable-target")
    return Target(
        namespace=request["ServiceNamespace"],
        resource=request["ResourceId"],
        dimension=request["ScalableDimension"],
        id=identity,
        arn=ARN.format(region=call.region, account=call.account, id=identity.replace("-", "")),
        role=scaling.LINKED_ROLE.format(account=call.account, name=scaling.LINKED_ROLE_NAME),
        service=service.arn,
        minimum=request["MinCapacity"],
        maximum=request["MaxCapacity"],
        created_at=call.world.now,
        suspended=suspended,
    )


def deregister(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeregisterScalableTarget: with its policies, their alarms and its scheduled actions."""
    submit(call, TargetDeregistered(finding.registered(request, call).key))
    return {}


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeScalableTargets."""
    wanted = request.get("ResourceIds")
    found = [
        shapes.target(each)
        for each in call.world.scaling.targets.values()
        if asked_for(each, request) and (not wanted or each.resource in wanted)
    ]
    return shown("ScalableTargets", found, request)
