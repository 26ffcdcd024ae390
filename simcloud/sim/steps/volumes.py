"""EBS volumes configured at launch: made by ECS under the infrastructure role, before the task has an address."""

from __future__ import annotations

from simcloud.facts.words import start as start_words
from simcloud.sim.asks import Asks
from simcloud.sim.events import VolumesJudged
from simcloud.sim.steps.step import role_name
from simcloud.sim.task import Task
from simcloud.sim.volumes import ManagedVolume

SERVICE = "ecs.amazonaws.com"
SESSION = "ECSTaskVolumesForEBS"


def judge(task: Task, asks: Asks) -> VolumesJudged:
    """May the first volume that is not there yet be made? The role's trust, its permissions, snapshot and key."""
    volume = next(each for each in task.volumes if not each.id)
    trust = asks.assumable(volume.role, SERVICE)
    if not trust.allowed:
        return VolumesJudged(task.arn, volume.attachment, str(start_words.EBS_ROLE), trust.why)
    for action, resource, context in _needed(task, volume):
        permission = asks.may(volume.role, SESSION, action, resource, context)
        if not permission.allowed:
            session = f"arn:aws:sts::{task.account}:assumed-role/{role_name(volume.role)}/{SESSION}"
            text = start_words.EBS_DENIED.format(
                session=session, action=action, resource=resource, because=permission.because
            )
            return VolumesJudged(task.arn, volume.attachment, text, permission.why)
    if volume.snapshot and not asks.snapshot(volume.snapshot):
        text = start_words.EBS_SNAPSHOT.format(snapshot=volume.snapshot)
        return VolumesJudged(task.arn, volume.attachment, text, f"there is no snapshot {volume.snapshot}")
    if volume.key and not asks.key(volume.key):
        why = f"there is no KMS key {volume.key} that can be used"
        return VolumesJudged(task.arn, volume.attachment, str(start_words.EBS_KEY), why)
    return VolumesJudged(task.arn, volume.attachment)


def _needed(task: Task, volume: ManagedVolume) -> list[tuple[str, str, dict[str, str]]]:
    """What the role must be allowed (R-164): the volume carries ECS's tags from the moment at which it is made."""
    head = f"arn:aws:ec2:{task.region}:{task.account}"
    tags = {"AmazonECSManaged": "true", "AmazonECSCreated": task.arn}
    asked = {f"aws:RequestTag/{key}": value for key, value in tags.items()}
    held = {f"aws:ResourceTag/{key}": value for key, value in tags.items()}
    volumes = f"{head}:volume/*"
    from_snapshot = [("ec2:CreateVolume", f"arn:aws:ec2:{task.region}::snapshot/{volume.snapshot}", asked)]
    return [
        ("ec2:CreateVolume", volumes, asked),
        *(from_snapshot if volume.snapshot else []),
        ("ec2:CreateTags", volumes, {**asked, "ec2:CreateAction": "CreateVolume"}),
        ("ec2:AttachVolume", volumes, held),
    ]
