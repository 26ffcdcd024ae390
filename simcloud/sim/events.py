"""What happened. A past participle each; facts in. Only `World.handle` takes them, and only that touches state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from simcloud.sim.cluster import Cluster
    from simcloud.sim.effects import DeliverLines
    from simcloud.sim.health import HealthCheck, TargetHealth
    from simcloud.sim.outcome import Download, Outcome
    from simcloud.sim.release import TaskSet
    from simcloud.sim.service import Service
    from simcloud.sim.steps.calls import Reply
    from simcloud.sim.task import Task


@dataclass(frozen=True)
class Event:
    """Something that happened."""

    priority: ClassVar[int] = 5
    """Of events due at the same moment the one with the lower number comes first."""

    @property
    def rank(self) -> float:
        """Its priority, where needed with a fraction: who comes first among events of a kind."""
        return self.priority


# What the account holds


@dataclass(frozen=True)
class ClusterCreated(Event):
    cluster: Cluster


@dataclass(frozen=True)
class ClusterChanged(Event):
    """Fields of a cluster got new values."""

    arn: str
    changes: dict[str, Any]


@dataclass(frozen=True)
class DefinitionRegistered(Event):
    """A task definition was stored: in the API's spelling, complete."""

    stored: dict[str, Any]


@dataclass(frozen=True)
class DefinitionChanged(Event):
    arn: str
    changes: dict[str, Any]


@dataclass(frozen=True)
class Tagged(Event):
    """Tags were set on a resource."""

    arn: str
    tags: dict[str, str]


@dataclass(frozen=True)
class Untagged(Event):
    arn: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class ImagePushed(Event):
    """A behaviour is known for this reference."""

    reference: str
    image: Any


@dataclass(frozen=True)
class TokenUsed(Event):
    """A request with a client token was answered; kept so that the same request gives the same answer."""

    key: str
    request: dict[str, Any]
    arns: tuple[str, ...]


@dataclass(frozen=True)
class Remarked(Event):
    """Something is to be told, and nothing else happens: what a request asks for that has no effect yet."""

    who: str
    what: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class NamespaceNamed(Event):
    """A request names this namespace of Cloud Map."""

    name: str
    arn: str


# A task's life


@dataclass(frozen=True)
class TaskEvent(Event):
    """Something happened to the task with this ARN."""

    task: str
    priority: ClassVar[int] = 3


@dataclass(frozen=True)
class TaskAsked(Event):
    """A task was asked for, by RunTask or by a service."""

    asked: Task
    tags: dict[str, str] = field(default_factory=dict)
    priority: ClassVar[int] = 3


@dataclass(frozen=True)
class InterfaceDue(TaskEvent):
    """It is time for the task's network interface to be there."""


@dataclass(frozen=True)
class VolumesJudged(TaskEvent):
    """May ECS make the EBS volume of this attachment? `refusal` is AWS's sentence against it, or ''."""

    attachment: str
    refusal: str = ""
    why: str = ""


@dataclass(frozen=True)
class VolumeAttached(TaskEvent):
    """An EBS volume was made for the task."""

    attachment: str
    id: str


@dataclass(frozen=True)
class InterfaceAttached(TaskEvent):
    """The task has an address; the start sequence may begin."""

    id: str
    address: str
    mac: str = ""
    private_name: str = ""
    public_address: str = ""
    zone: str = ""


@dataclass(frozen=True)
class InterfaceRefused(TaskEvent):
    """EC2 made no network interface."""

    reason: str
    why: str


@dataclass(frozen=True)
class StepDue(TaskEvent):
    """A step of the start sequence is to be attempted (again)."""


@dataclass(frozen=True)
class StepJudged(TaskEvent):
    """A step was attempted: this came of it."""

    outcome: Outcome


@dataclass(frozen=True)
class StepEnded(TaskEvent):
    """A step that passed has taken its time."""


@dataclass(frozen=True)
class StartFailed(TaskEvent):
    """The task gave up before a container ran."""

    reason: str
    why: str
    container: str = ""


@dataclass(frozen=True)
class ContainerStarted(TaskEvent):
    """The main process of a container runs."""

    container: str


@dataclass(frozen=True)
class CallsJudged(TaskEvent):
    """The code in a container made its AWS calls as the task role: what it wrote about them."""

    container: str
    lines: tuple[str, ...]
    why: str
    replies: tuple[Reply, ...] = ()
    """Of each call that is not tried again."""
    again: tuple[int, ...] = ()
    """The places of those that are: no connection opened."""
    attempt: int = 1
    run: int = 0


@dataclass(frozen=True)
class CallsDue(TaskEvent):
    """The code tries again to make calls for which no connection opened."""

    container: str
    run: int
    again: tuple[int, ...]
    attempt: int


@dataclass(frozen=True)
class ConnectionsTried(TaskEvent):
    """The code in a container opened its connections: what it wrote about them, and what came by them."""

    container: str
    lines: tuple[str, ...]
    why: str
    downloads: tuple[Download, ...] = ()


@dataclass(frozen=True)
class LinesRouted(TaskEvent):
    """The task's log router took lines of a container to their place, or lost them."""

    container: str
    place: str
    """A destination in words: `log group /ecs/web`."""
    error: str = ""
    """What the router logs about it."""
    why: str = ""
    """Why the lines are lost; '' where they are not."""
    delivery: DeliverLines | None = None


@dataclass(frozen=True)
class ContainerHealthy(TaskEvent):
    """A container's health check succeeded. `run`: of which start of its process; 0 for any."""

    container: str
    run: int = 0


@dataclass(frozen=True)
class ContainerUnhealthy(TaskEvent):
    """As many health checks of a container failed in a row as its definition allows."""

    container: str
    run: int = 0
    why: str = ""


@dataclass(frozen=True)
class StartTimedOut(TaskEvent):
    """The startTimeout of a container is over."""

    container: str
    run: int


@dataclass(frozen=True)
class ContainersStarted(TaskEvent):
    """Every container that need not wait for another one's end has started."""


@dataclass(frozen=True)
class Activated(TaskEvent):
    """The task is registered wherever it has to be."""


@dataclass(frozen=True)
class ExecAgentStarted(TaskEvent):
    """The agent of ECS Exec is up."""


@dataclass(frozen=True)
class ContainerExited(TaskEvent):
    """The main process of a container ended."""

    container: str
    code: int
    reason: str = ""
    why: str = ""
    run: int = 0
    """Which start of the process it was; 0 for whichever runs."""
    priority: ClassVar[int] = 2


@dataclass(frozen=True)
class EssentialContainerExited(TaskEvent):
    """An essential container ended, and with it the task."""

    container: str


@dataclass(frozen=True)
class StopAsked(TaskEvent):
    """Somebody asked for the task to stop."""

    code: str
    reason: str
    why: str = ""


@dataclass(frozen=True)
class TargetsRegistered(TaskEvent):
    """The task's address is in its target groups, each with the health check that it has there."""

    checks: tuple[HealthCheck, ...]


@dataclass(frozen=True)
class TargetsLookedAt(TaskEvent):
    """Something that health checks depend on may have changed: they are like this now."""

    checks: tuple[HealthCheck, ...]


@dataclass(frozen=True)
class TargetJudged(TaskEvent):
    """Enough health checks in a row passed, or failed. Stale where the target was judged anew since."""

    group: str
    health: TargetHealth
    serial: int


@dataclass(frozen=True)
class TargetHealthChanged(TaskEvent):
    """A target became healthy or unhealthy."""

    group: str


@dataclass(frozen=True)
class SurroundingsChanged(Event):
    """Somebody changed the network, a load balancer or a target group."""


@dataclass(frozen=True)
class TargetsDeregistered(TaskEvent):
    """The task's address is out of its target groups, which drain for so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Drained(TaskEvent):
    """No load balancer sends to the task any more: SIGTERM may be sent."""


@dataclass(frozen=True)
class ContainersStopped(TaskEvent):
    """No container of the task runs any more."""


@dataclass(frozen=True)
class InterfaceDeleted(TaskEvent):
    """The network interface is gone: the task is STOPPED."""


@dataclass(frozen=True)
class InterfaceDeleteDue(TaskEvent):
    """It is time for the network interface to go."""


@dataclass(frozen=True)
class TaskForgotten(TaskEvent):
    """A stopped task is no longer shown."""


# A service's life


@dataclass(frozen=True)
class ServiceEvent(Event):
    """Something happened to the service with this ARN."""

    service: str
    priority: ClassVar[int] = 6


@dataclass(frozen=True)
class ServiceCreated(Event):
    asked: Service
    priority: ClassVar[int] = 6


@dataclass(frozen=True)
class ServiceUpdated(ServiceEvent):
    """UpdateService: new values of fields, and whether they make a deployment."""

    changes: dict[str, Any] = field(default_factory=dict)
    deploys: bool = False


@dataclass(frozen=True)
class RollbackAsked(ServiceEvent):
    """Somebody stopped the service's deployment: back to what completed last."""

    why: str = ""


@dataclass(frozen=True)
class HookAnswered(ServiceEvent):
    """Somebody answered a lifecycle hook that paused the service's deployment: CONTINUE or ROLLBACK."""

    hook: str
    action: str
    why: str = ""


@dataclass(frozen=True)
class TaskSetCreated(ServiceEvent):
    made: TaskSet


@dataclass(frozen=True)
class TaskSetScaled(ServiceEvent):
    """A task set is to have another percentage of the service's desired count."""

    task_set: str
    scale: float


@dataclass(frozen=True)
class TaskSetPromoted(ServiceEvent):
    """A task set serves production from now on."""

    task_set: str


@dataclass(frozen=True)
class TaskSetDeleted(ServiceEvent):
    """A task set is taken away."""

    task_set: str


@dataclass(frozen=True)
class ServiceDeleted(ServiceEvent):
    """DeleteService: it drains."""


@dataclass(frozen=True)
class ServiceReviewed(ServiceEvent):
    """The scheduler looks at the service."""


@dataclass(frozen=True)
class ExitCounted(ServiceEvent):
    """The scheduler takes note of a task that ended by itself."""

    deployment: str


@dataclass(frozen=True)
class LaunchJudged(ServiceEvent):
    """May the scheduler launch tasks? `refusal` is AWS's sentence against it, or ''."""

    deployment: str
    count: int
    refusal: str
    why: str
    zones: dict[str, str] = field(default_factory=dict)
    """The Availability Zone of each of its subnets."""
