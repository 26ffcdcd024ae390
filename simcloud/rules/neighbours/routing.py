"""Laws on where listeners and rules send requests: one list of target groups, how long one sticks, addresses of
redirects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.words import listening as words
from simcloud.facts.words.neighbours import ELB
from simcloud.rules.engine import rule
from simcloud.rules.neighbours.forwarding import LISTENERS, RULES, actions
from simcloud.rules.neighbours.seen import Neighbours
from simcloud.rules.reading import mapping, number, structures, switch, text
from simcloud.rules.refusal import Refusal

BOTH = (*LISTENERS, *RULES)
INVALID = "ValidationError"
ACTION = "InvalidLoadBalancerAction"
SAME_PORT = "#{port}"
PORTS = range(1, 65536)
ONCE = ("#{path}", "#{host}", SAME_PORT)
"""Placeholders of a redirect's path."""


@rule("FG1520", on=BOTH, source=ELB + "API_Action.html", status="observed")
def an_action_names_its_target_groups_once(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """An action with both TargetGroupArn and ForwardConfig names in both the same one target group."""
    for at, action in actions(request):
        shares = structures(mapping(action, "ForwardConfig"), "TargetGroups")
        top = text(action, "TargetGroupArn")
        if top and shares and [text(share, "TargetGroupArn") for share in shares] != [top]:
            why = f"ForwardConfig names {len(shares)} target groups, and they are not just this one"
            yield Refusal(f"{at}.TargetGroupArn", words.TWO_LISTS, why, ACTION)


@rule("FG1521", on=BOTH, source=ELB + "API_TargetGroupStickinessConfig.html", status="observed")
def stickiness_has_a_duration(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """An action whose target groups stick says for how long: 1 second to 7 days."""
    for at, action in actions(request):
        sticky = mapping(mapping(action, "ForwardConfig"), "TargetGroupStickinessConfig")
        least, most = words.STICKS.value
        seconds = number(sticky, "DurationSeconds")
        where = f"{at}.ForwardConfig.TargetGroupStickinessConfig.DurationSeconds"
        if seconds is None and switch(sticky, "Enabled"):
            yield Refusal(where, words.STICKS_HOW_LONG, "stickiness is enabled and has no duration", INVALID)
        elif seconds is not None and not least <= seconds <= most:
            aws = words.STICKS_BETWEEN.format(least=least, most=most)
            yield Refusal(where, aws, f"{seconds} seconds are asked for", INVALID)


@rule("FG1522", on=BOTH, source=ELB + "API_RedirectActionConfig.html", status="observed")
def a_redirect_leads_to_an_address(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """The port of a redirect is 1 to 65535 or #{port}; its path starts with / and has each placeholder at most
    once."""
    for at, action in actions(request):
        to = mapping(action, "RedirectConfig")
        port, path = text(to, "Port"), text(to, "Path")
        if port and port != SAME_PORT and not (port.isascii() and port.isdigit() and int(port) in PORTS):
            yield Refusal(f"{at}.RedirectConfig.Port", words.REDIRECT_PORT, f"{port!r} is no port", ACTION)
        if path and (not path.startswith("/") or any(path.count(one) > 1 for one in ONCE)):
            yield Refusal(f"{at}.RedirectConfig.Path", words.REDIRECT_PATH, f"{path!r} is no such path", ACTION)


@rule(
    "FG1584",
    on=("elasticloadbalancing:DeleteRule", "elasticloadbalancing:ModifyRule"),
    source=ELB + "API_DeleteRule.html",
    status="observed",
)
def a_default_rule_stays(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """The default rule of a listener is changed with the listener, and goes with it."""
    arn = text(request, "RuleArn")
    if listener := seen.default_rules.get(arn):
        done, instead = {"ModifyRule": ("modified", "modify")}.get(seen.operation, ("deleted", "delete"))
        aws = words.DEFAULT_RULE.format(rule=arn, done=done)
        yield Refusal("RuleArn", aws, f"it came with {listener}: {instead}_listener", "OperationNotPermitted")
