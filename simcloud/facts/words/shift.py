"""What a service deployment says when its traffic cannot be shifted, or when an alarm ends it."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.sources import FIELD_REPORT, GUIDE

TROUBLE = GUIDE + "troubleshooting-blue-green.html"
_ALARMS = GUIDE + "deployment-alarm-failure.html"
_HEAD = "Service deployment rolled back because of invalid networking configuration"


def _guide(text: str) -> Words:
    """A text that AWS's own guide quotes."""
    return Words(text, source=TROUBLE, status="documented", rule="R-234")


# Listener rules

NOT_ASSOCIATED = _guide(
    _HEAD + ": Target group {group} is not associated with either productionListenerRule or testListenerRule."
)
SEVERAL_SERVE = _guide(
    _HEAD + ". productionListenerRule {rule} should have exactly one target group serving traffic but found {count} "
    "target groups which are serving traffic"
)
UNEXPECTED_GROUP = _guide(
    _HEAD + ". Production listener rule is forwarding traffic to unexpected target group {found}. Expected traffic to "
    "be forwarded to either targetGroupArn: {group} or alternateTargetGroupArn: {alternate}"
)
RULES_MISSING = Words(_HEAD + ". One or more rules not found", source=FIELD_REPORT, rule="R-234")
# The infrastructure role

ROLE_UNUSABLE = _guide(
    _HEAD + ". ECS was unable to manage the ELB resources due to missing permissions on ECS Infrastructure Role "
    "'{role}'."
)
SHIFT_DENIED = _guide(
    "Service deployment rolled back because {stage} lifecycle hook(s) failed. User: {who} is not authorized to "
    "perform: {action} on resource: {resource} {because}"
)
# Alarms

ALARM_DETECTED = Words(
    "(service {service}) (deployment {deployment}) deployment failed: alarm detected.",
    source=FIELD_REPORT,
    rule="R-226",
)
ROLLED_BACK_BY_ALARM = Words(
    "Service deployment rolled back because of one or more active alarms.", source=FIELD_REPORT, rule="R-226"
)
ROLLOUT_ALARM = Words("ECS deployment failed: alarm detected.", source=_ALARMS, status="assumed", rule="R-226")
ROLLOUT_BACK_BY_ALARM = Words(
    "ECS deployment failed: alarm detected. Rolling back to deploymentId {deployment}.",
    source=_ALARMS,
    status="assumed",
    rule="R-226",
)
