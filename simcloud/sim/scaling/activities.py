"""Scaling activities: a desired count is set, and reached, or overtaken by a newer one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts.scaling import ACTIVITY_LIFE
from simcloud.facts.words import scaling as words
from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.bulletin import announce
from simcloud.sim.effects import After, Effect
from simcloud.sim.load import events as le
from simcloud.sim.scaling.state import IN_PROGRESS, OVERRIDDEN, SUCCESSFUL, Activity, Target
from simcloud.sim.service import Service
from simcloud.sim.task import RUNNING

if TYPE_CHECKING:
    from simcloud.sim.world import World


def record(world: World, target: Target, description: str, cause: str, status: str, message: str) -> Activity:
    """Keep a new activity; those older than six weeks are forgotten."""
    activity = Activity(
        id=world.uuid("scaling-activity"),
        namespace=target.namespace,
        resource=target.resource,
        dimension=target.dimension,
        description=description,
        cause=cause,
        started_at=world.now,
        status=status,
        message=message,
    )
    held = world.scaling.activities
    while held and held[-1].started_at <= world.now - ACTIVITY_LIFE.value:
        held.pop()
    held.insert(0, activity)
    return activity


def into_range(world: World, target: Target) -> Iterator[Effect]:
    """Move the service's desired count to the nearer bound where it lies outside of them (R-244)."""
    service = world.services.get(target.service)
    if service is None or service.status != "ACTIVE":
        return
    count = min(max(service.desired, target.minimum), target.maximum)
    if count != service.desired:
        bound = "minimum" if count > service.desired else "maximum"
        yield from set_count(world, target, count, words.BOUND_WAS_SET.format(bound=bound, count=count))


def set_count(world: World, target: Target, count: int, cause: str) -> Iterator[Effect]:
    """Ask ECS for a desired count; an activity tells of it. `cause` is AWS's sentence."""
    service = world.services[target.service]
    ran = service.desired
    if (before := waiting(world, service.arn)) is not None:
        _end(world, before, OVERRIDDEN, words.COUNT_OVERRIDDEN.format(count=before.count))
        ran = ran if before.before is None else before.before
    message = words.COUNT_SET.format(count=count)
    activity = record(world, target, words.SETTING_COUNT.format(count=count), cause, IN_PROGRESS, message)
    activity.count, activity.service = count, service.arn
    activity.before = ran
    world.tell_service(service, f"is scaled from {service.desired} to {count}", cause)
    yield After(0.0, e.ServiceUpdated(service.arn, {"desiredCount": count}))


def waiting(world: World, service: str) -> Activity | None:
    """The activity that waits for the service with this ARN: a newer one overrides those before."""
    newest = next((each for each in world.scaling.activities if each.service == service), None)
    return newest if newest is not None and newest.open else None


@after(e.ServiceUpdated, e.ServiceReviewed, le.CensusChanged)
def notice_count(world: World, event: e.ServiceEvent) -> Iterator[Effect]:
    """The service has a new desired count, was looked at, or runs another number of tasks."""
    yield from _settle(world, event.service)


def _settle(world: World, arn: str) -> Iterator[Effect]:
    """End the open activity of a service whose count is reached or was changed by somebody else."""
    service, activity = world.services.get(arn), waiting(world, arn)
    if service is not None and activity is not None:
        if service.desired != activity.count:
            _end(world, activity, OVERRIDDEN, words.COUNT_OVERRIDDEN.format(count=activity.count))
        elif _running(world, service) == activity.count:
            _end(world, activity, SUCCESSFUL, words.COUNT_REACHED.format(count=activity.count))
            announce(world, service, words.EVENT, message=activity.message, cause=activity.cause)
    yield from ()


def _end(world: World, activity: Activity, status: str, message: str) -> None:
    activity.status, activity.message, activity.ended_at = status, message, world.now


def _running(world: World, service: Service) -> int:
    """Whoever is not RUNNING has not been found healthy either."""
    crew = world.roster.crew(service.arn)
    return len(crew.wanted) - sum(task.status != RUNNING for task in crew.unproven.values())
