"""When an alarm has to be evaluated next: as far as load and census are known, so are the data points to come.

An alarm sleeps until its state, or what its policy would do, can be another one. Whatever changes meanwhile wakes it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simcloud.sim.watching import reading, sources, verdict
from simcloud.sim.watching.serving import Outlook
from simcloud.sim.watching.state import Alarm, Sure
from simcloud.sim.watching.verdict import COMPARE, MORE

if TYPE_CHECKING:
    from simcloud.sim.world import World

FURTHEST = 2**11
"""So many steps an alarm looks ahead for the end of a stretch in which all data points compare alike."""
FIRST = 2**4
"""So many steps it looks ahead at first: most stretches are longer."""
STRETCHES = 4
"""So many stretches it looks ahead."""
Next = tuple[float, tuple[Sure, ...]]
"""The moment of the next evaluation, infinite where only a change can bring it about, and what is known until then."""


@dataclass(frozen=True)
class Foresight:
    """What is known of the data points of an alarm."""

    outlook: Outlook
    breaches: Callable[[float, float], bool]
    threshold: float
    quiet: tuple[float, float] | None
    """Where the alarm calls a policy: above which value, and up to which, that has nothing to do; None elsewhere."""
    seen: float | None
    """The value that the policy saw last: it has nothing to do for the same one either."""

    def flag(self, start: float, until: float) -> bool | None:
        """Do all data points between two moments breach, or none? None where some may, or may rouse the policy."""
        low, high = self.outlook.between(start, until)
        return self._alike(low, high)

    def exactly(self, start: float, end: float) -> bool | None:
        """Does the data point of this period breach?"""
        found = self.outlook.exactly(start, end)
        return self._alike(found, found)

    def _alike(self, low: float | None, high: float | None) -> bool | None:
        if low is None or high is None:
            return None
        if self.quiet is not None and not low == high == self.seen and not self.quiet[0] < low <= high <= self.quiet[1]:
            return None
        first = self.breaches(low, self.threshold)
        return first if low == high or first == self.breaches(high, self.threshold) else None


def next_difference(world: World, alarm: Alarm, seen: float | None, *, acts: bool) -> Next:
    """The first evaluation that may find another state, or at which its policy may have something to do (`acts`: it
    calls one). `seen`: the newest value."""
    soon = (world.now // alarm.step + 1) * alarm.step
    if reading.silent(world, alarm) and not any(flag is not None for flag in alarm.flags):
        return math.inf, ()
    slides = alarm.step != alarm.period
    since = world.now - alarm.period * (alarm.periods + MORE) if slides else world.now
    look = _foresight(world, alarm, since, seen, acts=acts)
    if look is None:
        return soon, ()
    return _sliding(alarm, look, since, soon) if slides else _following(alarm, look, world.now)


def _foresight(world: World, alarm: Alarm, since: float, seen: float | None, *, acts: bool) -> Foresight | None:
    """None where nothing can be told of what the alarm watches."""
    watched = alarm.queries[0].metric
    if len(alarm.queries) != 1 or watched is None or watched in world.watching.put:
        return None
    statistic = alarm.queries[0].statistic
    if statistic == "SampleCount" or (statistic == "Sum" and watched.namespace == sources.ECS):
        return None  # another number than the metric's own: each task gives a sample
    outlook = sources.outlook(world, watched, alarm.period, since)
    if outlook is None:
        return None
    return Foresight(outlook, COMPARE[alarm.operator], alarm.threshold, alarm.quiet if acts else None, seen)


def _sliding(alarm: Alarm, look: Foresight, since: float, soon: float) -> Next:
    """Periods longer than a step slide: what they reach back to must compare as what is to come."""
    flag = look.flag(since, soon)
    if (
        flag is None
        or _state(alarm, [flag] * len(alarm.flags)) != alarm.state
        or any(each is not flag for each in alarm.flags)
    ):
        return soon, ()
    return _last_alike(look, flag, since, soon, alarm.step), ()


def _following(alarm: Alarm, look: Foresight, now: float) -> Next:
    """Stretch by stretch of data points that compare alike; one that lies across the threshold is worked out."""
    at, flags = now, list(alarm.flags)
    sure: list[Sure] = []
    for _ in range(STRETCHES):
        soon = at + alarm.step
        alone = (flag := look.flag(at, soon)) is None
        if flag is None and (flag := look.exactly(at, soon)) is None:
            return soon, tuple(sure)
        end, left = soon, 0 if all(each is flag for each in flags) else len(flags)
        whole = not alone and left > 1 and look.flag(at, soon + (left - 1) * alarm.step) is flag
        for number in range(left):
            if number and not whole and (alone or look.flag(at, soon + number * alarm.step) is not flag):
                break
            end = soon + number * alarm.step
            flags = [flag, *flags[:-1]]
            if _state(alarm, flags) != alarm.state:
                return end, (*sure, Sure(at, end, flag))
        else:
            end = end if alone else _last_alike(look, flag, at, end, alarm.step)
        sure.append(Sure(at, end, flag))
        at = end
        if math.isinf(at):
            break
    return at, tuple(sure)


def _state(alarm: Alarm, flags: list[bool | None]) -> str:
    return verdict.state(flags, alarm.periods, alarm.needed, alarm.missing, alarm.state)


def _last_alike(look: Foresight, flag: bool, since: float, soon: float, step: float) -> float:
    """The end of the last period until which all surely compare like those from `since` to `soon`."""
    if look.flag(since, math.inf) is flag:
        return math.inf
    least, most = 0, FIRST
    while most < FURTHEST and look.flag(since, soon + most * step) is flag:
        least, most = most, 2 * most
    while most - least > 1:
        middle = (least + most) // 2
        if look.flag(since, soon + middle * step) is flag:
            least = middle
        else:
            most = middle
    return soon + least * step
