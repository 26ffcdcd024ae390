"""What is kept of a request about a service: its members in the API's spelling, with the defaults that AWS fills in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simcloud.sim.service import Service

Structure = dict[str, Any]

FARGATE_PROVIDERS = ("FARGATE", "FARGATE_SPOT")
STEPS: dict[str, tuple[str, Structure]] = {
    "LINEAR": ("linearConfiguration", {"stepPercent": 10.0, "stepBakeTimeInMinutes": 6}),
    "CANARY": ("canaryConfiguration", {"canaryPercent": 5.0, "canaryBakeTimeInMinutes": 10}),
}
"""How the traffic is shifted by default (R-231). What another strategy had is forgotten with it."""
BREAKER: Structure = {
    "enable": False,
    "rollback": False,
    "resetOnHealthyTask": True,
    "thresholdConfiguration": {"type": "BOUNDED_PERCENT", "value": 50},
}
"""What AWS gives back of a circuit breaker that nobody asked for (recorded, ecs/services.json)."""
KEPT = (
    "healthCheckGracePeriodSeconds",
    "enableExecuteCommand",
    "enableECSManagedTags",
    "propagateTags",
    "placementConstraints",
    "placementStrategy",
)
"""Members that change without a deployment of their own."""
DEPLOYING = (
    "taskDefinition",
    "networkConfiguration",
    "platformVersion",
    "loadBalancers",
    "serviceRegistries",
    "serviceConnectConfiguration",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
    "gatewayConnectors",
    "monitoring",
)
"""Members whose change starts a deployment (R-206; the API's own documentation of UpdateService says of each)."""


def kept_of_create(request: Mapping[str, Any], definition: str, default_strategy: Sequence[Structure]) -> Structure:
    """What CreateService makes of its request. `definition` is the ARN of the task definition, '' without one."""
    kept = {name: request[name] for name in (*KEPT, *DEPLOYING) if name in request}
    kept.update(_capacity(request, default_strategy))
    if definition:
        kept["taskDefinition"] = definition
    if "networkConfiguration" in kept:
        kept["networkConfiguration"] = network_of(kept["networkConfiguration"])
    if on_fargate(kept):
        kept["platformVersion"] = request.get("platformVersion") or "LATEST"
    daemon = request.get("schedulingStrategy") == "DAEMON"
    controller = (request.get("deploymentController") or {}).get("type") or "ECS"
    configuration = deployment_configuration(request.get("deploymentConfiguration") or {}, controller, daemon=daemon)
    kept.update(
        role=request.get("role") or "",
        schedulingStrategy=request.get("schedulingStrategy") or "REPLICA",
        deploymentController={"type": controller},
        deploymentConfiguration=configuration,
    )
    kept["availabilityZoneRebalancing"] = request.get("availabilityZoneRebalancing") or _rebalancing(kept)
    return kept


def changes_of_update(request: Mapping[str, Any], held: Service, definition: str) -> Structure:
    """The members that UpdateService gives new values. An empty list removes; what is not named stays."""
    changes = {name: request[name] for name in (*KEPT, *DEPLOYING) if request.get(name) is not None}
    if "taskDefinition" in changes:
        changes["taskDefinition"] = definition
    if "networkConfiguration" in changes:
        changes["networkConfiguration"] = network_of(changes["networkConfiguration"])
    for name in ("desiredCount", "availabilityZoneRebalancing", "deploymentController"):
        if request.get(name) is not None:
            changes[name] = request[name]
    if request.get("capacityProviderStrategy") is not None:
        changes.update(_new_capacity(request["capacityProviderStrategy"], held))
    if request.get("deploymentConfiguration") is not None or "deploymentController" in changes:
        controller = (changes.get("deploymentController") or {}).get("type") or held.controller
        given = {**held.asked["deploymentConfiguration"], **(request.get("deploymentConfiguration") or {})}
        changes["deploymentConfiguration"] = deployment_configuration(given, controller, daemon=held.daemon)
    return changes


def starts_deployment(request: Mapping[str, Any], changes: Mapping[str, Any], held: Service) -> bool:
    """Is a deployment forced, or is one of the members that start one really new (R-206)? Only where ECS deploys; a
    service that it takes over without a task set begins with one."""
    controller = (changes.get("deploymentController") or {}).get("type") or held.controller
    if controller != "ECS":
        return False
    return bool(request.get("forceNewDeployment") or not held.releases) or any(
        name in changes and (changes[name] or None) != (held.asked.get(name) or None) for name in DEPLOYING
    )


def network_of(given: Mapping[str, Any]) -> Structure:
    """A networkConfiguration with its defaults (R-062)."""
    awsvpc = given.get("awsvpcConfiguration")
    if awsvpc is None:
        return dict(given)
    return {"awsvpcConfiguration": {"securityGroups": [], "assignPublicIp": "DISABLED", **awsvpc}}


def strategy_of(items: Sequence[Mapping[str, Any]]) -> list[Structure]:
    """A capacity provider strategy with its defaults (R-068)."""
    return [{"weight": 0, "base": 0, **item} for item in items]


def on_fargate(kept: Mapping[str, Any]) -> bool:
    """Do the tasks run on Fargate?"""
    strategy = kept.get("capacityProviderStrategy")
    if strategy:
        return all(item["capacityProvider"] in FARGATE_PROVIDERS for item in strategy)
    return kept.get("launchType") == "FARGATE"


def deployment_configuration(given: Mapping[str, Any], controller: str, *, daemon: bool) -> Structure:
    """A deploymentConfiguration with the defaults that AWS gives back (R-200, R-220, R-231)."""
    percents = {"maximumPercent": 100, "minimumHealthyPercent": 0} if daemon else {}
    filled = {"maximumPercent": 200, "minimumHealthyPercent": 100, **percents, **given}
    if controller != "ECS":
        return filled
    filled["deploymentCircuitBreaker"] = {**BREAKER, **(given.get("deploymentCircuitBreaker") or {})}
    filled["strategy"] = given.get("strategy") or "ROLLING"
    filled.setdefault("bakeTimeInMinutes", 0)
    for strategy, (member, usual) in STEPS.items():
        steps = {**usual, **(filled.pop(member, None) or {})}
        if filled["strategy"] == strategy:
            filled[member] = steps
    return filled


def _capacity(request: Mapping[str, Any], default_strategy: Sequence[Structure]) -> Structure:
    """launchType or capacityProviderStrategy: without either the cluster's default holds, and without that EC2
    (R-066). A service of task sets leaves it to them."""
    external = (request.get("deploymentController") or {}).get("type") == "EXTERNAL"
    default = () if external else default_strategy
    strategy = [] if request.get("launchType") else request.get("capacityProviderStrategy") or default
    if strategy:
        return {"capacityProviderStrategy": strategy_of(strategy)}
    return {"launchType": request.get("launchType") or "EC2"}


def _new_capacity(items: Sequence[Mapping[str, Any]], held: Service) -> Structure:
    """A new strategy; an empty one leads back to the launch type."""
    if items:
        return {"capacityProviderStrategy": strategy_of(items), "launchType": None}
    before = "FARGATE" if on_fargate(held.asked) else "EC2"
    launch_type = held.asked.get("launchType") or held.request.get("launchType") or before
    return {"capacityProviderStrategy": [], "launchType": launch_type}


def _rebalancing(kept: Mapping[str, Any]) -> str:
    """ENABLED for new services that it is possible for (R-209)."""
    possible = (
        kept["schedulingStrategy"] == "REPLICA"
        and kept["deploymentController"]["type"] == "ECS"
        and kept["deploymentConfiguration"]["maximumPercent"] > 100
        and not any(each.get("loadBalancerName") for each in kept.get("loadBalancers") or ())
    )
    return "ENABLED" if possible else "DISABLED"


def kept_of_task_set(request: Mapping[str, Any], definition: str, default_strategy: Sequence[Structure]) -> Structure:
    """What CreateTaskSet makes of its request: the members that a service revision records."""
    kept: Structure = {"taskDefinition": definition, **_capacity(request, default_strategy)}
    for name in ("loadBalancers", "serviceRegistries"):
        if request.get(name):
            kept[name] = request[name]
    if request.get("networkConfiguration"):
        kept["networkConfiguration"] = network_of(request["networkConfiguration"])
    if on_fargate(kept):
        kept["platformVersion"] = request.get("platformVersion") or "LATEST"
    return kept
