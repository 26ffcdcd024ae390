"""Container instances and their attributes: an account that runs on Fargate has none."""

from __future__ import annotations

from typing import Any, NoReturn

from simcloud.cloud.ecs import finding
from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.sim.cluster import Cluster


def list_instances(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListContainerInstances."""
    finding.cluster(call, request.get("cluster"))
    demand("ListContainerInstances", request, None)
    nobody: list[str] = []
    return page("containerInstanceArns", nobody, request)


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeContainerInstances: whatever is named is missing."""
    return _missing("DescribeContainerInstances", request, call)


def update_state(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UpdateContainerInstancesState: whatever is named is missing."""
    return _missing("UpdateContainerInstancesState", request, call)


def deregister(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeregisterContainerInstance: always refused, there is none."""
    _refuse("DeregisterContainerInstance", request, call)


def update_agent(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UpdateContainerAgent: always refused, there is no instance with an agent."""
    _refuse("UpdateContainerAgent", request, call)


def put_attributes(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """PutAttributes: always refused, there is no instance to have them."""
    _refuse("PutAttributes", request, call)


def delete_attributes(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeleteAttributes: always refused, there is no instance that has any."""
    _refuse("DeleteAttributes", request, call)


def list_attributes(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListAttributes: none."""
    finding.cluster(call, request.get("cluster"))
    demand("ListAttributes", request, None)
    none: list[dict[str, str]] = []
    return page("attributes", none, request)


def poll_endpoint(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DiscoverPollEndpoint: where an agent would ask for work. Nothing listens there."""
    head = f"https://ecs-{{}}-1.{call.region}.amazonaws.com/"
    return {
        "endpoint": head.format("a"),
        "telemetryEndpoint": head.format("t"),
        "serviceConnectEndpoint": f"https://ecs-sc.{call.region}.api.aws",
    }


def instance_arn(call: Call, inside: Cluster, named: str) -> str:
    """The ARN of the container instance that a request names."""
    head = f"arn:aws:ecs:{call.region}:{call.account}:container-instance/{inside.name}"
    return named if named.startswith("arn:") else f"{head}/{named}"


def _missing(operation: str, request: dict[str, Any], call: Call) -> dict[str, Any]:
    inside = finding.cluster(call, request.get("cluster"))
    demand(operation, request, None)
    named = [instance_arn(call, inside, each) for each in request["containerInstances"]]
    return {"containerInstances": [], "failures": [{"arn": arn, "reason": "MISSING"} for arn in named]}


def _refuse(operation: str, request: dict[str, Any], call: Call) -> NoReturn:
    finding.cluster(call, request.get("cluster"))
    demand(operation, request, None)
    raise AssertionError(f"a law refuses every {operation}")
