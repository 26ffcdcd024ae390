"""How long the lists of ECS's own operations may be, and how long the texts in them."""

from __future__ import annotations

from simcloud.facts.fact import Fact
from simcloud.facts.sources import API_MODEL

# Tags

TAGS: Fact[int] = Fact(50, API_MODEL)
TAG_KEY: Fact[int] = Fact(128, API_MODEL)
TAG_VALUE: Fact[int] = Fact(256, API_MODEL)
# Lists

CLUSTERS: Fact[int] = Fact(100, API_MODEL)
"""DescribeClusters."""
PROVIDERS: Fact[int] = Fact(100, API_MODEL)
"""DescribeCapacityProviders."""
PROVIDERS_LISTED: Fact[int] = Fact(10, API_MODEL, "assumed")
"""Capacity providers in a page."""
DELETED_DEFINITIONS: Fact[int] = Fact(10, API_MODEL)
INSTANCES: Fact[int] = Fact(100, API_MODEL)
"""DescribeContainerInstances."""
CHANGED_INSTANCES: Fact[int] = Fact(10, API_MODEL)
"""UpdateContainerInstancesState and StartTask."""
ATTRIBUTES: Fact[int] = Fact(10, API_MODEL)
# Scale-in protection

PROTECTED_TASKS: Fact[int] = Fact(10, API_MODEL)
PROTECTION_MINUTES: Fact[tuple[int, int]] = Fact((1, 2880), API_MODEL)
PROTECTION_DEFAULT: Fact[int] = Fact(120, API_MODEL)
"""Minutes."""
# Capacity providers of Auto Scaling groups

TARGET_CAPACITY: Fact[tuple[int, int]] = Fact((1, 100), API_MODEL)
"""Per cent."""
SCALING_STEP: Fact[tuple[int, int]] = Fact((1, 10000), API_MODEL)
WARM_UP: Fact[tuple[int, int]] = Fact((0, 10000), API_MODEL)
"""instanceWarmupPeriod in seconds."""
MANAGED_SCALING: Fact[dict[str, int]] = Fact(
    {
        "targetCapacity": 100,
        "minimumScalingStepSize": 1,
        "maximumScalingStepSize": 10000,
        "instanceWarmupPeriod": 300,
    },
    API_MODEL,
)
"""What holds where the request is silent."""
