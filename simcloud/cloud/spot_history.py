"""Who ran on demand and on Spot over time, who was interrupted, and how many were there of those wanted: as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simcloud.cloud.live import Live
from simcloud.cloud.served import Served, measured
from simcloud.sim.load import samples
from simcloud.sim.supply import SPOT
from simcloud.sim.task import Task

if TYPE_CHECKING:
    from simcloud.sim.world import World


@dataclass(frozen=True)
class Life:
    """A task of a service. Times are epoch seconds; None where the moment has not come."""

    id: str
    provider: str
    zone: str
    asked_at: float
    running_at: float | None
    warned_at: float | None
    """When it had its interruption warning."""
    stopping_at: float | None
    stopped_at: float | None

    @property
    def spot(self) -> bool:
        """Is it on Spot?"""
        return self.provider == SPOT


@dataclass(frozen=True)
class Level:
    """From this moment on so many tasks are wanted, run, and serve."""

    at: float
    desired: int
    running: int
    serving: int


@dataclass(frozen=True)
class SpotHistory:
    """A service between two moments."""

    service: str
    since: float
    until: float
    lives: tuple[Life, ...]
    """Tasks that can still be described, oldest first, those on demand before those on Spot."""
    levels: tuple[Level, ...]
    waves: tuple[tuple[float, int], ...]
    """Moments, and how many of its tasks were interrupted."""
    served: Served

    @property
    def lowest(self) -> Level:
        """The moment with the fewest running tasks since as many ran as were wanted."""
        full = next((place for place, level in enumerate(self.levels) if level.running >= level.desired), 0)
        return min(self.levels[full:], key=lambda level: level.running)


def history(live: Live, service: str, cluster: str = "default", *, minutes: float | None = None) -> SpotHistory:
    """Of a service: in the last so many minutes, or since it was made. Raises LookupError where there is none."""
    from simcloud.cloud.capacity import service_arn

    return of(live.world, service_arn(live, service, cluster), minutes)


def of(world: World, service: str, minutes: float | None = None) -> SpotHistory:
    """Of the service with this ARN."""
    held = world.services[service]
    since = held.created_at if minutes is None else max(held.created_at, world.now - 60 * minutes)
    lives = [
        _life(task)
        for task in world.tasks.values()
        if task.service == service and (task.stopped_at is None or task.stopped_at >= since)
    ]
    parts = samples.over(world, service, since, world.now)
    levels = [Level(at, each.desired, each.running, each.serving) for at, _, each in parts if each is not None]
    waves = [(wave.at, sum(arn in wave.tasks for arn in _arns(world, service))) for wave in world.spot.waves]
    return SpotHistory(
        held.name,
        since,
        world.now,
        tuple(sorted(lives, key=lambda life: life.spot)),
        tuple(levels) or (Level(since, held.desired, 0, 0),),
        tuple((at, count) for at, count in waves if count and at >= since),
        measured(world, service, minutes),
    )


def _arns(world: World, service: str) -> list[str]:
    return [task.arn for task in world.tasks.values() if task.service == service]


def _life(task: Task) -> Life:
    warned = task.stopping_at if task.stop_code == "SpotInterruption" else None
    return Life(
        task.id,
        task.provider or "FARGATE",
        task.interface.zone,
        task.created_at,
        task.started_at,
        warned,
        task.stopping_at,
        task.stopped_at,
    )
