"""What has to be done because of an event. A verb each. `After` and `Ask...` stay inside the simulation; the others are
performed by `simcloud.cloud.performing` in the rest of the simulated AWS."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from simcloud.sim.events import Event


class Effect(Struct, frozen=True):
    """Something to do."""


class After(Effect, frozen=True):
    """Let this event happen so many seconds from now. `turn` makes a task's timer stale once the task has moved on."""

    seconds: float
    event: Event
    turn: int | None = None


class AskStep(Effect, frozen=True):
    """Attempt the step of the start sequence that the task is at."""

    task: str


class AskCalls(Effect, frozen=True):
    """Judge the AWS calls that a container's code makes as the task role."""

    task: str
    container: str
    run: int = 0
    """Which start of its process."""
    again: tuple[int, ...] = ()
    """The places of the calls that are tried again; empty for all."""
    attempt: int = 1


class AskApp(Effect, frozen=True):
    """Judge what the code in a container is about to do, as the event says."""

    task: str
    asked: Event


class AskConnections(Effect, frozen=True):
    """Try the connections that a container's code opens."""

    task: str
    container: str


class AskRouting(Effect, frozen=True):
    """Take lines of a container through the task's log router."""

    task: str
    container: str
    lines: tuple[str, ...]
    at: float


class AskVolumes(Effect, frozen=True):
    """Ask whether the next EBS volume of the task may be made."""

    task: str


class AskLaunch(Effect, frozen=True):
    """Ask whether a service's tasks may be launched: can ECS assume their roles?"""

    service: str
    deployment: str
    count: int


class MakeInterface(Effect, frozen=True):
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


class DeleteInterface(Effect, frozen=True):
    """Delete the network interface of a task. Answered by InterfaceDeleted."""

    task: str
    interface: str


class MakeVolume(Effect, frozen=True):
    """Make an EBS volume in the zone of the task's subnet. Answered by VolumeAttached."""

    task: str
    attachment: str
    subnet: str
    volume: str
    """The id that it shall get: vol-..."""
    asked: dict[str, Any]
    """managedEBSVolume, in the API's spelling."""


class DeleteVolume(Effect, frozen=True):
    """Detach an EBS volume from its task, and delete it if `delete`."""

    volume: str
    delete: bool


class RegisterTargets(Effect, frozen=True):
    """Put a task's address into target groups, each with its port. Answered by TargetsRegistered."""

    task: str
    interface: str
    address: str
    targets: tuple[tuple[str, int], ...]


class LookAtTargets(Effect, frozen=True):
    """See how the health checks of a registered task are now. Answered by TargetsLookedAt."""

    task: str
    interface: str
    address: str
    targets: tuple[tuple[str, int], ...]


class DeregisterTargets(Effect, frozen=True):
    """Take a task's address out of target groups. Answered by TargetsDeregistered."""

    task: str
    address: str
    targets: tuple[tuple[str, int], ...]


class MakeLogStream(Effect, frozen=True):
    """Make a log stream, and the group if asked."""

    region: str
    group: str
    stream: str
    make_group: bool


class DeliverLines(Effect, frozen=True):
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


class WriteLog(Effect, frozen=True):
    """Write lines to a log stream."""

    region: str
    group: str
    stream: str
    lines: tuple[str, ...]
    at: float
    """Epoch seconds of the first line."""
