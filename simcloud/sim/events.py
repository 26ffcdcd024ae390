"""What happened. A past participle each; facts in. Only `World.handle` takes them, and only that touches state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from msgspec import Struct, field

if TYPE_CHECKING:
    from simcloud.sim.cluster import Cluster
    from simcloud.sim.effects import DeliverLines
    from simcloud.sim.health import HealthCheck, TargetHealth
    from simcloud.sim.outcome import Download, Outcome
    from simcloud.sim.release import TaskSet
    from simcloud.sim.service import Service
    from simcloud.sim.steps.calls import Reply
    from simcloud.sim.task import Task


class Event(Struct, frozen=True):
    """Something that happened."""

    priority: ClassVar[int] = 5
    """Of events due at the same moment the one with the lower number comes first."""

    @property
    def rank(self) -> float:
        """Its priority, where needed with a fraction: who comes first among events of a kind."""
        return self.priority


# What the account holds


class ClusterCreated(Event, frozen=True):
    cluster: Cluster


class ClusterChanged(Event, frozen=True):
    """Fields of a cluster got new values."""

    arn: str
    changes: dict[str, Any]


class DefinitionRegistered(Event, frozen=True):
    """A task definition was stored: in the API's spelling, complete."""

    stored: dict[str, Any]


class DefinitionChanged(Event, frozen=True):
    arn: str
    changes: dict[str, Any]


class Tagged(Event, frozen=True):
    """Tags were set on a resource."""

    arn: str
    tags: dict[str, str]


class Untagged(Event, frozen=True):
    arn: str
    keys: tuple[str, ...]


class ImagePushed(Event, frozen=True):
    """A behaviour is known for this reference."""

    reference: str
    image: Any


class TokenUsed(Event, frozen=True):
    """A request with a client token was answered; kept so that the same request gives the same answer."""

    key: str
    request: dict[str, Any]
    arns: tuple[str, ...]


class Remarked(Event, frozen=True):
    """Something is to be told, and nothing else happens: what a request asks for that has no effect yet."""

    who: str
    what: str
    about: tuple[str, ...] = ()


class NamespaceNamed(Event, frozen=True):
    """A request names this namespace of Cloud Map."""

    name: str
    arn: str


# A task's life


class TaskEvent(Event, frozen=True):
    """Something happened to the task with this ARN."""

    task: str
    priority: ClassVar[int] = 3


class TaskAsked(Event, frozen=True):
    """A task was asked for, by RunTask or by a service."""

    asked: Task
    tags: dict[str, str] = field(default_factory=dict)
    priority: ClassVar[int] = 3


class InterfaceDue(TaskEvent, frozen=True):
    """It is time for the task's network interface to be there."""


class VolumesJudged(TaskEvent, frozen=True):
    """May ECS make the EBS volume of this attachment? `refusal` is AWS's sentence against it, or ''."""

    attachment: str
    refusal: str = ""
    why: str = ""


class VolumeAttached(TaskEvent, frozen=True):
    """An EBS volume was made for the task."""

    attachment: str
    id: str


class InterfaceAttached(TaskEvent, frozen=True):
    """The task has an address; the start sequence may begin."""

    id: str
    address: str
    mac: str = ""
    private_name: str = ""
    public_address: str = ""
    zone: str = ""


class InterfaceRefused(TaskEvent, frozen=True):
    """EC2 made no network interface."""

    reason: str
    why: str


class StepDue(TaskEvent, frozen=True):
    """A step of the start sequence is to be attempted (again)."""


class StepJudged(TaskEvent, frozen=True):
    """A step was attempted: this came of it."""

    outcome: Outcome


class StepEnded(TaskEvent, frozen=True):
    """A step that passed has taken its time."""


class StartFailed(TaskEvent, frozen=True):
    """The task gave up before a container ran."""

    reason: str
    why: str
    container: str = ""


class ContainerStarted(TaskEvent, frozen=True):
    """The main process of a container runs."""

    container: str


class CallsJudged(TaskEvent, frozen=True):
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


class CallsDue(TaskEvent, frozen=True):
    """The code tries again to make calls for which no connection opened."""

    container: str
    run: int
    again: tuple[int, ...]
    attempt: int


class ConnectionsTried(TaskEvent, frozen=True):
    """The code in a container opened its connections: what it wrote about them, and what came by them."""

    container: str
    lines: tuple[str, ...]
    why: str
    downloads: tuple[Download, ...] = ()


class LinesRouted(TaskEvent, frozen=True):
    """The task's log router took lines of a container to their place, or lost them."""

    container: str
    place: str
    """A destination in words: `log group /ecs/web`."""
    error: str = ""
    """What the router logs about it."""
    why: str = ""
    """Why the lines are lost; '' where they are not."""
    delivery: DeliverLines | None = None


class ContainerHealthy(TaskEvent, frozen=True):
    """A container's health check succeeded. `run`: of which start of its process; 0 for any."""

    container: str
    run: int = 0


class ContainerUnhealthy(TaskEvent, frozen=True):
    """As many health checks of a container failed in a row as its definition allows."""

    container: str
    run: int = 0
    why: str = ""


class StartTimedOut(TaskEvent, frozen=True):
    """The startTimeout of a container is over."""

    container: str
    run: int


class MemoryFilled(TaskEvent, frozen=True):
    """The process of a container holds all the memory that it needs, in a task that has too little for all of them."""

    container: str
    run: int


class ContainersStarted(TaskEvent, frozen=True):
    """Every container that need not wait for another one's end has started."""


class Activated(TaskEvent, frozen=True):
    """The task is registered wherever it has to be."""


class ExecAgentStarted(TaskEvent, frozen=True):
    """The agent of ECS Exec is up."""


class ContainerExited(TaskEvent, frozen=True):
    """The main process of a container ended."""

    container: str
    code: int
    reason: str = ""
    why: str = ""
    run: int = 0
    """Which start of the process it was; 0 for whichever runs."""
    priority: ClassVar[int] = 2


class EssentialContainerExited(TaskEvent, frozen=True):
    """An essential container ended, and with it the task."""

    container: str


class StopAsked(TaskEvent, frozen=True):
    """Somebody asked for the task to stop."""

    code: str
    reason: str
    why: str = ""


class TargetsRegistered(TaskEvent, frozen=True):
    """The task's address is in its target groups, each with the health check that it has there."""

    checks: tuple[HealthCheck, ...]


class TargetsLookedAt(TaskEvent, frozen=True):
    """Something that health checks depend on may have changed: they are like this now."""

    checks: tuple[HealthCheck, ...]


class TargetJudged(TaskEvent, frozen=True):
    """Enough health checks in a row passed, or failed. Stale where the target was judged anew since."""

    group: str
    health: TargetHealth
    serial: int


class TargetHealthChanged(TaskEvent, frozen=True):
    """A target became healthy or unhealthy."""

    group: str


class SurroundingsChanged(Event, frozen=True):
    """Somebody changed the network, a load balancer or a target group."""


class TargetsDeregistered(TaskEvent, frozen=True):
    """The task's address is out of its target groups, which drain for so many seconds."""

    seconds: float


class Drained(TaskEvent, frozen=True):
    """No load balancer sends to the task any more: SIGTERM may be sent."""


class ContainersStopped(TaskEvent, frozen=True):
    """No container of the task runs any more."""


class InterfaceDeleted(TaskEvent, frozen=True):
    """The network interface is gone: the task is STOPPED."""


class InterfaceDeleteDue(TaskEvent, frozen=True):
    """It is time for the network interface to go."""


class TaskForgotten(TaskEvent, frozen=True):
    """A stopped task is no longer shown."""


# A service's life


class ServiceEvent(Event, frozen=True):
    """Something happened to the service with this ARN."""

    service: str
    priority: ClassVar[int] = 6


class ServiceCreated(Event, frozen=True):
    asked: Service
    priority: ClassVar[int] = 6


class ServiceUpdated(ServiceEvent, frozen=True):
    """UpdateService: new values of fields, and whether they make a deployment."""

    changes: dict[str, Any] = field(default_factory=dict)
    deploys: bool = False


class RollbackAsked(ServiceEvent, frozen=True):
    """Somebody stopped the service's deployment: back to what completed last."""

    why: str = ""


class HookAnswered(ServiceEvent, frozen=True):
    """Somebody answered a lifecycle hook that paused the service's deployment: CONTINUE or ROLLBACK."""

    hook: str
    action: str
    why: str = ""


class TaskSetCreated(ServiceEvent, frozen=True):
    made: TaskSet


class TaskSetScaled(ServiceEvent, frozen=True):
    """A task set is to have another percentage of the service's desired count."""

    task_set: str
    scale: float


class TaskSetPromoted(ServiceEvent, frozen=True):
    """A task set serves production from now on."""

    task_set: str


class TaskSetDeleted(ServiceEvent, frozen=True):
    """A task set is taken away."""

    task_set: str


class ServiceDeleted(ServiceEvent, frozen=True):
    """DeleteService: it drains."""


class ServiceReviewed(ServiceEvent, frozen=True):
    """The scheduler looks at the service."""


class ExitCounted(ServiceEvent, frozen=True):
    """The scheduler takes note of a task that ended by itself."""

    deployment: str


class LaunchJudged(ServiceEvent, frozen=True):
    """May the scheduler launch tasks? `refusal` is AWS's sentence against it, or ''."""

    deployment: str
    count: int
    refusal: str
    why: str
    zones: dict[str, str] = field(default_factory=dict)
    """The Availability Zone of each of its subnets."""
