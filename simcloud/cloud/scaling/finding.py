"""From what a request names to the thing itself: targets, and the ECS service behind a resource id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.cloud.ecs import finding
from simcloud.cloud.live import Call
from simcloud.sim.scaling.state import Target, key
from simcloud.sim.service import Service

SERVICE = "service/"


def target(request: Mapping[str, Any], call: Call) -> Target | None:
    """The registered target that the request names, or None."""
    named = (request.get("ServiceNamespace", ""), request.get("ResourceId", ""), request.get("ScalableDimension", ""))
    return call.world.scaling.targets.get(key(*named))


def registered(request: Mapping[str, Any], call: Call) -> Target:
    """The target that the request names, where the laws have made sure that there is one."""
    found = target(request, call)
    assert found is not None, "the laws refuse a target that is not registered"
    return found


def tagged(call: Call, arn: str) -> Target | None:
    """The target with this ARN, or None."""
    return next((each for each in call.world.scaling.targets.values() if each.arn == arn), None)


def service(call: Call, resource: str) -> Service | None:
    """The ECS service of service/cluster/name, or None. The cluster may be an ARN: AWS takes that too, as somebody
    saw (https://github.com/aws/aws-cdk/issues/14297)."""
    cluster, _, name = resource.removeprefix(SERVICE).rpartition("/")
    if not resource.startswith(SERVICE) or not cluster or ("/" in cluster and not cluster.startswith("arn:")):
        return None
    inside = finding.maybe_cluster(call, cluster)
    if inside is None or (cluster.startswith("arn:") and inside.arn != cluster):
        return None
    found = finding.service(call, inside, name)
    return found if found is not None and found.status != "INACTIVE" else None
