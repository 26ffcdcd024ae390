"""What CloudWatch says of alarms."""

from __future__ import annotations

from simcloud.facts.fact import Words

ALARM_EVENTS = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html"


def _seen(text: str) -> Words:
    """A text of real alarms, as AWS's sample events and field reports show them."""
    return Words(text, source=ALARM_EVENTS, status="observed")


def _guessed(text: str) -> Words:
    """A text for which no recording was found."""
    return Words(text, source=ALARM_EVENTS, status="assumed")


CROSSED = _seen(
    "Threshold Crossed: {count} out of the last {periods} datapoints [{shown}] {were} the threshold ({threshold}) "
    "(minimum {least} {least_points} for {way} transition)."
)
NONE_RECEIVED = _seen(
    "Threshold Crossed: no datapoints were received for {count} {periods} and {count} missing {datapoints} {were} "
    "treated as [{treated}]."
)
UNKNOWN = _seen("Insufficient Data: {count} {datapoints} {was} unknown.")
STATE_UPDATED = _seen("Alarm updated from {before} to {state}")
CONFIGURED = _guessed('Alarm "{name}" {verb}')
ACTION_DONE = _guessed("Successfully executed action {action}")
SUBJECT = _seen('{state}: "{name}"')

COMPARISONS = {
    "GreaterThanThreshold": "greater than",
    "GreaterThanOrEqualToThreshold": "greater than or equal to",
    "LessThanThreshold": "less than",
    "LessThanOrEqualToThreshold": "less than or equal to",
}
"""Comparison operators as a reason spells them."""
