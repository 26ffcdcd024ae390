"""Laws on customized metrics: one metric of CloudWatch, or metric math."""

from __future__ import annotations

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

AT = f"{configuration(TRACK)}.CustomizedMetricSpecification"
QUERIES = f"{AT}.Metrics"
PLAIN = ("MetricName", "Namespace", "Dimensions", "Statistic", "Unit")
REQUIRED = ("MetricName", "Namespace", "Statistic")


def _specification(request: Mapping[str, Any]) -> Mapping[str, Any] | None:
    given = reading.mapping(request, configuration(TRACK)).get("CustomizedMetricSpecification")
    return given if isinstance(given, Mapping) else None


def _queries(request: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    return reading.structures(_specification(request) or {}, "Metrics")


@rule("FG570", on=PUT_POLICY, source=f"{PREFLIGHT} (pf-appautoscaling-customized-metric-exclusive)", status="observed")
def a_metric_is_plain_or_calculated(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A customized metric is one of CloudWatch's or calculated from several, not both."""
    given = _specification(request) or {}
    if given.get("Metrics") and any(given.get(member) for member in PLAIN):
        yield invalid(AT, words.MATH_AND_PLAIN, "it has Metrics and members of a plain metric")


@rule("FG571", on=PUT_POLICY, source=scaling.TRACKING)
def a_plain_metric_is_named_in_full(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A plain customized metric has a name, a namespace and a statistic."""
    given = _specification(request)
    if given is None or given.get("Metrics"):
        return
    for member in REQUIRED:
        if not given.get(member):
            yield invalid(f"{AT}.{member}", words.PLAIN_INCOMPLETE.format(member=member), "it is missing")


@rule("FG572", on=PUT_POLICY, source=scaling.SCALING_MODEL)
def queries_have_ids_of_their_own(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """The id of a metric data query begins with a small letter, and no other query has it."""
    ids = [reading.text(query, "Id") for query in _queries(request)]
    for index, one in enumerate(ids):
        if not re.fullmatch(r"[a-z][A-Za-z0-9_]*", one):
            yield invalid(f"{QUERIES}[{index}].Id", words.QUERY_ID.format(id=one), "it has other characters")
        elif one in ids[:index]:
            yield invalid(f"{QUERIES}[{index}].Id", words.QUERY_ID_TWICE.format(id=one), "another query has it")


@rule("FG573", on=PUT_POLICY, source=scaling.SCALING_MODEL)
def a_query_is_a_metric_or_an_expression(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A metric data query has a metric or an expression, not both."""
    for index, query in enumerate(_queries(request)):
        if ("Expression" in query) == ("MetricStat" in query):
            text = words.QUERY_FORM.format(id=reading.text(query, "Id"))
            yield invalid(f"{QUERIES}[{index}]", text, "it has both or neither")


@rule(
    "FG574", on=PUT_POLICY, source=scaling.SCALING_GUIDE + "application-auto-scaling-target-tracking-metric-math.html"
)
def one_query_returns_the_value(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Exactly one of the metric data queries returns data; that is the value which is tracked."""
    returning = [query for query in _queries(request) if reading.switch(query, "ReturnData", default=True)]
    if _queries(request) and len(returning) != 1:
        yield invalid(QUERIES, words.QUERY_RETURNS, f"{len(returning)} queries return data")
