"""How Fargate's supply comes and goes: numbers. Seconds, unless the name says otherwise."""

from __future__ import annotations

from simcloud.facts.fact import Fact
from simcloud.facts.sources import GUIDE

CHOICE = "the course's own choice: AWS publishes no figure"

SHORT_FIRST_SECONDS: Fact[float] = Fact(60.0, CHOICE, "assumed", rule="R-194")
"""From a service's first task that found no capacity to the next try."""
SHORT_FACTOR: Fact[float] = Fact(2.0, CHOICE, "assumed", rule="R-194")
"""Each further try without capacity multiplies the wait, up to the throttle's 15 minutes."""
HOST_LOST_SECONDS: Fact[float] = Fact(90.0, CHOICE, "assumed", rule="R-109")
"""From the moment at which the host of a task is gone to the moment at which ECS has noticed."""
REBALANCING: Fact[str] = Fact("availabilityZoneRebalancing", GUIDE + "service-rebalancing.html", rule="R-209")
"""The member of a service that is ENABLED where its tasks are moved between Availability Zones."""
UNEVEN: Fact[int] = Fact(2, GUIDE + "service-rebalancing.html", rule="R-208")
"""Tasks by which the fullest Availability Zone is ahead of the emptiest where a service is not balanced: an even
spread, with the remainder shared out, never differs by more than one."""
