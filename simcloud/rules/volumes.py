"""Laws on volumes and mount points."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.facts import words
from simcloud.facts.sources import API_MODEL, FARGATE_TASKS, PREFLIGHT, issue
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"
KINDS = (
    "dockerVolumeConfiguration",
    "efsVolumeConfiguration",
    "s3filesVolumeConfiguration",
    "fsxWindowsFileServerVolumeConfiguration",
)


@rule("FG200", on=REGISTER, of="volumes", source=API_MODEL)
def volumes_have_names(task: TaskDefinition) -> Iterator[Refusal]:
    """Every volume has a name, by which mount points find it, and no two have the same."""
    names = [reading.text(volume, "name") for volume in task.volumes]
    for index, name in enumerate(names):
        if not name:
            yield Refusal(f"volumes[{index}].name", words.VOLUME_NAME_EMPTY, "the volume has no name")
    for name, times in reading.repeated(names):
        if name:
            yield Refusal("volumes", words.VOLUME_NAME_TWICE, f"{times} volumes are called '{name}'")


@rule("FG1115", on=REGISTER, of="volumes", source=issue("aws/amazon-ecs-cli", 277), status="observed")
def a_volume_is_named_plainly(task: TaskDefinition) -> Iterator[Refusal]:
    """A volume's name has up to 255 letters, digits, hyphens and underscores; a path's dots have no place in it."""
    for index, volume in enumerate(task.volumes):
        name = reading.text(volume, "name")
        if name and not re.fullmatch(r"[a-zA-Z0-9_-]{1,255}", name):
            yield Refusal(f"volumes[{index}].name", words.VOLUME_NAME_INVALID, f"'{name}' is too long or holds others")


@rule(
    "FG201",
    on=REGISTER,
    of="mountPoints",
    source=f"{PREFLIGHT} (pf-ecs-mountpoint-source-volume-missing)",
    status="observed",
)
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


@rule(
    "FG202",
    on=REGISTER,
    of=("dockerVolumeConfiguration", "host"),
    source=f"{PREFLIGHT} (pf-ecs-fargate-docker-volume, -host-source-path)",
    status="observed",
)
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


@rule("FG203", on=REGISTER, of="fsxWindowsFileServerVolumeConfiguration", source=FARGATE_TASKS, status="assumed")
def there_is_no_fsx_volume(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate there are no FSx for Windows File Server volumes."""
    for index, volume in enumerate(task.volumes if task.on_fargate else ()):
        if volume.get("fsxWindowsFileServerVolumeConfiguration"):
            yield Refusal(
                f"volumes[{index}].fsxWindowsFileServerVolumeConfiguration",
                words.UNSUPPORTED.format(parameter="fsxWindowsFileServerVolumeConfiguration"),
                "FSx volumes need EC2",
            )


@rule("FG204", on=REGISTER, of="configuredAtLaunch", source=API_MODEL)
def one_volume_is_configured_at_launch(task: TaskDefinition) -> Iterator[Refusal]:
    """At most one volume of a task is configured at launch: a task gets one EBS volume."""
    at_launch = [volume for volume in task.volumes if reading.switch(volume, "configuredAtLaunch")]
    if len(at_launch) > 1:
        yield Refusal("volumes", words.ONE_AT_LAUNCH, f"{len(at_launch)} volumes say configuredAtLaunch")


@rule(
    "FG205",
    on=REGISTER,
    of="configuredAtLaunch",
    source=f"{PREFLIGHT} (pf-ecs-volume-not-referenced)",
    status="observed",
)
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


@rule(
    "FG1113",
    on=REGISTER,
    of=(*KINDS, "sourcePath", "configuredAtLaunch"),
    source=issue("cloudposse/terraform-aws-ecs-alb-service-task", 185),
    status="observed",
)
def a_volume_is_of_one_kind(task: TaskDefinition) -> Iterator[Refusal]:
    """A volume is of one kind: a path of the host, Docker, EFS, S3 Files, FSx, or configured at launch."""
    for index, volume in enumerate(task.volumes):
        kinds = [kind for kind in KINDS if volume.get(kind)]
        kinds += ["host"] if reading.text(reading.mapping(volume, "host"), "sourcePath") else []
        kinds += ["configuredAtLaunch"] if reading.switch(volume, "configuredAtLaunch") else []
        if len(kinds) > 1:
            yield Refusal(f"volumes[{index}]", words.ONE_VOLUME_TYPE, f"it has {' and '.join(kinds)}")


@rule(
    "FG1114", on=REGISTER, of=("sourcePath", "mountPoints"), source=issue("aws/amazon-ecs-cli", 11), status="observed"
)
def a_path_is_not_blank(task: TaskDefinition) -> Iterator[Refusal]:
    """A path of the host, and the path at which a volume is mounted, are not empty."""
    for index, volume in enumerate(task.volumes):
        if reading.mapping(volume, "host").get("sourcePath") == "":
            yield Refusal(
                f"volumes[{index}].host.sourcePath",
                words.SOURCE_PATH_BLANK,
                "sourcePath is empty; without it the containers share a directory of the task",
            )
    for container in task.containers:
        for index, mount in enumerate(reading.structures(container.raw, "mountPoints")):
            if not reading.text(mount, "containerPath"):
                yield Refusal(
                    f"{container.at}.mountPoints[{index}].containerPath",
                    words.CONTAINER_PATH_BLANK,
                    f"{container.called} does not say where the volume is mounted",
                )


@rule("FG1116", on=REGISTER, of="volumesFrom", source=issue("eagletmt/hako", 54), status="observed")
def volumes_come_from_containers_of_the_task(task: TaskDefinition) -> Iterator[Refusal]:
    """volumesFrom names containers of the same task."""
    for container in task.containers:
        for index, source in enumerate(reading.structures(container.raw, "volumesFrom")):
            name = reading.text(source, "sourceContainer")
            if name not in task.names:
                yield Refusal(
                    f"{container.at}.volumesFrom[{index}].sourceContainer",
                    words.VOLUMES_FROM.format(name=name),
                    f"there is no container '{name}'",
                )
