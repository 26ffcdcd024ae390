"""Laws on volumes and mount points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import words
from simcloud.facts.sources import API_MODEL, FARGATE_TASKS, PREFLIGHT
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"


def _efs(task: TaskDefinition) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Where, the EFS configuration, and its authorization, of every EFS volume."""
    for index, volume in enumerate(task.volumes):
        efs = reading.mapping(volume, "efsVolumeConfiguration")
        if efs:
            yield f"volumes[{index}].efsVolumeConfiguration", efs, reading.mapping(efs, "authorizationConfig")


@rule("FG200", on=REGISTER, source=API_MODEL)
def volumes_have_names(task: TaskDefinition) -> Iterator[Refusal]:
    """Every volume has a name, by which mount points find it, and no two have the same."""
    names = [reading.text(volume, "name") for volume in task.volumes]
    for index, name in enumerate(names):
        if not name:
            yield Refusal(f"volumes[{index}].name", words.VOLUME_NAME_EMPTY, "the volume has no name")
    for name, times in Counter(names).items():
        if name and times > 1:
            yield Refusal("volumes", words.VOLUME_NAME_TWICE, f"{times} volumes are called '{name}'")


@rule("FG201", on=REGISTER, source=f"{PREFLIGHT} (pf-ecs-mountpoint-source-volume-missing)", status="observed")
def a_mount_point_names_a_volume(task: TaskDefinition) -> Iterator[Refusal]:
    """A mount point names a volume of the task definition."""
    declared = {reading.text(volume, "name") for volume in task.volumes}
    for container in task.containers:
        for index, mount in enumerate(reading.structures(container.raw, "mountPoints")):
            name = reading.text(mount, "sourceVolume")
            if name not in declared:
                yield Refusal(
                    f"{container.at}.mountPoints[{index}].sourceVolume",
                    words.UNKNOWN_VOLUME.format(name=name),
                    f"no volume is called '{name}'",
                )


@rule("FG202", on=REGISTER, source=f"{PREFLIGHT} (pf-ecs-fargate-docker-volume, -host-source-path)", status="observed")
def the_disk_is_not_yours(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate there are no Docker volumes and no paths of a host."""
    for index, volume in enumerate(task.volumes if task.on_fargate else ()):
        if volume.get("dockerVolumeConfiguration"):
            yield Refusal(
                f"volumes[{index}].dockerVolumeConfiguration",
                words.UNSUPPORTED.format(parameter="dockerVolumeConfiguration"),
                "Docker volumes need EC2",
            )
        if reading.text(reading.mapping(volume, "host"), "sourcePath"):
            yield Refusal(
                f"volumes[{index}].host.sourcePath",
                words.UNSUPPORTED.format(parameter="sourcePath"),
                "a path of the host needs EC2; an empty host is a directory shared by the task's containers",
            )


@rule("FG203", on=REGISTER, source=FARGATE_TASKS, status="assumed")
def there_is_no_fsx_volume(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate there are no FSx for Windows File Server volumes."""
    for index, volume in enumerate(task.volumes if task.on_fargate else ()):
        if volume.get("fsxWindowsFileServerVolumeConfiguration"):
            yield Refusal(
                f"volumes[{index}].fsxWindowsFileServerVolumeConfiguration",
                words.UNSUPPORTED.format(parameter="fsxWindowsFileServerVolumeConfiguration"),
                "FSx volumes need EC2",
            )


@rule("FG204", on=REGISTER, source=API_MODEL)
def one_volume_is_configured_at_launch(task: TaskDefinition) -> Iterator[Refusal]:
    """At most one volume of a task is configured at launch: a task gets one EBS volume."""
    at_launch = [volume for volume in task.volumes if reading.switch(volume, "configuredAtLaunch")]
    if len(at_launch) > 1:
        yield Refusal("volumes", words.ONE_AT_LAUNCH, f"{len(at_launch)} volumes say configuredAtLaunch")


@rule("FG205", on=REGISTER, source=f"{PREFLIGHT} (pf-ecs-volume-not-referenced)", status="observed")
def a_volume_of_the_launch_is_mounted(task: TaskDefinition) -> Iterator[Refusal]:
    """A volume that is configured at launch is mounted by a container."""
    mounted = {
        reading.text(mount, "sourceVolume")
        for container in task.containers
        for mount in reading.structures(container.raw, "mountPoints")
    }
    unused = [
        reading.text(volume, "name")
        for volume in task.volumes
        if reading.switch(volume, "configuredAtLaunch") and reading.text(volume, "name") not in mounted
    ]
    if unused:
        yield Refusal(
            "volumes", words.VOLUME_UNUSED.format(names=", ".join(unused)), "no container has a mount point for it"
        )


@rule("FG206", on=REGISTER, source=f"{PREFLIGHT} (pf-ecs-efs-iam-without-transit-encryption)", status="observed")
def efs_authorization_needs_encryption(task: TaskDefinition) -> Iterator[Refusal]:
    """EFS authorizes by IAM only over an encrypted connection."""
    for at, efs, authorization in _efs(task):
        if authorization.get("iam") == "ENABLED" and efs.get("transitEncryption") != "ENABLED":
            yield Refusal(f"{at}.transitEncryption", words.EFS_IAM, "iam is ENABLED, transitEncryption is not")


@rule("FG207", on=REGISTER, source=API_MODEL)
def an_access_point_needs_encryption(task: TaskDefinition) -> Iterator[Refusal]:
    """An EFS access point is mounted only over an encrypted connection."""
    for at, efs, authorization in _efs(task):
        iam = authorization.get("iam") == "ENABLED"
        if authorization.get("accessPointId") and efs.get("transitEncryption") != "ENABLED" and not iam:
            yield Refusal(
                f"{at}.transitEncryption",
                words.EFS_ACCESS_POINT,
                "an access point is named, transitEncryption is not ENABLED",
            )


@rule("FG208", on=REGISTER, source=f"{PREFLIGHT} (pf-ecs-efs-access-point-with-root-directory)", status="observed")
def an_access_point_has_its_own_root(task: TaskDefinition) -> Iterator[Refusal]:
    """With an EFS access point rootDirectory is left out or `/`: the access point's own path rules."""
    for at, efs, authorization in _efs(task):
        root = reading.text(efs, "rootDirectory")
        if authorization.get("accessPointId") and root not in ("", "/"):
            yield Refusal(f"{at}.rootDirectory", words.EFS_ROOT, f"rootDirectory is {root}")


@rule(
    "FG209",
    on=REGISTER,
    source=f"{PREFLIGHT} (pf-ecs-efs-transit-encryption-port-without-encryption)",
    status="observed",
)
def an_encryption_port_needs_encryption(task: TaskDefinition) -> Iterator[Refusal]:
    """transitEncryptionPort is given only where transitEncryption is ENABLED."""
    for at, efs, _ in _efs(task):
        if efs.get("transitEncryptionPort") is not None and efs.get("transitEncryption") != "ENABLED":
            yield Refusal(f"{at}.transitEncryptionPort", words.EFS_PORT, "transitEncryption is not ENABLED")


@rule("FG210", on=REGISTER, source=API_MODEL)
def s3_files_need_the_task_role(task: TaskDefinition) -> Iterator[Refusal]:
    """An S3 Files volume is mounted with the task role."""
    for index, volume in enumerate(task.volumes):
        if volume.get("s3filesVolumeConfiguration") and not task.task_role:
            yield Refusal("taskRoleArn", words.S3FILES_ROLE, f"volumes[{index}] is an S3 Files volume")
