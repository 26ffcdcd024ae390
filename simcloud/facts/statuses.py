"""The names of states, in the order in which a task goes through them."""

from __future__ import annotations

from simcloud.facts.fact import Fact
from simcloud.facts.sources import API_MODEL, GUIDE, TASK_PARAMETERS

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
WINDOWS_LOG_DRIVERS: Fact[tuple[str, ...]] = Fact(("awslogs",), API_MODEL, "assumed", rule="R-035")
EC2_LOG_DRIVERS: Fact[tuple[str, ...]] = Fact(
    ("json-file", "syslog", "journald", "gelf", "fluentd", "awslogs", "splunk", "awsfirelens"), API_MODEL, rule="R-035"
)
LOG_REQUIRED: Fact[dict[str, tuple[str, ...]]] = Fact(
    {"awslogs": ("awslogs-region", "awslogs-group"), "splunk": ("splunk-url", "splunk-token")}, API_MODEL, rule="R-036"
)
"""Options without which a log driver is refused, in the order in which AWS names them."""
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
ULIMITS: Fact[tuple[str, ...]] = Fact(
    (
        "core",
        "cpu",
        "data",
        "fsize",
        "locks",
        "memlock",
        "msgqueue",
        "nice",
        "nofile",
        "nproc",
        "rss",
        "rtprio",
        "rttime",
        "sigpending",
        "stack",
    ),
    API_MODEL,
    rule="R-034",
)
IPC_CONTROLS: Fact[tuple[str, ...]] = Fact(
    (
        "kernel.msgmax",
        "kernel.msgmnb",
        "kernel.msgmni",
        "kernel.sem",
        "kernel.shmall",
        "kernel.shmmax",
        "kernel.shmmni",
        "kernel.shm_rmid_forced",
    ),
    API_MODEL,
    rule="R-028",
)
"""Settings of the kernel that belong to a task; so do all under net. and fs.mqueue."""
ADDED_CAPABILITIES: Fact[tuple[str, ...]] = Fact(("SYS_PTRACE",), API_MODEL, rule="R-032")
FARGATE_SYSTEMS: Fact[tuple[str, ...]] = Fact(
    (
        "LINUX",
        "WINDOWS_SERVER_2019_FULL",
        "WINDOWS_SERVER_2019_CORE",
        "WINDOWS_SERVER_2022_FULL",
        "WINDOWS_SERVER_2022_CORE",
        "WINDOWS_SERVER_2025_FULL",
        "WINDOWS_SERVER_2025_CORE",
    ),
    TASK_PARAMETERS,
    "assumed",
    rule="R-010",
)
"""Operating systems of tasks on Fargate. Whether 2025 is one of them was not verified."""
OFFERED: Fact[dict[str, tuple[str, ...]]] = Fact(
    {
        "networkMode": ("bridge", "host", "awsvpc", "none"),
        "pidMode": ("host", "task"),
        "ipcMode": ("host", "task", "none"),
        "cpuArchitecture": ("X86_64", "ARM64"),
        "operatingSystemFamily": (
            "WINDOWS_SERVER_2019_FULL",
            "WINDOWS_SERVER_2019_CORE",
            "WINDOWS_SERVER_2016_FULL",
            "WINDOWS_SERVER_2004_CORE",
            "WINDOWS_SERVER_2022_CORE",
            "WINDOWS_SERVER_2022_FULL",
            "WINDOWS_SERVER_2025_CORE",
            "WINDOWS_SERVER_2025_FULL",
            "WINDOWS_SERVER_20H2_CORE",
            "LINUX",
        ),
        "proxy": ("APPMESH",),
        "transitEncryption": ("ENABLED", "DISABLED"),
        "iam": ("ENABLED", "DISABLED"),
        "scope": ("task", "shared"),
        "versionConsistency": ("enabled", "disabled"),
        "condition": ("START", "COMPLETE", "SUCCESS", "HEALTHY"),
        "appProtocol": ("http", "http2", "grpc"),
        "firelens": ("fluentd", "fluentbit"),
        "environment file": ("s3",),
        "resource": ("GPU", "InferenceAccelerator", "NeuronDevice"),
        "constraint": ("memberOf",),
        "compatibility": ("EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"),
    },
    API_MODEL,
    rule="R-012",
)
"""The values that AWS offers for the members of a task definition, by member, or by what a `type` is the type of."""
