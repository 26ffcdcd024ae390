"""What listeners and rules have in common: their actions, and the target groups in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.rules.neighbours.seen import Balancer, Listener, Neighbours
from simcloud.rules.reading import mapping, structures, text

LISTENERS = ("elasticloadbalancing:CreateListener", "elasticloadbalancing:ModifyListener")
RULES = ("elasticloadbalancing:CreateRule", "elasticloadbalancing:ModifyRule")


def actions(request: Mapping[str, Any]) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """Each action of a listener or a rule with its place in the request."""
    member = "DefaultActions" if "DefaultActions" in request else "Actions"
    return tuple((f"{member}[{index}]", action) for index, action in enumerate(structures(request, member)))


def listener(request: Mapping[str, Any], seen: Neighbours) -> Listener | None:
    """The listener that the request is about, where there is one already."""
    if rule := text(request, "RuleArn"):
        return seen.listeners.get(seen.rules.get(rule, ""))
    return seen.listeners.get(text(request, "ListenerArn"))


def balancer(request: Mapping[str, Any], seen: Neighbours) -> tuple[str, Balancer | None]:
    """ARN of the load balancer that the request is about, and what is known of it."""
    held = listener(request, seen)
    arn = held.balancer if held else text(request, "LoadBalancerArn")
    return arn, seen.balancers.get(arn)


def protocol(request: Mapping[str, Any], seen: Neighbours) -> str:
    """Of the listener, as the request would leave it."""
    held = listener(request, seen)
    return text(request, "Protocol") or (held.protocol if held else "")


def groups(action: Mapping[str, Any]) -> Iterator[str]:
    """ARNs of the target groups that an action forwards to, each once."""
    named = [text(one, "TargetGroupArn") for one in structures(mapping(action, "ForwardConfig"), "TargetGroups")]
    yield from dict.fromkeys(arn for arn in [text(action, "TargetGroupArn"), *named] if arn)


def forwarded(request: Mapping[str, Any]) -> tuple[str, ...]:
    """ARNs of all target groups in the actions of a request, each once."""
    return tuple(dict.fromkeys(arn for _, action in actions(request) for arn in groups(action)))
