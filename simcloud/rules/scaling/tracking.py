"""Laws on target tracking: which metric, and which value of it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import scaling
from simcloud.facts.sources import PREFLIGHT
from simcloud.facts.words import tracking as words
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.scaling.operations import PUT_POLICY, TRACK, configuration, invalid
from simcloud.rules.scaling.seen import Seen, triple

AT = configuration(TRACK)
PREDEFINED, CUSTOMIZED = "PredefinedMetricSpecification", "CustomizedMetricSpecification"
TYPE = f"{AT}.{PREDEFINED}.PredefinedMetricType"
LABEL = f"{AT}.{PREDEFINED}.ResourceLabel"
LABEL_FORM = re.compile(r"app/[^/]+/[^/]+/(targetgroup/[^/]+/[^/]+)")


def _bench(case: str) -> str:
    return f"{PREFLIGHT} (pf-appautoscaling-{case})"


def _predefined(request: Mapping[str, Any]) -> Mapping[str, Any]:
    return reading.mapping(reading.mapping(request, AT), PREDEFINED)


def _type(request: Mapping[str, Any]) -> str:
    """The predefined metric of an ECS service that is asked for, or ''."""
    kind = reading.text(_predefined(request), "PredefinedMetricType")
    return kind if kind in scaling.TRACKED.value else ""


@rule("FG555", on=PUT_POLICY, source=_bench("tt-metric-spec-exclusive"), status="observed")
def a_policy_tracks_one_metric(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A target tracking policy has a predefined metric or a customized one, not both."""
    given = reading.mapping(request, AT)
    if PREDEFINED in given and CUSTOMIZED in given:
        yield invalid(AT, words.TWO_METRICS, "both are given")


@rule("FG556", on=PUT_POLICY, source=_bench("tt-metric-spec-missing"), status="observed")
def a_policy_tracks_some_metric(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A target tracking policy has a metric."""
    if isinstance(request.get(AT), Mapping) and not {PREDEFINED, CUSTOMIZED} & set(request[AT]):
        yield invalid(AT, words.NO_METRIC, "there is none")


@rule("FG557", on=PUT_POLICY, source=_bench("predefined-metric-dimension"), status="observed")
def a_metric_is_of_the_dimension(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A predefined metric is one of those of the scalable dimension."""
    kind = reading.text(_predefined(request), "PredefinedMetricType")
    if kind and not _type(request):
        types = ", ".join(scaling.TRACKED.value)
        text = words.METRIC_OF_OTHERS.format(dimension=triple(request)["dimension"], types=types)
        yield invalid(TYPE, text, f"{kind} is a metric of another service")


@rule("FG558", on=PUT_POLICY, source=_bench("alb-metric-requires-resource-label"), status="observed")
def requests_are_counted_at_a_target_group(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """ALBRequestCountPerTarget names its load balancer and target group by a resource label."""
    if _type(request) == scaling.REQUESTS and not _predefined(request).get("ResourceLabel"):
        yield invalid(LABEL, words.LABEL_REQUIRED.format(type=_type(request)), "there is no label")


@rule("FG559", on=PUT_POLICY, source=_bench("resource-label-requires-alb-metric"), status="observed")
def other_metrics_have_no_label(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Only ALBRequestCountPerTarget has a resource label."""
    kind = _type(request)
    if kind and kind != scaling.REQUESTS and _predefined(request).get("ResourceLabel") is not None:
        yield invalid(LABEL, words.LABEL_FORBIDDEN.format(type=kind), "the metric is of the service itself")


@rule("FG560", on=PUT_POLICY, source=_bench("resource-label-format"), status="observed")
def a_label_names_balancer_and_group(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A resource label joins the ends of two ARNs: app/name/id/targetgroup/name/id."""
    label = reading.text(_predefined(request), "ResourceLabel")
    if label and _type(request) == scaling.REQUESTS and not LABEL_FORM.fullmatch(label):
        yield invalid(LABEL, words.LABEL_FORM.format(label=label, type=_type(request)), "it has another form")


def _groups(service: Mapping[str, Any]) -> Iterator[str]:
    """ARNs of the target groups of a service, those for its next revision included."""
    for each in reading.structures(service, "loadBalancers"):
        yield reading.text(each, "targetGroupArn")
        yield reading.text(reading.mapping(each, "advancedConfiguration"), "alternateTargetGroupArn")


@rule("FG561", on=PUT_POLICY, source=scaling.SCALING_MODEL)
def a_label_names_a_group_of_the_service(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """The target group of a resource label is one that the ECS service registers its tasks with."""
    found = LABEL_FORM.fullmatch(reading.text(_predefined(request), "ResourceLabel"))
    if found is None or seen.service is None or _type(request) != scaling.REQUESTS:
        return
    if not any(group.endswith(f":{found[1]}") for group in _groups(seen.service)):
        text = words.LABEL_NOT_ATTACHED.format(group=found[1], resource=triple(request)["resource"])
        yield invalid(LABEL, text, "the service has no such load balancer")


@rule("FG562", on=PUT_POLICY, source=scaling.SCALING_MODEL)
def fine_metrics_are_switched_on_first(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """A high-resolution metric is tracked where the ECS service publishes it, every 20 seconds."""
    kind = _type(request)
    if not kind.endswith(scaling.HIGH_RESOLUTION) or seen.service is None:
        return
    name = scaling.TRACKED.value[kind][1]
    monitored = reading.structures(reading.mapping(seen.service, "monitoring"), "metricConfigurations")
    fine = [each for each in monitored if each.get("resolutionSeconds") == scaling.FINE_ALARM_PERIOD.value]
    if not any(name in reading.texts(each, "metricNames") for each in fine):
        yield invalid(TYPE, words.FINE_METRICS_OFF.format(type=kind), f"the service publishes {name} once a minute")


@rule("FG563", on=PUT_POLICY, source=scaling.SCALING_MODEL)
def a_target_value_can_be_reached(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A target value is more than 0 and at most 2 to the power of 360."""
    value = reading.mapping(request, AT).get("TargetValue")
    if isinstance(value, int | float) and not 0 < value <= scaling.LARGEST_TARGET.value:
        shown = value if math.isfinite(value) else "NaN"
        yield invalid(f"{AT}.TargetValue", words.TARGET_RANGE.format(value=shown), f"it is {value}")


@rule("FG564", on=PUT_POLICY, source=words.SAME_METRIC.source, status="observed")
def a_metric_is_tracked_once(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """Of the policies of a target, one tracks a given metric."""
    given = reading.mapping(request, AT)
    mine = (given.get(PREDEFINED), given.get(CUSTOMIZED))
    for name, policy in seen.policies.items():
        theirs = reading.mapping(policy, AT)
        tracked = (theirs.get(PREDEFINED), theirs.get(CUSTOMIZED))
        if any(mine) and mine == tracked and name != request.get("PolicyName"):
            yield invalid(AT, words.SAME_METRIC, f"policy {name} tracks it")
