"""What AWS has and this course does not simulate yet: a launch that would rest on it says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.cloud.errors import NotSimulated

SERVICE_MEMBERS = (
    "loadBalancers",
    "serviceRegistries",
    "serviceConnectConfiguration",
    "vpcLatticeConfigurations",
    "placementConstraints",
    "placementStrategy",
)
VOLUMES = (
    "efsVolumeConfiguration",
    "s3filesVolumeConfiguration",
    "fsxWindowsFileServerVolumeConfiguration",
    "dockerVolumeConfiguration",
    "configuredAtLaunch",
)
CONTAINER_MEMBERS = ("environmentFiles", "repositoryCredentials", "firelensConfiguration", "restartPolicy")
LOG_DRIVERS = ("awslogs",)


def demand_simulated(operation: str, request: Mapping[str, Any], stored: Mapping[str, Any]) -> None:
    """Raise NotSimulated for the first thing in the request or in its task definition that would be passed over."""
    for what, instead in (*_in_definition(stored), *_in_launch(request), *_in_service(request)):
        raise NotSimulated("ecs", f"{operation} with {what}", instead)


def _in_definition(stored: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for volume in stored.get("volumes", ()):
        for kind in VOLUMES:
            if volume.get(kind):
                yield f"a volume that has {kind}", "Use a volume that has a name alone."
    for container in stored["containerDefinitions"]:
        for member in CONTAINER_MEMBERS:
            if container.get(member):
                yield f"a container that has {member}", "Leave it out."
        driver = (container.get("logConfiguration") or {}).get("logDriver", "awslogs")
        if driver not in LOG_DRIVERS:
            yield f"the log driver {driver}", "Use awslogs."


def _in_launch(request: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if request.get("volumeConfigurations"):
        yield "volumeConfigurations", "Leave it out."
    if request.get("launchType", "FARGATE") != "FARGATE":
        yield f"launchType {request['launchType']}", "Use FARGATE."


def _in_service(request: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for member in SERVICE_MEMBERS:
        if request.get(member):
            yield member, "Leave it out."
    controller = (request.get("deploymentController") or {}).get("type", "ECS")
    if controller != "ECS":
        yield f"the {controller} deployment controller", "Use ECS."
    deployment = request.get("deploymentConfiguration") or {}
    if deployment.get("strategy", "ROLLING") != "ROLLING":
        yield f"the {deployment['strategy']} strategy", "Use ROLLING."
    for member in ("deploymentCircuitBreaker", "alarms"):
        if (deployment.get(member) or {}).get("enable"):
            yield member, "Leave it disabled."
