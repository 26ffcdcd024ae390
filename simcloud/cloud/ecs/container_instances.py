"""Container instances: an account that runs on Fargate has none."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.ecs import finding
from simcloud.cloud.ecs.refusing import invalid
from simcloud.cloud.live import Call


def list_instances(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListContainerInstances."""
    finding.cluster(call, request.get("cluster"))
    return {"containerInstanceArns": []}


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeContainerInstances: whatever is named is missing."""
    inside = finding.cluster(call, request.get("cluster"))
    if not request["containerInstances"]:
        invalid("Container instance cannot be empty.")
    head = f"arn:aws:ecs:{call.region}:{call.account}:container-instance/{inside.name}"
    return {
        "containerInstances": [],
        "failures": [
            {"arn": named if named.startswith("arn:") else f"{head}/{named}", "reason": "MISSING"}
            for named in request["containerInstances"]
        ],
    }
