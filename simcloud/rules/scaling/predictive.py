"""Laws on predictive scaling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import scaling
from simcloud.facts.fact import Fact
from simcloud.facts.sources import PREFLIGHT
from simcloud.facts.words import tracking as words
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.scaling.operations import PREDICT, PUT_POLICY, configuration, invalid
from simcloud.rules.scaling.seen import triple

AT = configuration(PREDICT)
SPECIFICATIONS = f"{AT}.MetricSpecifications"
PAIR = "PredefinedMetricPairSpecification"
SCALING = ("PredefinedScalingMetricSpecification", "CustomizedScalingMetricSpecification")
LOAD = ("PredefinedLoadMetricSpecification", "CustomizedLoadMetricSpecification")
KINDS: tuple[tuple[str, str, Fact[tuple[str, ...]]], ...] = (
    (PAIR, "metric pair", scaling.PAIRS),
    (SCALING[0], "scaling metric", scaling.SCALING_METRICS),
    (LOAD[0], "load metric", scaling.LOAD_METRICS),
)


def _bench(case: str) -> str:
    return f"{PREFLIGHT} (pf-appautoscaling-predictive-{case})"


def _specifications(request: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    return reading.structures(reading.mapping(request, AT), "MetricSpecifications")


@rule("FG580", on=PUT_POLICY, source=_bench("metric-spec-single"), status="observed")
def a_forecast_has_one_specification(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A predictive policy has exactly one metric specification."""
    if isinstance(request.get(AT), Mapping) and len(_specifications(request)) != 1:
        yield invalid(SPECIFICATIONS, words.ONE_SPECIFICATION, f"there are {len(_specifications(request))}")


@rule("FG581", on=PUT_POLICY, source=_bench("metric-pair-exclusive"), status="observed")
def a_forecast_has_a_pair_or_two_metrics(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A forecast stands on a pair of metrics, or on one scaling metric and one load metric."""
    for index, each in enumerate(_specifications(request)):
        counts = tuple(sum(member in each for member in members) for members in ((PAIR,), SCALING, LOAD))
        if counts not in ((1, 0, 0), (0, 1, 1)):
            yield invalid(f"{SPECIFICATIONS}[{index}]", words.PAIR_OR_TWO, "it has another number of metrics")


@rule("FG582", on=PUT_POLICY, source=_bench("metric-pair-type-dimension"), status="observed")
def forecast_metrics_are_of_the_service(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A predefined metric of a forecast is one of CPU, memory or requests of the ECS service."""
    for index, each in enumerate(_specifications(request)):
        for member, kind, known in KINDS:
            given = reading.text(reading.mapping(each, member), "PredefinedMetricType")
            if given and given not in known.value:
                types = f"{', '.join(known.value[:-1])} and {known.value[-1]}"
                text = words.PREDICTED_TYPE.format(kind=kind, dimension=triple(request)["dimension"], types=types)
                yield invalid(f"{SPECIFICATIONS}[{index}].{member}", text, f"{given} is none of them")


@rule("FG583", on=PUT_POLICY, source=_bench("buffer-required"), status="observed")
def a_raised_maximum_has_a_buffer(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Where a forecast may raise the maximum, MaxCapacityBuffer says how far."""
    given = reading.mapping(request, AT)
    raised = given.get("MaxCapacityBreachBehavior") == "IncreaseMaxCapacity"
    if raised and given.get("MaxCapacityBuffer") is None:
        yield invalid(f"{AT}.MaxCapacityBuffer", words.BUFFER_REQUIRED, "it is missing")


@rule("FG584", on=PUT_POLICY, source=_bench("buffer-forbidden"), status="observed")
def a_kept_maximum_has_no_buffer(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Where a forecast keeps the maximum, as it does unless told otherwise, there is no MaxCapacityBuffer."""
    given = reading.mapping(request, AT)
    kept = given.get("MaxCapacityBreachBehavior", "HonorMaxCapacity") == "HonorMaxCapacity"
    if kept and given.get("MaxCapacityBuffer") is not None:
        yield invalid(f"{AT}.MaxCapacityBuffer", words.BUFFER_FORBIDDEN, "the maximum is kept")
