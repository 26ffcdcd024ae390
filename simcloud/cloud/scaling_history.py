"""What was asked of a service, how many tasks it wanted and had, how they fared, and what its alarms did: as values."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from simcloud.cloud.live import Live
from simcloud.sim.load import arithmetic, samples
from simcloud.sim.watching import serving

if TYPE_CHECKING:
    from simcloud.sim.watching.state import Alarm
    from simcloud.sim.world import World

MINUTE = 60.0
SLOTS = 240
"""At most so many points over time are worked out: each is the mean of a stretch of whole minutes."""
IN_ALARM = "ALARM"


@dataclass(frozen=True)
class Count:
    """From this moment (epoch seconds) on so many tasks are wanted, start, run, and serve."""

    at: float
    desired: int
    pending: int
    running: int
    serving: int


@dataclass(frozen=True)
class Reading:
    """The means of a stretch that ends at `at` (epoch seconds). None: there was nothing to be measured."""

    at: float
    asked: float
    """Requests a second."""
    failed: float
    """Of those, the ones that were not answered well."""
    cpu: float | None
    """Percent of what the running tasks reserve."""
    memory: float | None
    """Percent."""
    latency: float | None
    """Seconds until an answer."""


@dataclass(frozen=True)
class Watch:
    """An alarm, and when it stood in ALARM: begins and ends in epoch seconds."""

    name: str
    says: str
    """What it compares: `CPUUtilization > 60`."""
    spans: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Step:
    """Scaling set the desired count."""

    at: float
    count: int
    cause: str
    """AWS's sentence."""


@dataclass(frozen=True)
class ScalingHistory:
    """A service between two moments, in epoch seconds."""

    service: str
    since: float
    until: float
    counts: tuple[Count, ...]
    readings: tuple[Reading, ...]
    watches: tuple[Watch, ...]
    steps: tuple[Step, ...]
    """Oldest first."""
    bounds: tuple[int, int] | None
    """MinCapacity and MaxCapacity; None where nothing scales the service."""
    goals: tuple[tuple[str, float], ...]
    """The metric and the target value of each policy that tracks one."""

    @property
    def failed(self) -> tuple[float, float]:
        """Requests that were not answered well, and all of them."""
        ends = [self.since, *(each.at for each in self.readings)]
        lengths = [later - earlier for earlier, later in pairwise(ends)]
        pairs = list(zip(lengths, self.readings, strict=True))
        return sum(n * each.failed for n, each in pairs), sum(n * each.asked for n, each in pairs)


def history(live: Live, service: str, cluster: str = "default", *, minutes: float | None = None) -> ScalingHistory:
    """Of a service: in the last so many minutes, or since it was made. Raises LookupError where there is none."""
    from simcloud.cloud.capacity import service_arn

    return of(live.world, service_arn(live, service, cluster), minutes)


def of(world: World, service: str, minutes: float | None = None) -> ScalingHistory:
    """Of the service with this ARN."""
    held = world.services[service]
    since = held.created_at if minutes is None else max(held.created_at, world.now - MINUTE * minutes)
    target = next((each for each in world.scaling.targets.values() if each.service == service), None)
    policies = list(target.policies.values()) if target else []
    own = {policy.arn for policy in policies}
    configurations = [each.configuration for each in policies if "TargetValue" in each.configuration]
    return ScalingHistory(
        service=held.name,
        since=since,
        until=world.now,
        counts=tuple(_counts(world, service, since)) or (Count(since, held.desired, 0, 0, 0),),
        readings=tuple(_readings(world, service, since)),
        watches=tuple(
            _watch(alarm, since, world.now) for alarm in world.watching.alarms.values() if _calls(alarm, own)
        ),
        steps=tuple(_steps(world, service, since)),
        bounds=(target.minimum, target.maximum) if target else None,
        goals=tuple((_metric(each), float(each["TargetValue"])) for each in configurations),
    )


def _counts(world: World, service: str, since: float) -> Iterator[Count]:
    for at, _, each in samples.over(world, service, since, world.now):
        if each is not None:
            yield Count(at, each.desired, each.pending, each.running, each.serving)


def _readings(world: World, service: str, since: float) -> Iterator[Reading]:
    length = MINUTE * max(1, math.ceil((world.now - since) / MINUTE / SLOTS))
    start = since
    while start < world.now:
        end = min(start + length, world.now)
        parts = list(serving.pieces(world, service, start, end))
        seconds = sum(part.seconds for part in parts)
        if seconds:
            asked = sum(part.rate * part.seconds for part in parts) / seconds
            well = sum(arithmetic.answered(part.sample, part.rate) * part.seconds for part in parts) / seconds
            means = (serving.mean(parts, value) for value in (serving.cpu, serving.memory, serving.latency))
            yield Reading(end, asked, max(0.0, asked - well), *means)
        start = end


def _calls(alarm: Alarm, policies: set[str]) -> bool:
    """Does the alarm call one of these policies?"""
    called = [action for actions in alarm.actions.values() for action in actions]
    return any(action.partition(":createdBy/")[0] in policies for action in called)


def _watch(alarm: Alarm, since: float, until: float) -> Watch:
    watched = next((query.metric.name for query in alarm.queries if query.metric), alarm.shown)
    sign = {"Greater": ">", "Less": "<"}[alarm.operator.partition("Than")[0]]
    return Watch(alarm.name, f"{watched} {sign} {alarm.threshold:g}", tuple(_spans(alarm, since, until)))


def _spans(alarm: Alarm, since: float, until: float) -> Iterator[tuple[float, float]]:
    begun: float | None = None
    for item in reversed(alarm.history):
        if item.kind != "StateUpdate":
            continue
        told = json.loads(item.data)
        if told["newState"]["stateValue"] == IN_ALARM:
            begun = item.at
        elif told["oldState"]["stateValue"] == IN_ALARM:
            if item.at > since:
                yield max(begun if begun is not None else since, since), item.at
            begun = None
    if alarm.state == IN_ALARM:
        yield max(begun if begun is not None else since, since), until


def _steps(world: World, service: str, since: float) -> Iterator[Step]:
    for each in reversed(world.scaling.activities):
        if each.service == service and each.count is not None and each.started_at >= since:
            yield Step(each.started_at, each.count, each.cause)


def _metric(configuration: Mapping[str, Any]) -> str:
    predefined = configuration.get("PredefinedMetricSpecification")
    if predefined:
        return str(predefined["PredefinedMetricType"])
    return str((configuration.get("CustomizedMetricSpecification") or {}).get("MetricName") or "expression")
