"""Tasks that are run by themselves: their number, overrides, volumes, tokens and tags. Refused requests."""

from __future__ import annotations

from launching import INVALID, over, refused, row, run, service, start, task_set, volumes
from requests_as_written import without

TEN = "count must be between 1 and 10."
GROUP = "Invalid namespace for group."
PROPAGATE = "Propagate tags should be one of [TASK_DEFINITION]"
TOKEN_LONG = "idempotency token longer than 36."
RUN_TOKEN = "clientToken must be at most 64 characters in the range 33 to 126."
USED = (
    "The RunTask request could not be processed due to conflicts. The provided clientToken is already in use with a "
    "different request."
)
"""Recorded: https://github.com/radkawar/stackd, testdata/aws/ecs/task_tokens.json."""
SERVICE_TOKEN = "clientToken must be at most 36 characters in the range 33 to 126."


def no_role(what: str, verb: str) -> str:
    """R-163."""
    return (
        f"The {what} couldn't be {verb} because a valid taskRoleArn is not being used. Specify a valid task role in "
        "your task definition and try again."
    )


TASKS = [
    refused("R-075-eleven", "run_task", run(count=11), "FG340", TEN),
    refused("R-075-none", "run_task", run(count=0), "FG340", TEN),
    refused("R-075-negative", "run_task", run(count=-1), "FG340", TEN),
    # https://github.com/kayac/ecspresso/pull/270
    refused("R-091-service", "run_task", run(propagateTags="SERVICE"), "FG341", PROPAGATE),
    refused("R-091-start", "start_task", start(propagateTags="SERVICE"), "FG341", PROPAGATE),
    refused(
        "R-091-in-a-service",
        "create_service",
        service(propagateTags="TASK"),
        "FG341",
        "Propagate tags should be one of [SERVICE,TASK_DEFINITION]",
    ),
    refused("R-058-startedby", "run_task", run(startedBy="x" * 129), "FG342", "startedBy longer than 128."),
    refused("R-058-started", "start_task", start(startedBy="x" * 129), "FG342", "startedBy longer than 128."),
    refused("R-058-group", "run_task", run(group="service:web"), "FG1216", GROUP),
    refused("R-090-long", "run_task", run(clientToken="x" * 65), "FG348", RUN_TOKEN),
    refused("R-090-space", "run_task", run(clientToken="a b"), "FG348", RUN_TOKEN),
    refused("R-090-service", "create_service", service(clientToken="x" * 37), "FG348", TOKEN_LONG),
    refused("R-090-set", "create_task_set", task_set(clientToken="ü"), "FG348", SERVICE_TOKEN),
    refused(
        "R-090-of-another-request",
        "run_task",
        run(clientToken="used"),
        "FG349",
        USED,
        code="ConflictException",
    ),
    refused("R-163-no-role", "run_task", run(enableExecuteCommand=True), "FG1219", no_role("task", "run")),
    refused(
        "R-163-service", "create_service", service(enableExecuteCommand=True), "FG1219", no_role("service", "created")
    ),
    refused(
        "R-163-update",
        "update_service",
        {"service": "standing", "enableExecuteCommand": True},
        "FG1219",
        no_role("service", "updated"),
    ),
    refused(
        "tags-51",
        "run_task",
        run(tags=[{"key": f"k{index}", "value": ""} for index in range(51)]),
        "FG1218",
        "tags can have at most 50 items.",
    ),
    refused(
        "tags-of-a-start",
        "start_task",
        start(tags=[{"key": "a" * 129, "value": ""}]),
        "FG1218",
        "Tag keys must have between 1 and 128 characters.",
    ),
    refused(
        "tags-twice",
        "create_service",
        service(tags=[{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]),
        "FG1218",
        "Tag keys must be unique.",
    ),
    refused(
        "tags-of-aws",
        "run_task",
        run(tags=[{"key": "aws:team", "value": "red"}]),
        "FG1218",
        "Tag keys and values beginning with aws: are reserved for system use.",
    ),
]

STRANGER = "Override for container named ap is not a container in the TaskDefinition."
CPU = "Invalid 'cpu' setting for task."
FILE = {"type": "s3", "value": "arn:aws:s3:::bucket/app.env"}
OVERRIDES = [
    # https://github.com/azavea/django-ecsmanage/issues/21
    refused("R-019-stranger", "run_task", over({"name": "ap"}), "FG343", STRANGER),
    refused("R-019-start", "start_task", start(overrides={"containerOverrides": [{"name": "ap"}]}), "FG343", STRANGER),
    refused(
        "R-019-nameless",
        "run_task",
        over({"command": ["date"]}),
        "FG1210",
        "Override.name should not be null or empty.",
    ),
    # https://github.com/artilleryio/artillery/issues/591
    refused(
        "R-019-memory",
        "run_task",
        over({"name": "app", "memory": 1024}),
        "FG344",
        "'memory' setting for container 'app' is greater than for task.",
    ),
    refused(
        "R-018-cpu-of-all",
        "run_task",
        run(
            taskDefinition="two",
            overrides={"containerOverrides": [{"name": "app", "cpu": 512}, {"name": "sidecar", "cpu": 256}]},
        ),
        "FG1211",
        "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.",
    ),
    refused("R-003-cpu", "run_task", over(cpu="half"), "FG1212", CPU),
    refused(
        "R-005-size",
        "run_task",
        over(cpu="1 vCPU"),
        "FG345",
        "No Fargate configuration exists for given values: 1024 CPU, 512 memory. See the Amazon ECS documentation "
        "for the valid values.",
    ),
    refused(
        "R-005-memory",
        "run_task",
        over(memory="8 GB"),
        "FG345",
        "No Fargate configuration exists for given values: 256 CPU, 8192 memory. See the Amazon ECS documentation "
        "for the valid values.",
    ),
    refused(
        "R-005-both",
        "run_task",
        over(cpu="16384", memory="16384"),
        "FG345",
        "No Fargate configuration exists for given values: 16384 CPU, 16384 memory. See the Amazon ECS documentation "
        "for the valid values.",
    ),
    refused(
        "R-046-storage",
        "run_task",
        over(ephemeralStorage={"sizeInGiB": 201}),
        "FG346",
        "EphemeralStorage size should be at most 200",
        row("F18"),
    ),
    refused(
        "R-046-twenty",
        "run_task",
        over(ephemeralStorage={"sizeInGiB": 20}),
        "FG346",
        "EphemeralStorage size should be at least 21",
    ),
    # https://github.com/convox/rack/issues/1906
    refused(
        "R-058-long",
        "run_task",
        over({"name": "app", "command": ["x" * 8192]}),
        "FG347",
        "Container Overrides length must be at most 8192",
    ),
    refused(
        "R-055-eleven-files",
        "run_task",
        over({"name": "app", "environmentFiles": [FILE] * 11}),
        "FG1213",
        "The maximum number of environment files was exceeded. Specify ten or less and try again.",
    ),
    refused(
        "R-055-file",
        "run_task",
        over({"name": "app", "environmentFiles": [{"type": "s3", "value": "s3://bucket/app.env"}]}),
        "FG1214",
        "Invalid arn syntax.",
    ),
    refused(
        "R-055-extension",
        "run_task",
        over({"name": "app", "environmentFiles": [{"type": "s3", "value": "arn:aws:s3:::bucket/app.txt"}]}),
        "FG1214",
        "Environment files must have a .env file extension.",
    ),
    refused(
        "R-023-gpu",
        "run_task",
        over({"name": "app", "resourceRequirements": [{"type": "GPU", "value": "1"}]}),
        "FG1215",
        "Tasks using the Fargate launch type do not support GPU resource requirements",
        row("T03"),
    ),
    refused(
        "R-024-accelerator",
        "run_task",
        over(inferenceAcceleratorOverrides=[{"deviceName": "a", "deviceType": "eia1.medium"}]),
        "FG1215",
        "Unsupported field 'inferenceAcceleratorOverrides'",
    ),
]

TEN_GIB = {"sizeInGiB": 10}
VOLUMES = [
    # https://github.com/badmintoncryer/cdk-preflight: pf-ecs-svc-ebs-name-not-in-taskdef,
    # pf-ecs-svc-ebs-volume-without-size-or-snapshot
    refused(
        "R-084-another-name",
        "run_task",
        run(
            taskDefinition="volumed",
            volumeConfigurations=[{"name": "x", "managedEBSVolume": {"roleArn": "r", **TEN_GIB}}],
        ),
        "FG361",
        "The volume name 'x' in your request does not have a matching volume in your Task Definition that is "
        "configurable at launch.",
    ),
    refused(
        "R-084-not-declared",
        "create_service",
        service(volumeConfigurations=[{"name": "d", "managedEBSVolume": {"roleArn": "r", **TEN_GIB}}]),
        "FG361",
        "Volume configuration provided but no matching configuredAtLaunch volume found in task definition.",
    ),
    refused(
        "R-048-left-out",
        "run_task",
        run(taskDefinition="volumed"),
        "FG1220",
        "Volume configuration must be provided for volume 'd', which is configured at launch in the task definition.",
    ),
    refused(
        "R-048-update",
        "update_service",
        {"service": "standing", "taskDefinition": "volumed"},
        "FG1220",
        "Volume configuration must be provided for volume 'd', which is configured at launch in the task definition.",
    ),
    refused(
        "R-181-two",
        "run_task",
        run(
            taskDefinition="volumed",
            volumeConfigurations=[{"name": "d", "managedEBSVolume": {"roleArn": "r", **TEN_GIB}}] * 2,
        ),
        "FG1221",
        "volumeConfigurations can have at most 1 items.",
        row("M06"),
    ),
    refused(
        "R-084-unmanaged",
        "run_task",
        run(taskDefinition="volumed", volumeConfigurations=[{"name": "d"}]),
        "FG1222",
        "managedEBSVolume must be specified for the volume 'd'.",
    ),
    refused(
        "R-084-sizeless",
        "run_task",
        volumes({}),
        "FG1223",
        "You must specify either sizeInGiB or snapshotId for the volume 'd'.",
    ),
    refused(
        "R-182-type",
        "run_task",
        volumes({"volumeType": "gp4", **TEN_GIB}),
        "FG1224",
        "The volume type gp4 is not supported.",
    ),
    refused(
        "R-182-standard",
        "run_task",
        volumes({"volumeType": "standard", **TEN_GIB}),
        "FG1224",
        "Fargate does not support the volume type standard.",
    ),
    refused(
        "R-182-none",
        "run_task",
        volumes({"sizeInGiB": 0}),
        "FG1225",
        "The size of a volume of type gp3 must be between 1 and 16384 GiB.",
    ),
    refused(
        "R-182-huge",
        "run_task",
        volumes({"sizeInGiB": 16385, "volumeType": "gp2"}),
        "FG1225",
        "The size of a volume of type gp2 must be between 1 and 16384 GiB.",
    ),
    refused(
        "R-182-small-io1",
        "run_task",
        volumes({"sizeInGiB": 3, "volumeType": "io1", "iops": 100}),
        "FG1225",
        "The size of a volume of type io1 must be between 4 and 16384 GiB.",
    ),
    refused(
        "R-182-small-st1",
        "run_task",
        volumes({"sizeInGiB": 124, "volumeType": "st1"}),
        "FG1225",
        "The size of a volume of type st1 must be between 125 and 16384 GiB.",
    ),
    refused(
        "R-183-io2-without",
        "run_task",
        volumes({"volumeType": "io2", **TEN_GIB}),
        "FG1226",
        "iops must be specified for the volume type io2.",
    ),
    refused(
        "R-183-gp3",
        "run_task",
        volumes({"iops": 2999, **TEN_GIB}),
        "FG1226",
        "The iops of a volume of type gp3 must be between 3000 and 16000.",
    ),
    refused(
        "R-183-io1",
        "run_task",
        volumes({"volumeType": "io1", "iops": 64001, **TEN_GIB}),
        "FG1226",
        "The iops of a volume of type io1 must be between 100 and 64000.",
    ),
    refused(
        "R-183-sc1",
        "run_task",
        volumes({"volumeType": "sc1", "iops": 100, "sizeInGiB": 125}),
        "FG1226",
        "iops is not supported for the volume type sc1.",
    ),
    refused(
        "R-183-throughput",
        "run_task",
        volumes({"throughput": 1001, **TEN_GIB}),
        "FG1227",
        "The throughput of a volume of type gp3 must be between 125 and 1000 MiB/s.",
    ),
    refused(
        "R-183-throughput-gp2",
        "run_task",
        volumes({"volumeType": "gp2", "throughput": 125, **TEN_GIB}),
        "FG1227",
        "throughput is not supported for the volume type gp2.",
    ),
    refused(
        "R-184-file-system",
        "run_task",
        volumes({"filesystemType": "btrfs", **TEN_GIB}),
        "FG1228",
        "Filesystem type should be one of [ext3,ext4,xfs,ntfs]",
    ),
    refused(
        "R-184-ntfs",
        "run_task",
        volumes({"filesystemType": "ntfs", **TEN_GIB}),
        "FG1228",
        "The filesystem type ntfs is not supported on Linux.",
    ),
    refused(
        "R-187-rate",
        "run_task",
        volumes({"volumeInitializationRate": 100, **TEN_GIB}),
        "FG1229",
        "volumeInitializationRate can be specified only with a snapshotId.",
    ),
    refused(
        "R-084-daemon",
        "create_service",
        without(
            service(
                taskDefinition="machine-volumed",
                launchType="EC2",
                schedulingStrategy="DAEMON",
                volumeConfigurations=[{"name": "d", "managedEBSVolume": {"roleArn": "r", **TEN_GIB}}],
            ),
            "desiredCount",
        ),
        "FG1230",
        "The daemon scheduling strategy does not support volume configurations.",
        code=INVALID,
    ),
]

ALONE = [*TASKS, *OVERRIDES, *VOLUMES]
