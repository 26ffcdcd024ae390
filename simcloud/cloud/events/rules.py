"""Rules of moto's EventBridge as the simulation follows them, and events that are put on its buses."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from simcloud.cloud.live import Live, maybe_live
from simcloud.rules.timetables import Unreadable, of_rule
from simcloud.sim.bus import laws
from simcloud.sim.bus.envelope import seconds
from simcloud.sim.bus.events import EventPut, RuleDeleted, RulePut
from simcloud.sim.bus.matching import alternatives
from simcloud.sim.bus.state import Rule
from simcloud.sim.events import Event, Remarked
from simcloud.sim.schedules import CronPlan, Plan

FOLLOWING = laws.LAWS
"""From the first rule on, the world follows the laws of EventBridge."""
SIMULATED = ("ecs", "sqs", "sns", "logs", "events")
INSTEAD = {
    "lambda": "run a task: the rule's target is then an ECS cluster",
    "states": "chain tasks by a rule on `ECS Task State Change`",
    "batch": "run a task: the rule's target is then an ECS cluster",
    "kinesis": "send to an SQS queue",
    "firehose": "send to a CloudWatch Logs group",
}


def live_of(backend: Any) -> Live | None:
    """The live world, where the backend is that of its account."""
    state = maybe_live()
    return state if state is not None and backend.account_id == state.account else None


def happen(backend: Any, event: Event) -> None:
    """Let the simulation hear of it, at this moment."""
    if (state := live_of(backend)) is not None:
        state.world.post(event)


def refreshed(backend: Any, name: str, bus: str | None) -> None:
    """A rule was made or changed: tell how it is now."""
    held = backend.event_buses.get((bus or "default").split("/")[-1])
    made = held.rules.get(name) if held else None
    if made is not None and (state := live_of(backend)) is not None:
        state.world.post(RulePut(_read(made, state)))
        let_happen(backend)


def deleted(backend: Any, arn: str) -> None:
    """A rule is gone."""
    happen(backend, RuleDeleted(arn))
    let_happen(backend)


def _read(made: Any, live: Live) -> Rule:
    """moto's rule as a value. The targets are copied: moto changes its own in place."""
    pattern = made.event_pattern.get_pattern()
    return Rule(
        arn=made.arn,
        name=made.name,
        bus=made.event_bus_name,
        wanted=alternatives(pattern) if pattern else (),
        expression=made.scheduled_expression or "",
        plan=_plan(made.scheduled_expression, live.world.now) if made.scheduled_expression else None,
        enabled=not str(made.state).startswith("DISABLED"),
        targets=tuple(json.loads(json.dumps(target)) for target in made.targets),
        turn=live.world.fresh("event-rule", 16),
    )


def _plan(expression: str, now: float) -> Plan | None:
    """When it fires: in UTC, a rate from now on. moto takes expressions that the laws have let pass."""
    try:
        schedule = of_rule(expression)
    except Unreadable:
        return None
    cron = CronPlan(**asdict(schedule.cron)) if schedule.cron else None
    return Plan(every=schedule.every, cron=cron, base=now)


def remark(backend: Any, name: str, targets: Sequence[Mapping[str, Any]]) -> None:
    """Say of targets that are not simulated that they are not."""
    for target in targets:
        parts = str(target.get("Arn", "")).split(":")
        service = parts[2] if len(parts) > 2 else ""
        if service and service not in SIMULATED:
            instead = f"; {INSTEAD[service]}" if service in INSTEAD else ""
            what = f"target {target['Id']} ({service}) is accepted and has no effect in this simulation{instead}"
            happen(backend, Remarked(f"rule {name}", what, (name,)))
    let_happen(backend)


def offered(rule: Any, event: Mapping[str, Any]) -> None:
    """moto offers an event to one of its rules: of PutEvents, of a replay, of S3."""
    backend = _backend_of(rule)
    told = {**event, "time": _time(event["time"])}
    happen(backend, EventPut(told, rule.region_name, rule.event_bus_name, rule.arn))


def _backend_of(rule: Any) -> Any:
    from moto.events.models import events_backends

    return events_backends[rule.account_id][rule.region_name]


def _time(given: Any) -> str:
    return given if isinstance(given, str) else seconds(float(given))


def let_happen(backend: Any) -> None:
    """At once: who has put an event may look for it right away, and who has made a rule for the line of the story."""
    from simcloud.cloud import clock

    if live_of(backend) is not None:
        clock.move(0)
