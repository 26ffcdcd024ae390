"""A task, its containers and its network interface; and the law of its life in one table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simcloud.sim.definition import Definition
from simcloud.sim.image import Image

if TYPE_CHECKING:
    from simcloud.sim.files import Store
    from simcloud.sim.health import Target
    from simcloud.sim.story import Story
    from simcloud.sim.volumes import ManagedVolume

PROVISIONING = "PROVISIONING"
PENDING = "PENDING"
ACTIVATING = "ACTIVATING"
RUNNING = "RUNNING"
DEACTIVATING = "DEACTIVATING"
STOPPING = "STOPPING"
DEPROVISIONING = "DEPROVISIONING"
STOPPED = "STOPPED"

ORDER = (PROVISIONING, PENDING, ACTIVATING, RUNNING, DEACTIVATING, STOPPING, DEPROVISIONING, STOPPED)
"""The statuses in the order of a life; a task never goes back."""

MOVES: dict[tuple[str, str], str] = {
    (PROVISIONING, "InterfaceAttached"): PENDING,
    (PROVISIONING, "StartFailed"): DEPROVISIONING,
    (PROVISIONING, "StopAsked"): DEPROVISIONING,
    (PENDING, "ContainersStarted"): ACTIVATING,
    (PENDING, "StartFailed"): DEPROVISIONING,
    (PENDING, "StopAsked"): DEPROVISIONING,
    (PENDING, "EssentialContainerExited"): DEACTIVATING,
    (ACTIVATING, "Activated"): RUNNING,
    (ACTIVATING, "StopAsked"): DEACTIVATING,
    (ACTIVATING, "EssentialContainerExited"): DEACTIVATING,
    (RUNNING, "StopAsked"): DEACTIVATING,
    (RUNNING, "EssentialContainerExited"): DEACTIVATING,
    (DEACTIVATING, "Drained"): STOPPING,
    (STOPPING, "ContainersStopped"): DEPROVISIONING,
    (DEPROVISIONING, "InterfaceDeleted"): STOPPED,
}
"""(status, event) to status (R-102). What is not here cannot happen."""


class IllegalMove(Exception):
    """An event that cannot happen to a task in its status. Shows the story of the task so far."""

    def __init__(self, task: Task, event: str, story: Story) -> None:
        allowed = sorted(name for status, name in MOVES if status == task.status)
        super().__init__(
            f"{event} cannot happen to task {task.id} in {task.status}; "
            f"what can happen: {', '.join(allowed) or 'nothing'}. Its story:\n{story.about(task.id)}"
        )


@dataclass
class Container:
    """A container of a task, as DescribeTasks shows it."""

    name: str
    arn: str
    image: str
    essential: bool
    status: str = PENDING
    digest: str = ""
    exit_code: int | None = None
    reason: str = ""
    runtime_id: str = ""
    health: str = "UNKNOWN"
    environment: dict[str, str] = field(default_factory=dict)
    """What the process sees: plain values and, once read, secrets."""
    exec_agent: str = ""
    """Status of the ECS Exec agent; '' where exec is off."""
    behaviour: Image | None = None
    """The image that was pulled; None before."""
    pinned: str = ""
    """The digest that its service's deployment keeps to (R-059); '' where the tag decides."""
    mute: bool = False
    """Are its lines lost, since its execution role may make a log stream and not write to it?"""
    runs: int = 0
    """How often its process was started."""
    started_at: float | None = None
    """When it was started last."""
    called: dict[tuple[str, str, str], int] = field(default_factory=dict)
    """How often its code made an AWS call: by action, resource and what came of it (`steps.calls.Kind`)."""

    def count(self, action: str, resource: str, kind: str) -> None:
        """The code made an AWS call."""
        self.called[action, resource, kind] = self.called.get((action, resource, kind), 0) + 1


@dataclass
class Interface:
    """The elastic network interface of a task and its attachment."""

    attachment: str
    subnet: str
    groups: tuple[str, ...]
    """Security groups as asked; empty for the VPC's default group."""
    public: bool
    """Was a public address asked for?"""
    status: str = "PRECREATED"
    id: str = ""
    address: str = ""
    mac: str = ""
    private_name: str = ""
    public_address: str = ""
    zone: str = ""


@dataclass
class Task:
    """A task. Times are epoch seconds; None where the moment has not come."""

    id: str
    arn: str
    cluster: str
    """The cluster's ARN."""
    definition: Definition
    interface: Interface
    containers: dict[str, Container]
    created_at: float
    launch_type: str = "FARGATE"
    provider: str = ""
    """Capacity provider; '' where a launch type was asked for."""
    group: str = ""
    started_by: str = ""
    service: str = ""
    """The ARN of the service that keeps it; '' for a standalone task."""
    deployment: str = ""
    """The id of the service's deployment that started it."""
    round: int = 0
    """The service's round of launches in which it was started."""
    overrides: dict[str, Any] = field(default_factory=dict)
    exec_enabled: bool = False
    targets: tuple[tuple[str, int], ...] = ()
    """Target groups that it is to be registered with, each with its port."""
    registered: bool = False
    target_health: dict[str, Target] = field(default_factory=dict)
    """What its target groups, by ARN, know of it."""
    instances: tuple[str, ...] = ()
    """ARNs of the services of Cloud Map in which it is registered."""
    told_targets: str = ""
    """What its service has said of them: in, out, or nothing yet."""
    volumes: list[ManagedVolume] = field(default_factory=list)
    """EBS volumes configured at its launch."""
    stores: dict[str, Store] = field(default_factory=dict)
    """Where the files of its volumes are kept, by the volume's name."""
    status: str = PROVISIONING
    desired: str = RUNNING
    stop_code: str = ""
    stopped_reason: str = ""
    why: str = ""
    """Our own sentence beside AWS's stopped reason: the hop or the statement that decided it. While the task is
    PENDING, what holds up its start."""
    terminated: bool = False
    """Has SIGTERM been sent to its containers?"""
    lost: bool = False
    """Is the host under it gone? ECS takes a while to notice."""
    turn: int = 0
    """Counts moves and steps: a timer set in an earlier turn is stale."""
    version: int = 1
    step: int = 0
    """Which step of the start sequence it is at."""
    step_since: float | None = None
    """When that step was first attempted."""
    ever_ran: bool = False
    connectivity_at: float | None = None
    pull_started_at: float | None = None
    pull_stopped_at: float | None = None
    started_at: float | None = None
    stopping_at: float | None = None
    execution_stopped_at: float | None = None
    stopped_at: float | None = None
    exec_agent_at: float | None = None
    """When the agent of ECS Exec was up."""
    protected_until: float | None = None
    """Scale-in leaves it alone until then."""

    @property
    def short(self) -> str:
        """Enough of the id for a sentence."""
        return self.id[:8]

    @property
    def about(self) -> tuple[str, ...]:
        """Under which names the story keeps lines about it."""
        return (self.id, self.arn, self.service, self.service.rsplit("/", 1)[-1])

    @property
    def account(self) -> str:
        """Of the task's ARN."""
        return self.arn.split(":")[4]

    @property
    def region(self) -> str:
        """Of the task's ARN."""
        return self.arn.split(":")[3]

    @property
    def wanted(self) -> bool:
        """Is it meant to run?"""
        return self.desired == RUNNING

    @property
    def health(self) -> str:
        """UNHEALTHY before UNKNOWN before HEALTHY, over the essential containers (R-146)."""
        states = {each.health for each in self.containers.values() if each.essential}
        return next((state for state in ("UNHEALTHY", "UNKNOWN") if state in states), "HEALTHY")

    def move(self, event: str, story: Story) -> str:
        """Move along the table and return the status left. Raises IllegalMove and changes nothing where it cannot."""
        after = MOVES.get((self.status, event))
        if after is None:
            raise IllegalMove(self, event, story)
        before, self.status = self.status, after
        self.advance_turn()
        return before

    def advance_turn(self) -> None:
        """Something happened: timers set before it are stale."""
        self.turn += 1
        self.version += 1
