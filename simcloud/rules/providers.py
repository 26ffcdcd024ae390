"""Laws on capacity providers of the account's own: those of Auto Scaling groups and of Managed Instances."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import api_limits, words
from simcloud.facts.sources import API_MODEL, CAPACITY_PROVIDERS, PREFLIGHT
from simcloud.facts.words import account as said
from simcloud.facts.words import launch as launch_words
from simcloud.rules import capacity, reading
from simcloud.rules.as_written import as_written
from simcloud.rules.engine import rule
from simcloud.rules.launch import read_launch
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen

CLIENT, INVALID = "ClientException", "InvalidParameterException"
CREATE, UPDATE, DESCRIBE = "CreateCapacityProvider", "UpdateCapacityProvider", "DescribeCapacityProviders"
NAME = re.compile(r"(?!aws|ecs|fargate)[a-zA-Z0-9_\-]{1,255}", re.IGNORECASE)
GROUP = "autoScalingGroupProvider"
MANAGED = "managedInstancesProvider"
DEFAULT = "defaultCapacityProviderStrategy"
SCALING = f"{GROUP}.managedScaling"


def _scaling(request: Any) -> Mapping[str, Any]:
    return reading.mapping(reading.mapping(as_written(request), GROUP), "managedScaling")


@rule("FG1420", on=CREATE, source=f"{PREFLIGHT} (pf-ecs-cp-name-reserved-prefix)", status="observed")
def a_provider_name_is_not_reserved(request: Any) -> Iterator[Refusal]:
    """A capacity provider's name has up to 255 plain characters and does not begin with aws, ecs or fargate."""
    name = reading.text(as_written(request), "name")
    if not NAME.fullmatch(name):
        yield Refusal("name", str(said.PROVIDER_NAME), f"it is '{name}'", code=CLIENT)


@rule("FG1421", on=(CREATE, UPDATE), source=API_MODEL)
def a_provider_is_of_one_kind(request: Any) -> Iterator[Refusal]:
    """A capacity provider is of an Auto Scaling group or of Managed Instances: one of the two."""
    raw = as_written(request)
    given = [kind for kind in (GROUP, MANAGED) if raw.get(kind) is not None]
    if len(given) != 1:
        yield Refusal(GROUP, str(said.PROVIDER_KIND), f"{len(given)} of the two are given", code=CLIENT)


@rule("FG1422", on=CREATE, source=API_MODEL)
def managed_instances_have_a_cluster(request: Any) -> Iterator[Refusal]:
    """A capacity provider of Managed Instances is made for one cluster."""
    raw = as_written(request)
    if raw.get(MANAGED) is not None and not raw.get("cluster"):
        yield Refusal("cluster", str(said.PROVIDER_CLUSTER), "no cluster is given", code=CLIENT)


@rule("FG1423", on=(CREATE, UPDATE), source=API_MODEL)
def managed_scaling_keeps_its_ranges(request: Any) -> Iterator[Refusal]:
    """Managed scaling aims at 1 to 100 per cent, in steps of 1 to 10000 instances, with at most 10000 s of warm-up."""
    for what, (least, most) in (
        ("targetCapacity", api_limits.TARGET_CAPACITY.value),
        ("minimumScalingStepSize", api_limits.SCALING_STEP.value),
        ("maximumScalingStepSize", api_limits.SCALING_STEP.value),
        ("instanceWarmupPeriod", api_limits.WARM_UP.value),
    ):
        value = reading.number(_scaling(request), what)
        if value is not None and not least <= value <= most:
            text = said.PROVIDER_RANGE.format(what=what, least=least, most=most)
            yield Refusal(f"{SCALING}.{what}", text, f"it is {value}", code=CLIENT)


@rule("FG1424", on=(CREATE, UPDATE), source=f"{PREFLIGHT} (pf-ecs-cp-scaling-step-order)", status="observed")
def the_least_step_is_not_above_the_most(request: Any) -> Iterator[Refusal]:
    """The minimum scaling step is at most the maximum scaling step."""
    usual, given = api_limits.MANAGED_SCALING.value, _scaling(request)
    least = reading.number(given, "minimumScalingStepSize") or usual["minimumScalingStepSize"]
    most = reading.number(given, "maximumScalingStepSize") or usual["maximumScalingStepSize"]
    if least > most:
        got = f"the least is {least}, the most {most}"
        yield Refusal(f"{SCALING}.minimumScalingStepSize", str(said.PROVIDER_STEPS), got, code=CLIENT)


@rule("FG1425", on=DESCRIBE, source=API_MODEL)
def a_hundred_providers_are_described(request: Any) -> Iterator[Refusal]:
    """At most 100 capacity providers are described at a time."""
    named, most = reading.texts(as_written(request), "capacityProviders"), api_limits.PROVIDERS.value
    if len(named) > most:
        text = words.TOO_MANY.format(what="capacityProviders", most=most)
        yield Refusal("capacityProviders", text, f"{len(named)} are named", code=INVALID)


@rule("FG1426", on=("CreateCluster", "PutClusterCapacityProviders"), source=CAPACITY_PROVIDERS)
def a_default_strategy_is_a_strategy(request: Any) -> Iterator[Refusal]:
    """A cluster's default strategy is of one kind, within the limits, and over the capacity providers given with it.

    Weights that are all zero are found out by who launches into the cluster (the API's documentation of
    CapacityProviderStrategyItem: RunTask and CreateService fail).
    """
    raw = as_written(request)
    seen = Seen(clusters={"default": tuple(reading.texts(raw, "capacityProviders"))})
    launch = read_launch("RunTask", {"capacityProviderStrategy": raw.get(DEFAULT)}, seen)
    for refusal in (
        *capacity.a_strategy_keeps_its_limits(launch),
        *capacity.a_provider_is_associated_with_the_cluster(launch, seen),
        *capacity.a_strategy_is_of_one_kind(launch),
    ):
        at = refusal.at.replace("capacityProviderStrategy", DEFAULT)
        yield Refusal(at, refusal.aws, refusal.because, code=refusal.code)


@rule(
    "FG1209",
    on=("CreateCluster", "PutClusterCapacityProviders"),
    source=f"{PREFLIGHT} (pf-ecs-cluster-default-strategy-multiple-base)",
    status="observed",
)
def a_default_strategy_has_one_base(request: Any) -> Iterator[Refusal]:
    """At most one item of a cluster's default strategy has a base above zero."""
    items = reading.structures(as_written(request), DEFAULT)
    based = [reading.text(item, "capacityProvider") for item in items if (reading.number(item, "base") or 0) > 0]
    if len(based) > 1:
        yield Refusal(DEFAULT, str(launch_words.DEFAULT_BASES), f"{' and '.join(based)} have a base", code=INVALID)
