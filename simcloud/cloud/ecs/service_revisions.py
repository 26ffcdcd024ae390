"""Service revisions: the configuration of each deployment or task set, never changed (R-235)."""

from __future__ import annotations

import re
from typing import Any

from simcloud.cloud.ecs import finding
from simcloud.cloud.ecs.refusing import invalid
from simcloud.cloud.ecs.release_shape import capacity, ephemeral_storage, platform
from simcloud.cloud.ecs.service_shape import revision_arn
from simcloud.cloud.ecs.services import existing
from simcloud.cloud.live import Call
from simcloud.facts import quotas, words
from simcloud.sim.service import Release, Service
from simcloud.sim.traffic.pairs import group_behind

REVISION = re.compile(r"arn:[^:]+:ecs:[^:]*:[^:]*:service-revision/[^/]+/[^/]+/[^/]+$")
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
    """DescribeServiceRevisions: at most twenty at a time, all of one service that is not INACTIVE.

    A revision that is named twice is given once; AWS itself breaks then (recorded, ecs/service_revisions.json).
    """
    named = request["serviceRevisionArns"]
    if len(named) > (most := quotas.DESCRIBED_DEPLOYMENTS.value):
        invalid(words.REVISIONS_MOST.format(most=most))
    service = _service(call, named)
    held = {revision_arn(service, number): release for number, release in service.revisions.items()}
    return {
        "serviceRevisions": [_shape(call, arn, service, held[arn]) for arn in dict.fromkeys(named) if arn in held],
        "failures": [{"arn": arn, "reason": "MISSING"} for arn in named if arn not in held],
    }


def _service(call: Call, named: list[str]) -> Service:
    """The one service that the ARNs name."""
    if not named or not all(REVISION.match(arn) for arn in named):
        invalid(str(words.REVISION_OF_NO_SERVICE))
    head = f"arn:aws:ecs:{call.region}:{call.account}:service-revision/"
    if not all(arn.startswith(head) and arn.rpartition("/")[2].isdecimal() for arn in named):
        invalid(str(words.REVISION_ARN))
    owners = {arn.removeprefix(head).rpartition("/")[0] for arn in named}
    if len(owners) > 1:
        invalid(str(words.REVISIONS_OF_SEVERAL))
    cluster, _, name = owners.pop().partition("/")
    service = existing(call, finding.cluster(call, cluster), name)
    if service.status == "INACTIVE":
        invalid(str(words.REVISIONS_OF_INACTIVE))
    return service


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
        **_traffic(service, release),
        "containerImages": _images(call, release),
        "guardDutyEnabled": False,
        "createdAt": release.created_at,
        **ephemeral_storage(call, service),
    }
    if balancers:
        answer["resolvedConfiguration"] = {"loadBalancers": [_resolved(release, each) for each in balancers]}
    return answer


def _traffic(service: Service, release: Release) -> dict[str, Any]:
    """Load balancers and registries: an update gives empty lists where there are none, the first revision nothing
    (recorded, ecs/service_revisions.json)."""
    first = release.number == next(iter(service.revisions))
    given = {name: release.configuration.get(name) or [] for name in ("loadBalancers", "serviceRegistries")}
    return {name: value for name, value in given.items() if value or not first}


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
