"""Service revisions: the configuration of each deployment or task set, never changed (R-235)."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.ecs.refusing import at_most, invalid
from simcloud.cloud.ecs.release_shape import capacity, ephemeral_storage, platform
from simcloud.cloud.ecs.service_shape import revision_arn
from simcloud.cloud.live import Call
from simcloud.facts import quotas
from simcloud.sim.service import Release, Service
from simcloud.sim.traffic.pairs import group_behind

AS_GIVEN = (
    "taskDefinition",
    "networkConfiguration",
    "serviceConnectConfiguration",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
    "gatewayConnectors",
    "monitoring",
)


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeServiceRevisions: at most twenty at a time."""
    named = request["serviceRevisionArns"]
    if not named:
        invalid("serviceRevisionArns cannot be empty.")
    at_most("serviceRevisionArns", named, quotas.DESCRIBED_DEPLOYMENTS.value)
    held = {
        revision_arn(service, number): (service, release)
        for service in call.world.services.values()
        for number, release in service.revisions.items()
    }
    return {
        "serviceRevisions": [_shape(call, arn, *held[arn]) for arn in dict.fromkeys(named) if arn in held],
        "failures": [{"arn": arn, "reason": "MISSING"} for arn in dict.fromkeys(named) if arn not in held],
    }


def _shape(call: Call, arn: str, service: Service, release: Release) -> dict[str, Any]:
    configuration = release.configuration
    balancers = configuration.get("loadBalancers") or []
    answer = {
        "serviceRevisionArn": arn,
        "serviceArn": service.arn,
        "clusterArn": service.cluster,
        **{name: configuration[name] for name in AS_GIVEN if configuration.get(name)},
        **capacity(configuration),
        **platform(call, configuration),
        "loadBalancers": balancers,
        "serviceRegistries": configuration.get("serviceRegistries") or [],
        "containerImages": _images(call, release),
        "guardDutyEnabled": False,
        "createdAt": release.created_at,
        **ephemeral_storage(call, service),
    }
    if balancers:
        answer["resolvedConfiguration"] = {"loadBalancers": [_resolved(release, each) for each in balancers]}
    return answer


def _images(call: Call, release: Release) -> list[dict[str, str]]:
    """Each container's image; its digest is known once a task has run."""
    found = []
    for container in call.world.definitions[release.definition]["containerDefinitions"]:
        digest = release.digests.get(container["name"])
        known = {"imageDigest": digest} if digest else {}
        found.append({"containerName": container["name"], "image": container["image"], **known})
    return found


def _resolved(release: Release, balancer: dict[str, Any]) -> dict[str, Any]:
    """The target group that the revision's tasks are behind."""
    rule = (balancer.get("advancedConfiguration") or {}).get("productionListenerRule")
    answer = {"targetGroupArn": group_behind(release, balancer)}
    return {**answer, "productionListenerRule": rule} if rule else answer
