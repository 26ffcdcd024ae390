"""Laws on what a request names: the target, the policy, the scheduled action.

AWS looks the target up before it looks at a policy's configuration (seen on 2026-09-24 by
https://github.com/badmintoncryer/cdk-preflight).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.scaling import SCALING_MODEL
from simcloud.facts.sources import FIELD_REPORT, issue
from simcloud.facts.words import scaling as words
from simcloud.facts.words import tracking as tracking_words
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.scaling import operations as on
from simcloud.rules.scaling.operations import invalid, missing
from simcloud.rules.scaling.seen import Seen, triple


@rule("FG525", on=(on.PUT_POLICY, on.PUT_ACTION), source=issue("ansible/ansible", 35632), status="observed")
def a_target_is_registered_first(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """Policies and scheduled actions are put on a registered target."""
    if seen.target is None:
        yield missing(
            "ResourceId", words.NOT_REGISTERED.format(**triple(request)), "RegisterScalableTarget comes first"
        )


@rule("FG526", on=on.DEREGISTER, source=FIELD_REPORT, status="observed")
def a_target_that_leaves_is_registered(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """Only a registered target is deregistered."""
    if seen.target is None:
        yield missing("ResourceId", words.NO_TARGET.format(**triple(request)), "no such target is registered")


@rule("FG527", on=on.DELETE_POLICY, source=FIELD_REPORT, status="observed")
def a_policy_that_leaves_exists(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """Only a policy that the target has is deleted."""
    name = reading.text(request, "PolicyName")
    if name not in seen.policies:
        yield missing(
            "PolicyName", words.NO_POLICY.format(name=name, **triple(request)), "the target has no such policy"
        )


@rule("FG528", on=on.DELETE_ACTION, source=SCALING_MODEL)
def an_action_that_leaves_exists(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """Only a scheduled action that the target has is deleted."""
    name = reading.text(request, "ScheduledActionName")
    if name not in seen.actions:
        text = words.NO_ACTION.format(name=name, **triple(request))
        yield missing("ScheduledActionName", text, "the target has no such action")


@rule("FG529", on=on.FORECAST, source=SCALING_MODEL)
def a_forecast_is_of_a_predictive_policy(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """A forecast is asked of a predictive scaling policy that the target has."""
    named = triple(request)
    name = reading.text(request, "PolicyName")
    if seen.policies.get(name, {}).get("PolicyType") != on.PREDICT:
        text = tracking_words.NO_FORECAST.format(name=name, resource=named["resource"])
        yield invalid("PolicyName", text, "the target has no predictive policy of this name")
