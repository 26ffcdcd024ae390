"""Laws on where tasks run: launch types and capacity provider strategies.

Weights and bases are looked at before the cluster's providers: the real AWS answers so to a strategy with two faults
(cdk-preflight, pf-ecs-svc-capacity-provider-zero-weight, whose cluster has no providers).
"""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts import quotas, words
from simcloud.facts.sources import API_MODEL, CAPACITY_PROVIDERS, FIELD_REPORT, PREFLIGHT, issue
from simcloud.facts.words import launch as said
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.launch import LAUNCHES, NAMES, Launch
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen

INVALID = "InvalidParameterException"
AT = "capacityProviderStrategy"
PLACES = ("EC2", "FARGATE", "EXTERNAL")


@rule("FG310", on=NAMES, source=f"{PREFLIGHT} (pf-ecs-service-launch-type-capacity-provider)", status="observed")
def a_launch_type_or_a_strategy(launch: Launch) -> Iterator[Refusal]:
    """A launch has a launch type or a capacity provider strategy, not both."""
    if launch.launch_type and launch.asked_strategy:
        yield Refusal(
            AT, words.TYPE_AND_STRATEGY, f"launchType is {launch.launch_type}, and a strategy is given", code=INVALID
        )


@rule("FG311", on=NAMES, source=API_MODEL)
def a_strategy_keeps_its_limits(launch: Launch) -> Iterator[Refusal]:
    """A strategy has at most 20 items, each with a weight of 0 to 1000 and a base of 0 to 100000, none twice."""
    if len(launch.asked_strategy) > quotas.STRATEGY_ITEMS.value:
        text = words.TOO_MANY.format(what="capacityProviderStrategy", most=quotas.STRATEGY_ITEMS.value)
        yield Refusal(AT, text, f"{len(launch.asked_strategy)} items are given", code=INVALID)
    for index, item in enumerate(launch.asked_strategy):
        for key, value, (least, most) in (
            ("weight", item.weight, quotas.WEIGHT.value),
            ("base", item.base, quotas.BASE.value),
        ):
            if not least <= value <= most:
                yield Refusal(
                    f"{AT}[{index}].{key}",
                    words.OUT_OF_RANGE.format(what=key, least=least, most=most),
                    f"{key} is {value}",
                    code=INVALID,
                )
    for provider, times in reading.repeated([item.provider for item in launch.asked_strategy]):
        yield Refusal(AT, words.PROVIDER_TWICE, f"{provider} stands {times} times", code=INVALID)


@rule("FG314", on=NAMES, source=f"{PREFLIGHT} (pf-ecs-svc-capacity-provider-multiple-base)", status="observed")
def one_provider_has_a_base(launch: Launch) -> Iterator[Refusal]:
    """At most one item of a strategy has a base above zero."""
    based = [item.provider for item in launch.asked_strategy if item.base > 0]
    if len(based) > 1:
        yield Refusal(AT, words.SEVERAL_BASES, f"{' and '.join(based)} have a base", code=INVALID)


@rule("FG315", on=NAMES, source=f"{PREFLIGHT} (pf-ecs-svc-capacity-provider-zero-weight)", status="observed")
def one_provider_has_a_weight(launch: Launch) -> Iterator[Refusal]:
    """Where a strategy lists several providers, at least one has a weight above zero; the API's default is zero."""
    if len(launch.asked_strategy) > 1 and not any(item.weight > 0 for item in launch.asked_strategy):
        yield Refusal(AT, words.NO_WEIGHT, "every weight is zero", code=INVALID)


@rule("FG1202", on=NAMES, source=issue("terraform-aws-modules/terraform-aws-ecs", 27), status="observed")
def a_default_strategy_has_a_weight(launch: Launch) -> Iterator[Refusal]:
    """Where a launch leaves the choice to a cluster's default strategy of several providers, one of them has a weight
    above zero."""
    left = not launch.launch_type and not launch.asked_strategy and launch.controller != "EXTERNAL"
    if left and len(launch.strategy) > 1 and not any(item.weight > 0 for item in launch.strategy):
        yield Refusal(AT, said.DEFAULT_WEIGHTS, "every weight of the cluster's default is zero", code=INVALID)


@rule("FG312", on=NAMES, source=f"{PREFLIGHT} (pf-ecs-cluster-default-strategy-provider-not-listed)", status="observed")
def a_provider_is_associated_with_the_cluster(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A strategy names capacity providers that are associated with the cluster; FARGATE and FARGATE_SPOT too."""
    associated = seen.clusters.get(launch.cluster)
    for index, item in enumerate(launch.asked_strategy):
        if associated is not None and item.provider not in associated:
            yield Refusal(
                f"{AT}[{index}].capacityProvider",
                words.NOT_ASSOCIATED,
                f"cluster '{launch.cluster}' has {', '.join(associated) or 'no capacity providers'}, not "
                f"{item.provider}",
                code=INVALID,
            )


@rule("FG313", on=NAMES, source=CAPACITY_PROVIDERS)
def a_strategy_is_of_one_kind(launch: Launch) -> Iterator[Refusal]:
    """A strategy does not mix Fargate's providers with those of Auto Scaling groups."""
    if len({item.of_fargate for item in launch.asked_strategy}) > 1:
        yield Refusal(AT, words.MIXED_PROVIDERS, "the strategy mixes both kinds", code=INVALID)


@rule("FG1203", on=NAMES, source=API_MODEL)
def managed_instances_are_a_provider(launch: Launch) -> Iterator[Refusal]:
    """Managed Instances are reached by a capacity provider, not by a launch type."""
    if launch.launch_type == "MANAGED_INSTANCES":
        yield Refusal("launchType", said.MANAGED_BY_TYPE, "launchType is MANAGED_INSTANCES", code=INVALID)


@rule("FG316", on=LAUNCHES, source=FIELD_REPORT, status="observed")
def the_definition_fits_the_launch_type(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A task runs on a launch type that its definition is compatible with."""
    if seen.definition is None or launch.capacity not in PLACES:
        return
    compatible = seen.definition.get("compatibilities") or seen.definition.get("requiresCompatibilities")
    if compatible and launch.capacity not in compatible:
        yield Refusal(
            "taskDefinition",
            words.NOT_COMPATIBLE.format(launch_type=launch.capacity),
            f"the definition is compatible with {', '.join(compatible)}",
            code=INVALID,
        )


@rule("FG317", on=NAMES, source=CAPACITY_PROVIDERS)
def spot_is_for_linux(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """FARGATE_SPOT runs Linux tasks, X86_64 and ARM64; Windows tasks it does not run."""
    platform = (seen.definition or {}).get("runtimePlatform") or {}
    if launch.on_spot and str(platform.get("operatingSystemFamily", "LINUX")).startswith("WINDOWS"):
        yield Refusal(AT, words.SPOT_WINDOWS, "the definition is for Windows", code=INVALID)
