"""Tasks and services as plain values to look at: for lessons, checks and views. Looking changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from simcloud.cloud.live import Live
from simcloud.sim.cluster import Cluster
from simcloud.sim.service import Service
from simcloud.sim.story import StoryLine
from simcloud.sim.task import PENDING, PROVISIONING, RUNNING, STOPPED, Task


@dataclass(frozen=True)
class ContainerView:
    """A container of a task."""

    name: str
    image: str
    digest: str
    status: str
    exit_code: int | None
    reason: str
    essential: bool
    health: str
    environment: dict[str, str]
    """What the process sees: plain values and secrets."""


@dataclass(frozen=True)
class CallView:
    """AWS calls that the code of a container made, all alike."""

    container: str
    action: str
    """As policies name it: sqs:ReceiveMessage."""
    resource: str
    outcome: str
    """ok, denied, no-credentials, timeout, no-name or missing."""
    times: int


@dataclass(frozen=True)
class TaskView:
    """A task at one moment. Times are epoch seconds; None where the moment has not come."""

    arn: str
    id: str
    cluster: str
    definition: str
    """family:revision."""
    status: str
    desired: str
    stop_code: str
    stopped_reason: str
    """AWS's text."""
    why: str
    """Our sentence: the hop, statement or thing that decided it."""
    containers: tuple[ContainerView, ...]
    service: str
    group: str
    started_by: str
    launch_type: str
    provider: str
    cpu: int
    memory: int
    execution_role: str
    """ARN; '' where the definition names none."""
    task_role: str
    """ARN; '' where the definition names none."""
    subnet: str
    zone: str
    interface: str
    """Network interface id; '' before there is one."""
    private_ip: str
    public_ip: str
    security_groups: tuple[str, ...]
    """As asked; empty where the VPC's default group was taken."""
    created_at: float
    pull_started_at: float | None
    started_at: float | None
    stopping_at: float | None
    stopped_at: float | None
    calls: tuple[CallView, ...]
    """AWS calls that its code made, in the order of the first of each."""
    story: tuple[StoryLine, ...]
    _live: Live = field(repr=False, compare=False)

    def metadata(self, container: str = "") -> dict[str, Any]:
        """What a container of the task (its first essential one, where none is named) reads from the task metadata
        endpoint, by path: "", "/task", "/taskWithTags", "/stats", "/task/stats".

        As it stands now. Raises LookupError where that container does not run, or the task is not known any more.
        """
        from simcloud.cloud import metadata

        held = next((each for each in self._live.world.tasks.values() if each.id == self.id), None)
        if held is None:
            raise LookupError(f"there is no task {self.id}; stopped tasks are shown for an hour")
        name = container or next(each.name for each in held.containers.values() if each.essential)
        return metadata.documents(self._live, held, name)

    @property
    def exit_code(self) -> int | None:
        """Of its first essential container."""
        return next((each.exit_code for each in self.containers if each.essential), None)


@dataclass(frozen=True)
class ServiceView:
    """A service at one moment."""

    arn: str
    name: str
    cluster: str
    status: str
    desired: int
    running: int
    pending: int
    definition: str
    """family:revision of its PRIMARY deployment."""
    rollout: str
    """IN_PROGRESS, COMPLETED or FAILED; '' once it is INACTIVE."""
    tasks: tuple[TaskView, ...]
    """Those that are meant to run, oldest first."""
    stopped_tasks: tuple[TaskView, ...]
    """Those that are to stop or have stopped and can still be described, oldest first."""
    events: tuple[str, ...]
    """Newest first."""
    story: tuple[StoryLine, ...]


def tasks(
    live: Live, cluster: str | None = None, *, service: str | None = None, status: str | None = None
) -> list[TaskView]:
    """Tasks, stopped ones included, oldest first."""
    found = live.world.tasks.values()
    return [
        view(live, task)
        for task in found
        if (cluster is None or _cluster(live, task.cluster).name == _short(cluster))
        and (service is None or _short(task.service) == _short(service))
        and (status is None or task.status == status)
    ]


def task(live: Live, arn_or_id: str) -> TaskView:
    """One task. Raises LookupError where there is none."""
    return view(live, held(live, arn_or_id))


def held(live: Live, arn_or_id: str) -> Task:
    """The task itself. Raises LookupError where there is none."""
    for each in live.world.tasks.values():
        if _short(arn_or_id) == each.id:
            return each
    raise LookupError(f"there is no task {arn_or_id}; stopped tasks are shown for an hour")


def service(live: Live, name: str, cluster: str = "default") -> ServiceView:
    """One service. Raises LookupError where there is none."""
    for each in live.world.services.values():
        if each.name == _short(name) and _cluster(live, each.cluster).name == _short(cluster):
            return _service(live, each)
    raise LookupError(f"there is no service {_short(name)} in cluster {_short(cluster)}")


def view(live: Live, task: Task) -> TaskView:
    """What can be seen of a task."""
    interface = task.interface
    return TaskView(
        arn=task.arn,
        id=task.id,
        cluster=_cluster(live, task.cluster).name,
        definition=_short(task.definition.arn),
        status=task.status,
        desired=task.desired,
        stop_code=task.stop_code,
        stopped_reason=task.stopped_reason,
        why=task.why,
        containers=tuple(_containers(task)),
        service=_short(task.service),
        group=task.group,
        started_by=task.started_by,
        launch_type=task.launch_type,
        provider=task.provider,
        cpu=task.definition.cpu,
        memory=task.definition.memory,
        execution_role=task.definition.execution_role,
        task_role=task.definition.task_role,
        subnet=interface.subnet,
        zone=interface.zone,
        interface=interface.id,
        private_ip=interface.address,
        public_ip=interface.public_address,
        security_groups=interface.groups,
        created_at=task.created_at,
        pull_started_at=task.pull_started_at,
        started_at=task.started_at,
        stopping_at=task.stopping_at,
        stopped_at=task.stopped_at,
        calls=tuple(_calls(task)),
        story=tuple(live.world.story.about(task.id)),
        _live=live,
    )


def _containers(task: Task) -> list[ContainerView]:
    return [
        ContainerView(
            each.name,
            each.image,
            each.digest,
            each.status,
            each.exit_code,
            each.reason,
            each.essential,
            each.health,
            dict(each.environment),
        )
        for each in task.containers.values()
    ]


def _calls(task: Task) -> Iterator[CallView]:
    for container in task.containers.values():
        for (action, resource, outcome), times in container.called.items():
            yield CallView(container.name, action, resource, outcome, times)


def _service(live: Live, service: Service) -> ServiceView:
    mine = [task for task in live.world.tasks.values() if task.service == service.arn]
    wanted = [task for task in mine if task.wanted]
    primary = service.deployments[0] if service.deployments else None
    return ServiceView(
        arn=service.arn,
        name=service.name,
        cluster=_cluster(live, service.cluster).name,
        status=service.status,
        desired=service.desired,
        running=sum(task.status == RUNNING for task in wanted),
        pending=sum(task.status in (PROVISIONING, PENDING, "ACTIVATING") for task in wanted),
        definition=_short(primary.definition) if primary else "",
        rollout=primary.rollout if primary else "",
        tasks=tuple(view(live, task) for task in wanted),
        stopped_tasks=tuple(view(live, task) for task in mine if task.desired == STOPPED),
        events=tuple(each.message for each in service.events),
        story=tuple(live.world.story.about(service.arn)),
    )


def _cluster(live: Live, arn: str) -> Cluster:
    return live.world.clusters[arn]


def _short(name: str) -> str:
    return name.rsplit("/", 1)[-1]
