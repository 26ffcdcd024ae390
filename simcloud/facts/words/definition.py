"""What RegisterTaskDefinition says of a definition as a whole, of values that are not offered, of the kernel's settings
and of Windows. The code is ClientException."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.quoting import alike as _alike
from simcloud.facts.quoting import bench as _bench
from simcloud.facts.quoting import unread as _unread
from simcloud.facts.sources import FIELD_REPORT, PREFLIGHT, issue

# The whole

DEFINITION_LENGTH = Words(
    "Actual length: '{actual}'. Max allowed length is '{most}' bytes.", source=FIELD_REPORT, rule="R-058"
)
NO_SUCH_VALUE = _alike(
    "{value} is not a valid value for {member}. The value must be one of [[{values}]]",
    "DescribeTaskDefinition's text for a wrong include",
    "R-012",
)
TAGS_EMPTY = Words("Tags can not be empty.", source=FIELD_REPORT, rule="R-171")
CONSTRAINTS_TOO_MANY = _alike("placementConstraints can have at most {most} items.", "taskIds", "R-056")
CONSTRAINT_EXPRESSION = _unread("constraint.expression should not be null or empty.", "R-056")
CREDENTIAL_SPECS = _alike("credentialSpecs can have at most {most} items.", "taskIds", "")
FAULT_INJECTION = _unread("Fault injection is only supported in networkMode=awsvpc and networkMode=host.", "R-300")
EXTERNAL_AWSVPC = _alike(
    "External only supports network modes ‘bridge’, ‘host’ and ‘none’.", "Fargate's text on network modes", "R-012"
)
MANAGED_NETWORK = _alike(
    "Managed Instances only support network modes ‘awsvpc’ and ‘host’.", "Fargate's text on network modes", "R-012"
)
TRUSTED_EXECUTION = _alike(
    "{kind} compatible task definitions do not support trustedExecutionConfiguration",
    "Fargate's text for a parameter that it does not support",
    "R-339",
)
# Networks and proxies

LINKS_MODE = _alike("Links are not supported when networkMode={mode}.", "the text for awsvpc", "R-029")
LINK_UNKNOWN = _alike("Invalid 'links' setting. Unknown container: '{name}'.", "volumesFrom", "R-029")
PROXY_MODE = _bench(
    "APPMESH proxy configuration is only supported in networkMode=awsvpc",
    "pf-ecs-proxy-configuration-awsvpc-required",
    "R-025",
)
PROXY_INGRESS = _bench("Ingress port not found", "pf-ecs-proxy-configuration-missing-required-props", "R-025")
PROXY_EGRESS = _alike("Egress port not found", "the text for the ingress port", "R-025")
PROXY_APP_PORTS = _alike("App ports not found", "the text for the ingress port", "R-025")
PROXY_IGNORED = _alike("Ignored UID or GID not found", "the text for the ingress port", "R-025")
HOST_PORT_INVALID = _alike("Invalid 'hostPort' setting for container '{name}'.", "containerPort", "R-031")
HOST_PORT_TWICE = _alike("{protocol} host port '{port}' is used multiple times in task.", "container ports", "R-031")
PORT_NAME_INVALID = _alike("Invalid 'name' setting in port mappings for container '{name}'.", "containerPort", "R-101")
PORT_RANGE_MODE = _alike("Container port ranges are not supported when networkMode={mode}.", "links", "R-031")
PORTS_WITHOUT_NETWORK = _alike("Port mappings are not supported when networkMode=none.", "links", "R-031")
# The kernel

ULIMIT_NAME = Words("Unrecognized ulimit name {name}", source=issue("Shippable/support", 3699), rule="R-034")
ULIMIT_SOFT = _unread("The soft limit of ulimit {name} cannot be greater than its hard limit.", "R-034")
ULIMIT_TWICE = _unread("Duplicate ulimit name {name}", "R-034")
SYSTEM_CONTROL = _unread("Unsupported system control '{namespace}'.", "R-028")
SYSTEM_CONTROL_HOST = _unread("System control '{namespace}' is not supported when networkMode=host.", "R-028")
TMPFS_SIZE = Words(
    "Size of a tmpfs is invalid. The size is required and must be a positive integer.",
    source=f"{PREFLIGHT} (pf-batch-jd-tmpfs-size-min, through AWS Batch)",
    read_on="2026-09-10",
    rule="R-033",
)
SWAPPINESS = Words(
    "Invalid swappiness: {value}, must be between {least} and {most}.",
    source=f"{PREFLIGHT} (pf-batch-jd-linux-swappiness-range, through AWS Batch)",
    read_on="2026-09-10",
    rule="R-033",
)
MAX_SWAP = Words(
    "Invalid swap memory size: {value}, must be non-negative.",
    source=f"{PREFLIGHT} (pf-batch-jd-linux-max-swap-negative, through AWS Batch)",
    read_on="2026-09-10",
    rule="R-033",
)
CONTAINER_CPU = _alike("Invalid 'cpu' setting for container '{name}'.", "the text for containerPort", "R-018")
# Windows

WINDOWS_UNSUPPORTED = _alike(
    "Fargate compatible task definitions do not support {parameter} for Windows",
    "Fargate's text for a parameter that it does not support",
    "R-027",
)
# Names, environment, registries

IMAGE_LENGTH = _alike("Container.image length should be between 1 and {most}.", "the text for names", "R-058")
SECRET_TWICE = Words(
    "Duplicate secret names found: {names}. Each secret name must be unique.", source=FIELD_REPORT, rule="R-040"
)
SECRET_NAME_EMPTY = _alike("Secret.name should not be null or empty.", "Container.name", "R-040")
VARIABLE_NAME_EMPTY = _alike("Environment variable name should not be null or empty.", "Container.name", "R-055")
ENVIRONMENT_FILE_EXTENSION = _unread("Environment files must have a .env file extension.", "R-055")
ROLE_FOR_REGISTRY = _alike(
    "When you are specifying repository credentials, you must also specify a value for 'executionRoleArn'.",
    "the text for secrets",
    "R-150",
)
