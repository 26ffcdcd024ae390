"""Capacity providers: FARGATE and FARGATE_SPOT exist in every account; others are made for EC2. They are given to
clusters. Only Fargate's ever run a task here."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from simcloud.cloud.ecs import finding, tags
from simcloud.cloud.ecs.refusing import client, invalid
from simcloud.cloud.errors import Refused
from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.cloud.submitting import submit
from simcloud.facts import api_limits, statuses
from simcloud.facts.words import account as said
from simcloud.sim.account import ProviderChanged, ProviderCreated, ProviderDeleted
from simcloud.sim.cluster import Cluster
from simcloud.sim.events import ClusterChanged, Remarked, Tagged
from simcloud.sim.task import STOPPED

GROUP, MANAGED = "autoScalingGroupProvider", "managedInstancesProvider"
NO_EFFECT = "what has no effect in this simulation: the instances behind it; no task ever runs on them"
KINDS = {GROUP: "EC2_AUTOSCALING", MANAGED: "MANAGED_INSTANCES"}


def create(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """CreateCapacityProvider."""
    demand("CreateCapacityProvider", request, _seen(call))
    if _held(call, request["name"]) is not None:
        client(str(said.PROVIDER_EXISTS))
    arn, kind = provider_arn(call, request["name"]), GROUP if request.get(GROUP) is not None else MANAGED
    stored: dict[str, Any] = {
        "capacityProviderArn": arn,
        "name": request["name"],
        "status": "ACTIVE",
        kind: _configured(kind, request[kind], {}),
        "type": KINDS[kind],
        "updateStatus": "CREATE_COMPLETE",
    }
    if kind == MANAGED:
        inside = finding.cluster(call, request["cluster"])
        stored["cluster"] = inside.arn
    given = tags.as_dict(request.get("tags"))
    submit(call, ProviderCreated(stored))
    if kind == MANAGED:
        submit(call, ClusterChanged(inside.arn, {"providers": (*inside.providers, request["name"])}))
    submit(call, Remarked(f"capacity provider {request['name']}", NO_EFFECT, (request["name"], arn)))
    if given:
        submit(call, Tagged(arn, given))
    return {"capacityProvider": _shape(call, stored, ("TAGS",))}


def update(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UpdateCapacityProvider: members that are left out stay as they are."""
    demand("UpdateCapacityProvider", request, _seen(call))
    held = _own(call, request["name"])
    kind = GROUP if request.get(GROUP) is not None else MANAGED
    if kind not in held:
        client(str(said.PROVIDER_KIND))
    changes = {kind: _configured(kind, request[kind], held[kind]), "updateStatus": "UPDATE_COMPLETE"}
    submit(call, ProviderChanged(held["capacityProviderArn"], changes))
    return {"capacityProvider": _shape(call, held, ("TAGS",))}


def delete(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeleteCapacityProvider: refused while a cluster or a service has it; Fargate's two are never deleted."""
    held = _own(call, request["capacityProvider"])
    name, world = held["name"], call.world
    clusters = [each for each in world.clusters.values() if each.status == "ACTIVE" and name in each.providers]
    strategies = [
        each.asked.get("capacityProviderStrategy") for each in world.services.values() if each.status == "ACTIVE"
    ]
    used = any(item["capacityProvider"] == name for items in strategies for item in items or ())
    if used or any(each.arn != held.get("cluster") for each in clusters):
        client(str(said.PROVIDER_IN_USE))
    for each in clusters:
        submit(call, ClusterChanged(each.arn, {"providers": tuple(one for one in each.providers if one != name)}))
    submit(call, ProviderDeleted(held["capacityProviderArn"]))
    tags.take_away(call, held["capacityProviderArn"])
    return {"capacityProvider": _shape(call, held, ("TAGS",))}


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeCapacityProviders: the two of Fargate are built in; without names all are described."""
    demand("DescribeCapacityProviders", request, _seen(call))
    inside = finding.cluster(call, request["cluster"]) if request.get("cluster") else None
    known = {each["name"]: each for each in (*_built_in(call), *call.world.capacity_providers.values())}
    if inside is not None:
        known = {name: each for name, each in known.items() if name in inside.providers}
    named = list(dict.fromkeys(finding.short(each) for each in request.get("capacityProviders") or known))
    found = [_shape(call, known[name], request.get("include") or ()) for name in named if name in known]
    most = api_limits.PROVIDERS_LISTED.value if request.get("maxResults") else api_limits.PROVIDERS.value
    failures = [{"arn": provider_arn(call, name), "reason": "MISSING"} for name in named if name not in known]
    return {**page("capacityProviders", found, request, most, most), "failures": failures}


def put_cluster(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """PutClusterCapacityProviders: the lists given replace those that the cluster had."""
    from simcloud.cloud.ecs.cluster_shape import ALL, shape, updating

    held = finding.cluster_to_change(call, request.get("cluster"))
    demand("PutClusterCapacityProviders", request, _seen(call))
    providers = known_providers(call, request.get("capacityProviders"))
    _demand_unused(call, held, set(held.providers) - set(providers))
    others = [each for each in held.attachments if each["type"] == "sc"]
    made = attachments(call, providers, held.attachments)
    changes = {
        "providers": providers,
        "default_strategy": strategy(request.get("defaultCapacityProviderStrategy")),
        "attachments": [*made, *others],
    }
    submit(call, ClusterChanged(held.arn, changes))
    answer = shape(call, held, ALL)
    return {"cluster": updating({"attachments": [], "attachmentsStatus": "", **answer})}


def known_providers(call: Call, named: Sequence[str] | None) -> tuple[str, ...]:
    """The names, each once. Raises InvalidParameterException for one that does not exist."""
    names = tuple(dict.fromkeys(finding.short(each) for each in named or ()))
    for name in names:
        if name not in statuses.FARGATE_PROVIDERS.value and _held(call, name) is None:
            invalid(str(said.PROVIDER_NOT_FOUND))
    return names


def strategy(items: Sequence[Mapping[str, Any]] | None) -> list[dict[str, Any]]:
    """A default strategy as it is kept: weight and base are 0 where they are left out (R-068)."""
    return [{"weight": 0, "base": 0, **each} for each in items or ()]


def attachments(call: Call, providers: Iterable[str], held: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What managed scaling attaches to a cluster: a scaling policy for each of its Auto Scaling groups."""
    kept = {each["details"][0]["value"]: dict(each) for each in held if each["details"]}
    return [kept.get(name) or _attachment(call, name) for name in providers if _scales(call, name)]


def provider_arn(call: Call, name: str) -> str:
    """The ARN of a capacity provider of this name, whether there is one or not."""
    if name.startswith("arn:"):
        return name
    return f"arn:aws:ecs:{call.region}:{call.account}:capacity-provider/{name}"


def _scales(call: Call, name: str) -> bool:
    group = (_held(call, name) or {}).get(GROUP) or {}
    return bool((group.get("managedScaling") or {}).get("status") == "ENABLED")


def _attachment(call: Call, name: str) -> dict[str, Any]:
    policy = f"ECSManagedAutoScalingPolicy-{call.world.uuid('scaling-policy')}"
    details = {"capacityProviderName": name, "scalingPolicyName": policy}
    return {
        "id": call.world.uuid("attachment"),
        "type": "as_policy",
        "status": "CREATED",
        "details": [{"name": key, "value": value} for key, value in details.items()],
    }


def _demand_unused(call: Call, held: Cluster, gone: set[str]) -> None:
    """Refuse to take away what tasks of the cluster run on, or its services have in their strategy."""
    world = call.world
    used = {each.provider for each in world.tasks.values() if each.cluster == held.arn and each.status != STOPPED}
    for service in world.services.values():
        if service.cluster == held.arn and service.status == "ACTIVE":
            used |= {item["capacityProvider"] for item in service.asked.get("capacityProviderStrategy") or ()}
    if gone & used:
        raise Refused("ResourceInUseException", str(said.PROVIDER_IN_USE))


def _held(call: Call, named: str) -> dict[str, Any] | None:
    """The account's own capacity provider that is ACTIVE, or None."""
    held = call.world.capacity_providers.get(provider_arn(call, finding.short(named)))
    return held if held is not None and held["status"] == "ACTIVE" else None


def _own(call: Call, named: str) -> dict[str, Any]:
    """The account's own capacity provider. Raises ClientException for Fargate's, and where there is none."""
    if finding.short(named) in statuses.FARGATE_PROVIDERS.value:
        client(str(said.PROVIDER_RESERVED))
    held = _held(call, named)
    if held is None:
        client(str(said.PROVIDER_MISSING))
    return held


def _built_in(call: Call) -> list[dict[str, Any]]:
    return [
        {"capacityProviderArn": provider_arn(call, name), "name": name, "status": "ACTIVE", "type": name}
        for name in statuses.FARGATE_PROVIDERS.value
    ]


def _shape(call: Call, stored: Mapping[str, Any], include: Sequence[str]) -> dict[str, Any]:
    shown = copy.deepcopy(dict(stored))
    shown["tags"] = tags.of(call, stored["capacityProviderArn"]) if "TAGS" in include else []
    return shown


def _configured(kind: str, given: Mapping[str, Any], held: Mapping[str, Any]) -> dict[str, Any]:
    """The configuration as it is kept, with AWS's defaults."""
    if kind == MANAGED:
        return {**copy.deepcopy(dict(held)), **copy.deepcopy(dict(given))}
    scaling = {
        "status": "DISABLED",
        **api_limits.MANAGED_SCALING.value,
        **(held.get("managedScaling") or {}),
        **(given.get("managedScaling") or {}),
    }
    usual = {"managedTerminationProtection": "DISABLED", "managedDraining": "DISABLED"}
    return {**usual, **held, **given, "managedScaling": scaling}


def _seen(call: Call) -> Any:
    from simcloud.rules.seen import Seen

    return Seen(account=call.account, region=call.region)
