"""Laws on the actions of listeners and rules, and on the conditions of rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.words import listening as words
from simcloud.facts.words.neighbours import ELB
from simcloud.rules.engine import rule
from simcloud.rules.neighbours.forwarding import LISTENERS, RULES, actions, balancer, groups, listener, protocol
from simcloud.rules.neighbours.seen import Neighbours
from simcloud.rules.reading import mapping, number, structures, text, texts
from simcloud.rules.refusal import Refusal

BOTH = (*LISTENERS, *RULES)
API = ELB + "API_Action.html"
INVALID = "ValidationError"
ACTION = "InvalidLoadBalancerAction"
FIELDS = {"redirect": "RedirectConfig", "fixed-response": "FixedResponseConfig"}
ROUTING = ("forward", *FIELDS)
"""Actions that end the matter; the others authenticate."""
CONTENT = ("text/html", "application/json", "application/javascript", "text/css", "text/plain")
MOST_GROUPS = 5
MOST_WEIGHT = 999
CONDITIONS = ("http-header", "http-request-method", "host-header", "query-string", "path-pattern", "source-ip")
ONCE = ("host-header", "path-pattern", "http-request-method", "source-ip")
"""Fields that a rule looks at once."""
MOST_VALUES = 5


@rule("FG432", on=BOTH, source=API, status="observed")
def an_action_says_what_it_does(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """An action of type forward names a target group, and one of type redirect or fixed-response has its own
    configuration, whose content type is one of five."""
    for at, action in actions(request):
        kind = text(action, "Type")
        field = FIELDS.get(kind, "")
        if field and not isinstance(action.get(field), Mapping):
            aws = words.ACTION_FIELDS.format(kind=kind, field=field)
            yield Refusal(f"{at}.{field}", aws, f"the action's type is {kind}, and {field} is missing", ACTION)
        elif kind == "forward" and not any(groups(action)):
            yield Refusal(f"{at}.TargetGroupArn", words.NO_GROUP, "forward to which target group?", INVALID)
        content = text(mapping(action, "FixedResponseConfig"), "ContentType")
        if content and content not in CONTENT:
            at = f"{at}.FixedResponseConfig.ContentType"
            yield Refusal(at, words.CONTENT_TYPE, f"{content} is none of them", ACTION)


@rule("FG433", on=BOTH, source=API, status="observed")
def a_network_load_balancer_only_forwards(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A Network Load Balancer reads no requests: its listeners only forward."""
    _, held = balancer(request, seen)
    for at, action in actions(request):
        kind = text(action, "Type")
        if held is not None and held.kind == "network" and kind and kind != "forward":
            aws = words.FORWARD_ONLY.format(kind=kind)
            yield Refusal(f"{at}.Type", aws, f"{held.name} is a Network Load Balancer", ACTION)


@rule("FG434", on=BOTH, source=API, status="observed")
def one_routing_action_comes_last(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Of several actions each has an order, one routes (forward, redirect or fixed-response), and it comes last."""
    asked = actions(request)
    if len(asked) < 2:
        return
    routing = [text(action, "Type") for _, action in asked if text(action, "Type") in ROUTING]
    if len(routing) > 1:
        aws = words.TOGETHER.format(kinds=",".join(routing))
        yield Refusal(asked[0][0], aws, f"{len(routing)} of the actions would end the matter", ACTION)
    elif any(number(action, "Order") is None for _, action in asked):
        yield Refusal(asked[0][0], words.ORDER_REQUIRED, "an action has no Order", INVALID)
    elif routing:
        last = max(asked, key=lambda each: number(each[1], "Order") or 0)
        if text(last[1], "Type") not in ROUTING:
            aws = words.ROUTING_LAST.format(kind=routing[0])
            yield Refusal(last[0], aws, f"{text(last[1], 'Type')} comes after {routing[0]}", ACTION)


@rule("FG435", on=BOTH, source=ELB + "API_RedirectActionConfig.html", status="observed")
def a_redirect_leads_elsewhere(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """A redirect changes protocol, host, port or path, and does not lead from HTTPS down to HTTP."""
    here = protocol(request, seen)
    for at, action in actions(request):
        to = mapping(action, "RedirectConfig")
        if text(action, "Type") != "redirect" or not to:
            continue
        wanted = text(to, "Protocol") or "#{protocol}"
        if here == "HTTPS" and wanted == "HTTP":
            yield Refusal(f"{at}.RedirectConfig.Protocol", words.DOWNGRADE, "the listener speaks HTTPS", ACTION)
        elif _same(to, wanted, here, _port(request, seen)):
            yield Refusal(f"{at}.RedirectConfig", words.LOOP, "it leads to the address it came from", ACTION)


def _same(to: Mapping[str, Any], wanted: str, here: str, port: int | None) -> bool:
    return (
        wanted in ("#{protocol}", here)
        and (text(to, "Host") or "#{host}") == "#{host}"
        and (text(to, "Port") or "#{port}") in ("#{port}", str(port))
        and (text(to, "Path") or "/#{path}") == "/#{path}"
    )


def _port(request: Mapping[str, Any], seen: Neighbours) -> int | None:
    held = listener(request, seen)
    return number(request, "Port") or (held.port if held else None)


@rule("FG436", on=BOTH, source=ELB + "API_TargetGroupTuple.html", status="observed")
def a_forward_shares_out_by_weights(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """An action forwards to at most five target groups; of several each has a weight from 0 to 999."""
    for at, action in actions(request):
        shares = structures(mapping(action, "ForwardConfig"), "TargetGroups")
        where = f"{at}.ForwardConfig.TargetGroups"
        if len(shares) > MOST_GROUPS:
            yield Refusal(where, words.TOO_MANY_GROUPS, f"{len(shares)} target groups are named", ACTION)
        weights = [number(share, "Weight") for share in shares]
        if len(shares) == 1 and weights[0] is not None and not 1 <= weights[0] <= MOST_WEIGHT:
            yield Refusal(where, words.WEIGHT, f"its weight is {weights[0]}", INVALID)
        elif len(shares) > 1 and any(weight is None or not 0 <= weight <= MOST_WEIGHT for weight in weights):
            yield Refusal(where, words.WEIGHTS, f"the weights are {weights}", INVALID)


@rule("FG437", on="elasticloadbalancing:CreateRule", source=ELB + "API_RuleCondition.html", status="observed")
def a_rule_has_conditions(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A rule has at least one condition, on one of six fields, with at most five values in all; it looks at host, path,
    method and source once each."""
    conditions = structures(request, "Conditions")
    if not conditions:
        yield Refusal("Conditions", words.CONDITION_REQUIRED, "a rule without a condition is the default", INVALID)
        return
    for index, condition in enumerate(conditions):
        field = text(condition, "Field")
        if field and field not in CONDITIONS:
            aws = words.CONDITION_FIELD.format(field=field)
            yield Refusal(f"Conditions[{index}].Field", aws, f"{field} is none of them", INVALID)
            return
    twice = [field for field, count in Counter(map(_field, conditions)).items() if count > 1 and field in ONCE]
    if twice:
        yield Refusal("Conditions", words.CONDITION_TWICE.format(field=twice[0]), "name its values in one", INVALID)
    elif (count := sum(map(_values, conditions))) > MOST_VALUES:
        yield Refusal("Conditions", words.CONDITION_VALUES, f"{count} values are named", INVALID)


def _field(condition: Mapping[str, Any]) -> str:
    return text(condition, "Field")


def _values(condition: Mapping[str, Any]) -> int:
    configured = (mapping(condition, name) for name in condition if name.endswith("Config"))
    inside = sum(len(config.get("Values") or ()) + len(config.get("RegexValues") or ()) for config in configured)
    return inside or len(texts(condition, "Values")) + len(texts(condition, "RegexValues"))


@rule("FG438", on="elasticloadbalancing:CreateRule", source=ELB + "API_CreateRule.html", status="observed")
def a_priority_is_taken_once(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """No two rules of a listener have the same priority."""
    held = listener(request, seen)
    priority = number(request, "Priority")
    if held is not None and str(priority) in held.priorities:
        aws = words.PRIORITY.format(priority=priority)
        yield Refusal("Priority", aws, "another rule of the listener has it", "PriorityInUse")
