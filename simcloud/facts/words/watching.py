"""What CloudWatch says of alarms."""

from __future__ import annotations

from simcloud.facts.fact import Words

ALARMS = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html"


def _seen(text: str) -> Words:
    """A text of real alarms, as reports quote them."""
    return Words(text, source=ALARMS, status="observed")


CROSSED = _seen(
    "Threshold Crossed: {count} out of the last {periods} {datapoints} [{shown}] {were} the threshold ({threshold}) "
    "(minimum {least} {least_points} for {way} transition)."
)
UNKNOWN = _seen("Insufficient Data: {count} {datapoints} {was} unknown.")
STATE_UPDATED = _seen("Alarm updated from {before} to {state}")
CONFIGURED = _seen('Alarm "{name}" {verb}')
ACTION_DONE = _seen("Successfully executed action {action}")
SUBJECT = _seen('{state}: "{name}"')

COMPARISONS = {
    "GreaterThanThreshold": "greater than",
    "GreaterThanOrEqualToThreshold": "greater than or equal to",
    "LessThanThreshold": "less than",
    "LessThanOrEqualToThreshold": "less than or equal to",
}
"""Comparison operators as a reason spells them."""
