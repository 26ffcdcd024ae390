"""Laws on Windows tasks on Fargate. Their platform is Windows 1.0.0, which lacks what is the Linux kernel's."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts import statuses, words
from simcloud.facts.sources import API_MODEL, TASK_PARAMETERS
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"
OF_LINUX = ("linuxParameters", "ulimits", "systemControls", "user", "readonlyRootFilesystem")
"""Members of a container that the API model says are not for Windows."""


@rule("FG139", on=REGISTER, of="runtimePlatform", source=API_MODEL)
def windows_runs_on_x86(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate a Windows task has the X86_64 architecture.

    One recorded answer of 16 September 2026 registered an ARM64 one, which nothing could run.
    """
    platform = task.raw.get("runtimePlatform") or {}
    if task.on_fargate and task.windows and platform.get("cpuArchitecture") == "ARM64":
        yield Refusal("runtimePlatform.cpuArchitecture", words.ARM_WINDOWS, "no ARM64 host runs Windows containers")


@rule("FG395", on=REGISTER, of="runtimePlatform", source=TASK_PARAMETERS, status="assumed")
def fargate_runs_these_systems(task: TaskDefinition) -> Iterator[Refusal]:
    """Fargate runs Linux, and Windows Server 2019, 2022 and later in its Full and Core editions."""
    family = reading.text(reading.mapping(task.raw, "runtimePlatform"), "operatingSystemFamily")
    known = statuses.FARGATE_SYSTEMS.value
    if task.on_fargate and family in statuses.OFFERED.value["operatingSystemFamily"] and family not in known:
        text = words.NO_SUCH_VALUE.format(value=family, member="operatingSystemFamily", values=", ".join(known))
        yield Refusal("runtimePlatform.operatingSystemFamily", text, f"{family} is for EC2")


@rule("FG391", on=REGISTER, of="runtimePlatform", source=API_MODEL, status="assumed")
def windows_has_no_linux_kernel(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate a Windows task has no pidMode, and its containers no linuxParameters, ulimits, systemControls, user or
    read-only root."""
    if not (task.on_fargate and task.windows):
        return
    if task.raw.get("pidMode") == "task":
        yield Refusal("pidMode", words.WINDOWS_UNSUPPORTED.format(parameter="pidMode"), "pidMode is for Linux")
    for container in task.containers:
        for parameter in OF_LINUX:
            if container.raw.get(parameter):
                yield Refusal(
                    f"{container.at}.{parameter}",
                    words.WINDOWS_UNSUPPORTED.format(parameter=parameter),
                    f"{container.called} sets {parameter}, which is for Linux",
                )


@rule("FG392", on=REGISTER, of="runtimePlatform", source=API_MODEL, status="assumed")
def windows_mounts_no_nfs(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate a Windows task has no volume of EFS or S3 Files."""
    for index, volume in enumerate(task.volumes if task.on_fargate and task.windows else ()):
        for parameter in ("efsVolumeConfiguration", "s3filesVolumeConfiguration"):
            if volume.get(parameter):
                yield Refusal(
                    f"volumes[{index}].{parameter}",
                    words.WINDOWS_UNSUPPORTED.format(parameter=parameter),
                    "such a volume is mounted by NFS, on Linux",
                )
