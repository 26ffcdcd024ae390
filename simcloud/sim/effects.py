"""What has to be done because of an event. A verb each. `After` and `Ask...` stay inside the simulation; the others are
performed by `simcloud.cloud.performing` in the rest of the simulated AWS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simcloud.sim.events import Event


@dataclass(frozen=True)
class Effect:
    """Something to do."""


@dataclass(frozen=True)
class After(Effect):
    """Let this event happen so many seconds from now. `turn` makes a task's timer stale once the task has moved on."""

    seconds: float
    event: Event
    turn: int | None = None


@dataclass(frozen=True)
class AskStep(Effect):
    """Attempt the step of the start sequence that the task is at."""

    task: str


@dataclass(frozen=True)
class AskCalls(Effect):
    """Judge the AWS calls that a container's code makes as the task role."""

    task: str
    container: str
    run: int = 0
    """Which start of its process."""
    again: tuple[int, ...] = ()
    """The places of the calls that are tried again; empty for all."""
    attempt: int = 1


@dataclass(frozen=True)
class AskApp(Effect):
    """Judge what the code in a container is about to do, as the event says."""

    task: str
    asked: Event


@dataclass(frozen=True)
class AskConnections(Effect):
    """Try the connections that a container's code opens."""

    task: str
    container: str


@dataclass(frozen=True)
class AskRouting(Effect):
    """Take lines of a container through the task's log router."""

    task: str
    container: str
    lines: tuple[str, ...]
    at: float


@dataclass(frozen=True)
class AskVolumes(Effect):
    """Ask whether the next EBS volume of the task may be made."""

    task: str


@dataclass(frozen=True)
class AskLaunch(Effect):
    """Ask whether a service's tasks may be launched: can ECS assume their roles?"""

    service: str
    deployment: str
    count: int


@dataclass(frozen=True)
class MakeInterface(Effect):
    """Make the network interface of a task in its subnet. Answered by InterfaceAttached or InterfaceRefused."""

    task: str
    task_id: str
    attachment: str
    subnet: str
    groups: tuple[str, ...]
    """Empty for the VPC's default group."""
    public: bool
    interface: str
    """The id that it shall get: eni-..."""


@dataclass(frozen=True)
class DeleteInterface(Effect):
    """Delete the network interface of a task. Answered by InterfaceDeleted."""

    task: str
    interface: str


@dataclass(frozen=True)
class MakeVolume(Effect):
    """Make an EBS volume in the zone of the task's subnet. Answered by VolumeAttached."""

    task: str
    attachment: str
    subnet: str
    volume: str
    """The id that it shall get: vol-..."""
    asked: dict[str, Any]
    """managedEBSVolume, in the API's spelling."""


@dataclass(frozen=True)
class DeleteVolume(Effect):
    """Detach an EBS volume from its task, and delete it if `delete`."""

    volume: str
    delete: bool


@dataclass(frozen=True)
class RegisterTargets(Effect):
    """Put a task's address into target groups, each with its port. Answered by TargetsRegistered."""

    task: str
    interface: str
    address: str
    targets: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class LookAtTargets(Effect):
    """See how the health checks of a registered task are now. Answered by TargetsLookedAt."""

    task: str
    interface: str
    address: str
    targets: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class DeregisterTargets(Effect):
    """Take a task's address out of target groups. Answered by TargetsDeregistered."""

    task: str
    address: str
    targets: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class MakeLogStream(Effect):
    """Make a log stream, and the group if asked."""

    region: str
    group: str
    stream: str
    make_group: bool


@dataclass(frozen=True)
class DeliverLines(Effect):
    """What a log router puts into CloudWatch Logs (`kind` logs), S3 (s3) or Firehose (firehose)."""

    kind: str
    region: str
    place: str
    """Log group, bucket, or delivery stream."""
    name: str
    """Log stream, or key; '' for Firehose."""
    lines: tuple[str, ...]
    at: float
    make_group: bool = False


@dataclass(frozen=True)
class WriteLog(Effect):
    """Write lines to a log stream."""

    region: str
    group: str
    stream: str
    lines: tuple[str, ...]
    at: float
    """Epoch seconds of the first line."""
