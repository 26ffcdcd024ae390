"""moto shows the actions and conditions of listeners and rules as they were written. ELB shows a forward both as
TargetGroupArn, where it is to one group, and as ForwardConfig; fills in what a redirect leaves open; and shows the
values of a path or host condition both plainly and under their own name."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

CALLS = (
    "create_listener",
    "describe_listeners",
    "modify_listener",
    "create_rule",
    "describe_rules",
    "modify_rule",
    "set_rule_priorities",
)
REDIRECT = {"Protocol": "#{protocol}", "Port": "#{port}", "Host": "#{host}", "Path": "/#{path}", "Query": "#{query}"}
CONFIGS = {"path-pattern": "PathPatternConfig", "host-header": "HostHeaderConfig"}


class Shown:
    """A listener or a rule as ELB shows it; what is held stays as it was written."""

    def __init__(self, held: Any, **shown: Any) -> None:
        self._held = held
        self.__dict__.update(shown)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["_held"], name)


def mend(module: ModuleType) -> None:
    """Fill the answers in."""
    for name in CALLS:
        setattr(module.ELBV2Response, name, _whole(getattr(module.ELBV2Response, name)))


def _whole(plain: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(plain)
    def whole(self: Any) -> Any:
        answer = plain(self)
        for key, show in (("Listeners", _listener), ("Rules", _rule)):
            if key in answer.result:
                answer.result[key] = [show(held) for held in answer.result[key]]
        return answer

    return whole


def _listener(held: Any) -> Shown:
    return Shown(held, default_actions=[_action(action.data) for action in held.default_actions])


def _rule(held: Any) -> Shown:
    return Shown(
        held,
        actions=[_action(action.data) for action in held.actions],
        conditions=[_condition(condition) for condition in held.conditions],
    )


def _action(data: Mapping[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = copy.deepcopy(dict(data))
    if shown.get("Type") == "forward":
        only = {"TargetGroups": [{"TargetGroupArn": shown.get("TargetGroupArn"), "Weight": 1}]}
        forward = shown.setdefault("ForwardConfig", only)
        forward.setdefault("TargetGroupStickinessConfig", {"Enabled": False})
        if len(forward["TargetGroups"]) == 1:
            shown["TargetGroupArn"] = forward["TargetGroups"][0]["TargetGroupArn"]
    if shown.get("Type") == "redirect":
        shown["RedirectConfig"] = {**REDIRECT, **shown["RedirectConfig"]}
    return shown


def _condition(written: Mapping[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = copy.deepcopy(dict(written))
    if config := CONFIGS.get(str(shown.get("Field"))):
        values = shown.get("Values") or (shown.get(config) or {}).get("Values") or []
        regexes = (shown.get(config) or {}).get("RegexValues")
        shown[config] = {"Values": values, **({"RegexValues": regexes} if regexes else {})}
        shown["Values"] = values
    return shown
