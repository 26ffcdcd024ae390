"""Tasks are counted when something changed, once a moment: what load can be served is known from then on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.effects import After, Effect
from simcloud.sim.image import Image
from simcloud.sim.load import events as le
from simcloud.sim.load.dividing import divided, nowhere, spread
from simcloud.sim.load.queues import mark
from simcloud.sim.load.state import Kind, Sample, Shape
from simcloud.sim.service import Service
from simcloud.sim.service_tasks import serves
from simcloud.sim.task import RUNNING, Task

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
    if held and held[-1].at == now.at:
        held.pop()
    held.append(now)
    yield After(0.0, le.CensusChanged(event.service))


def sample(world: World, service: Service) -> Sample:
    """The service as it is now."""
    behind = bool(service.releases) and bool(service.releases[0].configuration.get("loadBalancers"))
    pending = 0
    counts: dict[tuple[str, str, str], list[int]] = {}
    shown: dict[tuple[str, str, str], Task] = {}
    for task in world.tasks.values():
        if task.service != service.arn or not task.wanted:
            continue
        if task.status != RUNNING:
            pending += 1
            continue
        kind = (task.definition.arn, task.deployment, task.targets[0][0] if task.targets else "")
        numbers = counts.setdefault(kind, [0, 0, 0])
        shown.setdefault(kind, task)
        serving = serves(task)
        numbers[0] += serving
        numbers[1] += 1
        numbers[2] += bool(task.targets) and not serving
    kinds = tuple(
        Kind(shape(shown[kind]), serving, running, kind[1], kind[2], unhealthy)
        for kind, (serving, running, unhealthy) in counts.items()
    )
    groups = dict.fromkeys(arn for release in service.releases for arn in _groups(release.configuration))
    shares = divided(world, service)
    return Sample(
        at=world.now,
        desired=service.desired,
        pending=pending,
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


def _insights(world: World, service: Service) -> bool:
    settings = world.clusters[service.cluster].settings
    return any(each.get("name") == "containerInsights" and each.get("value") in INSIGHTS for each in settings)


def shape(task: Task) -> Shape:
    """What one task can do: as its first essential container's image behaves, with all the CPU of the task."""
    plans = [plan for plan in task.definition.containers if plan.essential]
    image = task.containers[plans[0].name].behaviour if plans else None
    vcpu = task.definition.cpu / 1024
    base = sum(each.behaviour.memory_mib for each in task.containers.values() if each.behaviour)
    if image is None:
        return Shape(task.definition.cpu, task.definition.memory, 0.0, 0.0, float(base), 0.0, 0.0)
    return Shape(
        cpu=task.definition.cpu,
        memory=task.definition.memory,
        requests=image.requests_per_vcpu * vcpu,
        seconds=image.latency_seconds,
        base_mib=float(base),
        request_mib=image.request_mib,
        messages=image.messages_per_vcpu * vcpu,
        failing=_failing(image),
    )


def _failing(image: Image) -> float:
    """Share of the requests that the code answers with 500: all of them where / does."""
    return 1.0 if dict(image.paths).get("/", 200) >= 500 else min(max(image.error_share, 0.0), 1.0)
