"""What a lesson commands of Fargate's capacity, as events: Spot waves, droughts, quotas, zones that are lost."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from simcloud.cloud.live import Live
from simcloud.sim.events import Event
from simcloud.sim.spot import SpotWave
from simcloud.sim.spot_market import Market, MarketSet
from simcloud.sim.supply import ON_DEMAND, SPOT, DroughtBegun, DroughtEnded, SupplyChanged, spoken
from simcloud.sim.zones import ZoneLost, ZoneRestored

PROVIDERS = (ON_DEMAND, SPOT)


def reclaim_spot(
    live: Live, *, fraction: float, seed: Any, service: str, cluster: str, zone: str, drought: float
) -> list[Event]:
    """A wave now."""
    arn = service_arn(live, service, cluster) if service else ""
    if zone:
        _zone(live, zone)
    return [SpotWave(_share(fraction), str(seed), zone, arn, _seconds(drought, "a drought"))]


def spot_market(
    live: Live,
    *,
    every: float,
    fraction: float | Iterable[float],
    waves: Iterable[Iterable[float]],
    drought: float,
    seed: Any,
) -> list[Event]:
    """Waves from now on; without any of them none."""
    timetable = tuple((_seconds(at, "a wave"), _share(part)) for at, part in waves)
    if every and timetable:
        raise ValueError("a market has either a timetable (waves) or a chance (every), not both")
    if not every and not timetable:
        return [MarketSet(None)]
    if every and not 60 <= float(every) < math.inf:
        raise ValueError(f"waves come every 60 seconds or less often, not every {every}")
    low, high = _between(fraction)
    return [MarketSet(Market(float(every), (low, high), timetable, _seconds(drought, "a drought"), str(seed)))]


def drought(live: Live, *, provider: str, zone: str, minutes: float | None) -> list[Event]:
    """No capacity of a kind."""
    what = _what(live, provider, zone)
    seconds = None if minutes is None else _seconds(minutes * 60, "a drought")
    return [DroughtBegun(what, seconds)]


def end_drought(live: Live, *, provider: str, zone: str) -> list[Event]:
    """There is capacity again."""
    what = _what(live, provider, zone)
    if what not in live.world.supply.short:
        held = ", ".join(map(spoken, sorted(live.world.supply.short))) or "of nothing"
        raise LookupError(f"there is no drought of {spoken(what)}; there is one {held}")
    return [DroughtEnded(what)]


def vcpu_quota(live: Live, *, provider: str, vcpu: float | None) -> list[Event]:
    """At most so many vCPU at once."""
    _what(live, provider, "")
    held = {name: most for name, most in live.world.supply.vcpu.items() if name != provider}
    if vcpu is not None:
        held[provider] = _seconds(vcpu, "a quota")
    return [SupplyChanged(vcpu=held)]


def lose_zone(live: Live, *, zone: str) -> list[Event]:
    """A zone is gone."""
    subnets = _zone(live, zone)
    if zone in live.world.supply.lost:
        raise LookupError(f"{zone} is lost already")
    return [ZoneLost(zone, subnets)]


def restore_zone(live: Live, *, zone: str) -> list[Event]:
    """It is back."""
    if zone not in live.world.supply.lost:
        raise LookupError(f"{zone} is not lost ({', '.join(sorted(live.world.supply.lost)) or 'none is'})")
    return [ZoneRestored(zone)]


def _what(live: Live, provider: str, zone: str) -> str:
    if provider and provider not in PROVIDERS:
        raise ValueError(f"Fargate's capacity providers are {' and '.join(PROVIDERS)}, not {provider!r}")
    if zone:
        _zone(live, zone)
    if not provider and not zone:
        raise ValueError("name a capacity provider, a zone, or both")
    return "/".join(part for part in (provider, zone) if part)


def _zone(live: Live, zone: str) -> frozenset[str]:
    """The subnets of a zone. Raises LookupError where the region has no such zone."""
    from moto.ec2.models import ec2_backends

    backend = ec2_backends[live.account][live.region]
    known = [each.name for each in backend.describe_availability_zones()]
    if zone not in known:
        raise LookupError(f"{live.region} has no Availability Zone {zone}; it has {', '.join(known)}")
    return frozenset(backend.subnets.get(zone, {}))


def service_arn(live: Live, service: str, cluster: str) -> str:
    """The ARN of a service by name. Raises LookupError where there is none."""
    name, inside = service.rsplit("/", 1)[-1], cluster.rsplit("/", 1)[-1]
    for each in live.world.services.values():
        if each.name == name and live.world.clusters[each.cluster].name == inside and each.status != "INACTIVE":
            return each.arn
    raise LookupError(f"there is no service {name} in cluster {inside}")


def _between(fraction: float | Iterable[float]) -> tuple[float, float]:
    if isinstance(fraction, int | float):
        return _share(fraction), _share(fraction)
    low, high = fraction
    if low > high:
        raise ValueError(f"the fractions lie between a lower and a higher one, not between {low} and {high}")
    return _share(low), _share(high)


def _share(fraction: float) -> float:
    if not 0 <= float(fraction) <= 1:
        raise ValueError(f"a fraction of the tasks is a number from 0 to 1, not {fraction!r}")
    return float(fraction)


def _seconds(given: float, what: str) -> float:
    if not 0 <= float(given) < math.inf:
        raise ValueError(f"{what} is a number that is 0 or more, not {given!r}")
    return float(given)
