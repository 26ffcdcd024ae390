"""Tasks are counted when something changed, once a moment: what load can be served is known from then on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.effects import After, Effect
from simcloud.sim.load import events as le
from simcloud.sim.load.dividing import divided, nowhere, spread
from simcloud.sim.load.queues import mark
from simcloud.sim.load.state import Sample
from simcloud.sim.load.tally import Tally
from simcloud.sim.service import Service

if TYPE_CHECKING:
    from simcloud.sim.world import World

INSIGHTS = ("enabled", "enhanced")


@after(e.ServiceCreated)
def begin(world: World, event: e.ServiceCreated) -> Iterator[Effect]:
    """From here on the service is counted."""
    yield from recount(world, event.asked.arn)


@after(e.ServiceUpdated, e.ServiceReviewed, e.ServiceDeleted)
def notice_service(world: World, event: e.ServiceEvent) -> Iterator[Effect]:
    """Its desired count may have changed, or which of its tasks count."""
    yield from recount(world, event.service)


@after(e.Activated, e.StopAsked, e.EssentialContainerExited, e.StartFailed, e.TargetHealthChanged)
def notice_task(world: World, event: e.TaskEvent) -> Iterator[Effect]:
    """A task of a service came, went, or is sent to from now on."""
    task = world.tasks.get(event.task)
    if task is not None and task.service:
        yield from recount(world, task.service)


@after(e.ClusterChanged)
def notice_cluster(world: World, event: e.ClusterChanged) -> Iterator[Effect]:
    """Container Insights may be on or off from now on."""
    if "settings" in event.changes:
        for service in world.services.values():
            if service.cluster == event.arn:
                yield from recount(world, service.arn)


def recount(world: World, service: str) -> Iterator[Effect]:
    """At the end of this moment, once, however much happens in it."""
    if service in world.services and service not in world.loads.due:
        world.loads.due.add(service)
        yield After(0.0, le.ServiceCounted(service))


@after(le.ServiceCounted)
def count(world: World, event: le.ServiceCounted) -> Iterator[Effect]:
    """Keep what has changed. Who watches the service hears of it."""
    world.loads.due.discard(event.service)
    now = sample(world, world.services[event.service])
    held = world.loads.census.setdefault(event.service, [])
    if held and held[-1][1:] == now[1:]:
        return
    for queue in world.loads.queues.values():
        if queue.worker == event.service:
            mark(world, queue)
    alike = bool(held) and held[-1].serving_like(now)
    if held and held[-1].at == now.at:
        held.pop()
    held.append(now)
    yield After(0.0, le.CensusChanged(event.service, alike))


def sample(world: World, service: Service) -> Sample:
    """The service as it is now. What happened since the last count is counted."""
    behind = bool(service.releases) and bool(service.releases[0].configuration.get("loadBalancers"))
    tally, crew = world.loads.tallies.setdefault(service.arn, Tally()), world.roster.crew(service.arn)
    tally.count(crew.uncounted.values())
    crew.uncounted.clear()
    kinds = tally.kinds
    groups = dict.fromkeys(arn for release in service.releases for arn in _groups(release.configuration))
    shares = divided(world, service)
    return Sample(
        at=world.now,
        desired=service.desired,
        pending=tally.pending,
        running=sum(kind.running for kind in kinds),
        serving=sum(kind.serving for kind in kinds),
        unhealthy=sum(kind.unhealthy for kind in kinds),
        kinds=spread(kinds, shares),
        groups=tuple(groups) if behind or groups else (),
        insights=_insights(world, service),
        lost=nowhere(kinds, shares, groups),
    )


def _groups(configuration: dict[str, object]) -> Iterator[str]:
    balancers = configuration.get("loadBalancers") or ()
    assert isinstance(balancers, list | tuple)
    for each in balancers:
        advanced = each.get("advancedConfiguration") or {}
        yield from (arn for arn in (each.get("targetGroupArn"), advanced.get("alternateTargetGroupArn")) if arn)


def _insights(world: World, service: Service) -> str:
    settings = world.clusters[service.cluster].settings
    values = [str(each.get("value")) for each in settings if each.get("name") == "containerInsights"]
    return next((value for value in values if value in INSIGHTS), "")
