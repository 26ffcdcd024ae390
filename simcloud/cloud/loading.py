"""A load on a service or into a queue, as `cloud.load` asks for it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from simcloud.cloud.live import Live
from simcloud.cloud.watching.alarms import FOLLOWING
from simcloud.sim.events import Event
from simcloud.sim.load.curve import HOUR, Constant, Curve, Daily, Points
from simcloud.sim.load.events import LoadSet

KINDS = ("rate", "steps", "points", "daily")
USUAL_PEAK = 14.0
MOST = 1e9
assert FOLLOWING, "a load may wake alarms"


def load(live: Live, service: str, cluster: str, **asked: Any) -> list[Event]:
    """The load that begins now. Raises LookupError for a service that there is not, ValueError and TypeError for a load
    that cannot be."""
    found = _service(live, service, cluster)
    if unknown := set(asked) - {*KINDS, "peak", "queue"}:
        raise TypeError(f"a load has no {', '.join(sorted(unknown))}; it has {', '.join((*KINDS, 'peak', 'queue'))}")
    kinds = [name for name in KINDS if name in asked]
    if len(kinds) != 1:
        raise ValueError(f"a load is one of {', '.join(KINDS)}; {' and '.join(kinds) or 'nothing'} was given")
    curve, told = _curve(kinds[0], asked, live.world.now)
    queue = str(asked.get("queue") or "").rsplit("/", 1)[-1].rsplit(":", 1)[-1]
    return [LoadSet(found, curve, told, queue)]


def _service(live: Live, service: str, cluster: str) -> str:
    name, inside = service.rsplit("/", 1)[-1], cluster.rsplit("/", 1)[-1]
    for each in live.world.services.values():
        if each.name == name and live.world.clusters[each.cluster].name == inside and each.status != "INACTIVE":
            return each.arn
    raise LookupError(f"there is no service {name} in cluster {inside}")


def _curve(kind: str, asked: Mapping[str, Any], now: float) -> tuple[Curve, str]:
    """The curve, and what it is in words."""
    if kind == "rate":
        rate = _rate(asked["rate"])
        return Constant(rate), f"{rate:g}"
    if kind == "daily":
        low, high = (_rate(each) for each in asked["daily"])
        hour = float(asked.get("peak", USUAL_PEAK))
        if not 0 <= hour < 24:
            raise ValueError(f"the peak is an hour of the day from 0 to 24, not {hour:g}")
        return Daily(low, high, hour * HOUR), f"{low:g} to {high:g} (most at {hour:g}:00 UTC)"
    moments, values = _pairs(asked[kind], now)
    numbers = f"{min(values):g} to {max(values):g}"
    return Points(moments, values, steps=kind == "steps"), f"{numbers}, in {len(values)} {kind},"


def _pairs(given: Iterable[Any], now: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    pairs = [(float(seconds), _rate(rate)) for seconds, rate in given]
    seconds = [each for each, _ in pairs]
    if not pairs or any(not math.isfinite(each) for each in seconds) or seconds != sorted(set(seconds)):
        raise ValueError("give pairs of (seconds from now, rate), the seconds rising")
    return tuple(now + each for each in seconds), tuple(rate for _, rate in pairs)


def _rate(given: Any) -> float:
    rate = float(given)
    if not 0 <= rate <= MOST:
        raise ValueError(f"a rate is a number from 0 to {MOST:g} a second, not {given!r}")
    return rate
