"""Updates of clusters, node groups and add-ons."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.eks import finding
from simcloud.cloud.eks.making import update_shape
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.facts.words import eks as eks_words
from simcloud.sim.eks.lives import holdings
from simcloud.sim.eks.resource import ADDON, CLUSTER, NODEGROUP, Key, Update


def list_updates(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListUpdates: ids, newest first."""
    return page("updateIds", [each.id for each in reversed(_of(request, call))], request)


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeUpdate."""
    found = next((each for each in _of(request, call) if each.id == request["updateId"]), None)
    if found is None:
        said = eks_words.UPDATE_NOT_FOUND.format(update=request["updateId"])
        finding.missing(said, clusterName=request["name"])
    return {"update": update_shape(found)}


def _of(request: dict[str, Any], call: Call) -> list[Update]:
    """The updates of what the request names, oldest first."""
    finding.cluster(call, request["name"])
    target = _target(request)
    return [each for each in holdings(call.world).updates.values() if each.target == target]


def _target(request: dict[str, Any]) -> Key:
    if request.get("nodegroupName"):
        return (NODEGROUP, request["name"], request["nodegroupName"])
    if request.get("addonName"):
        return (ADDON, request["name"], request["addonName"])
    return (CLUSTER, request["name"], request["name"])
