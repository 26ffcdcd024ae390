"""What RegisterTaskDefinition says of sizes, containers, ports, roles and secrets. The code is ClientException."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.quoting import bench as _bench
from simcloud.facts.quoting import recorded as _recorded
from simcloud.facts.quoting import unread as _unread
from simcloud.facts.sources import FIELD_REPORT, TASK_SIZE, issue

# Size

NO_CONFIGURATION = Words(
    "No Fargate configuration exists for given values: {cpu} CPU, {memory} memory. "
    "See the Amazon ECS documentation for the valid values.",
    source=issue("aws-games/cloud-game-development-toolkit", 737),
    rule="R-005",
)
INVALID_CPU = Words("Invalid 'cpu' setting for task.", source=TASK_SIZE, status="documented", rule="R-006")
"""The guide shows it as ClientException; one recorded answer to what cannot be read is InvalidParameterException."""
CPU_OF_EC2 = Words("Invalid 'cpu' setting for task.", source=TASK_SIZE, status="documented", rule="R-009")
INVALID_MEMORY = _unread("Invalid 'memory' setting for task.", "R-006")
CPU_REQUIRED = _bench(
    "Fargate requires that 'cpu' be defined at the task level.", "pf-ecs-fargate-task-cpu-memory", "R-007", "2026-09-02"
)
MEMORY_REQUIRED = _bench(
    "Fargate requires that 'memory' be defined at the task level.",
    "pf-ecs-fargate-task-cpu-memory",
    "R-007",
    "2026-09-02",
)
CPU_SUM = _bench(
    "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.",
    "pf-ecs-fargate-container-cpu-over-task",
    "R-018",
)
CONTAINER_MEMORY_OVER_TASK = _bench(
    "The 'memory' setting for container '{name}' is greater than for the task.",
    "pf-ecs-container-memory-over-task",
    "R-019",
    "2026-09-02",
)
MEMORY_SUM = _unread(
    "The sum of all container 'memory' values cannot be greater than the value of the task 'memory'.", "R-020"
)
CONTAINER_MEMORY_MISSING = Words(
    "Invalid setting for container '{name}'. At least one of 'memory' or 'memoryReservation' must be specified.",
    source=issue("cuttlesoft/ecs-deploy.py", 17),
    rule="R-021",
)
RESERVATION_OVER_MEMORY = _bench(
    "Invalid setting for container '{name}'. 'memory' must be greater than or equal to 'memoryReservation'.",
    "pf-ecs-container-memory-reservation",
    "R-021",
    "2026-09-02",
)
MEMORY_TOO_SMALL = _unread("Invalid setting for container '{name}'. Minimum 'memory' is 6 MiB.", "R-021")
# Containers

NO_CONTAINERS = _bench("Container list cannot be empty.", "pf-ecs-container-definitions-empty", "R-014", "2026-09-02")
TOO_MANY_CONTAINERS = Words("Too many containers", source=FIELD_REPORT, rule="R-017")
NAMES_NOT_UNIQUE = _bench(
    "Container names must be unique within a task definition", "pf-ecs-duplicate-container-names", "R-015", "2026-09-02"
)
NO_ESSENTIAL = _bench(
    "Task definition doesn't have any essential container", "pf-ecs-essential-container", "R-016", "2026-09-02"
)
NAME_EMPTY = Words(
    "Container.name should not be null or empty.", source=issue("hashicorp/terraform", 2888), rule="R-058"
)
NAME_INVALID = Words(
    "Container.name contains invalid characters.",
    source=issue("hashicorp/terraform-provider-aws", 5950),
    rule="R-058",
)
IMAGE_EMPTY = Words("Container.image should not be null or empty.", source=FIELD_REPORT, rule="R-058")
IMAGE_INVALID = Words("Container.image contains invalid characters.", source=FIELD_REPORT, rule="R-058")
FAMILY_INVALID = Words("Family contains invalid characters.", source=FIELD_REPORT, rule="R-058")
FAMILY_EMPTY = _unread("Family should not be null or empty.", "R-058")
FAMILY_LENGTH = _unread("Family length should be between 1 and 255.", "R-058")
# Network mode and ports

ONLY_AWSVPC = Words(
    "Fargate only supports network mode ‘awsvpc’.", source=issue("aws/amazon-ecs-cli", 1145), rule="R-013"
)
LINKS = _bench("Links are not supported when networkMode=awsvpc.", "pf-ecs-fargate-links", "R-029")
EXTRA_HOSTS = _bench(
    "Extra hosts are not supported on container when networkMode=awsvpc.", "pf-ecs-awsvpc-extra-hosts", "R-029"
)
DNS_SERVERS = _bench(
    "DNS servers are not supported on container when networkMode=awsvpc", "pf-ecs-fargate-dns-servers", "R-029"
)
DNS_SEARCH = _unread("DNS search domains are not supported on container when networkMode=awsvpc", "R-028")
DISABLE_NETWORKING = _bench(
    "Disable Networking is not supported on container when networkMode=awsvpc.",
    "pf-ecs-fargate-disable-networking",
    "R-029",
)
HOSTNAME = Words(
    "hostname is not supported on container when networkMode=awsvpc.",
    source=issue("labd/ecs-deplojo", 26),
    rule="R-029",
)
HOST_PORT = _recorded(
    "When networkMode={mode}, the host ports and container ports in port mappings must match.", "R-030"
)
CONTAINER_PORT = Words(
    "Invalid 'containerPort' setting for container '{name}'.", source=issue("aws/aws-cdk", 8762), rule="R-031"
)
PORT_RANGE = _bench(
    "Invalid 'containerPortRange' setting for container '{name}'.", "pf-ecs-port-range-reversed", "R-031"
)
PORT_AND_RANGE = _bench(
    "Invalid port mapping for container '{name}', cannot specify both single port and port range.",
    "pf-ecs-port-range-with-host-port",
    "R-031",
)
PORT_TWICE = _bench(
    "{protocol} container port '{port}' is used multiple times in task when networkMode={mode}.",
    "pf-ecs-port-range-overlap",
    "R-031",
)
PORT_NAME_TWICE = _bench(
    "When networkMode=awsvpc, port mapping name is already used", "pf-ecs-port-mapping-duplicate-name", "R-101"
)
# What Fargate does not do

PRIVILEGED = _bench("Fargate requires that the 'privileged' setting be 'false'", "pf-ecs-fargate-privileged", "R-022")
"""As the rule quotes it. One log of the bench goes on with `at the container level.`, its quotation marks lost."""
GPU = _bench(
    "Tasks using the Fargate launch type do not support GPU resource requirements",
    "pf-ecs-fargate-gpu-resource",
    "R-023",
)
INFERENCE = _bench("Unsupported field 'inferenceAccelerators'", "pf-ecs-fargate-inference-accelerator", "R-024")
UNSUPPORTED = _bench(
    "Fargate compatible task definitions do not support {parameter}", "pf-ecs-fargate-ipc-mode", "R-025"
)
PID_MODE = _bench(
    "Tasks using the Fargate launch type do not support pidMode '{mode}'. The supported value for pidMode is 'task'.",
    "pf-ecs-fargate-pid-mode-host",
    "R-027",
)
CAPABILITY = _bench("{capability} is not allowed on Fargate.", "pf-ecs-fargate-capabilities-add", "R-032")
ARM_WINDOWS = _unread("Windows tasks on Fargate support only the X86_64 CPU architecture.", "R-004")
# Roles

ROLE_FOR_AWSLOGS = _bench(
    "Fargate requires task definition to have execution role ARN to support log driver awslogs.",
    "pf-ecs-fargate-execution-role-missing-awslogs",
    "R-038",
)
ROLE_FOR_ECR = Words(
    "Fargate requires task definition to have execution role ARN to support ECR images.",
    source=FIELD_REPORT,
    rule="R-039",
)
ROLE_FOR_SECRETS = Words(
    "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
    source=FIELD_REPORT,
    rule="R-040",
)
ROLE_INVALID = Words("Role is not valid", source=FIELD_REPORT, rule="R-043")
# Secrets and environment

SECRET_NAME_TAKEN = Words(
    "The secret name must be unique and not shared with any new or existing environment variables set on the "
    "container, such as '{name}'.",
    source=FIELD_REPORT,
    rule="R-040",
)
PARAMETER_NAME = Words(
    "The Systems Manager parameter name specified for secret {name} is invalid.", source=FIELD_REPORT, rule="R-041"
)
PARAMETER_ACCOUNT = _bench(
    "The Systems Manager parameter ARN has a different account ID than the current account. The current account ID is "
    "{current} and the ARN account ID is {other}. Cross-account access for ARNs is not currently supported.",
    "pf-ecs-secrets-without-execution-role",
    "R-042",
)
ENVIRONMENT_FILE = _bench("Invalid arn syntax.", "pf-ecs-environment-files-type", "R-055")
ENVIRONMENT_FILES = _bench(
    "The maximum number of environment files was exceeded. Specify ten or less and try again.",
    "pf-ecs-environment-files-max",
    "R-055",
)
