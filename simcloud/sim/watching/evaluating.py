"""Alarms are evaluated at the end of each minute, as long as their state can change (M of N, missing data, R-246)."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from simcloud.facts.words import watching as words
from simcloud.sim.after import after
from simcloud.sim.effects import After, Effect
from simcloud.sim.watching import events as we
from simcloud.sim.watching import reading, verdict
from simcloud.sim.watching.calling import call, repeats
from simcloud.sim.watching.effects import ShowAlarm
from simcloud.sim.watching.state import Alarm, HistoryItem
from simcloud.sim.watching.verdict import ALARM, COMPARE, MORE, UNKNOWN

if TYPE_CHECKING:
    from simcloud.sim.world import World

FURTHEST = 2**11
"""So many steps an alarm looks ahead for the time in which it need not be evaluated."""
HISTORY = 200
"""Items of an alarm's history that are kept."""


def due_in(world: World, alarm: Alarm, at: float) -> Iterator[Effect]:
    """Plan the next evaluation; what was planned before is stale."""
    alarm.turn += 1
    alarm.due = at
    if not math.isinf(at):
        yield After(at - world.now, we.AlarmDue(alarm.name, alarm.turn))


def next_step(world: World, alarm: Alarm) -> float:
    """The end of the period that runs now."""
    return (world.now // alarm.step + 1) * alarm.step


def wake(world: World, alarm: Alarm) -> Iterator[Effect]:
    """Something changed that the alarm depends on."""
    alarm.idle = ""
    if alarm.due > next_step(world, alarm):
        yield from due_in(world, alarm, next_step(world, alarm))


@after(we.AlarmDue)
def evaluate(world: World, event: we.AlarmDue) -> Iterator[Effect]:
    """Look at the newest data points; change the state where they say so; call what is to be called."""
    alarm = world.watching.alarms.get(event.alarm)
    if alarm is None or alarm.turn != event.turn:
        return
    ends = [world.now - number * alarm.period for number in range(alarm.periods + MORE)]
    values = _values(world, alarm, ends)
    compare = COMPARE[alarm.operator]
    flags = [None if value is None else compare(value, alarm.threshold) for value in values]
    alarm.flags = flags
    alarm.value = next((value for value in values[: MORE + 1] if value is not None), None)
    state = verdict.state(flags, alarm.periods, alarm.needed, alarm.missing, alarm.state)
    if state != alarm.state:
        reason, data = _reason(alarm, state, ends, values, flags)
        yield from change(world, alarm, state, reason, data)
    elif alarm.enabled and alarm.idle != "bound":
        yield from repeats(alarm)
    yield After(0.0, we.AlarmPlanned(alarm.name, alarm.turn))


@after(we.AlarmPlanned)
def plan(world: World, event: we.AlarmPlanned) -> Iterator[Effect]:
    """The next evaluation is the first that can make a difference."""
    alarm = world.watching.alarms.get(event.alarm)
    if alarm is None or alarm.turn != event.turn:
        return
    acts = alarm.enabled and alarm.idle != "bound" and any(repeats(alarm))
    if acts and not alarm.idle:
        yield from due_in(world, alarm, next_step(world, alarm))
    else:
        yield from due_in(world, alarm, _next_difference(world, alarm, constant=acts))


def _values(world: World, alarm: Alarm, ends: list[float]) -> list[float | None]:
    """What was measured before stays as it was; what is put may come late."""
    kept = alarm.kept
    if any(query.metric in world.watching.put for query in alarm.queries):
        kept = {}
    found = [kept[end] if end in kept else reading.value(world, alarm, end - alarm.period, end) for end in ends]
    alarm.kept = dict(zip(ends, found, strict=True))
    return found


def _next_difference(world: World, alarm: Alarm, *, constant: bool) -> float:
    """The first evaluation at which the state may be another one; infinite where only a change can bring it about."""
    soon = next_step(world, alarm)
    if reading.silent(world, alarm) and not any(flag is not None for flag in alarm.flags):
        return math.inf
    if (flag := reading.compares(world, alarm, soon, constant=constant)) is None:
        return soon
    flags = list(alarm.flags)
    for number in range(len(flags)):
        flags = [flag, *flags[:-1]]
        if verdict.state(flags, alarm.periods, alarm.needed, alarm.missing, alarm.state) != alarm.state:
            return (
                soon + number * alarm.step
                if alarm.step == alarm.period and _stays(world, alarm, flag, soon + number * alarm.step)
                else soon
            )
    return _last_alike(world, alarm, flag, constant=constant)


def _stays(world: World, alarm: Alarm, flag: bool, until: float) -> bool:
    return reading.compares(world, alarm, until) is flag


def _last_alike(world: World, alarm: Alarm, flag: bool, *, constant: bool) -> float:
    """The end of the last period that surely compares like the next one."""

    def alike(steps: int) -> bool:
        return reading.compares(world, alarm, soon + steps * alarm.step, constant=constant) is flag

    soon, least, most = next_step(world, alarm), 0, 1
    if reading.compares(world, alarm, math.inf, constant=constant) is flag:
        return math.inf
    while most < FURTHEST and alike(most):
        least, most = most, 2 * most
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (middle, most) if alike(middle) else (least, middle)
    return soon + least * alarm.step


def change(world: World, alarm: Alarm, state: str, reason: str, data: str) -> Iterator[Effect]:
    """The alarm enters a state, tells it, and calls what it has to call."""
    before, alarm.state = alarm.state, state
    old = {"stateValue": before, "stateReason": alarm.reason}
    alarm.reason, alarm.reason_data, alarm.since, alarm.idle = reason, data, world.now, ""
    new = {"stateValue": state, "stateReason": reason, "stateReasonData": json.loads(data or "{}")}
    told = {"version": "1.0", "oldState": old, "newState": new}
    summary = words.STATE_UPDATED.format(before=before, state=state)
    remember(world, alarm, "StateUpdate", summary, json.dumps(told))
    world.story.tell(
        world.now, f"alarm {spoken(alarm)}", f"{state}, was {before}", _in_short(alarm, reason), (alarm.name,)
    )
    yield ShowAlarm(alarm.name)
    yield After(0.0, we.AlarmChanged(alarm.name, before, state))
    if alarm.enabled:
        yield from call(world, alarm, before)


def _in_short(alarm: Alarm, reason: str) -> str:
    """The reason without its list of data points."""
    head, _, rest = reason.partition(" [")
    tail = rest.partition("] ")[2].partition(" (minimum")[0]
    newest = "" if alarm.value is None else f"; the newest is {alarm.value:g}"
    return f"{head} {tail}{newest}" if tail else reason.rstrip(".")


def remember(world: World, alarm: Alarm, kind: str, summary: str, data: str) -> None:
    """A line of its history."""
    alarm.history.insert(0, HistoryItem(world.now, kind, summary, data))
    del alarm.history[HISTORY:]


def spoken(alarm: Alarm) -> str:
    """Its name; of the long ones that target tracking makes, what matters."""
    head, _, tail = alarm.name.partition("-Alarm")
    if head.startswith("TargetTracking-service/") and tail:
        return f"{head.rsplit('/', 1)[-1]}-Alarm{tail.partition('-')[0]}"
    return alarm.name


def _reason(
    alarm: Alarm, state: str, ends: list[float], values: list[float | None], flags: list[bool | None]
) -> tuple[str, str]:
    """StateReason and StateReasonData in CloudWatch's words."""
    looked = [(end - alarm.period, value, flag) for end, value, flag in zip(ends, values, flags, strict=True)]
    known = [(at, value, flag) for at, value, flag in looked if value is not None][: alarm.periods]
    data = {
        "version": "1.0",
        "queryDate": _iso(ends[0]),
        "startDate": _iso(known[-1][0] if known else ends[0] - alarm.period * alarm.periods),
        "statistic": alarm.queries[0].statistic,
        "period": int(alarm.period),
        "recentDatapoints": [value for _, value, _ in reversed(known)],
        "threshold": alarm.threshold,
    }
    if state == UNKNOWN:
        count = alarm.periods
        return words.UNKNOWN.format(count=count, datapoints=_points(count), was="was" if count == 1 else "were"), (
            json.dumps(data)
        )
    wanted = state == ALARM
    if not known:
        count = alarm.periods
        return words.NONE_RECEIVED.format(
            count=count,
            periods="period" if count == 1 else "periods",
            datapoints=_points(count),
            were="was" if count == 1 else "were",
            treated="Breaching" if wanted else "NonBreaching",
        ), json.dumps(data)
    fitting = [(at, value) for at, value, flag in known if flag is wanted]
    shown = ", ".join(f"{value} ({_short(at)})" for at, value in fitting)
    count = len(fitting)
    least = alarm.needed if wanted else alarm.periods - alarm.needed + 1
    way = "OK -> ALARM" if wanted else "ALARM -> OK"
    negated = "" if wanted else "not "
    text = words.CROSSED.format(
        count=count,
        periods=alarm.periods,
        shown=shown,
        were=f"{'was' if count == 1 else 'were'} {negated}{words.COMPARISONS[alarm.operator]}",
        threshold=alarm.threshold,
        least=least,
        least_points=_points(least),
        way=way,
    )
    return text, json.dumps(data)


def _points(count: int) -> str:
    return "datapoint" if count == 1 else "datapoints"


def _short(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%d/%m/%y %H:%M:%S")


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.000+0000")
