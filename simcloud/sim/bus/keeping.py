"""Rules and schedules are made, changed and deleted; those with a schedule fire."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from simcloud.sim.after import after
from simcloud.sim.bus import events as be
from simcloud.sim.bus.counting import count
from simcloud.sim.bus.effects import DeleteSchedule
from simcloud.sim.bus.envelope import envelope, seconds
from simcloud.sim.bus.inputs import written
from simcloud.sim.bus.service_events import watch_services
from simcloud.sim.bus.state import Bus, Invocation, Rule, Schedule
from simcloud.sim.bus.task_events import watch_tasks
from simcloud.sim.effects import After, Effect
from simcloud.sim.schedules import first_run, next_run

if TYPE_CHECKING:
    from simcloud.sim.world import World

MINUTE = 60.0


def held(world: World) -> Bus:
    """What the world keeps of EventBridge; made at its first use."""
    if world.bus is None:
        world.bus = Bus()
    found: Bus = world.bus
    return found


@after(be.RulePut)
def put_rule(world: World, event: be.RulePut) -> Iterator[Effect]:
    """It sees what happens from now on. A rate counts from when it was asked for; a change keeps its beat."""
    bus, rule = held(world), event.rule
    before = bus.rules.get(rule.arn)
    if before is not None and before.plan and rule.plan and before.expression == rule.expression:
        rule = replace(rule, plan=before.plan)
    bus.rules[rule.arn] = rule
    bus.interest.clear()
    watch_tasks(world)
    watch_services(world)
    due = next_run(rule.plan, world.now) if rule.plan and rule.enabled else None
    if told := _changed(before, rule):
        never = "its time has passed, so it never fires" if rule.plan and rule.enabled and due is None else ""
        world.story.tell(world.now, f"rule {rule.name}", told, never, (rule.name, rule.arn))
    if due is not None:
        yield After(due - world.now, be.RuleDue(rule.arn, rule.turn))


def _changed(before: Rule | None, rule: Rule) -> str:
    """What a line of the story says of it; '' where only its targets are others."""
    looks = f"fires at {rule.expression}" if rule.expression else "looks for events"
    if rule.expression and rule.wanted:
        looks = f"looks for events, and fires at {rule.expression}"
    if before is None:
        return f"made: {looks}" if rule.enabled else "made, disabled"
    if before.enabled != rule.enabled:
        return "enabled" if rule.enabled else "disabled"
    if (before.expression, before.wanted) != (rule.expression, rule.wanted):
        return f"changed: {looks}"
    return ""


@after(be.RuleDeleted)
def delete_rule(world: World, event: be.RuleDeleted) -> Iterator[Effect]:
    """It sees nothing any more; what it has matched is still delivered."""
    bus = held(world)
    rule = bus.rules.pop(event.arn, None)
    bus.interest.clear()
    if rule is not None:
        world.story.tell(world.now, f"rule {rule.name}", "deleted", "", (rule.name, rule.arn))
    yield from ()


@after(be.RuleDue)
def fire_rule(world: World, event: be.RuleDue) -> Iterator[Effect]:
    """Its targets get an event of its own; the next firing is planned."""
    rule = world.bus.rules.get(event.arn)
    if rule is None or rule.turn != event.turn or rule.plan is None or not rule.enabled:
        return
    told = envelope(world, "aws.events", "Scheduled Event", (rule.arn,), {})
    yield from trigger(world, rule, told)
    if (due := next_run(rule.plan, world.now)) is not None:
        yield After(due - world.now, be.RuleDue(rule.arn, rule.turn))


def trigger(world: World, rule: Rule, event: dict[str, object], *, forwarded: bool = False) -> Iterator[Effect]:
    """Every target of the rule is to be invoked for the event."""
    count(world, "TriggeredRules", rule.name)
    for target in rule.targets:
        text = written(target, event, rule.arn, seconds(world.now))
        made = Invocation(world.uuid("invocation"), rule.arn, target, event, text, world.now, 0, forwarded)
        yield After(0.0, be.InvocationDue(made))


# EventBridge Scheduler


@after(be.SchedulePut)
def put_schedule(world: World, event: be.SchedulePut) -> Iterator[Effect]:
    """Its first run is planned."""
    bus, schedule = held(world), event.schedule
    verb = "changed" if schedule.arn in bus.schedules else "made"
    bus.schedules[schedule.arn] = schedule
    due = first_run(schedule.plan, world.now) if schedule.enabled else None
    what = f"{verb}: runs at {schedule.expression}" if schedule.enabled else f"{verb}, disabled"
    never = "its time has passed, so it never runs" if schedule.enabled and due is None else ""
    world.story.tell(world.now, f"schedule {schedule.name}", what, never, (schedule.name, schedule.arn))
    if due is not None:
        yield After(due - world.now, be.ScheduleDue(schedule.arn, schedule.turn))


@after(be.ScheduleDeleted)
def delete_schedule(world: World, event: be.ScheduleDeleted) -> Iterator[Effect]:
    """It does not run again."""
    schedule = held(world).schedules.pop(event.arn, None)
    if schedule is not None:
        world.story.tell(world.now, f"schedule {schedule.name}", "deleted", "", (schedule.name, schedule.arn))
    yield from ()


@after(be.ScheduleDue)
def begin_window(world: World, event: be.ScheduleDue) -> Iterator[Effect]:
    """In a flexible time window the target is invoked at some moment; which, the world's seed decides."""
    schedule = _current(world, event.arn, event.turn)
    if schedule is None:
        return
    later = 0.0
    if schedule.window:
        drawn = hashlib.blake2b(f"{world.seed}/{schedule.arn}/{world.now:.0f}".encode(), digest_size=8)
        later = float(int.from_bytes(drawn.digest(), "big") % int(schedule.window * MINUTE))
    yield After(later, be.ScheduleFired(schedule.arn, schedule.turn, world.now))
    if (due := next_run(schedule.plan, world.now)) is not None:
        yield After(due - world.now, be.ScheduleDue(schedule.arn, schedule.turn))


@after(be.ScheduleFired)
def fire_schedule(world: World, event: be.ScheduleFired) -> Iterator[Effect]:
    """Its target is invoked. One that will not run again is deleted, where it asked for that."""
    schedule = _current(world, event.arn, event.turn)
    if schedule is None:
        return
    target = schedule.target
    told = envelope(world, "aws.scheduler", "Scheduled Event", (schedule.arn,), {})
    told["time"] = seconds(event.due)
    text = _spoken(target.get("Input"), schedule, told)
    made = Invocation(world.uuid("invocation"), schedule.arn, target, told, text, world.now)
    yield After(0.0, be.InvocationDue(made))
    if schedule.deleted_after and next_run(schedule.plan, event.due) is None:
        yield DeleteSchedule(schedule.arn)


def _current(world: World, arn: str, turn: str) -> Schedule | None:
    found: Schedule | None = world.bus.schedules.get(arn)
    return found if found is not None and found.turn == turn and found.enabled else None


def _spoken(given: str | None, schedule: Schedule, told: dict[str, object]) -> str:
    """The input, with Scheduler's context attributes filled in
    (https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html)."""
    if given is None:
        return json.dumps({**told, "detail": "{}"})
    values = {
        "<aws.scheduler.schedule-arn>": schedule.arn,
        "<aws.scheduler.scheduled-time>": str(told["time"]),
        "<aws.scheduler.execution-id>": str(told["id"]),
        "<aws.scheduler.attempt-number>": "1",
    }
    for name, value in values.items():
        given = given.replace(name, value)
    return given
