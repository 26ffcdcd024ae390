"""Fargate Spot: AWS takes capacity back, wave by wave, with two minutes' notice (R-191 to R-196).

The order of one interruption is in docs/decisions/0025-how-spot-is-taken-back.md. What replaces an interrupted task is
the business of its service alone: the scheduler sees one task fewer and asks for capacity of the same kind.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from simcloud.facts import timings, words
from simcloud.facts.words import capacity as said
from simcloud.sim import stop
from simcloud.sim.after import after
from simcloud.sim.balancing import deregister
from simcloud.sim.effects import After, DeregisterTargets, Effect
from simcloud.sim.events import Event, TaskEvent
from simcloud.sim.load.census import recount
from simcloud.sim.service_tasks import SOON, review_in
from simcloud.sim.story import counted
from simcloud.sim.supply import SPOT, DroughtBegun
from simcloud.sim.task import DEPROVISIONING, Task

if TYPE_CHECKING:
    from simcloud.sim.world import World

EXACT = 1e-9
"""0.1 x 30 is 3, whatever a computer makes of it."""


class SpotWave(Event, frozen=True):
    """AWS needs Spot capacity for others."""

    fraction: float
    """Of the tasks that run or start on Spot, rounded up."""
    seed: str = ""
    """Which tasks: the same seed chooses the same ones."""
    zone: str = ""
    """Only in this Availability Zone; '' for all."""
    service: str = ""
    """Only tasks of the service with this ARN; '' for all."""
    drought: float = 0.0
    """Seconds for which there is no Spot capacity afterwards."""


class SpotReclaimed(TaskEvent, frozen=True):
    """The capacity under a task is to be taken away."""


class SpotWarned(TaskEvent, frozen=True):
    """The interruption warning: the task is as it was and is to be STOPPED, stop code and reason are set (R-192)."""


class SpotStopBegun(TaskEvent, frozen=True):
    """At the moment of the warning: SIGTERM, and out of the target groups."""


@dataclass(frozen=True)
class Wave:
    """A wave that was."""

    at: float
    of: int
    """So many tasks were on Spot."""
    tasks: tuple[str, ...]
    """ARNs of those that were interrupted."""


@dataclass
class Spot:
    """What the world keeps of Spot."""

    waves: list[Wave] = field(default_factory=list)
    market: int = 0
    """Counts the markets that were set: the turns of an older one are stale."""
    drawn: int = 0
    """Waves that the market has made."""


@after(SpotWave)
def roll(world: World, event: SpotWave) -> Iterator[Effect]:
    """Choose the tasks, and interrupt them."""
    there = [task for task in world.tasks.values() if _concerns(world, event, task)]
    count = math.ceil(event.fraction * len(there) - EXACT)
    chosen = sorted(there, key=lambda task: _lot(world, event.seed, task))[: max(count, 0)]
    taken = [task for task in there if task in chosen]
    world.spot.waves.append(Wave(world.now, len(there), tuple(task.arn for task in taken)))
    where = f" in {event.zone}" if event.zone else ""
    told = f"takes Spot capacity back{where}: {len(taken)} of {counted(len(there), 'task')} on {SPOT}"
    world.story.tell(world.now, "AWS", f"{told} {'is' if len(taken) == 1 else 'are'} interrupted", "", ("spot",))
    for task in taken:
        yield After(0.0, SpotReclaimed(task.arn))
    if event.drought > 0:
        what = f"{SPOT}/{event.zone}" if event.zone else SPOT
        yield After(0.0, DroughtBegun(what, event.drought))


def _concerns(world: World, event: SpotWave, task: Task) -> bool:
    zone = task.interface.zone or world.zones.get(task.interface.subnet, "")
    return (
        task.provider == SPOT
        and task.wanted
        and event.service in ("", task.service)
        and (not event.zone or zone == event.zone)
    )


def _lot(world: World, seed: str, task: Task) -> bytes:
    """A number of the task's own that depends on nothing but the seeds: a wave over other tasks changes no lot."""
    return blake2b(f"{world.seed}/spot/{seed}/{task.id}".encode(), digest_size=8).digest()


@after(SpotReclaimed)
def warn(world: World, event: SpotReclaimed) -> Iterator[Effect]:
    """The warning: desired STOPPED, while the task is as it was."""
    task = world.tasks.get(event.task)
    if task is None or not task.wanted:
        return
    notice = timings.SPOT_WARNING_SECONDS.value
    world.tell(task, f"interruption warning: AWS takes its Spot capacity back in {notice} s")
    stop.end(world, task, str(said.SPOT_INTERRUPTION), str(words.SPOT_INTERRUPTED), "AWS takes its Spot capacity back")
    yield After(0.0, SpotWarned(task.arn), task.turn)
    yield After(0.0, SpotStopBegun(task.arn), task.turn)
    service = world.services.get(task.service)
    if service is not None and service.status != "INACTIVE":
        yield from recount(world, service.arn)
        yield from review_in(world, service, SOON.value)


@after(SpotStopBegun)
def begin_to_stop(world: World, event: SpotStopBegun) -> Iterator[Effect]:
    """SIGTERM comes with the warning, and the target groups drain meanwhile (R-191, R-196)."""
    task = world.tasks[event.task]
    task.move("StopAsked", world.story)
    if task.status == DEPROVISIONING:
        yield from stop.let_go(world, task)
    elif task.registered:
        yield DeregisterTargets(task.arn, task.interface.address, task.targets)
        yield from stop.terminate(world, task)
    else:
        yield from deregister(task)
