"""How many, how long, how fast: AWS's limits."""

from __future__ import annotations

from simcloud.facts.fact import Fact
from simcloud.facts.sources import (
    API_MODEL,
    CIRCUIT_BREAKER,
    EVENT_MESSAGES,
    FIELD_REPORT,
    GUIDE,
    PREFLIGHT,
    RECORDED,
    THROTTLING,
)

QUOTAS = "https://docs.aws.amazon.com/general/latest/gr/ecs-service.html"

# A task definition

CONTAINERS: Fact[int] = Fact(10, QUOTAS, rule="R-017")
NAME_LENGTH: Fact[int] = Fact(255, API_MODEL, rule="R-058")
"""Characters of a family, a container's name, a service's name."""
CONTAINER_MEMORY_LEAST: Fact[int] = Fact(6, API_MODEL, rule="R-021")
"""MiB."""
TIMEOUT_LEAST: Fact[int] = Fact(2, RECORDED, "observed", "2026-09-16", "R-052")
"""startTimeout and stopTimeout, in seconds, on Fargate and elsewhere."""
STOP_TIMEOUT_MOST: Fact[int] = Fact(120, RECORDED, "observed", "2026-09-16", "R-052")
"""stopTimeout on Fargate, in seconds. A startTimeout above it is registered, whatever the model says."""
HEALTH_RANGES: Fact[dict[str, tuple[int, int]]] = Fact(
    {"interval": (5, 300), "timeout": (2, 60), "retries": (1, 10), "startPeriod": (0, 300)}, API_MODEL, rule="R-053"
)
RESTART_PERIOD: Fact[tuple[int, int]] = Fact((60, 1800), API_MODEL, rule="R-054")
"""restartAttemptPeriod in seconds."""
IGNORED_EXIT_CODES: Fact[int] = Fact(50, API_MODEL, rule="R-054")
DEFINITION_LENGTH: Fact[int] = Fact(65536, FIELD_REPORT, "observed", rule="R-058")
"""Bytes of a task definition as JSON."""
IMAGE_LENGTH: Fact[int] = Fact(255, API_MODEL, rule="R-058")
"""Characters of an image with its tag; of one with a digest, those before it."""
PLACEMENT_CONSTRAINTS: Fact[int] = Fact(10, API_MODEL, rule="R-056")
CREDENTIAL_SPECS: Fact[int] = Fact(1, API_MODEL)
PORT_NAME_LENGTH: Fact[int] = Fact(64, API_MODEL, rule="R-101")
SWAPPINESS: Fact[tuple[int, int]] = Fact((0, 100), API_MODEL, rule="R-033")
HIGHEST_PORT: Fact[int] = Fact(65535, API_MODEL, rule="R-031")
ENVIRONMENT_FILES: Fact[int] = Fact(
    10, f"{PREFLIGHT} (pf-ecs-environment-files-max)", "observed", "2026-09-08", "R-055"
)
# A run

SUBNETS: Fact[int] = Fact(16, API_MODEL, rule="R-062")
SECURITY_GROUPS: Fact[int] = Fact(5, API_MODEL, rule="R-062")
RUN_TASK_COUNT: Fact[int] = Fact(10, API_MODEL, rule="R-075")
STRATEGY_ITEMS: Fact[int] = Fact(20, API_MODEL, rule="R-068")
WEIGHT: Fact[tuple[int, int]] = Fact((0, 1000), API_MODEL, rule="R-068")
BASE: Fact[tuple[int, int]] = Fact((0, 100000), API_MODEL, rule="R-068")
RUN_TOKEN_LENGTH: Fact[int] = Fact(64, API_MODEL, rule="R-090")
SERVICE_TOKEN_LENGTH: Fact[int] = Fact(36, API_MODEL, rule="R-090")
STARTED_BY_LENGTH: Fact[int] = Fact(128, API_MODEL, rule="R-058")
OVERRIDES_LENGTH: Fact[int] = Fact(8192, API_MODEL, rule="R-058")
"""Characters of the overrides as JSON."""
DESCRIBED_TASKS: Fact[int] = Fact(100, API_MODEL, rule="R-098")
GRACE_PERIOD_MOST: Fact[int] = Fact(2147483647, API_MODEL, rule="R-087")
# The account and the scheduler

ON_DEMAND_VCPU: Fact[int] = Fact(6, QUOTAS, rule="R-094")
SPOT_VCPU: Fact[int] = Fact(6, QUOTAS, "assumed", rule="R-094")
LAUNCH_BURST: Fact[int] = Fact(100, THROTTLING, rule="R-092")
LAUNCH_PER_SECOND: Fact[int] = Fact(20, THROTTLING, rule="R-092")
SERVICE_LAUNCHES_PER_MINUTE: Fact[int] = Fact(500, FIELD_REPORT, "observed", "2026-10-09", "R-093")
SERVICE_EVENTS: Fact[int] = Fact(100, EVENT_MESSAGES, rule="R-224")
"""DescribeServices returns the newest this many."""
BREAKER_LEAST: Fact[int] = Fact(3, CIRCUIT_BREAKER, rule="R-212")
BREAKER_MOST: Fact[int] = Fact(200, CIRCUIT_BREAKER, rule="R-212")
BREAKER_SHARE: Fact[float] = Fact(0.5, CIRCUIT_BREAKER, rule="R-212")
"""Failures that break a deployment: this share of the desired count, rounded up, between least and most."""
MINIMUM_HEALTHY_DEFAULT: Fact[int] = Fact(100, API_MODEL, rule="R-200")
MAXIMUM_PERCENT_DEFAULT: Fact[int] = Fact(200, API_MODEL, rule="R-200")
STOPPED_REASON_LENGTH: Fact[int] = Fact(1024, GUIDE + "stopped-task-errors.html", rule="R-117")
TASK_SETS: Fact[int] = Fact(
    5, "https://github.com/aws-samples/ecs-bg-external-controller/issues/6", "observed", rule="R-099"
)
"""Deployments and task sets that a service can have at once."""
DESCRIBED_DEPLOYMENTS: Fact[int] = Fact(20, API_MODEL, rule="R-235")
"""ARNs in one DescribeServiceDeployments or DescribeServiceRevisions."""
