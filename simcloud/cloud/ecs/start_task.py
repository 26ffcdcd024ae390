"""StartTask: it names the container instances to start on, and on Fargate there are none."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.ecs import finding
from simcloud.cloud.ecs.container_instances import instance_arn
from simcloud.cloud.ecs.seen import seen
from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call


def start(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """StartTask: what is asked for is judged, then every instance is missing."""
    stored = finding.definition(call, request.get("taskDefinition"))
    demand("StartTask", request, seen(call, "StartTask", request, stored))
    inside = finding.cluster(call, request.get("cluster"))
    named = [instance_arn(call, inside, each) for each in request["containerInstances"]]
    return {"tasks": [], "failures": [{"arn": arn, "reason": "MISSING"} for arn in named]}
