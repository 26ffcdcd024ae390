"""AWS's limits on launches: volumes attached to tasks, deployments, what stands before a service."""

from __future__ import annotations

from simcloud.facts.fact import Fact
from simcloud.facts.sources import API_MODEL, GUIDE, issue

# An EBS volume of a task

VOLUME_SIZES: Fact[dict[str, tuple[int, int]]] = Fact(
    {
        "gp2": (1, 16384),
        "gp3": (1, 16384),
        "io1": (4, 16384),
        "io2": (4, 16384),
        "st1": (125, 16384),
        "sc1": (125, 16384),
        "standard": (1, 1024),
    },
    API_MODEL,
    rule="R-182",
)
"""GiB by volume type."""
VOLUME_TYPE_DEFAULT: Fact[str] = Fact("gp3", API_MODEL, "assumed", rule="R-182")
VOLUME_IOPS: Fact[dict[str, tuple[int, int]]] = Fact(
    {"gp3": (3000, 16000), "io1": (100, 64000), "io2": (100, 256000)}, API_MODEL, rule="R-183"
)
VOLUME_THROUGHPUT: Fact[tuple[int, int]] = Fact((125, 1000), API_MODEL, rule="R-183")
"""MiB/s of gp3. The most is documented for ECS; the least is that of Amazon EBS."""
VOLUMES_AT_LAUNCH: Fact[int] = Fact(1, API_MODEL, rule="R-181")
# A deployment

BAKE_MINUTES: Fact[tuple[int, int]] = Fact((0, 1440), API_MODEL, rule="R-230")
LINEAR_PERCENT: Fact[tuple[float, float]] = Fact((3.0, 100.0), API_MODEL, rule="R-231")
CANARY_PERCENT: Fact[tuple[float, float]] = Fact((0.1, 100.0), API_MODEL, rule="R-231")
HOOK_STAGES: Fact[tuple[str, ...]] = Fact(
    (
        "RECONCILE_SERVICE",
        "PRE_SCALE_UP",
        "POST_SCALE_UP",
        "TEST_TRAFFIC_SHIFT",
        "POST_TEST_TRAFFIC_SHIFT",
        "PRE_PRODUCTION_TRAFFIC_SHIFT",
        "PRODUCTION_TRAFFIC_SHIFT",
        "POST_PRODUCTION_TRAFFIC_SHIFT",
    ),
    API_MODEL,
    rule="R-233",
)
UNPAUSED_STAGES: Fact[tuple[str, ...]] = Fact(
    ("TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT"), API_MODEL, rule="R-233"
)
"""Stages at which a PAUSE hook cannot stand."""
HOOK_MINUTES: Fact[tuple[int, int]] = Fact((1, 20160), API_MODEL, rule="R-233")
# What stands before a service

BALANCERS: Fact[int] = Fact(5, issue("hashicorp/terraform", 25306), "observed", rule="R-086")
REGISTRIES: Fact[int] = Fact(1, GUIDE + "service-discovery.html", rule="R-086")
DNS_NAME_LENGTH: Fact[int] = Fact(127, API_MODEL, rule="R-101")
DISCOVERY_NAME_LENGTH: Fact[int] = Fact(64, API_MODEL, rule="R-101")
PORTS: Fact[tuple[int, int]] = Fact((1, 65535), API_MODEL, rule="R-101")
STRATEGIES: Fact[int] = Fact(5, API_MODEL, rule="R-082")
CONSTRAINTS: Fact[int] = Fact(10, API_MODEL, rule="R-082")
CHOICES: Fact[dict[str, tuple[str, ...]]] = Fact(
    {
        "launchType": ("EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"),
        "assignPublicIp": ("ENABLED", "DISABLED"),
        "schedulingStrategy": ("REPLICA", "DAEMON"),
        "deploymentController": ("ECS", "CODE_DEPLOY", "EXTERNAL"),
        "availabilityZoneRebalancing": ("ENABLED", "DISABLED"),
        "strategy": ("ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"),
        "threshold": ("COUNT", "BOUNDED_PERCENT", "UNBOUNDED_PERCENT"),
        "hook": ("AWS_LAMBDA", "PAUSE"),
        "action": ("CONTINUE", "ROLLBACK"),
        "cleanup": ("BLOCKING", "DEFERRED"),
        "placementStrategy": ("random", "spread", "binpack"),
        "placementConstraint": ("distinctInstance", "memberOf"),
        "unit": ("PERCENT",),
        "filesystemType": ("ext3", "ext4", "xfs", "ntfs"),
    },
    API_MODEL,
)
"""The values that AWS offers, by member, or by what a `type` is the type of."""
PROPAGATED: Fact[dict[str, tuple[str, ...]]] = Fact(
    {"task": ("TASK_DEFINITION", "NONE"), "service": ("SERVICE", "TASK_DEFINITION", "NONE")}, API_MODEL, rule="R-091"
)
"""Where a task's tags may come from: of one run by itself, and of a service's."""
