"""moto names a load balancer in its target groups once for every listener and rule that forwards to them, and goes on
naming it when those are changed or gone. A target group names each load balancer once, as long as one forwards to it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

CALLS = (
    "create_listener",
    "modify_listener",
    "delete_listener",
    "create_rule",
    "modify_rule",
    "delete_rule",
    "delete_load_balancer",
)


def mend(module: ModuleType) -> None:
    """Look again after every change, and show a TLS policy where there is TLS."""
    for name in CALLS:
        setattr(module.ELBv2Backend, name, _then_kept(getattr(module.ELBv2Backend, name)))
    plain = module.FakeListener.__init__

    @functools.wraps(plain)
    def init(self: Any, *given: Any, **named: Any) -> None:
        plain(self, *given, **named)
        self.ssl_policy = self.ssl_policy if self.protocol in ("HTTPS", "TLS") else None
        self.alpn_policy = self.alpn_policy or None

    module.FakeListener.__init__ = init


def _then_kept(plain: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(plain)
    def then_kept(self: Any, *given: Any, **named: Any) -> Any:
        answer = plain(self, *given, **named)
        keep(self)
        return answer

    return then_kept


def keep(backend: Any) -> None:
    """Let each target group name the load balancers that forward to it now."""
    found = list(_forwarded(backend))
    for arn, group in backend.target_groups.items():
        group.load_balancer_arns = list(dict.fromkeys(balancer for target, balancer in found if target == arn))


def _forwarded(backend: Any) -> Iterator[tuple[str, str]]:
    """A target group and the load balancer of which a listener or a rule forwards to it."""
    for balancer in backend.load_balancers.values():
        for listener in balancer.listeners.values():
            for actions in (listener.default_actions, *(rule.actions for rule in listener.rules.values())):
                for action in actions:
                    if action.type == "forward":
                        for arn in backend._get_target_group_arns_from(action_data=action.data):
                            yield arn, balancer.arn
