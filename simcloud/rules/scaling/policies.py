"""Laws on a scaling policy of any type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import scaling
from simcloud.facts.sources import PREFLIGHT, issue
from simcloud.facts.words import scaling as words
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.scaling import operations as on
from simcloud.rules.scaling.operations import PREDICT, STEP, TRACK, configuration, invalid, too_many
from simcloud.rules.scaling.seen import Seen

KINDS = (STEP, TRACK, PREDICT)


def held(request: Mapping[str, Any], seen: Seen) -> Mapping[str, Any]:
    """The policy of this name that the target has, or nothing."""
    return seen.policies.get(reading.text(request, "PolicyName"), {})


def kind_of(request: Mapping[str, Any], seen: Seen) -> str:
    """The type that is asked for; that of the held policy where none is."""
    return reading.text(request, "PolicyType") or reading.text(held(request, seen), "PolicyType")


def asked(request: Mapping[str, Any], kind: str) -> Mapping[str, Any] | None:
    """The configuration of this type in the request, or None."""
    given = request.get(configuration(kind))
    return given if isinstance(given, Mapping) else None


@rule("FG530", on=on.PUT_POLICY, source=scaling.SCALING_MODEL)
def a_new_policy_has_a_type(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """A new policy says of which type it is."""
    if not kind_of(request, seen):
        yield invalid("PolicyType", words.TYPE_REQUIRED, "the target has no policy of this name yet")


@rule("FG531", on=on.PUT_POLICY, source=issue("hashicorp/terraform-provider-aws", 13710), status="observed")
def a_policy_keeps_its_type(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """A target tracking policy stays one, and so does a predictive one: another type is another policy."""
    before, after = reading.text(held(request, seen), "PolicyType"), kind_of(request, seen)
    if before and before != after:
        fixed = TRACK if TRACK in (before, after) else PREDICT
        yield invalid("PolicyType", words.TYPE_FIXED.format(type=fixed), f"the policy is of type {before}")


@rule(
    "FG532", on=on.PUT_POLICY, source=f"{PREFLIGHT} (pf-appautoscaling-policy-type-config-required)", status="observed"
)
def a_new_policy_has_the_configuration_of_its_type(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """A new policy has the configuration that its type names; one of another type is none."""
    kind = kind_of(request, seen)
    if kind and asked(request, kind) is None and reading.text(held(request, seen), "PolicyType") != kind:
        yield invalid(configuration(kind), words.CONFIGURATION_REQUIRED.format(type=kind), "it is missing")


@rule(
    "FG533", on=on.PUT_POLICY, source=f"{PREFLIGHT} (pf-appautoscaling-policy-type-config-mismatch)", status="observed"
)
def a_policy_has_one_configuration(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """A policy has no configuration of another type beside its own."""
    kind = kind_of(request, seen)
    own = asked(request, kind) is not None or bool(held(request, seen))
    for other in KINDS:
        if kind and own and other != kind and asked(request, other) is not None:
            yield invalid(configuration(other), words.ONE_CONFIGURATION, f"the policy is of type {kind}")


@rule("FG534", on=on.PUT_POLICY, source=scaling.QUOTAS)
def a_target_has_up_to_fifty_policies(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """A target has at most 50 scaling policies."""
    if len(seen.policies) >= scaling.POLICIES.value and not held(request, seen):
        text = words.TOO_MANY_POLICIES.format(most=scaling.POLICIES.value)
        yield too_many("PolicyName", text, f"it has {len(seen.policies)}")


@rule("FG535", on=on.PUT_POLICY, source=scaling.SCALING_MODEL)
def a_cooldown_is_not_negative(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A cooldown is 0 seconds or more."""
    for kind, member in ((STEP, "Cooldown"), (TRACK, "ScaleOutCooldown"), (TRACK, "ScaleInCooldown")):
        seconds = reading.number(reading.mapping(request, configuration(kind)), member)
        if seconds is not None and seconds < 0:
            yield invalid(f"{configuration(kind)}.{member}", words.COOLDOWN_LEAST, f"it is {seconds}")
