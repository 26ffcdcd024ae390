"""What RegisterTaskDefinition says of logs, order of start, health and restarts. The code is ClientException."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.quoting import bench as _bench
from simcloud.facts.quoting import recorded as _recorded
from simcloud.facts.quoting import unread as _unread
from simcloud.facts.sources import FIELD_REPORT, PREFLIGHT, issue

# Logs

LOG_DRIVER = _recorded("{driver} is not a valid log driver. Must be one of [{drivers}]", "R-035")
AWSLOGS_PREFIX = _bench(
    "Fargate requires log configuration options to include awslogs-stream-prefix to support log driver awslogs.",
    "pf-ecs-awslogs-fargate-missing-stream-prefix",
    "R-036",
)
LOG_REQUIRES = _recorded("Log driver {driver} requires options: {options}", "R-036")
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
    source=FIELD_REPORT,
    rule="R-045",
)
FIRELENS_UNUSED = Words(
    "When a firelensConfiguration object is specified, at least one container has to be configured with the "
    "awsfirelens log driver",
    source=f"{PREFLIGHT} (pf-batch-jd-ecs-firelens-log-driver), and field reports on RegisterTaskDefinition",
    read_on="2026-09-12",
    rule="R-291",
)
LOG_GROUP_INVALID = Words(
    "Log driver awslogs option 'awslogs-group' contains invalid characters.",
    source=FIELD_REPORT,
    rule="R-036",
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
DEPENDENCY_CYCLE = _recorded("Container dependsOn contains a cycle", "R-051")
TIMEOUT_LEAST = _recorded("Granular {setting} on container '{name}' must be at least {least} seconds.", "R-052")
STOP_TIMEOUT_MOST = _recorded(
    "Tasks using the Fargate launch type must have a container stop timeout of less than {most} seconds.", "R-052"
)
HEALTH_MOST = _bench(
    "Health check {setting} must be less than or equal to the maximum allowed value {most} for container '{name}'",
    "pf-ecs-healthcheck-interval-range",
    "R-053",
)
HEALTH_LEAST = _unread(
    "Health check {setting} must be greater than or equal to the minimum allowed value {least} for container '{name}'",
    "R-053",
)
HEALTH_COMMAND = _unread("Health check command should not be null or empty for container '{name}'", "R-053")
RESTART_PERIOD = _bench(
    "The 'restartAttemptPeriod' setting for container '{name}' must be between {least} and {most}.",
    "pf-ecs-restart-policy-attempt-period-range",
    "R-054",
)
IGNORED_CODES = _unread("The 'ignoredExitCodes' setting for container '{name}' can have at most {most} items.", "R-054")
PROXY_CONTAINER = _bench(
    "Proxy container [{name}] does not exist", "pf-ecs-proxy-configuration-container-missing", "R-025"
)
