"""What RegisterTaskDefinition says of storage and volumes. The code is ClientException."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.quoting import alike as _alike
from simcloud.facts.quoting import bench as _bench
from simcloud.facts.quoting import unread as _unread
from simcloud.facts.sources import PREFLIGHT, issue

# Storage

STORAGE_LEAST = _bench(
    "EphemeralStorage size should be at least {least}", "pf-ecs-ephemeral-storage-range", "R-046", "2026-09-13"
)
STORAGE_MOST = _bench(
    "EphemeralStorage size should be at most {most}", "pf-ecs-ephemeral-storage-range", "R-046", "2026-09-13"
)
STORAGE_EC2 = _bench(
    "Tasks using the EC2 launch type do not support EphemeralStorage.", "pf-ecs-fargate-ephemeral-storage-ec2", "R-047"
)
UNKNOWN_VOLUME = _bench("Unknown volume '{name}'.", "pf-ecs-mountpoint-source-volume-missing", "R-049")
VOLUME_UNUSED = _bench(
    "Volumes [{names}] are not referenced by any of the containers", "pf-ecs-volume-not-referenced", "R-049"
)
VOLUME_NAME_TWICE = _unread("Volume names must be unique within a task definition", "R-049")
VOLUME_NAME_EMPTY = _alike("volume.name should not be null or empty.", "invalid characters", "R-049")
VOLUME_NAME_INVALID = Words(
    "volume.name contains invalid characters.", source=issue("aws/amazon-ecs-cli", 277), rule="R-049"
)
ONE_AT_LAUNCH = _unread("Only one volume configured at launch is supported.", "R-048")
EFS_IAM = _bench(
    "EFS IAM authorization requires TransitEncryption to be enabled.",
    "pf-ecs-efs-iam-without-transit-encryption",
    "R-050",
)
EFS_ROOT = _bench(
    'When using an EFS access point, the root directory must either be set to "/" or be omitted.',
    "pf-ecs-efs-access-point-with-root-directory",
    "R-050",
)
EFS_ACCESS_POINT = Words(
    "EFS IAM access point requires TransitEncryption to be enabled.",
    source=f"{PREFLIGHT} (pf-batch-jd-efs-access-point-transit-encryption, through AWS Batch)",
    read_on="2026-09-10",
    rule="R-176",
)
EFS_PORT = _bench(
    "TransitEncryptionPort requires that TransitEncryption is enabled.",
    "pf-ecs-efs-transit-encryption-port-without-encryption",
    "R-176",
)
S3FILES_ROLE = Words(
    "A taskRoleArn is required when using s3filesVolumeConfiguration.",
    source=f"{PREFLIGHT} (pf-batch-jd-s3files-requires-job-role, AWS Batch's wording)",
    status="assumed",
    rule="R-189",
)
ONE_VOLUME_TYPE = Words(
    "When the volume parameter is specified, only one volume configuration type should be used.",
    source=issue("cloudposse/terraform-aws-ecs-alb-service-task", 185),
    rule="R-048",
)
SOURCE_PATH_BLANK = Words("host.sourcePath should not be blank.", source=issue("aws/amazon-ecs-cli", 11), rule="R-190")
CONTAINER_PATH_BLANK = _alike("mountPoint.containerPath should not be blank.", "host.sourcePath", "R-190")
VOLUMES_FROM = Words(
    "Invalid 'volumesFrom' setting. Unknown container: '{name}'.", source=issue("eagletmt/hako", 54), rule="R-190"
)
FILE_SYSTEM_ID = Words(
    "EFS configuration fileSystemId is not valid: {identity}.",
    source=f"{PREFLIGHT} (pf-batch-jd-efs-file-system-id-format, through AWS Batch)",
    read_on="2026-09-10",
    rule="R-176",
)
PORT_OF_EFS = Words(
    "TransitEncryptionPort must be a valid port number.",
    source=f"{PREFLIGHT} (pf-batch-jd-efs-transit-encryption-port-range, through AWS Batch)",
    read_on="2026-09-10",
    rule="R-176",
)
S3FILES_ROOT = _alike(
    'When using an S3 Files access point, the root directory must either be set to "/" or be omitted.',
    "EFS access points",
    "R-189",
)
