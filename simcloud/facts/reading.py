"""What the calls of ECS that read may be asked for: what `include` names, and the values of filters."""

from __future__ import annotations

from simcloud.facts.fact import Fact
from simcloud.facts.sources import API_MODEL, recorded

PAGE: Fact[int] = Fact(100, API_MODEL)
"""Entries in a page."""
TAGS: Fact[tuple[str, ...]] = Fact(("TAGS",), API_MODEL)
"""What most answers can show besides."""
OF_CLUSTERS: Fact[tuple[str, ...]] = Fact(
    ("ATTACHMENTS", "CONFIGURATIONS", "SETTINGS", "STATISTICS", "TAGS"), recorded("ecs/controls.json")
)
OF_INSTANCES: Fact[tuple[str, ...]] = Fact(("TAGS", "CONTAINER_INSTANCE_HEALTH"), API_MODEL)
LAUNCH_TYPES: Fact[tuple[str, ...]] = Fact(
    ("EC2", "FARGATE", "EXTERNAL", "FMI", "MANAGED_INSTANCES"), recorded("ecs/services.json")
)
"""Of services that are listed. FMI, the older name of MANAGED_INSTANCES, stands in no model."""
SERVICES_BY: Fact[dict[str, tuple[str, ...]]] = Fact(
    {
        "launchType": LAUNCH_TYPES.value,
        "schedulingStrategy": ("REPLICA", "DAEMON"),
        "resourceManagementType": ("CUSTOMER", "ECS"),
    },
    API_MODEL,
)
"""The filters of ListServices and their values."""
TASKS_BY: Fact[dict[str, tuple[str, ...]]] = Fact(
    {"desiredStatus": ("RUNNING", "PENDING", "STOPPED"), "launchType": LAUNCH_TYPES.value}, API_MODEL
)
INSTANCES_BY: Fact[dict[str, tuple[str, ...]]] = Fact(
    {"status": ("ACTIVE", "DRAINING", "REGISTERING", "DEREGISTERING", "REGISTRATION_FAILED")}, API_MODEL
)
DEFINITIONS_BY: Fact[dict[str, tuple[str, ...]]] = Fact(
    {"status": ("ACTIVE", "INACTIVE", "DELETE_IN_PROGRESS"), "sort": ("ASC", "DESC")}, API_MODEL
)
FAMILIES_BY: Fact[dict[str, tuple[str, ...]]] = Fact({"status": ("ACTIVE", "INACTIVE", "ALL")}, API_MODEL)
SPOKEN: Fact[dict[str, str]] = Fact(
    {
        "launchType": "launch type",
        "schedulingStrategy": "Scheduling strategy",
        "resourceManagementType": "resource management type",
        "desiredStatus": "desired status",
    },
    recorded("ecs/services.json"),
)
"""How AWS calls a member in its answer; the others by the member's own name."""
