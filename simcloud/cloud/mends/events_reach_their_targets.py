"""moto hands an event to every rule without a pattern, schedules and disabled rules included, breaks where a target is
neither a queue nor a log group, fires no schedule, and asks no policy.

Here moto keeps the rules, and the simulation follows them: what matches, when a schedule fires, what comes of a
delivery.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

CHANGES = ("put_rule", "enable_rule", "disable_rule", "put_targets", "remove_targets")
"""Methods of moto's backend after which a rule may be another one; the rule's name comes first."""


def mend(module: ModuleType) -> None:
    """Tell the simulation of every rule and event."""
    from simcloud.cloud.events import rules

    backend: Any = module.EventsBackend
    for name in CHANGES:
        setattr(backend, name, _telling(getattr(backend, name), rules.refreshed))
    plain_targets, plain_delete, plain_put = backend.put_targets, backend.delete_rule, backend.put_events
    plain_bus = backend.delete_event_bus

    def put_targets(self: Any, name: str, event_bus_arn: str | None, targets: list[dict[str, Any]]) -> None:
        plain_targets(self, name, event_bus_arn, targets)
        rules.remark(self, name, targets)

    def delete_rule(self: Any, name: str, event_bus_arn: str | None) -> None:
        held = _rule(self, name, event_bus_arn)
        plain_delete(self, name, event_bus_arn)
        if held is not None:
            rules.deleted(self, held.arn)

    def delete_event_bus(self: Any, name: str) -> None:
        bus = self.event_buses.get(name)
        plain_bus(self, name)
        for rule in bus.rules.values() if bus else ():
            rules.deleted(self, rule.arn)

    def put_events(self: Any, events: list[dict[str, Any]]) -> Any:
        answer = plain_put(self, events)
        rules.let_happen(self)
        return answer

    def send_to_targets(self: Any, original_event: dict[str, Any], transform_input: bool = True) -> None:
        rules.offered(self, original_event)

    backend.put_targets, backend.delete_rule = put_targets, delete_rule
    backend.put_events, backend.delete_event_bus = put_events, delete_event_bus
    module.Rule.send_to_targets = send_to_targets


def _telling(plain: Callable[..., Any], tell: Callable[[Any, str, str | None], None]) -> Callable[..., Any]:
    """The method, and afterwards what became of the rule."""

    def told(self: Any, name: str, *args: Any, **kwargs: Any) -> Any:
        answer = plain(self, name, *args, **kwargs)
        tell(self, name, _bus(plain.__name__, args, kwargs))
        return answer

    return told


def _bus(method: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str | None:
    """The bus that a call names: by keyword, or where the method has it."""
    place = 1 if method == "put_rule" else 0
    return kwargs["event_bus_arn"] if "event_bus_arn" in kwargs else args[place] if len(args) > place else None


def _rule(backend: Any, name: str, bus: str | None) -> Any:
    held = backend.event_buses.get((bus or "default").split("/")[-1])
    return held.rules.get(name) if held else None
