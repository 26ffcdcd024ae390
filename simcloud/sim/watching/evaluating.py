"""Alarms are evaluated at the end of each minute, as long as their state can change (M of N, missing data, R-246)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from simcloud.facts.words import watching as words
from simcloud.sim.after import after
from simcloud.sim.effects import After, Effect
from simcloud.sim.watching import events as we
from simcloud.sim.watching import reading, verdict
from simcloud.sim.watching.calling import call, repeats
from simcloud.sim.watching.effects import ShowAlarm
from simcloud.sim.watching.finding import Change, Finding
from simcloud.sim.watching.foreseeing import next_difference
from simcloud.sim.watching.state import Alarm, HistoryItem, Said
from simcloud.sim.watching.verdict import COMPARE, MORE

if TYPE_CHECKING:
    from simcloud.sim.world import World

HISTORY = 200
"""Items of an alarm's history that are kept."""


def due_in(world: World, alarm: Alarm, at: float) -> Iterator[Effect]:
    """Plan the next evaluation; what was planned before is stale."""
    alarm.turn += 1
    alarm.due = at
    if not math.isinf(at):
        yield After(at - world.now, we.AlarmDue(alarm.name, alarm.turn, alarm.place))


def next_step(world: World, alarm: Alarm) -> float:
    """The end of the period that runs now."""
    return (world.now // alarm.step + 1) * alarm.step


def wake(world: World, alarm: Alarm, *, at_once: bool = False) -> Iterator[Effect]:
    """Something changed that the alarm depends on: what it was sure of holds up to here. It is evaluated when a period
    ends; with `at_once` now, where one ends now."""
    alarm.stir()
    before = math.nextafter(world.now, -math.inf)
    alarm.sure = tuple(each._replace(until=min(each.until, before)) for each in alarm.sure)
    ends_now = at_once and world.now % alarm.step == 0
    soon = world.now if ends_now else next_step(world, alarm)
    if alarm.due > soon:
        yield from due_in(world, alarm, soon)


@after(we.AlarmDue)
def evaluate(world: World, event: we.AlarmDue) -> Iterator[Effect]:
    """Look at the newest data points; change the state where they say so; call what is to be called."""
    alarm = world.watching.alarms.get(event.alarm)
    if alarm is None or alarm.turn != event.turn:
        return
    ends = [world.now - number * alarm.period for number in range(alarm.periods + MORE)]
    _keep(world, alarm, ends)
    flags = _flags(world, alarm, ends)
    alarm.flags, alarm.looked_at = flags, world.now
    state = verdict.state(flags, alarm.periods, alarm.needed, alarm.missing, alarm.state)
    called: list[Effect] = []
    if state != alarm.state:
        called.extend(change(world, alarm, state, _finding(world, alarm, state, ends, flags)))
    elif alarm.enabled and alarm.idle != "bound":
        called.extend(repeats(alarm))
    yield from called
    if called:
        yield After(0.0, we.AlarmPlanned(alarm.name, alarm.turn))
    else:
        yield from _plan(world, alarm)


@after(we.AlarmPlanned)
def plan(world: World, event: we.AlarmPlanned) -> Iterator[Effect]:
    """What was called has acted."""
    alarm = world.watching.alarms.get(event.alarm)
    if alarm is not None and alarm.turn == event.turn:
        yield from _plan(world, alarm)


def _plan(world: World, alarm: Alarm) -> Iterator[Effect]:
    """The next evaluation is the first that can make a difference."""
    acts = alarm.enabled and alarm.idle != "bound" and any(repeats(alarm))
    if acts and not alarm.idle:
        alarm.sure = ()
        yield from due_in(world, alarm, next_step(world, alarm))
        return
    at, alarm.sure = next_difference(world, alarm, newest(world, alarm) if acts else None, acts=acts)
    if acts and alarm.again < at:
        at = max(math.ceil(alarm.again / alarm.step) * alarm.step, next_step(world, alarm))
    yield from due_in(world, alarm, at)


def _keep(world: World, alarm: Alarm, ends: list[float]) -> None:
    """What was measured before stays as it was; what is put may come late."""
    if any(query.metric in world.watching.put for query in alarm.queries):
        alarm.kept, alarm.flags = {}, []
    else:
        alarm.kept = {end: alarm.kept[end] for end in ends if end in alarm.kept}


def _value(world: World, alarm: Alarm, end: float) -> float | None:
    """The data point of the period that ends then."""
    if end in alarm.kept:
        return alarm.kept[end]
    found = alarm.kept[end] = reading.value(world, alarm, end - alarm.period, end)
    return found


def newest(world: World, alarm: Alarm) -> float | None:
    """The newest data point, where it is not long past: what is missing is no low load (R-251)."""
    last = world.now // alarm.step * alarm.step
    found = (_value(world, alarm, last - number * alarm.period) for number in range(MORE + 1))
    return next((value for value in found if value is not None), None)


def _flags(world: World, alarm: Alarm, ends: list[float]) -> list[bool | None]:
    """Which data points breach, newest first. Those that were looked at before are known, and those in which the alarm
    slept were known beforehand."""
    since = (world.now - alarm.looked_at) / alarm.period
    new = min(int(since), len(ends)) if alarm.flags and since == int(since) else len(ends)
    return [_flag(world, alarm, end) for end in ends[:new]] + alarm.flags[: len(ends) - new]


def _flag(world: World, alarm: Alarm, end: float) -> bool | None:
    for sure in alarm.sure:
        if sure.since <= end - alarm.period and end <= sure.until:
            return sure.breaches
    value = _value(world, alarm, end)
    return None if value is None else COMPARE[alarm.operator](value, alarm.threshold)


def change(world: World, alarm: Alarm, state: str, why: Said | Finding) -> Iterator[Effect]:
    """The alarm enters a state, tells it, and calls what it has to call."""
    before, alarm.state = alarm.state, state
    told = Change(before, alarm.why, state, why)
    alarm.why, alarm.since = why, world.now
    alarm.stir()
    remember(world, alarm, "StateUpdate", words.STATE_UPDATED.format(before=before, state=state), told)
    world.story.tell(world.now, f"alarm {spoken(alarm)}", f"{state}, was {before}", why.short, (alarm.name,))
    yield ShowAlarm(alarm.name)
    yield After(0.0, we.AlarmChanged(alarm.name, before, state))
    if alarm.enabled:
        yield from call(world, alarm, before)


def remember(world: World, alarm: Alarm, kind: str, summary: str, told: str | Change) -> None:
    """A line of its history."""
    alarm.history.insert(0, HistoryItem(world.now, kind, summary, told))
    del alarm.history[HISTORY:]


def spoken(alarm: Alarm) -> str:
    """Its name; of the long ones that target tracking makes, what matters."""
    head, _, tail = alarm.name.partition("-Alarm")
    if head.startswith("TargetTracking-service/") and tail:
        return f"{head.rsplit('/', 1)[-1]}-Alarm{tail.partition('-')[0]}"
    return alarm.name


def _finding(world: World, alarm: Alarm, state: str, ends: list[float], flags: list[bool | None]) -> Finding:
    found = ((end - alarm.period, _value(world, alarm, end), flag) for end, flag in zip(ends, flags, strict=True))
    known = islice(((at, value, flag) for at, value, flag in found if value is not None), alarm.periods)
    return Finding(
        state,
        ends[0],
        alarm.periods,
        alarm.needed,
        alarm.period,
        alarm.operator,
        alarm.threshold,
        alarm.queries[0].statistic,
        tuple(known),
    )
