"""Capacity providers: FARGATE and FARGATE_SPOT exist in every account and are associated with clusters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simcloud.cloud.ecs import finding
from simcloud.cloud.ecs.refusing import invalid
from simcloud.cloud.live import Call
from simcloud.cloud.submitting import submit
from simcloud.facts import statuses, words
from simcloud.sim.events import ClusterChanged


def known_providers(named: Sequence[str] | None) -> tuple[str, ...]:
    """The names, each once. Raises InvalidParameterException for one that does not exist."""
    for name in named or ():
        if name not in statuses.FARGATE_PROVIDERS.value:
            invalid("The specified capacity provider was not found. Specify a valid name or ARN and try again.")
    return tuple(dict.fromkeys(named or ()))


def checked_strategy(strategy: Sequence[Mapping[str, Any]] | None, providers: Sequence[str]) -> list[dict[str, Any]]:
    """A cluster's default strategy with its defaults filled in, of associated providers alone (R-068, R-069)."""
    items = [{"weight": 0, "base": 0, **each} for each in strategy or ()]
    if any(each["capacityProvider"] not in providers for each in items):
        invalid(str(words.NOT_ASSOCIATED))
    if sum(each["base"] > 0 for each in items) > 1:
        invalid(str(words.SEVERAL_BASES))
    if len(items) > 1 and not any(each["weight"] > 0 for each in items):
        invalid(str(words.NO_WEIGHT))
    return items


def put_cluster(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """PutClusterCapacityProviders: the lists given replace those that the cluster had."""
    from simcloud.cloud.ecs.clusters import shape

    held = finding.cluster(call, request["cluster"])
    providers = known_providers(request["capacityProviders"])
    strategy = checked_strategy(request["defaultCapacityProviderStrategy"], providers)
    gone = set(held.providers) - set(providers)
    in_use = {each.provider for each in call.world.tasks.values() if each.cluster == held.arn and each.wanted}
    if gone & in_use:
        invalid("The specified capacity provider is in use and cannot be removed.")
    submit(call, ClusterChanged(held.arn, {"providers": providers, "default_strategy": strategy}))
    return {"cluster": shape(call, held, ("SETTINGS", "CONFIGURATIONS", "TAGS"))}


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeCapacityProviders: the two of Fargate are built in."""
    named = [finding.short(each) for each in request.get("capacityProviders") or statuses.FARGATE_PROVIDERS.value]
    known = [name for name in named if name in statuses.FARGATE_PROVIDERS.value]
    head = f"arn:aws:ecs:{call.region}:{call.account}:capacity-provider"
    return {
        "capacityProviders": [
            {"capacityProviderArn": f"{head}/{name}", "name": name, "status": "ACTIVE", "tags": []} for name in known
        ],
        "failures": [{"arn": f"{head}/{name}", "reason": "MISSING"} for name in named if name not in known],
    }
