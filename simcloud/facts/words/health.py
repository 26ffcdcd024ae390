"""What a load balancer says of the health of a target."""

from __future__ import annotations

from simcloud.facts.fact import Words

TARGET_HEALTH = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/check-target-health.html"


def _health(text: str) -> Words:
    """A description in AWS's table of reason codes."""
    return Words(text, source=TARGET_HEALTH, status="documented")


CHECKING = _health("Initial health checks in progress")
REGISTERING = _health("Target registration is in progress")
NOT_IN_USE = _health("Target group is not configured to receive traffic from the load balancer")
DEREGISTERING = _health("Target deregistration is in progress")
TIMED_OUT = _health("Request timed out")
FAILED = _health("Health checks failed")
CODES = _health("Health checks failed with these codes: [{codes}]")
