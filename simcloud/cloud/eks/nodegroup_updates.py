"""Updates of managed node groups."""

from __future__ import annotations

import json
from typing import Any

from simcloud.cloud.eks import finding
from simcloud.cloud.eks.making import begun, given, judged
from simcloud.cloud.eks.nodegroups import found, release_of
from simcloud.cloud.errors import Refused
from simcloud.cloud.live import Call
from simcloud.facts import eks
from simcloud.facts.words import eks_parts as eks_parts_words
from simcloud.sim.eks.resource import ACTIVE, Resource

PARAMETERS = {
    "minSize": "MinSize",
    "maxSize": "MaxSize",
    "desiredSize": "DesiredSize",
    "maxUnavailable": "MaxUnavailable",
    "maxUnavailablePercentage": "MaxUnavailablePercentage",
    "updateStrategy": "UpdateStrategy",
}


def configure(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UpdateNodegroupConfig: sizes, labels, taints, how updates and repairs go."""
    judged("UpdateNodegroupConfig", request, call)
    held = _ready(found(request, call))
    labels, taints = request.get("labels") or {}, request.get("taints") or {}
    changes = {
        "labels": _labels(held.body["labels"], labels),
        "taints": _taints(held.body.get("taints") or [], taints),
        "scalingConfig": {**held.body["scalingConfig"], **(request.get("scalingConfig") or {})},
        **given(request, "updateConfig", "nodeRepairConfig", "warmPoolConfig"),
    }
    asked = {**(request.get("scalingConfig") or {}), **(request.get("updateConfig") or {})}
    params = {PARAMETERS[name]: str(value) for name, value in asked.items()}
    for name, said in (("addOrUpdateLabels", "LabelsToAdd"), ("removeLabels", "LabelsToRemove")):
        if labels.get(name):
            params[said] = json.dumps(labels[name], separators=(",", ":"))
    for name, said in (("addOrUpdateTaints", "TaintsToAdd"), ("removeTaints", "TaintsToRemove")):
        if taints.get(name):
            params[said] = json.dumps(taints[name], separators=(",", ":"))
    return begun(call, held.key, "ConfigUpdate", params, changes, eks.NODEGROUP_UPDATE.value)


def _labels(held: dict[str, str], asked: dict[str, Any]) -> dict[str, str]:
    kept = {key: value for key, value in held.items() if key not in (asked.get("removeLabels") or ())}
    return kept | (asked.get("addOrUpdateLabels") or {})


def _taints(held: list[dict[str, str]], asked: dict[str, Any]) -> list[dict[str, str]]:
    leaving = [*(asked.get("removeTaints") or ()), *(asked.get("addOrUpdateTaints") or ())]
    gone = {(each.get("key"), each.get("effect")) for each in leaving}
    kept = [each for each in held if (each.get("key"), each.get("effect")) not in gone]
    return [*kept, *(asked.get("addOrUpdateTaints") or ())]


def upgrade(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UpdateNodegroupVersion: to the cluster's version, unless another is asked for."""
    judged("UpdateNodegroupVersion", request, call)
    held = _ready(found(request, call))
    cluster = finding.cluster(call, request["clusterName"])
    version = request.get("version") or cluster.body["version"]
    release = request.get("releaseVersion") or release_of(version)
    changes = {"version": version, "releaseVersion": release, **given(request, "launchTemplate")}
    params = {"Version": version, "ReleaseVersion": release}
    return begun(call, held.key, "VersionUpdate", params, changes, eks.NODEGROUP_UPDATE.value)


def _ready(held: Resource) -> Resource:
    """The node group, if it is ACTIVE. Raises ResourceInUseException."""
    if held.status != ACTIVE:
        said = eks_parts_words.NODEGROUP_NOT_ACTIVE.format(nodegroup=held.name)
        fields = {"clusterName": held.cluster, "nodegroupName": held.name}
        raise Refused("ResourceInUseException", said, fields=fields)
    return held
