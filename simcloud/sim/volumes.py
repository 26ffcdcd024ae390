"""EBS volumes that ECS makes for a task at its launch: one a volume configuration, deleted with the task."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simcloud.sim.after import after
from simcloud.sim.effects import Effect
from simcloud.sim.events import InterfaceAttached, InterfaceDeleted

if TYPE_CHECKING:
    from simcloud.sim.world import World


@dataclass
class ManagedVolume:
    """A volume and its attachment, as DescribeTasks shows it."""

    attachment: str
    name: str
    role: str
    """ARN of the infrastructure role."""
    deleted_with_task: bool = True
    status: str = "CREATED"
    id: str = ""
    """vol-...; '' until it is attached."""


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
            )
        )
    return made


@after(InterfaceAttached)
def attach(world: World, event: InterfaceAttached) -> Iterator[Effect]:
    """Volumes are there when PROVISIONING ends (R-103)."""
    for volume in world.tasks[event.task].volumes:
        volume.id, volume.status = f"vol-{world.fresh('volume', 17)}", "ATTACHED"
    yield from ()


@after(InterfaceDeleted)
def detach(world: World, event: InterfaceDeleted) -> Iterator[Effect]:
    """A stopped task holds no volume."""
    for volume in world.tasks[event.task].volumes:
        volume.status = "DELETED" if volume.deleted_with_task else "DETACHED"
    yield from ()
