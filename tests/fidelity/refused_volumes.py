"""Storage and volumes that AWS refuses, with its own words.

pf-...: https://github.com/badmintoncryer/cdk-preflight. cloudposse-185: the issue of that number in
https://github.com/cloudposse/terraform-aws-ecs-alb-service-task. amazon-ecs-cli-11: https://github.com/aws/amazon-ecs-cli.
hako-54: https://github.com/eagletmt/hako.
"""

from __future__ import annotations

from refusing import C0, case, row
from requests_as_written import app, ec2, efs, fargate

STORAGE = [
    case(
        "R-046-twenty",
        fargate(ephemeralStorage={"sizeInGiB": 20}),
        "FG190",
        "ephemeralStorage.sizeInGiB",
        "EphemeralStorage size should be at least 21",
        row("F18"),
    ),
    case(
        "R-046-two-hundred-and-one",
        fargate(ephemeralStorage={"sizeInGiB": 201}),
        "FG190",
        "ephemeralStorage.sizeInGiB",
        "EphemeralStorage size should be at most 200",
        row("F18"),
    ),
    case(
        "R-047-on-ec2",
        ec2(ephemeralStorage={"sizeInGiB": 30}),
        "FG191",
        "ephemeralStorage",
        "Tasks using the EC2 launch type do not support EphemeralStorage.",
    ),
    case(
        "R-025-docker-volume",
        fargate(volumes=[{"name": "v", "dockerVolumeConfiguration": {"scope": "task"}}]),
        "FG202",
        "volumes[0].dockerVolumeConfiguration",
        "Fargate compatible task definitions do not support dockerVolumeConfiguration",
    ),
    case(
        "R-025-host-path",
        fargate(volumes=[{"name": "v", "host": {"sourcePath": "/var/run/docker.sock"}}]),
        "FG202",
        "volumes[0].host.sourcePath",
        "Fargate compatible task definitions do not support sourcePath",
    ),
    case(
        "R-048-fsx",
        fargate(
            volumes=[
                {
                    "name": "v",
                    "fsxWindowsFileServerVolumeConfiguration": {
                        "fileSystemId": "fs-1",
                        "rootDirectory": "/",
                        "authorizationConfig": {"credentialsParameter": "p", "domain": "d"},
                    },
                }
            ]
        ),
        "FG203",
        "volumes[0].fsxWindowsFileServerVolumeConfiguration",
        "Fargate compatible task definitions do not support fsxWindowsFileServerVolumeConfiguration",
    ),
    case(
        "R-048-two-volumes-at-launch",
        fargate(
            app(mountPoints=[{"sourceVolume": name, "containerPath": f"/{name}"} for name in "ab"]),
            volumes=[{"name": name, "configuredAtLaunch": True} for name in "ab"],
        ),
        "FG204",
        "volumes",
        "Only one volume configured at launch is supported.",
    ),
    case(
        "R-049-unknown-volume",
        fargate(app(mountPoints=[{"sourceVolume": "data", "containerPath": "/d"}])),
        "FG201",
        f"{C0}.mountPoints[0].sourceVolume",
        "Unknown volume 'data'.",
    ),
    case(
        "R-049-launch-volume-not-mounted",
        fargate(volumes=[{"name": "v", "configuredAtLaunch": True}]),
        "FG205",
        "volumes",
        "Volumes [v] are not referenced by any of the containers",
    ),
    case(
        "R-049-volume-name-twice",
        fargate(volumes=[{"name": "v"}, {"name": "v"}]),
        "FG200",
        "volumes",
        "Volume names must be unique within a task definition",
    ),
    case(
        "R-049-volume-without-a-name",
        fargate(volumes=[{"host": {}}]),
        "FG200",
        "volumes[0].name",
        "volume.name should not be null or empty.",
    ),
    # https://github.com/openfresh/ecs-formation/pull/22
    case(
        "volume-with-a-dot",
        fargate(volumes=[{"name": "data"}, {"name": "docker.sock"}]),
        "FG1115",
        "volumes[1].name",
        "volume.name contains invalid characters.",
    ),
    # https://github.com/aws/amazon-ecs-cli/issues/277
    case(
        "volume-with-a-path",
        ec2(app(memory=64), volumes=[{"name": "/var/log", "host": {"sourcePath": "/var/log"}}]),
        "FG1115",
        "volumes[0].name",
        "volume.name contains invalid characters.",
    ),
    case(
        "R-050-efs-iam-unencrypted",
        efs(authorizationConfig={"iam": "ENABLED"}),
        "FG206",
        "volumes[0].efsVolumeConfiguration.transitEncryption",
        "EFS IAM authorization requires TransitEncryption to be enabled.",
    ),
    case(
        "R-050-efs-access-point-with-root",
        efs(rootDirectory="/srv", transitEncryption="ENABLED", authorizationConfig={"accessPointId": "fsap-1"}),
        "FG208",
        "volumes[0].efsVolumeConfiguration.rootDirectory",
        'When using an EFS access point, the root directory must either be set to "/" or be omitted.',
    ),
    case(
        "R-176-efs-access-point-unencrypted",
        efs(authorizationConfig={"accessPointId": "fsap-1"}),
        "FG207",
        "volumes[0].efsVolumeConfiguration.transitEncryption",
        "EFS IAM access point requires TransitEncryption to be enabled.",
    ),
    case(
        "R-176-efs-port-unencrypted",
        efs(transitEncryptionPort=2999),
        "FG209",
        "volumes[0].efsVolumeConfiguration.transitEncryptionPort",
        "TransitEncryptionPort requires that TransitEncryption is enabled.",
    ),
    case(
        "R-189-s3-files-without-task-role",
        fargate(
            volumes=[
                {
                    "name": "v",
                    "s3filesVolumeConfiguration": {
                        "fileSystemArn": "arn:aws:s3files:us-east-1:123456789012:file-system/fs-1"
                    },
                }
            ]
        ),
        "FG210",
        "taskRoleArn",
        "A taskRoleArn is required when using s3filesVolumeConfiguration.",
    ),
    *(
        case(
            f"R-046-{gib}",
            fargate(ephemeralStorage={"sizeInGiB": gib}),
            "FG190",
            "ephemeralStorage.sizeInGiB",
            f"EphemeralStorage size should be at {bound}",
        )
        for gib, bound in ((0, "least 21"), (1, "least 21"), (1000, "most 200"))
    ),
    case(
        "cloudposse-185-host-path-and-efs",
        ec2(
            volumes=[
                {
                    "name": "v",
                    "host": {"sourcePath": "/srv"},
                    "efsVolumeConfiguration": {"fileSystemId": "fs-0123456789abcdef0"},
                }
            ]
        ),
        "FG1113",
        "volumes[0]",
        "When the volume parameter is specified, only one volume configuration type should be used.",
    ),
    case(
        "R-048-efs-at-launch",
        fargate(
            app(mountPoints=[{"sourceVolume": "v", "containerPath": "/v"}]),
            volumes=[
                {
                    "name": "v",
                    "configuredAtLaunch": True,
                    "efsVolumeConfiguration": {"fileSystemId": "fs-0123456789abcdef0"},
                }
            ],
        ),
        "FG1113",
        "volumes[0]",
        "When the volume parameter is specified, only one volume configuration type should be used.",
    ),
    case(
        "amazon-ecs-cli-11-blank-path",
        ec2(volumes=[{"name": "v", "host": {"sourcePath": ""}}]),
        "FG1114",
        "volumes[0].host.sourcePath",
        "host.sourcePath should not be blank.",
    ),
    case(
        "R-190-mounted-nowhere",
        fargate(app(mountPoints=[{"sourceVolume": "v"}]), volumes=[{"name": "v"}]),
        "FG1114",
        f"{C0}.mountPoints[0].containerPath",
        "mountPoint.containerPath should not be blank.",
    ),
    case(
        "hako-54-volumes-from-nobody",
        fargate(app(volumesFrom=[{"sourceContainer": "data"}])),
        "FG1116",
        f"{C0}.volumesFrom[0].sourceContainer",
        "Invalid 'volumesFrom' setting. Unknown container: 'data'.",
    ),
    case(
        "R-049-mount-of-no-volume-at-all",
        fargate(app(mountPoints=[{"containerPath": "/d"}]), volumes=[{"name": "v"}]),
        "FG201",
        f"{C0}.mountPoints[0].sourceVolume",
        "Unknown volume ''.",
    ),
    case(
        "pf-batch-jd-efs-file-system-id-format",
        efs(fileSystemId="my-file-system"),
        "FG1110",
        "volumes[0].efsVolumeConfiguration.fileSystemId",
        "EFS configuration fileSystemId is not valid: my-file-system.",
    ),
    case(
        "pf-batch-jd-efs-transit-encryption-port-range",
        efs(transitEncryption="ENABLED", transitEncryptionPort=70000),
        "FG1111",
        "volumes[0].efsVolumeConfiguration.transitEncryptionPort",
        "TransitEncryptionPort must be a valid port number.",
    ),
    case(
        "R-050-efs-iam-explicitly-unencrypted",
        efs(transitEncryption="DISABLED", authorizationConfig={"iam": "ENABLED", "accessPointId": "fsap-1"}),
        "FG206",
        "volumes[0].efsVolumeConfiguration.transitEncryption",
        "EFS IAM authorization requires TransitEncryption to be enabled.",
    ),
    case(
        "R-189-access-point-with-root",
        fargate(
            taskRoleArn="app",
            volumes=[
                {
                    "name": "v",
                    "s3filesVolumeConfiguration": {
                        "fileSystemArn": "arn:aws:s3files:us-east-1:123456789012:file-system/fs-1",
                        "accessPointArn": "arn:aws:s3files:us-east-1:123456789012:file-system/fs-1/access-point/fsap-1",
                        "rootDirectory": "/data",
                    },
                }
            ],
        ),
        "FG1112",
        "volumes[0].s3filesVolumeConfiguration.rootDirectory",
        'When using an S3 Files access point, the root directory must either be set to "/" or be omitted.',
    ),
]
