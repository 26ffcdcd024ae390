"""The names of states, in the order in which a task goes through them."""

from __future__ import annotations

from simcloud.facts.fact import Fact
from simcloud.facts.sources import API_MODEL, GUIDE

TASK: Fact[tuple[str, ...]] = Fact(
    ("PROVISIONING", "PENDING", "ACTIVATING", "RUNNING", "DEACTIVATING", "STOPPING", "DEPROVISIONING", "STOPPED"),
    GUIDE + "task-lifecycle-explanation.html",
    rule="R-102",
)
DESIRED: Fact[tuple[str, ...]] = Fact(("RUNNING", "PENDING", "STOPPED"), API_MODEL, rule="R-102")
STOP_CODES: Fact[tuple[str, ...]] = Fact(
    (
        "TaskFailedToStart",
        "EssentialContainerExited",
        "UserInitiated",
        "ServiceSchedulerInitiated",
        "SpotInterruption",
        "TerminationNotice",
        "InfrastructureHealth",
    ),
    API_MODEL,
    rule="R-109",
)
HEALTH: Fact[tuple[str, ...]] = Fact(("UNHEALTHY", "UNKNOWN", "HEALTHY"), API_MODEL, rule="R-146")
"""Strongest first: one UNHEALTHY essential container makes the task UNHEALTHY."""
DEPLOYMENT: Fact[tuple[str, ...]] = Fact(("PRIMARY", "ACTIVE", "INACTIVE"), API_MODEL, rule="R-206")
ROLLOUT: Fact[tuple[str, ...]] = Fact(("IN_PROGRESS", "COMPLETED", "FAILED"), API_MODEL, rule="R-214")
LAUNCH_TYPES: Fact[tuple[str, ...]] = Fact(("EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"), API_MODEL, rule="R-067")
FARGATE_PROVIDERS: Fact[tuple[str, ...]] = Fact(("FARGATE", "FARGATE_SPOT"), API_MODEL, rule="R-067")
LINUX_PLATFORMS: Fact[tuple[str, ...]] = Fact(("1.4.0",), GUIDE + "platform-fargate.html", rule="R-079")
"""1.3.0 was retired on 15 June 2026 and ended on 30 June 2026."""
WINDOWS_PLATFORMS: Fact[tuple[str, ...]] = Fact(("1.0.0",), GUIDE + "platform-fargate.html", rule="R-079")
LOG_DRIVERS: Fact[tuple[str, ...]] = Fact(("awslogs", "splunk", "awsfirelens"), API_MODEL, rule="R-035")
AWSLOGS_REQUIRED: Fact[tuple[str, ...]] = Fact(("awslogs-group", "awslogs-region"), API_MODEL, rule="R-036")
AWSLOGS_OPTIONS: Fact[tuple[str, ...]] = Fact(
    (
        "awslogs-create-group",
        "awslogs-datetime-format",
        "awslogs-group",
        "awslogs-multiline-pattern",
        "awslogs-region",
        "awslogs-stream-prefix",
        "max-buffer-size",
        "mode",
    ),
    API_MODEL,
    rule="R-037",
)
ADDED_CAPABILITIES: Fact[tuple[str, ...]] = Fact(("SYS_PTRACE",), API_MODEL, rule="R-032")
