"""EBS volumes of tasks in moto's EC2: made in the task's zone, attached to nothing that the learner owns, deleted."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from simcloud.cloud import metering
from simcloud.cloud.live import Live
from simcloud.sim.effects import DeleteVolume, MakeVolume
from simcloud.sim.events import VolumeAttached

OWNER = "ecs.amazonaws.com"
DEVICE = "/dev/xvdba"
TYPE = "gp3"
"""The API names no default; the console takes gp3 (R-182)."""
IOPS, THROUGHPUT = 3000, 125
"""Of a gp3 volume that asks for none (R-183)."""


def make(live: Live, effect: MakeVolume) -> VolumeAttached:
    """The volume, with ECS's tags and those asked for, in use by the task."""
    from moto.ec2.models.elastic_block_store import VolumeAttachment

    ec2, asked = _ec2(live), effect.asked
    kind = str(asked.get("volumeType") or TYPE)
    on_gp3 = kind == TYPE
    volume = ec2.create_volume(
        size=_size(ec2, asked),
        zone_name=_zone(ec2, effect.subnet),
        snapshot_id=asked.get("snapshotId"),
        encrypted=bool(asked.get("encrypted") or asked.get("kmsKeyId")),
        kms_key_id=asked.get("kmsKeyId"),
        volume_type=kind,
        iops=asked.get("iops") or (IOPS if on_gp3 else None),
        throughput=asked.get("throughput") or (THROUGHPUT if on_gp3 else None),
    )
    ec2.volumes[effect.volume] = ec2.volumes.pop(volume.id)
    volume.id = effect.volume
    ec2.create_tags([volume.id], _tags(effect))
    kind_of: Any = VolumeAttachment  # moto leaves members of its base class open
    attachment: Any = kind_of(volume, SimpleNamespace(id=None), DEVICE, "attached")
    attachment.associated_resource, attachment.instance_owning_service = effect.task, OWNER
    attachment.delete_on_termination = bool((asked.get("terminationPolicy") or {}).get("deleteOnTermination", True))
    volume.attachment = attachment
    return VolumeAttached(effect.task, effect.attachment, volume.id)


def delete(live: Live, effect: DeleteVolume) -> None:
    """It is in nobody's use any more; and gone, where it was to go with its task. One that is gone already stays so."""
    ec2 = _ec2(live)
    volume = ec2.volumes.get(effect.volume)
    if volume is None:
        return
    volume.attachment = None
    if effect.delete:
        metering.volume_gone(live, ec2, volume)
        ec2.delete_volume(effect.volume)


def _ec2(live: Live) -> Any:
    from moto.ec2.models import ec2_backends

    return ec2_backends[live.account][live.region]


def _zone(ec2: Any, subnet: str) -> str:
    """The zone of the task's subnet; of one that is gone, any: the task will not start."""
    found = next((zone[subnet] for zone in ec2.subnets.values() if subnet in zone), None)
    return str(found.availability_zone) if found is not None else f"{ec2.region_name}a"


def _size(ec2: Any, asked: dict[str, Any]) -> int:
    """GiB as asked, else of the snapshot."""
    held = ec2.snapshots.get(asked.get("snapshotId"))
    return int(asked.get("sizeInGiB") or (held.volume.size if held else 1))


def _tags(effect: MakeVolume) -> dict[str, str]:
    given = [tag for each in effect.asked.get("tagSpecifications") or () for tag in each.get("tags") or ()]
    asked = {str(tag.get("key")): str(tag.get("value", "")) for tag in given}
    return {**asked, "AmazonECSManaged": "true", "AmazonECSCreated": effect.task}
