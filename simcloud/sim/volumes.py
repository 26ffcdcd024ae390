"""EBS volumes that ECS makes for a task at its launch: one a configuration, deleted with the task (R-181 ff.)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simcloud.facts import attempts
from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.effects import After, DeleteVolume, Effect, MakeVolume
from simcloud.sim.files import Store
from simcloud.sim.task import Task

if TYPE_CHECKING:
    from simcloud.sim.world import World

VOLUME_DIGITS = 17


@dataclass
class ManagedVolume:
    """A volume and its attachment, as DescribeTasks shows it."""

    attachment: str
    name: str
    role: str
    """ARN of the infrastructure role."""
    deleted_with_task: bool = True
    status: str = "PRECREATED"
    id: str = ""
    """vol-...; '' until it is made."""
    reason: str = ""
    """AWS's sentence where it could not be made."""
    asked: dict[str, Any] = field(default_factory=dict)
    """managedEBSVolume, in the API's spelling."""

    @property
    def snapshot(self) -> str:
        """The snapshot that it is made from; '' for an empty volume."""
        return str(self.asked.get("snapshotId") or "")

    @property
    def key(self) -> str:
        """The customer key that encrypts it; '' for none."""
        return str(self.asked.get("kmsKeyId") or "")


def managed_volumes(world: World, configurations: Sequence[Mapping[str, Any]]) -> list[ManagedVolume]:
    """The volumes of one task, from RunTask's or a service's volumeConfigurations."""
    made = []
    for each in configurations:
        given = each.get("managedEBSVolume") or {}
        policy = given.get("terminationPolicy") or {}
        made.append(
            ManagedVolume(
                attachment=world.uuid("attachment"),
                name=str(each["name"]),
                role=str(given.get("roleArn") or ""),
                deleted_with_task=bool(policy.get("deleteOnTermination", True)),
                asked=dict(given),
            )
        )
    return made


@after(e.VolumesJudged)
def make(world: World, event: e.VolumesJudged) -> Iterator[Effect]:
    """Make the volume, or give up: the task never gets as far as PENDING (R-139)."""
    task = world.tasks[event.task]
    volume = _of(task, event.attachment)
    if event.refusal:
        volume.status, volume.reason = "FAILED", event.refusal
        world.tell(task, f"gets no volume {volume.name}", event.why)
        yield After(0.0, e.StartFailed(task.arn, event.refusal, event.why), task.turn)
        return
    identity = f"vol-{world.fresh('volume', VOLUME_DIGITS)}"
    yield MakeVolume(task.arn, volume.attachment, task.interface.subnet, identity, volume.asked)


@after(e.VolumeAttached)
def attach(world: World, event: e.VolumeAttached) -> Iterator[Effect]:
    """The volume is there; the network interface is next (R-103)."""
    task = world.tasks[event.task]
    volume = _of(task, event.attachment)
    volume.id, volume.status = event.id, "ATTACHED"
    task.stores[volume.name] = Store(volume.id)
    what = f"{event.id} is made and attached as volume {volume.name}"
    world.tell(task, f"{what}, as infrastructure role {volume.role.rsplit('/', 1)[-1]}")
    yield After(attempts.EBS_SECONDS.value, e.InterfaceDue(task.arn), task.turn)


@after(e.InterfaceDeleted)
def detach(world: World, event: e.InterfaceDeleted) -> Iterator[Effect]:
    """A stopped task holds no volume: it is deleted, or left behind with what is on it."""
    for volume in world.tasks[event.task].volumes:
        if volume.status == "ATTACHED":
            volume.status = "DELETED" if volume.deleted_with_task else "DETACHED"
            if volume.deleted_with_task:
                world.files.pop(volume.id, None)
            yield DeleteVolume(volume.id, volume.deleted_with_task)
        elif volume.status == "PRECREATED":
            volume.status = "DELETED"


def _of(task: Task, attachment: str) -> ManagedVolume:
    return next(each for each in task.volumes if each.attachment == attachment)
