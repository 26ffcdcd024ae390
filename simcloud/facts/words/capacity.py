"""What ECS says of Spot, of missing capacity, and of moving tasks between Availability Zones."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.sources import API_MODEL, GUIDE

TRACKING = GUIDE + "track-service-rebalancing.html"
MESSAGES = GUIDE + "service-rebalancing-event-messages-list.html"

# Stop codes

SPOT_INTERRUPTION = Words("SpotInterruption", source=API_MODEL, status="documented", rule="R-193")
INFRASTRUCTURE_HEALTH = Words("InfrastructureHealth", source=API_MODEL, status="documented", rule="R-109")
"""The enum has it; that it is given where a zone is lost is our reading of its name."""
INFRASTRUCTURE_LOST = Words(
    "The infrastructure hosting the task is unhealthy", source=API_MODEL, status="assumed", rule="R-109"
)
# Availability Zone rebalancing


def _service(text: str, status: str = "documented") -> Words:
    """AWS's page writes `service (name)`; real events have the other form, as everywhere."""
    return Words(
        "(service {service}) " + text,
        source=MESSAGES,
        status="documented" if status == "documented" else "observed",
        read_on="2026-11-23",
        rule="R-208",
    )


UNBALANCED = _service("is not AZ balanced with {zones}. AZ Rebalancing in progress.", "observed")
BALANCED = _service("is AZ balanced with {zones}.", "observed")
MOVED_IN = _service("has started {count} tasks in {zone} to AZ Rebalance: {tasks}.", "observed")
MOVED_OUT = _service("has stopped {count} running tasks in {zone} due to AZ rebalancing: {tasks}.")
ZONE_FULL = _service("is unable to place a task in {zone}.")
REBALANCING_PROTECTED = _service(
    "was unable to AZ Rebalance because (taskSet {deployment}) was unable to scale in due to (reason {count} tasks "
    "under protection)"
)
REBALANCING_STOPPED = _service("stopped AZ Rebalancing.")
ZONE_COUNT = Words("{count} tasks in {zone}", source=TRACKING, status="documented", read_on="2026-11-23", rule="R-208")
# An account without any vCPU

BLOCKED = Words("Your account is currently blocked.", source=API_MODEL, status="assumed", rule="R-094")
"""BlockedException of RunTask."""
BLOCKED_SERVICE = Words(
    "(service {service}) was unable to place a task because your account is currently blocked.",
    source="field report quoting the message of the real service",
    rule="R-094",
)
# Throttling

RATE_EXCEEDED = Words(
    "Rate exceeded", source="field report quoting the message of the real service", status="observed", rule="R-095"
)
