"""Weights of target groups in the listeners and rules of moto's ELBv2: read, and set for a deployment."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import Any

from simcloud.cloud.live import Live
from simcloud.facts.words import shift as words
from simcloud.sim.effects import Effect
from simcloud.sim.events import Event
from simcloud.sim.traffic.effects import LookAtRules, SetWeights
from simcloud.sim.traffic.events import RulesSeen, ShiftRefused, Weights

ECS = "ecs.amazonaws.com"
SESSION = "ECSNetworkingWithELB"
"""As ECS calls its session of the infrastructure role."""


def perform(live: Live, effect: Effect) -> Event:
    """Look, or set and look. Raises NotImplementedError for an effect that is neither."""
    if isinstance(effect, SetWeights):
        groups = tuple(group for group, _ in effect.weights)
        found = list(_rules(live, effect.rule, groups))
        if effect.role and (refused := _refusal(live, effect, found)) is not None:
            return refused
        for listener, rule in found:
            _set(live, listener, rule, effect.weights)
        return RulesSeen(effect.service, ((effect.rule, _weights(found)),), shifted=True)
    if isinstance(effect, LookAtRules):
        seen = tuple((arn, _weights(list(_rules(live, arn, effect.groups)))) for arn in effect.rules)
        return RulesSeen(effect.service, seen)
    raise NotImplementedError(f"no way to perform {type(effect).__name__}")


def _rules(live: Live, arn: str, groups: Sequence[str]) -> Iterator[tuple[Any, Any]]:
    """The rule of this ARN; or of a listener those that forward to one of the groups, else its default one."""
    from moto.elbv2.models import elbv2_backends

    listeners = [
        listener
        for balancer in elbv2_backends[live.account][live.region].load_balancers.values()
        for listener in balancer.listeners.values()
    ]
    for listener in listeners:
        held = list(listener.rules.values())
        if listener.arn == arn:
            mine = [rule for rule in held if any(group in groups for group, _ in forwarded(rule) or ())]
            yield from ((listener, rule) for rule in mine or [rule for rule in held if rule.is_default])
        else:
            yield from ((listener, rule) for rule in held if rule.arn == arn)


def _action(rule: Any) -> Any:
    """The rule's forward; None where it answers, redirects or only authenticates."""
    return next((action for action in rule.actions if action.type == "forward"), None)


def forwarded(rule: Any) -> Weights | None:
    """The target groups that it forwards to, with their weights."""
    action = _action(rule)
    if action is None:
        return ()
    if config := action.data.get("ForwardConfig"):
        named = config.get("TargetGroups") or ()
        return tuple((str(each["TargetGroupArn"]), float(each.get("Weight", 1))) for each in named)
    return ((str(action.data["TargetGroupArn"]), 1.0),)


def _weights(found: list[tuple[Any, Any]]) -> Weights | None:
    """Of the first rule, the default one last; None where there is none."""
    in_order = sorted(found, key=lambda pair: bool(pair[1].is_default))
    return forwarded(in_order[0][1]) if in_order else None


def _set(live: Live, listener: Any, rule: Any, weights: tuple[tuple[str, int], ...]) -> None:
    """Replace the rule's forward, or put one at its end. What the forward said of stickiness stays."""
    from moto.elbv2.models import FakeAction, elbv2_backends

    from simcloud.cloud.mends.balancers_of_groups_kept import keep

    before = _action(rule)
    data: dict[str, Any] = copy.deepcopy(dict(before.data)) if before else {"Type": "forward"}
    data.pop("TargetGroupArn", None)
    config = data.setdefault("ForwardConfig", {})
    config["TargetGroups"] = [{"TargetGroupArn": group, "Weight": weight} for group, weight in weights]
    others = [action for action in rule.actions if action.type.startswith("authenticate")]
    rule.actions = [*others, FakeAction(data)]
    if rule.is_default:
        listener.default_actions = rule.actions
    keep(elbv2_backends[live.account][live.region])


def _refusal(live: Live, effect: SetWeights, found: list[tuple[Any, Any]]) -> ShiftRefused | None:
    """What keeps ECS from changing the rules as the infrastructure role (R-165); None where nothing does."""
    from simcloud.cloud.asking import Asking

    asks = Asking(live)
    trusted = asks.assumable(effect.role, ECS)
    if not trusted.allowed:
        text = words.ROLE_UNUSABLE.format(role=effect.role)
        return ShiftRefused(effect.service, effect.stage, text, trusted.why)
    for listener, rule in found:
        action, resource = ("ModifyListener", listener.arn) if rule.is_default else ("ModifyRule", rule.arn)
        full = f"elasticloadbalancing:{action}"
        allowed = asks.may(effect.role, SESSION, full, resource)
        if not allowed.allowed:
            who = f"arn:aws:sts::{live.account}:assumed-role/{effect.role.rsplit('/', 1)[-1]}/{SESSION}"
            text = words.SHIFT_DENIED.format(
                stage=effect.stage, who=who, action=full, resource=resource, because=allowed.because
            )
            return ShiftRefused(effect.service, effect.stage, text, allowed.why)
    return None
