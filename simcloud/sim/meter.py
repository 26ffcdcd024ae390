"""The meter: what is over and has to be paid. Tasks that ended, things that were deleted, images that were pulled.

What still runs or stands is read from where it is; every second is on the bill once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.effects import Effect
from simcloud.sim.events import Event
from simcloud.sim.outcome import Download, Passed
from simcloud.sim.task import STOPPED, Task

if TYPE_CHECKING:
    from simcloud.sim.world import World

Tags = tuple[tuple[str, str], ...]
"""Keys and values, in the order of the keys."""


class TaskRun(NamedTuple):
    """A task as the bill sees it. Times are epoch seconds."""

    id: str
    cluster: str
    """Names of its cluster and of its service; '' for a standalone task."""
    service: str
    cpu: int
    memory: int
    storage: int
    architecture: str
    windows: bool
    spot: bool
    begin: float
    """When its first image pull began."""
    end: float
    attached: float
    """From when on it had its network interface."""
    public: bool
    """Had that a public address?"""
    tags: Tags


class Span(NamedTuple):
    """A thing outside the simulation, from when it was made until it was gone."""

    kind: str
    id: str
    begin: float
    end: float
    detail: tuple[tuple[str, Any], ...]
    """What its price depends on, by name."""
    tags: Tags = ()


class Pull(NamedTuple):
    """An image, or data of the code, that came to a task over the network."""

    at: float
    mib: int
    by: str
    """By which kind of gateway or endpoint it came: nat-gateway, gateway-endpoint, ..."""
    service: str
    """From where: s3, or `internet` for a registry outside AWS's network."""
    name: str
    """`task 0123`, `pod default/web`; with the names of its cluster and of its service."""
    cluster: str
    of: str
    tags: Tags


class ThingGone(Event, frozen=True):
    """Something that was paid by the hour or by the GB-month was deleted."""

    span: Span


class Meter:
    """Everything that is over."""

    def __init__(self) -> None:
        self.tasks: list[TaskRun] = []
        self.things: list[Span] = []
        self.pulls: list[Pull] = []


def begun(world: World, identity: str, made: float) -> float:
    """From when on a thing has not been paid: since it was made, or since what is on the meter of it already."""
    return max([made, *(span.end for span in world.meter.things if span.id == identity)])


def run_of(world: World, task: Task) -> TaskRun | None:
    """The task until now, or until it stopped; None for one that is not billed: on EC2, or before its pull (R-307)."""
    if task.launch_type != "FARGATE" or task.pull_started_at is None:
        return None
    definition, service = task.definition, task.service.rsplit("/", 1)[-1]
    return TaskRun(
        id=task.id,
        cluster=world.clusters[task.cluster].name,
        service=service,
        cpu=definition.cpu,
        memory=definition.memory,
        storage=definition.ephemeral_gib,
        architecture=definition.architecture,
        windows=definition.system.startswith("WINDOWS"),
        spot=task.provider == "FARGATE_SPOT",
        begin=task.pull_started_at,
        end=world.now if task.stopped_at is None else task.stopped_at,
        attached=task.pull_started_at if task.connectivity_at is None else task.connectivity_at,
        public=bool(task.interface.public_address),
        tags=tags_of(world, task),
    )


def tags_of(world: World, task: Task) -> Tags:
    """The task's tags: those that it was given, and those that were propagated to it."""
    return tuple(sorted(world.tags.get(task.arn, {}).items()))


@after(e.InterfaceDeleted)
def keep_task(world: World, event: e.InterfaceDeleted) -> Iterator[Effect]:
    """The task has stopped: its bill is made up."""
    if run := run_of(world, world.tasks[event.task]):
        world.meter.tasks.append(run)
    yield from ()


@after(e.StepJudged)
def keep_pull(world: World, event: e.StepJudged) -> Iterator[Effect]:
    """An image that is pulled is data on the way that it takes."""
    if isinstance(event.outcome, Passed) and event.outcome.download:
        _keep(world, world.tasks[event.task], event.outcome.download)
    yield from ()


@after(e.ConnectionsTried)
def keep_downloads(world: World, event: e.ConnectionsTried) -> Iterator[Effect]:
    """So is what the code fetches."""
    for download in event.downloads:
        _keep(world, world.tasks[event.task], download)
    yield from ()


def _keep(world: World, task: Task, download: Download) -> None:
    if download.by:
        cluster, service = world.clusters[task.cluster].name, task.service.rsplit("/", 1)[-1]
        named = (f"task {task.id}", cluster, service, tags_of(world, task))
        world.meter.pulls.append(Pull(world.now, download.mib, download.by, download.service, *named))


@after(ThingGone)
def keep_thing(world: World, event: ThingGone) -> Iterator[Effect]:
    """It is paid until now."""
    world.meter.things.append(event.span)
    yield from ()


def runs(world: World) -> Iterator[TaskRun]:
    """Every task that is on the bill, each once: those that ended, and those that still run."""
    yield from world.meter.tasks
    for task in world.tasks.values():
        if task.status != STOPPED and (run := run_of(world, task)):
            yield run


def billed_once(world: World) -> Iterator[str]:
    """Every second of a task is billed once: a stopped one by the meter, a live one by its clock."""
    metered = [run.id for run in world.meter.tasks]
    if len(metered) != len(set(metered)):
        yield f"{len(metered) - len(set(metered))} tasks are on the meter twice"
    ended = set(metered)
    for task in world.tasks.values():
        paid = task.launch_type == "FARGATE" and task.pull_started_at is not None
        if (task.id in ended) != (paid and task.status == STOPPED):
            yield f"task {task.id} is {task.status} and {'' if task.id in ended else 'not '}on the meter"
    for run in world.meter.tasks:
        if not run.begin <= run.end <= world.now:
            yield f"task {run.id} is billed from {run.begin} to {run.end}"
