"""From an AppSpec to a plan (R-238, R-239). It is read when the deployment is made, and refused when it starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.facts.words import deployment as words
from simcloud.sim.codedeploy.deployment import HOOKS, Plan

SERVICE = "AWS::ECS::Service"
_NETWORK = {"Subnets": "subnets", "SecurityGroups": "securityGroups", "AssignPublicIp": "assignPublicIp"}


class Unreadable(Exception):
    """The AppSpec cannot be carried out. The message is the error of the deployment, in AWS's words."""

    def __init__(self, detail: str) -> None:
        super().__init__(words.APPSPEC.format(detail=detail))


def read(content: str) -> Plan:
    """What an AppSpec in YAML or JSON asks for. Raises Unreadable."""
    document = _parsed(content)
    if str(document.get("version")) not in ("0.0", "0"):
        raise Unreadable("The version must be 0.0.")
    properties = _properties(document)
    definition = properties.get("TaskDefinition")
    if not isinstance(definition, str) or not definition:
        raise Unreadable("The TaskDefinition of the target service is missing.")
    balancer = properties.get("LoadBalancerInfo")
    if isinstance(balancer, list):
        raise Unreadable(str(words.APPSPEC_YAML))
    name, port = (balancer or {}).get("ContainerName"), (balancer or {}).get("ContainerPort")
    if not isinstance(name, str) or not name or not isinstance(port, int | str) or not str(port).isdigit():
        raise Unreadable("The LoadBalancerInfo of the target service needs a ContainerName and a ContainerPort.")
    return Plan(definition, name, int(port), _changes(properties), _hooks(document))


def _parsed(content: str) -> Mapping[str, Any]:
    import yaml  # late: most calls bring no AppSpec

    try:
        document = yaml.safe_load(content)
    except yaml.YAMLError:
        raise Unreadable(str(words.APPSPEC_YAML)) from None
    if not isinstance(document, dict):
        raise Unreadable(str(words.APPSPEC_YAML))
    return {str(key)[:1].lower() + str(key)[1:]: value for key, value in document.items()}


def _properties(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The properties of the one resource."""
    resources = document.get("resources")
    if not isinstance(resources, list) or not all(isinstance(each, dict) for each in resources):
        raise Unreadable(str(words.APPSPEC_YAML))
    named = [value for each in resources for value in each.values()]
    if len(named) != 1 or not isinstance(named[0], dict):
        raise Unreadable("Exactly one resource must be specified.")
    if named[0].get("Type") != SERVICE:
        raise Unreadable(f"The type of the resource must be {SERVICE}.")
    properties = named[0].get("Properties")
    if not isinstance(properties, dict):
        raise Unreadable("The properties of the resource are missing.")
    return properties


def _changes(properties: Mapping[str, Any]) -> dict[str, Any]:
    """What it replaces of the service's configuration, in the spelling of ECS's API."""
    changes: dict[str, Any] = {}
    if version := properties.get("PlatformVersion"):
        changes["platformVersion"] = str(version)
    network = (properties.get("NetworkConfiguration") or {}).get("AwsvpcConfiguration") or {}
    asked = {there: network[here] for here, there in _NETWORK.items() if network.get(here)}
    if asked:
        changes["networkConfiguration"] = {"awsvpcConfiguration": asked}
    if strategy := properties.get("CapacityProviderStrategy"):
        changes["capacityProviderStrategy"] = [
            {
                "capacityProvider": each.get("CapacityProvider", ""),
                "weight": int(each.get("Weight") or 0),
                "base": int(each.get("Base") or 0),
            }
            for each in strategy
        ]
    return changes


def _hooks(document: Mapping[str, Any]) -> dict[str, str]:
    """The Lambda function of each lifecycle event that has one."""
    hooks = document.get("hooks") or []
    if not isinstance(hooks, list) or not all(isinstance(each, dict) for each in hooks):
        raise Unreadable(str(words.APPSPEC_YAML))
    named = {str(event): function for each in hooks for event, function in each.items()}
    for event, function in named.items():
        if event not in HOOKS:
            raise Unreadable(f"{event} is not a lifecycle event at which a function can be called.")
        if not isinstance(function, str) or not function:
            raise Unreadable(f"The function of the lifecycle event {event} is missing.")
    return named
