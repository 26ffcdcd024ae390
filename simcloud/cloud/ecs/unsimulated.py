"""Members of CreateService and UpdateService that AWS has and this course does not simulate yet: they say so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.cloud.errors import NotSimulated

MEMBERS = ("loadBalancers", "serviceRegistries", "serviceConnectConfiguration", "volumeConfigurations",
           "vpcLatticeConfigurations", "placementConstraints", "placementStrategy")


def demand_simulated(operation: str, request: Mapping[str, Any]) -> None:
    """Raise NotSimulated for what would otherwise be passed over in silence."""
    for member in MEMBERS:
        if request.get(member):
            raise NotSimulated("ecs", f"{operation} with {member}", "Leave it out.")
    if request.get("launchType") in ("EC2", "EXTERNAL", "MANAGED_INSTANCES"):
        raise NotSimulated("ecs", f"{operation} with launchType {request['launchType']}", "Use FARGATE.")
    controller = (request.get("deploymentController") or {}).get("type", "ECS")
    if controller != "ECS":
        raise NotSimulated("ecs", f"{operation} with the {controller} deployment controller", "Use ECS.")
    deployment = request.get("deploymentConfiguration") or {}
    if deployment.get("strategy", "ROLLING") != "ROLLING":
        raise NotSimulated("ecs", f"{operation} with the {deployment['strategy']} strategy", "Use ROLLING.")
    if (deployment.get("deploymentCircuitBreaker") or {}).get("enable"):
        raise NotSimulated("ecs", f"{operation} with a deployment circuit breaker", "Leave it disabled.")
    if (deployment.get("alarms") or {}).get("enable"):
        raise NotSimulated("ecs", f"{operation} with deployment alarms", "Leave them disabled.")
