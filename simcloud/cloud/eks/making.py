"""What all operations that make or change something have in common."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from simcloud.cloud.eks import finding
from simcloud.cloud.eks.seen import seen
from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call
from simcloud.cloud.submitting import submit
from simcloud.rules.eks.clusters import valid_zones
from simcloud.sim.eks.events import ResourceMade, UpdateBegun
from simcloud.sim.eks.resource import Key, Resource, Update
from simcloud.sim.events import Tagged

NAMES = ("clusterName", "nodegroupName", "fargateProfileName", "addonName")
"""Members of the modelled errors that name what the request was about."""


def judged(operation: str, request: Mapping[str, Any], call: Call) -> None:
    """Raise the first refusal of the laws. Nothing happens where there is none."""
    view = seen(call, request)
    fields = {name: request[name] for name in NAMES if name in request}
    if "name" in request:
        fields["clusterName"] = request["name"]
    demand(f"eks:{operation}", request, view, {**fields, "validZones": valid_zones(view)})


def made(
    call: Call,
    kind: str,
    cluster: str,
    name: str,
    arn: str,
    body: dict[str, Any],
    *,
    tags: Any = None,
    status: str = "",
) -> Resource:
    """A new thing, kept in the world. Without a status: it is there at once, and stays so."""
    now = call.world.now
    thing = Resource(kind, cluster, name, arn, status, copy.deepcopy(body), now, now)
    submit(call, ResourceMade(thing))
    if tags:
        submit(call, Tagged(arn, dict(tags)))
    return thing


def repeated(call: Call, kind: str, cluster: str, name: str, request: Mapping[str, Any]) -> Resource | None:
    """The thing that the same request made before: one of the same name, with the same client token."""
    held, token = finding.maybe(call, kind, cluster, name), request.get("clientRequestToken")
    return held if held is not None and token and held.body.get("clientRequestToken") == token else None


def given(request: Mapping[str, Any], *members: str) -> dict[str, Any]:
    """These members of the request, where it has them."""
    return {member: request[member] for member in members if request.get(member) is not None}


def begun(
    call: Call, target: Key, kind: str, params: Mapping[str, str], changes: dict[str, Any], seconds: float
) -> dict[str, Any]:
    """The answer to an operation that begins an update, which takes so many seconds."""
    update = Update(
        id=call.world.uuid("eks update"),
        target=target,
        type=kind,
        params=[{"type": name, "value": value} for name, value in params.items()],
        created_at=call.world.now,
        changes=copy.deepcopy(changes),
    )
    submit(call, UpdateBegun(update, seconds))
    return {"update": update_shape(update)}


def update_shape(update: Update) -> dict[str, Any]:
    """An update as the API gives it."""
    return {
        "id": update.id,
        "status": update.status,
        "type": update.type,
        "params": list(update.params),
        "createdAt": update.created_at,
        "errors": [],
    }


def tags_of(call: Call, thing: Resource) -> dict[str, str]:
    """The tags of a thing."""
    return dict(call.world.tags.get(thing.arn, {}))
