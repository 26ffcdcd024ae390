"""What RegisterTaskDefinition says when it refuses. The error code is ClientException."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.sources import API_MODEL, FIELD_REPORT, PREFLIGHT, TASK_SIZE, issue


def _bench(text: str, case: str, rule: str, read_on: str = "2026-09-08") -> Words:
    """A text that the real AWS gave to a deployment made for the purpose."""
    return Words(text, source=f"{PREFLIGHT} ({case})", status="observed", read_on=read_on, rule=rule)


def _unread(text: str, rule: str) -> Words:
    """The law is documented, its text was seen nowhere: ours, in AWS's manner."""
    return Words(text, source=API_MODEL, status="assumed", rule=rule)


# Size

NO_CONFIGURATION = Words(
    "No Fargate configuration exists for given values: {cpu} CPU, {memory} memory. "
    "See the Amazon ECS documentation for the valid values.",
    source=issue("aws-games/cloud-game-development-toolkit", 737),
    rule="R-005",
)
INVALID_CPU = Words("Invalid 'cpu' setting for task.", source=TASK_SIZE, status="documented", rule="R-006")
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
    "'memory' must be greater than or equal to 'memoryReservation'",
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
NAME_EMPTY = _unread("Container.name should not be null or empty.", "R-058")
NAME_INVALID = _unread("Container.name contains invalid characters.", "R-058")
IMAGE_EMPTY = Words("Container.image should not be null or empty.", source=FIELD_REPORT, rule="R-058")
IMAGE_INVALID = Words("Container.image contains invalid characters.", source=FIELD_REPORT, rule="R-058")
FAMILY_INVALID = _unread("Family contains invalid characters.", "R-058")
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
HOST_PORT = Words(
    "When networkMode=awsvpc, the host ports and container ports in port mappings must match.",
    source=issue("aws/amazon-ecs-cli", 1014),
    rule="R-030",
)
CONTAINER_PORT = Words(
    "Invalid 'containerPort' setting for container '{name}'.", source=issue("aws/aws-cdk", 8762), rule="R-031"
)
PORT_RANGE = _bench(
    "Invalid 'containerPortRange' setting for container '{name}'.", "pf-ecs-port-range-reversed", "R-031"
)
PORT_AND_RANGE = _bench("cannot specify both single port and port range", "pf-ecs-port-range-with-host-port", "R-031")
PORT_TWICE = _bench(
    "{protocol} container port '{port}' is used multiple times in task when networkMode=awsvpc.",
    "pf-ecs-port-range-overlap",
    "R-031",
)
PORT_NAME_TWICE = _bench(
    "When networkMode=awsvpc, port mapping name is already used", "pf-ecs-port-mapping-duplicate-name", "R-101"
)
# What Fargate does not do

PRIVILEGED = _bench("Fargate requires that the 'privileged' setting be 'false'", "pf-ecs-fargate-privileged", "R-022")
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
# Logs

LOG_DRIVER = _bench(
    "{driver} is not a valid log driver. Must be one of [awslogs, splunk, awsfirelens]",
    "pf-ecs-fargate-log-driver-unsupported",
    "R-035",
)
AWSLOGS_PREFIX = _bench(
    "Fargate requires log configuration options to include awslogs-stream-prefix to support log driver awslogs.",
    "pf-ecs-awslogs-fargate-missing-stream-prefix",
    "R-036",
)
AWSLOGS_REQUIRES = _bench("Log driver awslogs requires options: {options}", "pf-ecs-awslogs-missing-group", "R-036")
AWSLOGS_DISALLOWS = Words(
    "Log driver awslogs disallows options: {options}",
    source=issue("aws-samples/amazon-ecs-firelens-examples", 83),
    rule="R-037",
)
FIRELENS_ROUTER = _bench(
    "When awsfirelens log driver is specified in log configuration, a firelens configuration object must be "
    "configured in one of the containers.",
    "pf-ecs-awsfirelens-without-router",
    "R-044",
)
FIRELENS_S3 = Words(
    "Fargate launch type does not support FirelensConfiguration config file from 's3'",
    source="https://github.com/floci-io/floci",
    status="assumed",
    rule="R-045",
)
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
VOLUME_NAME_EMPTY = _unread("Volume.name should not be null or empty.", "R-049")
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
EFS_ACCESS_POINT = _unread("EFS access points require TransitEncryption to be enabled.", "R-176")
EFS_PORT = _bench(
    "TransitEncryptionPort requires that TransitEncryption is enabled.",
    "pf-ecs-efs-transit-encryption-port-without-encryption",
    "R-176",
)
S3FILES_ROLE = _unread(
    "When you are specifying S3 Files volumes, you must also specify a value for 'taskRoleArn'.", "R-189"
)
# Order, health, restarts

DEPENDENCY_MISSING = _bench(
    "Cannot depend on container + '{name}' because it does not exist", "pf-ecs-dependson-container-missing", "R-051"
)
DEPENDENCY_HEALTHY = _bench(
    "A dependency container with HEALTHY condition must have health check configured",
    "pf-ecs-dependson-healthy-without-healthcheck",
    "R-051",
)
DEPENDENCY_ESSENTIAL = _bench(
    "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container",
    "pf-ecs-dependson-complete-on-essential",
    "R-051",
)
DEPENDENCY_CYCLE = _unread("Container dependencies must not contain a cycle.", "R-051")
TIMEOUT_RANGE = _unread("The '{setting}' setting for container '{name}' must be between {least} and {most}.", "R-052")
HEALTH_MOST = _bench(
    "Health check {setting} must be less than or equal to the maximum allowed value {most} for container '{name}'",
    "pf-ecs-healthcheck-interval-range",
    "R-053",
)
HEALTH_LEAST = _unread(
    "Health check {setting} must be greater than or equal to the minimum allowed value {least} for container '{name}'",
    "R-053",
)
HEALTH_COMMAND = _unread("Health check command for container '{name}' must begin with CMD or CMD-SHELL.", "R-053")
RESTART_PERIOD = _bench(
    "The 'restartAttemptPeriod' setting for container '{name}' must be between {least} and {most}.",
    "pf-ecs-restart-policy-attempt-period-range",
    "R-054",
)
IGNORED_CODES = _unread("The 'ignoredExitCodes' setting for container '{name}' can have at most {most} items.", "R-054")
PROXY_CONTAINER = _bench(
    "Proxy container [{name}] does not exist", "pf-ecs-proxy-configuration-container-missing", "R-025"
)
