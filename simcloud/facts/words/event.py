"""What a service writes into its events, and what a deployment says of its state."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.sources import CIRCUIT_BREAKER, EVENT_MESSAGES, FIELD_REPORT, GUIDE


def _event(text: str, rule: str) -> Words:
    """A service event that AWS documents."""
    return Words("(service {service}) " + text, source=EVENT_MESSAGES, status="documented", rule=rule)


def _field(text: str, rule: str) -> Words:
    """A text that somebody got from the real AWS and quoted."""
    return Words(text, source=FIELD_REPORT, rule=rule)


STARTED = _event("has started {count} tasks: {tasks}.", "R-222")
STOPPED = _event("has stopped {count} running tasks: {tasks}.", "R-222")
REGISTERED = _event("registered {count} targets in (target-group {target_group})", "R-222")
DEREGISTERED = _event("deregistered {count} targets in (target-group {target_group})", "R-222")
DRAINING = _event("has begun draining connections on {count} tasks.", "R-222")
COMPLETED = _event("(deployment {deployment}) deployment completed.", "R-222")
STEADY = _event("has reached a steady state.", "R-222")
UNPLACED = _event("was unable to place a task. Reason: {reason}.", "R-077")
CANNOT_START = _event("is unable to consistently start tasks successfully.", "R-210")
BLOCKED = _event(
    "was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the "
    "minimumHealthyPercent or maximumPercent value and try again.",
    "R-202",
)
UNHEALTHY_CONTAINER = _event("(task {task}) failed container health checks.", "R-112")
UNHEALTHY_TARGET = _event(
    "(port {port}) is unhealthy in (target-group {target_group}) due to (reason {reason})", "R-223"
)
DEPLOYMENT_FAILED = _event("(deployment {deployment}) deployment failed: tasks failed to start.", "R-223")
ROLLING_BACK = _event("rolling back to deployment {deployment}.", "R-223")
NO_INSTANCE_FITS = _event(
    "was unable to place a task because no container instance met all of its requirements. Reason: No Container "
    "Instances were found in your cluster. For more information, see the Troubleshooting section of the Amazon ECS "
    "Developer Guide.",
    "R-066",
)
LAUNCH_FAILED = Words(
    "(service {service}) failed to launch a task with (error {error})", source=FIELD_REPORT, rule="R-138"
)
THROTTLED = _event("operations are being throttled. Will try again later.", "R-095")
# Capacity

NO_CAPACITY = Words(
    "Capacity is unavailable at this time. Please try again later or in a different availability zone",
    source=EVENT_MESSAGES,
    status="documented",
    rule="R-076",
)
VCPU_LIMIT = Words(
    "You’ve reached the limit on the number of vCPUs you can run concurrently",
    source=EVENT_MESSAGES,
    status="documented",
    rule="R-076",
)
# rolloutStateReason of a deployment

ROLLOUT_IN_PROGRESS = _field("ECS deployment {deployment} in progress.", "R-219")
ROLLOUT_COMPLETED = _field("ECS deployment {deployment} completed.", "R-219")
ROLLOUT_FAILED = Words(
    "ECS deployment circuit breaker: tasks failed to start.", source=CIRCUIT_BREAKER, status="documented", rule="R-219"
)
ROLLOUT_BACK = Words(
    "ECS deployment circuit breaker: rolling back to deploymentId {deployment}.",
    source=CIRCUIT_BREAKER,
    status="documented",
    rule="R-219",
)
ROLLOUT_BACK_BY_USER = Words(
    "ECS deployment rolling back to deploymentId {deployment}.", source=CIRCUIT_BREAKER, status="assumed", rule="R-235"
)
# statusReason of a service deployment

ROLLBACK_BY_USER = Words(
    "Service deployment rolled back because of a request to stop it.",
    source=GUIDE + "stop-service-deployment.html",
    status="assumed",
    rule="R-235",
)
HOOK_TIMED_OUT = Words(
    "Service deployment rolled back because a lifecycle hook timed out.",
    source=GUIDE + "deployment-type-blue-green.html",
    status="assumed",
    rule="R-233",
)
DEPLOYMENT_SUPERSEDED = Words(
    "Service deployment stopped because a newer service deployment was started.",
    source=GUIDE + "service-deployment.html",
    status="assumed",
    rule="R-235",
)
