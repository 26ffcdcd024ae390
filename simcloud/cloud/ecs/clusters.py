"""Clusters."""

from __future__ import annotations

import re
from typing import Any

from simcloud.cloud.ecs import finding, tags
from simcloud.cloud.ecs.capacity_providers import checked_strategy, known_providers
from simcloud.cloud.ecs.refusing import at_most, invalid
from simcloud.cloud.errors import Refused
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.cloud.submitting import submit
from simcloud.sim.cluster import Cluster
from simcloud.sim.events import ClusterChanged, ClusterCreated, Tagged
from simcloud.sim.task import PENDING, PROVISIONING, RUNNING, STOPPED

NAME = re.compile(r"[A-Za-z0-9_-]{1,255}")
INSIGHTS = "containerInsights"
INSIGHTS_VALUES = ("disabled", "enabled", "enhanced")


def create(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """CreateCluster. A cluster of that name that is ACTIVE is given back as it is."""
    name = request.get("clusterName") or "default"
    if not NAME.fullmatch(name):
        invalid("Identifier contains invalid characters." if len(name) <= 255 else "Identifier is too long.")
    held = finding.maybe_cluster(call, name)
    if held is None or held.status != "ACTIVE":
        held = _made(request, call, name)
    return {"cluster": shape(call, held, ("SETTINGS", "CONFIGURATIONS", "TAGS"))}


def _made(request: dict[str, Any], call: Call, name: str) -> Cluster:
    providers = known_providers(request.get("capacityProviders"))
    given = tags.as_dict(request.get("tags"))
    made = Cluster(
        name=name,
        arn=finding.cluster_arn(call, name),
        providers=providers,
        default_strategy=checked_strategy(request.get("defaultCapacityProviderStrategy"), providers),
        settings=_settings(request.get("settings"), []),
        configuration=request.get("configuration") or {},
        service_connect_defaults=request.get("serviceConnectDefaults") or {},
    )
    submit(call, ClusterCreated(made))
    if given:
        submit(call, Tagged(made.arn, given))
    return made


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeClusters; without names, the cluster called default."""
    named = request.get("clusters") or ["default"]
    at_most("clusters", named, 100)
    include = request.get("include") or ()
    found = {name: finding.maybe_cluster(call, name) for name in named}
    return {
        "clusters": [shape(call, each, include) for each in found.values() if each is not None],
        "failures": [
            {"arn": finding.cluster_arn(call, finding.short(name)), "reason": "MISSING"}
            for name, each in found.items()
            if each is None
        ],
    }


def list_clusters(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListClusters."""
    return page("clusterArns", [each.arn for each in call.world.clusters.values() if each.status == "ACTIVE"], request)


def delete(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeleteCluster: it turns INACTIVE and is no longer listed."""
    held = finding.cluster(call, request["cluster"])
    if any(each.cluster == held.arn and each.status != "INACTIVE" for each in call.world.services.values()):
        raise Refused("ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active.")
    if any(each.cluster == held.arn and each.status != STOPPED for each in call.world.tasks.values()):
        raise Refused("ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.")
    submit(call, ClusterChanged(held.arn, {"status": "INACTIVE"}))
    return {"cluster": shape(call, held, ())}


def update(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UpdateCluster."""
    held = finding.cluster(call, request["cluster"])
    changes: dict[str, Any] = {}
    if "settings" in request:
        changes["settings"] = _settings(request["settings"], held.settings)
    if "configuration" in request:
        changes["configuration"] = request["configuration"]
    if "serviceConnectDefaults" in request:
        changes["service_connect_defaults"] = request["serviceConnectDefaults"]
    submit(call, ClusterChanged(held.arn, changes))
    return {"cluster": shape(call, held, ("SETTINGS", "CONFIGURATIONS", "TAGS"))}


def update_settings(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UpdateClusterSettings."""
    held = finding.cluster(call, request["cluster"])
    submit(call, ClusterChanged(held.arn, {"settings": _settings(request["settings"], held.settings)}))
    return {"cluster": shape(call, held, ("SETTINGS", "TAGS"))}


def shape(call: Call, held: Cluster, include: Any) -> dict[str, Any]:
    """A cluster as the API gives it; settings, configuration, statistics and tags only where they are asked for."""
    mine = [each for each in call.world.tasks.values() if each.cluster == held.arn]
    active = [each for each in call.world.services.values() if each.cluster == held.arn and each.status == "ACTIVE"]
    answer: dict[str, Any] = {
        "clusterArn": held.arn,
        "clusterName": held.name,
        "status": held.status,
        "registeredContainerInstancesCount": 0,
        "runningTasksCount": sum(each.status == RUNNING for each in mine),
        "pendingTasksCount": sum(each.status in (PROVISIONING, PENDING, "ACTIVATING") for each in mine),
        "activeServicesCount": len(active),
        "statistics": _statistics(call, held) if "STATISTICS" in include else [],
        "tags": tags.of(call, held.arn) if "TAGS" in include else [],
        "settings": held.settings if "SETTINGS" in include else [],
        "capacityProviders": list(held.providers),
        "defaultCapacityProviderStrategy": held.default_strategy,
    }
    if held.configuration and "CONFIGURATIONS" in include:
        answer["configuration"] = held.configuration
    if held.service_connect_defaults:
        answer["serviceConnectDefaults"] = held.service_connect_defaults
    return answer


def _statistics(call: Call, held: Cluster) -> list[dict[str, str]]:
    """Counts by launch type, as names and values."""
    tasks = [each for each in call.world.tasks.values() if each.cluster == held.arn]
    services = [each for each in call.world.services.values() if each.cluster == held.arn]
    counts = {
        "runningFargateTasksCount": sum(each.status == RUNNING for each in tasks),
        "pendingFargateTasksCount": sum(each.status in (PROVISIONING, PENDING, "ACTIVATING") for each in tasks),
        "activeFargateServiceCount": sum(each.status == "ACTIVE" for each in services),
        "drainingFargateServiceCount": sum(each.status == "DRAINING" for each in services),
        "runningEC2TasksCount": 0,
        "pendingEC2TasksCount": 0,
        "activeEC2ServiceCount": 0,
        "drainingEC2ServiceCount": 0,
    }
    return [{"name": name, "value": str(value)} for name, value in counts.items()]


def _settings(given: list[dict[str, str]] | None, held: list[dict[str, str]]) -> list[dict[str, str]]:
    values = {INSIGHTS: "disabled", **{each["name"]: each["value"] for each in held}}
    for each in given or ():
        name, value = each.get("name", ""), each.get("value", "")
        if name != INSIGHTS or value not in INSIGHTS_VALUES:
            invalid(f"Invalid setting: {name}={value}. {INSIGHTS} is one of {', '.join(INSIGHTS_VALUES)}.")
        values[name] = value
    return [{"name": name, "value": value} for name, value in values.items()]
