"""Laws on volumes of EFS and S3 Files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import quotas, words
from simcloud.facts.sources import API_MODEL, PREFLIGHT
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


@rule(
    "FG1110",
    on=REGISTER,
    of="efsVolumeConfiguration",
    source=f"{PREFLIGHT} (pf-batch-jd-efs-file-system-id-format)",
    status="assumed",
)
def a_file_system_is_named_by_its_id(task: TaskDefinition) -> Iterator[Refusal]:
    """An EFS file system is named by its id: fs-..."""
    for at, efs, _ in _efs(task):
        identity = reading.text(efs, "fileSystemId")
        if not identity.startswith(("fs-", "arn:")):
            yield Refusal(
                f"{at}.fileSystemId", words.FILE_SYSTEM_ID.format(identity=identity), f"{identity!r} is no such id"
            )


@rule(
    "FG206",
    on=REGISTER,
    of="efsVolumeConfiguration",
    source=f"{PREFLIGHT} (pf-ecs-efs-iam-without-transit-encryption)",
    status="observed",
)
def efs_authorization_needs_encryption(task: TaskDefinition) -> Iterator[Refusal]:
    """EFS authorizes by IAM only over an encrypted connection."""
    for at, efs, authorization in _efs(task):
        if authorization.get("iam") == "ENABLED" and efs.get("transitEncryption") != "ENABLED":
            yield Refusal(f"{at}.transitEncryption", words.EFS_IAM, "iam is ENABLED, transitEncryption is not")


@rule("FG207", on=REGISTER, of="efsVolumeConfiguration", source=API_MODEL)
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


@rule(
    "FG208",
    on=REGISTER,
    of="efsVolumeConfiguration",
    source=f"{PREFLIGHT} (pf-ecs-efs-access-point-with-root-directory)",
    status="observed",
)
def an_access_point_has_its_own_root(task: TaskDefinition) -> Iterator[Refusal]:
    """With an EFS access point rootDirectory is left out or `/`: the access point's own path rules."""
    for at, efs, authorization in _efs(task):
        root = reading.text(efs, "rootDirectory")
        if authorization.get("accessPointId") and root not in ("", "/"):
            yield Refusal(f"{at}.rootDirectory", words.EFS_ROOT, f"rootDirectory is {root}")


@rule(
    "FG209",
    on=REGISTER,
    of="efsVolumeConfiguration",
    source=f"{PREFLIGHT} (pf-ecs-efs-transit-encryption-port-without-encryption)",
    status="observed",
)
def an_encryption_port_needs_encryption(task: TaskDefinition) -> Iterator[Refusal]:
    """transitEncryptionPort is given only where transitEncryption is ENABLED."""
    for at, efs, _ in _efs(task):
        if efs.get("transitEncryptionPort") is not None and efs.get("transitEncryption") != "ENABLED":
            yield Refusal(f"{at}.transitEncryptionPort", words.EFS_PORT, "transitEncryption is not ENABLED")


@rule("FG210", on=REGISTER, of="s3filesVolumeConfiguration", source=API_MODEL)
def s3_files_need_the_task_role(task: TaskDefinition) -> Iterator[Refusal]:
    """An S3 Files volume is mounted with the task role."""
    for index, volume in enumerate(task.volumes):
        if volume.get("s3filesVolumeConfiguration") and not task.task_role:
            yield Refusal("taskRoleArn", words.S3FILES_ROLE, f"volumes[{index}] is an S3 Files volume")


@rule(
    "FG1111",
    on=REGISTER,
    of="transitEncryptionPort",
    source=f"{PREFLIGHT} (pf-batch-jd-efs-transit-encryption-port-range)",
    status="assumed",
)
def an_encryption_port_exists(task: TaskDefinition) -> Iterator[Refusal]:
    """transitEncryptionPort is a port up to 65535."""
    for index, volume in enumerate(task.volumes):
        for kind in ("efsVolumeConfiguration", "s3filesVolumeConfiguration"):
            port = reading.number(reading.mapping(volume, kind), "transitEncryptionPort")
            if port is not None and not 0 <= port <= quotas.HIGHEST_PORT.value:
                yield Refusal(f"volumes[{index}].{kind}.transitEncryptionPort", words.PORT_OF_EFS, f"it is {port}")


@rule("FG1112", on=REGISTER, of="s3filesVolumeConfiguration", source=API_MODEL, status="assumed")
def an_access_point_of_s3_files_has_its_own_root(task: TaskDefinition) -> Iterator[Refusal]:
    """With an access point of S3 Files rootDirectory is left out or `/`."""
    for index, volume in enumerate(task.volumes):
        files = reading.mapping(volume, "s3filesVolumeConfiguration")
        root = reading.text(files, "rootDirectory")
        if files.get("accessPointArn") and root not in ("", "/"):
            at = f"volumes[{index}].s3filesVolumeConfiguration.rootDirectory"
            yield Refusal(at, words.S3FILES_ROOT, f"rootDirectory is {root}")
