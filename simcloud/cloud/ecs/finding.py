"""From what a request names (a name, an ARN, nothing) to the thing itself."""

from __future__ import annotations

import re
from typing import Any

from simcloud.cloud.errors import Refused
from simcloud.cloud.live import Call
from simcloud.facts import words
from simcloud.sim.cluster import Cluster
from simcloud.sim.service import Service
from simcloud.sim.task import Task

REVISION = re.compile(r"^(?:arn:[^/]+/)?([A-Za-z0-9_-]+)(?::(\d+))?$")


def short(name: str | None) -> str:
    """The last part of an ARN, or the name itself."""
    return (name or "").rsplit("/", 1)[-1]


def cluster_name(request_cluster: str | None) -> str:
    """The name that a request's `cluster` means."""
    return short(request_cluster) or "default"


def cluster_arn(call: Call, name: str) -> str:
    """The ARN of a cluster of this name, whether there is one or not."""
    return f"arn:aws:ecs:{call.region}:{call.account}:cluster/{name}"


def cluster_arn_of(call: Call, named: str | None) -> str:
    """The ARN that a request's `cluster` means: as it stands there, or of the cluster of that name."""
    return named if named and named.startswith("arn:") else cluster_arn(call, cluster_name(named))


def maybe_cluster(call: Call, named: str | None) -> Cluster | None:
    """The cluster, deleted ones included, or None."""
    return call.world.clusters.get(cluster_arn_of(call, named))


def cluster(call: Call, named: str | None) -> Cluster:
    """The ACTIVE cluster. Raises ClusterNotFoundException; of a deleted one AWS says that it was inactive."""
    found = maybe_cluster(call, named)
    if found is None:
        raise Refused("ClusterNotFoundException", str(words.CLUSTER_NOT_FOUND))
    if found.status != "ACTIVE":
        from simcloud.facts.words.account import CLUSTER_INACTIVE

        raise Refused("ClusterNotFoundException", str(CLUSTER_INACTIVE))
    return found


def cluster_to_change(call: Call, named: str | None) -> Cluster:
    """The ACTIVE cluster. A deleted one cannot be changed: ClientException."""
    found = maybe_cluster(call, named)
    if found is not None and found.status != "ACTIVE":
        from simcloud.facts.words.account import CLUSTER_NOT_ACTIVE

        raise Refused("ClientException", str(CLUSTER_NOT_ACTIVE))
    return cluster(call, named)


def definition(call: Call, named: str | None) -> dict[str, Any] | None:
    """The stored definition, by ARN, family:revision, or family (its latest ACTIVE revision); None if there is none."""
    found = REVISION.match(named or "")
    home = f"arn:aws:ecs:{call.region}:{call.account}:task-definition/"
    if found is None or (str(named).startswith("arn:") and not str(named).startswith(home)):
        return None
    family, revision = found[1], found[2]
    held = [each for each in call.world.definitions.values() if each["family"] == family]
    if revision is not None:
        return next((each for each in held if each["revision"] == int(revision)), None)
    active = [each for each in held if each["status"] == "ACTIVE"]
    return max(active, key=lambda each: each["revision"], default=None)


def task(call: Call, inside: Cluster, named: str) -> Task | None:
    """The task of the cluster with this id or ARN, or None."""
    return call.world.tasks.get(task_arn(call, inside, named))


def task_arn(call: Call, inside: Cluster, named: str) -> str:
    """The ARN of the task that a request names."""
    if named.startswith("arn:"):
        return named
    return f"arn:aws:ecs:{call.region}:{call.account}:task/{inside.name}/{named}"


def service_arn(call: Call, inside: Cluster, named: str) -> str:
    """The ARN of the service that a request names."""
    if named.startswith("arn:"):
        return named
    return f"arn:aws:ecs:{call.region}:{call.account}:service/{inside.name}/{named}"


def service(call: Call, inside: Cluster, named: str) -> Service | None:
    """The service of the cluster with this name or ARN, deleted ones included, or None."""
    return call.world.services.get(service_arn(call, inside, named))
