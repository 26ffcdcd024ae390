"""Laws on placement: where among instances tasks are put. Fargate has no instances to choose from."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts import launch_limits as limits
from simcloud.facts import words
from simcloud.facts.sources import API_MODEL, PREFLIGHT
from simcloud.facts.words import launch as said
from simcloud.rules import reading
from simcloud.rules.choices import unknown
from simcloud.rules.engine import rule
from simcloud.rules.launch import NAMES, SERVICES, Launch
from simcloud.rules.refusal import Refusal

INVALID = "InvalidParameterException"
CONSTRAINTS, STRATEGY = "placementConstraints", "placementStrategy"
BINPACKED = ("cpu", "memory")


@rule("FG333", on=NAMES, source=f"{PREFLIGHT} (pf-ecs-service-fargate-placement)", status="observed")
def fargate_places_by_itself(launch: Launch) -> Iterator[Refusal]:
    """On Fargate there are no placement constraints and no placement strategies: there are no instances to choose."""
    if launch.on_fargate and launch.raw.get(CONSTRAINTS):
        yield Refusal(CONSTRAINTS, words.PLACEMENT_CONSTRAINTS, "the tasks run on Fargate", code=INVALID)
    if launch.on_fargate and launch.raw.get(STRATEGY):
        yield Refusal(STRATEGY, words.PLACEMENT_STRATEGIES, "the tasks run on Fargate", code=INVALID)


@rule(
    "FG1204",
    on=SERVICES,
    source=f"{PREFLIGHT} (pf-ecs-svc-daemon-with-placement-strategies)",
    status="observed",
)
def daemons_are_placed_everywhere(launch: Launch) -> Iterator[Refusal]:
    """A service of the DAEMON strategy has no placement strategy: it has a task on each instance."""
    if launch.daemon and launch.raw.get(STRATEGY) and not launch.on_fargate:
        yield Refusal(STRATEGY, said.DAEMON_STRATEGIES, "schedulingStrategy is DAEMON", code=INVALID)


@rule("FG1205", on=NAMES, source=f"{PREFLIGHT} (pf-ecs-svc-placement-strategies-max6)", status="observed")
def five_strategies_and_ten_constraints(launch: Launch) -> Iterator[Refusal]:
    """A launch has at most five placement strategies and ten placement constraints."""
    for what, text, most in (
        (STRATEGY, said.STRATEGIES_MOST, limits.STRATEGIES.value),
        (CONSTRAINTS, said.CONSTRAINTS_MOST, limits.CONSTRAINTS.value),
    ):
        given = reading.structures(launch.raw, what)
        if len(given) > most and not launch.on_fargate:
            yield Refusal(what, text.format(most=most), f"{len(given)} are given", code=INVALID)


@rule("FG1206", on=NAMES, source=f"{PREFLIGHT} (pf-ecs-svc-binpack-field)", status="observed")
def a_strategy_has_its_field(launch: Launch) -> Iterator[Refusal]:
    """Tasks are bin-packed by cpu or memory, spread by some field, and placed at random by none."""
    if launch.on_fargate:
        return
    for index, each in enumerate(reading.structures(launch.raw, STRATEGY)):
        at, kind, field = f"{STRATEGY}[{index}]", reading.text(each, "type"), reading.text(each, "field")
        yield from unknown(f"{at}.type", kind, "placementStrategy", "Placement strategy type")
        if kind == "binpack" and field.lower() not in BINPACKED:
            yield Refusal(f"{at}.field", said.BINPACK_FIELD.format(field=field), f"it is '{field}'", code=INVALID)
        elif kind == "random" and field:
            yield Refusal(f"{at}.field", said.RANDOM_FIELD, f"it is '{field}'", code=INVALID)
        elif kind == "spread" and not field:
            yield Refusal(f"{at}.field", said.SPREAD_FIELD, "none is given", code=INVALID)


@rule("FG1207", on=NAMES, source=API_MODEL)
def a_constraint_has_its_expression(launch: Launch) -> Iterator[Refusal]:
    """A memberOf constraint has an expression, a distinctInstance constraint has none."""
    if launch.on_fargate:
        return
    for index, each in enumerate(reading.structures(launch.raw, CONSTRAINTS)):
        at, kind, expression = f"{CONSTRAINTS}[{index}]", reading.text(each, "type"), each.get("expression")
        yield from unknown(f"{at}.type", kind, "placementConstraint", "Placement constraint type")
        if kind == "distinctInstance" and expression:
            yield Refusal(f"{at}.expression", said.DISTINCT_EXPRESSION, f"it is '{expression}'", code=INVALID)
        elif kind == "memberOf" and not expression:
            yield Refusal(f"{at}.expression", said.MEMBER_EXPRESSION, "none is given", code=INVALID)
