"""A learner's services as the checks of lab 09 let them live through a day, and what that day was like."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import boto3

from autograder.checks.asking import active_service, asked
from autograder.checks.check import expect
from autograder.checks.labs.scale_with_load.plan import (
    AFTER_MINUTES,
    BEFORE_MINUTES,
    CLUSTER,
    COOLDOWNS,
    SLOW_SECONDS,
    Day,
    Plan,
    plan_of,
    second_costs,
)

MINUTE, HOUR, DAY_SECONDS = 60.0, 3600.0, 86_400.0
LATE = 0.5
"""Minutes that a scheduled action may be late."""


@dataclass(frozen=True)
class Site:
    """One service of the learner's account."""

    cloud: Any
    plan: Plan
    service: str

    def history(self, minutes: float) -> Any:
        return self.cloud.scaling_history(self.service, CLUSTER, minutes=minutes)

    def bounds(self) -> tuple[int, int] | None:
        """MinCapacity and MaxCapacity; None where nothing scales it."""
        found: tuple[int, int] | None = self.history(1).bounds
        return found


def site(cloud: Any, variant: Mapping[str, Any], which: str) -> Site:
    """The site of the variant's `shop`, `gate` or `worker`."""
    plan = plan_of(variant["ticket"])
    here = Site(cloud, plan, getattr(plan, which))
    active_service(CLUSTER, here.service)
    return here


@dataclass(frozen=True)
class Lived:
    """A day from midnight to its end, as it was."""

    asked: float
    """Requests or messages that came."""
    lost: float
    """Requests that were not answered in time."""
    slowest: float
    """Seconds until an answer, on average in the worst stretch of six minutes."""
    cost: float
    """USD for the tasks of the day."""
    fewest: int
    """Tasks that ran at the emptiest moment."""
    fullest: int
    wanted: tuple[tuple[float, int], ...]
    """(minute of the day, tasks that were asked for from then on)."""
    longest_wait: float
    """Minutes that a message waited at most."""
    left: float
    """Messages that wait at the end."""
    running: int
    """Tasks at the end."""

    @property
    def lost_share(self) -> float:
        """Percent of the requests."""
        return 100 * self.lost / self.asked if self.asked else 0.0

    @property
    def million(self) -> float:
        """USD for a million requests or messages."""
        return self.cost / self.asked * 1e6 if self.asked else 0.0


def live(here: Site, day: Day) -> Lived:
    """Let the service live through this day, from the next midnight on."""
    lived: Lived = here.cloud.lived((here.service, day), lambda: _lived(here, day))
    return lived


def _lived(here: Site, day: Day) -> Lived:
    queue = here.plan.queue if here.service == here.plan.worker else ""
    _offer(here, day, queue)
    lasts = day[-1][0] * HOUR
    here.cloud.advance(seconds=_until_midnight(here) + lasts)
    seen = here.history(lasts / 60)
    lost, asked = seen.failed
    waits = (0.0, 0.0)
    if queue:
        asked, lost = _amount(day), 0.0
        waits = _waits(seen.counts, day, here.plan.messages, seen.since)
    ends = [count.at for count in seen.counts[1:]] + [seen.until]
    seconds = sum(
        (count.running + count.pending) * (end - count.at) for count, end in zip(seen.counts, ends, strict=True)
    )
    return Lived(
        asked=asked,
        lost=lost,
        slowest=max((each.latency or 0.0 for each in seen.readings), default=0.0),
        cost=seconds * second_costs(),
        fewest=min(count.running for count in seen.counts),
        fullest=max(count.running for count in seen.counts),
        wanted=tuple(((count.at - seen.since) / MINUTE, count.desired) for count in seen.counts),
        longest_wait=waits[0],
        left=waits[1],
        running=seen.counts[-1].running,
    )


def _until_midnight(here: Site) -> float:
    return DAY_SECONDS - float(here.cloud.now.timestamp()) % DAY_SECONDS


def _offer(here: Site, day: Day, queue: str) -> None:
    """From now on the first rate of the day; from midnight on the day."""
    until = _until_midnight(here)
    points = [(0.0, day[0][1])] + [(until + hour * HOUR, rate) for hour, rate in day]
    asked: dict[str, Any] = {"points": points, **({"queue": queue} if queue else {})}
    here.cloud.load(here.service, cluster=CLUSTER, **asked)


def _amount(day: Day) -> float:
    """What comes in a day."""
    return sum((a + b) / 2 * (y - x) * HOUR for (x, a), (y, b) in pairwise(day))


def _waits(counts: Sequence[Any], day: Day, pace: float, begin: float) -> tuple[float, float]:
    """Minutes that a message waited at most, and the messages that are left. The first in is the first out: what came
    until a moment is gone when as much has been taken. `pace`: messages a second that one task works off."""
    waiting, sums, taken, place = 0.0, [0.0], [0.0], 0
    for minute in range(round(day[-1][0] * 60)):
        at = begin + 60.0 * minute
        while place + 1 < len(counts) and counts[place + 1].at <= at:
            place += 1
        came = 60.0 * (_rate(day, minute / 60) + _rate(day, (minute + 1) / 60)) / 2
        sums.append(sums[-1] + came)
        waiting = max(0.0, waiting + came - 60.0 * pace * counts[place].running)
        taken.append(sums[-1] - waiting)
    longest, gone = 0, 0
    for number, so_far in enumerate(sums):
        while gone < len(taken) and taken[gone] < so_far - 1:
            gone += 1
        longest = max(longest, gone - number)
    return float(longest), waiting


def _rate(day: Day, hour: float) -> float:
    """What comes a second at an hour of the day."""
    later = bisect_right(day, hour, key=lambda point: point[0])
    if later == len(day):
        return day[-1][1]
    (x, a), (y, b) = day[later - 1], day[later]
    return a + (b - a) * (hour - x) / (y - x)


# --- what must hold


def must_scale(here: Site) -> None:
    """Raise Miss where nothing scales the service."""
    expect(
        here.bounds() is not None,
        expected=f"Application Auto Scaling knows {here.service}",
        got="it is not registered",
        hint="register_scalable_target with MinCapacity and MaxCapacity, then a policy",
    )


def must_answer(here: Site, day: Lived, percent: float) -> None:
    """Raise Miss where more requests were lost than are allowed."""
    expect(
        day.lost_share <= percent,
        expected=f"at most {percent:g} % of the requests to {here.service} are lost",
        got=f"{day.lost_share:.2f} % of {day.asked:,.0f}, with {day.fewest} to {day.fullest} tasks",
        hint="the count never changed: which policy, or which scheduled action, changes it?"
        if day.fewest == day.fullest
        else "minutes pass from the rush to the new task: what must be free, or there beforehand, to hold them?",
    )


def must_be_quick(here: Site, day: Lived) -> None:
    """Raise Miss where customers waited."""
    expect(
        day.slowest <= SLOW_SECONDS,
        expected=f"an answer of {here.service} takes {SLOW_SECONDS * 1000:.0f} ms at most, on average over six minutes",
        got=f"{day.slowest * 1000:.0f} ms at the worst",
        hint="a task that is nearly full answers late: track a lower value",
    )


def must_be_cheap(here: Site, day: Lived) -> None:
    """Raise Miss where the day was too dear."""
    limit = here.plan.dear(here.service)
    what = "messages" if here.service == here.plan.worker else "requests"
    expect(
        day.million <= limit,
        expected=f"a million {what} of {here.service} cost {limit:g} USD at most",
        got=f"{day.million:.3f} USD: {day.fewest} to {day.fullest} tasks ran",
        hint="tasks without work cost as much as busy ones: a lower minimum, a way down, or a higher target",
    )


def must_be_in_time(here: Site, day: Lived) -> None:
    """Raise Miss where a message waited for too long."""
    expect(
        day.longest_wait <= here.plan.wait,
        expected=f"no message of {here.plan.queue} waits for more than {here.plan.wait} minutes",
        got=f"{day.longest_wait:.0f} minutes, with {day.fewest} to {day.fullest} tasks",
        hint="messages that may wait for a task: minutes x messages a minute; the alarm and the start of the "
        "tasks take minutes too",
    )


def must_keep_bounds(here: Site, day: Lived) -> None:
    """Raise Miss where fewer or more tasks were asked for than the owners allow."""
    least, most = here.plan.bounds(here.service)
    wanted = [count for _, count in day.wanted]
    expect(
        min(wanted) >= least,
        expected=f"{least} tasks of {here.service} at least, in the emptiest hour too",
        got=min(wanted),
        hint="MinCapacity: desk.bounds has it; a scheduled action sets it too",
    )
    expect(
        max(wanted) <= most,
        expected=f"{most} tasks of {here.service} at most, whatever comes",
        got=max(wanted),
        hint="MaxCapacity: desk.bounds has it; a scheduled action sets it too",
    )


def must_keep_hours(here: Site, day: Lived) -> None:
    """Raise Miss where tasks for a crowd of a known hour were asked for too soon, or for too long."""
    if here.plan.jump != "by the clock":
        return
    least, _ = here.plan.bounds(here.service)
    opens = here.plan.opens * HOUR / MINUTE
    begins, ends = opens - BEFORE_MINUTES, opens + HOUR / MINUTE + AFTER_MINUTES + LATE
    for (at, count), (until, _) in pairwise((*day.wanted, (DAY_SECONDS / MINUTE, 0))):
        expect(
            count <= least or (at >= begins and until <= ends),
            expected=f"more than {least} tasks of {here.service} only from {BEFORE_MINUTES} minutes before its hour to "
            f"{AFTER_MINUTES} minutes after",
            got=f"{count} from {_clock(at)} to {_clock(until)}",
            hint="a scheduled action before, and one after, in UTC",
        )


def _clock(minute: float) -> str:
    return f"{int(minute) // 60:02}:{int(minute) % 60:02}"


def must_have_cooldowns(here: Site) -> None:
    """Raise Miss where a policy that tracks a target has other cooldowns than those of the house."""
    scaling = boto3.client("application-autoscaling")
    given = {"ServiceNamespace": "ecs", "ResourceId": f"service/{CLUSTER}/{here.service}"}
    policies = asked(scaling.describe_scaling_policies, f"the policies of {here.service}", **given)["ScalingPolicies"]
    for policy in policies:
        tracks = policy.get("TargetTrackingScalingPolicyConfiguration")
        if tracks is None:
            continue
        told = tracks.get("ScaleOutCooldown", "the default"), tracks.get("ScaleInCooldown", "the default")
        expect(
            told == COOLDOWNS,
            expected=f"ScaleOutCooldown {COOLDOWNS[0]} and ScaleInCooldown {COOLDOWNS[1]} in {policy['PolicyName']}",
            got=f"{told[0]} and {told[1]}",
            hint="the cooldowns of the house, in seconds, stand at the top of the lab",
        )
