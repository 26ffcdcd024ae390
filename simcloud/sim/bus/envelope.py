"""The form of every event (https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from simcloud.sim.bus.events import EventPut

if TYPE_CHECKING:
    from simcloud.sim.world import World


def envelope(
    world: World, source: str, kind: str, resources: Iterable[str], detail: Mapping[str, Any]
) -> dict[str, Any]:
    """An event that happens now."""
    return {
        "version": "0",
        "id": world.uuid("bus-event"),
        "detail-type": kind,
        "source": source,
        "account": world.account,
        "time": seconds(world.now),
        "region": world.region,
        "resources": list(resources),
        "detail": dict(detail),
    }


def put(world: World, source: str, kind: str, resources: Iterable[str], detail: Mapping[str, Any]) -> EventPut:
    """An event of one of AWS's services, on the default bus."""
    return EventPut(envelope(world, source, kind, resources, detail), world.region)


def wanted(world: World, source: str, kind: str) -> bool:
    """Would a rule look at such an event?"""
    return world.bus is not None and world.bus.looks_for(world.region, source, kind)


def seconds(at: float) -> str:
    """2026-01-05T09:00:00Z."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def milliseconds(at: float) -> str:
    """2026-01-05T09:00:00.123Z."""
    return datetime.fromtimestamp(round(at, 3), UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
