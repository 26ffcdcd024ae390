"""An Availability Zone is lost, and comes back: its tasks die, and new ones are placed in the zones that are left.

Nobody tells ECS. Until it notices, the tasks are RUNNING as far as it knows, and load balancers find out by their
health checks. NAT gateways and interfaces of endpoints in the zone are lost too, and Fargate's nodes of pods; a load
balancer goes on in its other zones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from simcloud.facts import capacity
from simcloud.facts.words import capacity as said
from simcloud.sim import work
from simcloud.sim.after import after
from simcloud.sim.effects import After, Effect, LookAtTargets
from simcloud.sim.events import ContainersStopped, Event, ServiceReviewed, StopAsked, TaskEvent
from simcloud.sim.rebalancing import zone_of
from simcloud.sim.story import counted
from simcloud.sim.task import RUNNING, STOPPED, STOPPING

if TYPE_CHECKING:
    from simcloud.sim.world import World

NOT_LOST = (
    "load balancers send on from their other zones; machines of node groups in it go on: their loss is not simulated"
)


class ZoneLost(Event, frozen=True):
    """A zone is gone."""

    zone: str
    subnets: frozenset[str]
    """Those that lie in it."""


class ZoneRestored(Event, frozen=True):
    """It is back, and empty."""

    zone: str


class HostLost(TaskEvent, frozen=True):
    """The host under a task is gone, and everything on it has stopped."""


class HostMissed(TaskEvent, frozen=True):
    """ECS has noticed."""


@after(ZoneLost)
def lose(world: World, event: ZoneLost) -> Iterator[Effect]:
    """Its hosts are gone at once."""
    if event.zone in world.supply.lost:
        return
    world.zones.update(dict.fromkeys(event.subnets, event.zone))
    world.supply = replace(world.supply, lost=world.supply.lost | {event.zone})
    there = [task for task in world.tasks.values() if task.status != STOPPED and zone_of(world, task) == event.zone]
    about = ("zone", event.zone)
    told = f"is lost, and {counted(len(there), 'task')} with it"
    world.story.tell(world.now, f"zone {event.zone}", told, NOT_LOST, about)
    for task in there:
        yield After(0.0, HostLost(task.arn))


@after(ZoneRestored)
def restore(world: World, event: ZoneRestored) -> Iterator[Effect]:
    """Tasks may be placed there again; services look whether they are balanced."""
    world.supply = replace(world.supply, lost=world.supply.lost - {event.zone})
    world.story.tell(world.now, f"zone {event.zone}", "is back: tasks can be placed in it", "", ("zone", event.zone))
    for service in world.services.values():
        if service.status == "ACTIVE":
            yield After(0.0, ServiceReviewed(service.arn))


@after(HostLost)
def die(world: World, event: HostLost) -> Iterator[Effect]:
    """No process of the task goes on, and nothing that it was about to do will happen."""
    task = world.tasks[event.task]
    if task.lost or task.status == STOPPED:
        return
    task.lost = True
    for container in task.containers.values():
        if container.status == RUNNING:
            work.interrupt(world, task, container, "its host is lost")
            container.status = STOPPED
    if not task.wanted:
        if task.status == STOPPING:
            yield After(0.0, ContainersStopped(task.arn), task.turn)
        return
    task.advance_turn()
    world.tell(task, "its host is lost; ECS does not know it yet")
    yield After(capacity.HOST_LOST_SECONDS.value, HostMissed(task.arn))
    if task.registered:
        yield LookAtTargets(task.arn, task.interface.id, task.interface.address, task.targets)
    if task.service:
        yield After(0.0, ServiceReviewed(task.service))


@after(HostMissed)
def stop_missed(world: World, event: HostMissed) -> Iterator[Effect]:
    """The task is stopped, unless its service has done so because of its health checks."""
    task = world.tasks.get(event.task)
    if task is not None and task.wanted:
        code, reason = str(said.INFRASTRUCTURE_HEALTH), str(said.INFRASTRUCTURE_LOST)
        yield After(0.0, StopAsked(task.arn, code, reason, f"its host in {zone_of(world, task)} is lost"))
