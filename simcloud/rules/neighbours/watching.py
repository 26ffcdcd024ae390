"""Laws on alarms, rules of EventBridge, and queues."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.words import operating as words
from simcloud.facts.words.neighbours import ALARM, SQS
from simcloud.rules.engine import rule
from simcloud.rules.neighbours.documents import malformed, read, statements
from simcloud.rules.reading import mapping, number, structures, text, texts
from simcloud.rules.refusal import Refusal

SQS_POLICY = "https://github.com/hashicorp/terraform-provider-aws/pull/42209"
PUT_ALARM = "cloudwatch:PutMetricAlarm"
INVALID = "ValidationError"
HOUR, DAY, WEEK = 3600, 86400, 604800
MISSING_DATA = ("breaching", "notBreaching", "ignore", "missing")
VENDORS = frozenset({"sns", "swf", "automate", "autoscaling", "ssm", "ssm-incidents", "lambda", "aiops", "events"})
_PERCENTILE = re.compile(r"p(-?\d+)(\.\d*)?")


@rule("FG495", on=PUT_ALARM, source=ALARM, status="observed")
def an_alarm_looks_at_whole_periods(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """An alarm's period is 10, 20, 30 or a multiple of 60 seconds; it looks back a day, or a week with periods of an
    hour or more, and needs no more points than it looks at."""
    period, count = number(request, "Period"), number(request, "EvaluationPeriods")
    inside = [number(mapping(one, "MetricStat"), "Period") for one in structures(request, "Metrics")]
    for one in (period, *inside):
        if one is not None and one not in (10, 20, 30) and one % 60:
            yield Refusal("Period", words.PERIOD, f"{one} is none of them", INVALID)
            return
    if period and count and period * count > (WEEK if period >= HOUR else DAY):
        aws = words.WEEK if period >= HOUR else words.DAY
        yield Refusal("EvaluationPeriods", aws, f"{count} periods of {period} s are {period * count} s", INVALID)
    needed = number(request, "DatapointsToAlarm")
    if needed is not None and count is not None and needed > count:
        yield Refusal("DatapointsToAlarm", words.DATAPOINTS, f"{needed} of {count} points", INVALID)


@rule("FG1570", on=PUT_ALARM, source=ALARM)
def an_alarm_names_one_figure(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """An alarm on one metric says its period and one statistic; one on a list of metrics says them in the list."""
    said = [member for member in ("Statistic", "ExtendedStatistic") if text(request, member)]
    if request.get("Metrics"):
        alone = [*said, *(member for member in ("MetricName", "Namespace", "Period") if request.get(member))]
        for member in alone[:1]:
            aws = words.METRICS_ALONE.format(member=member)
            yield Refusal(member, aws, "the list of metrics says what is looked at", INVALID)
    elif text(request, "MetricName"):
        if number(request, "Period") is None:
            yield Refusal("Period", words.PERIOD_MISSING, "how many seconds make a point?", INVALID)
        if len(said) != 1:
            why = "both are there" if said else "the average, the sum, the highest?"
            yield Refusal("Statistic", words.STATISTIC_MISSING, why, INVALID)


@rule("FG496", on=PUT_ALARM, source=ALARM, status="observed")
def an_alarm_compares_with_a_threshold(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """An alarm compares with a threshold, or with a band where its operator says so; its actions are of services that
    an alarm can call."""
    operator = text(request, "ComparisonOperator")
    if "LowerOr" in operator or operator.endswith(("UpperThreshold", "LowerThreshold")):
        if not text(request, "ThresholdMetricId"):
            yield Refusal("ThresholdMetricId", words.THRESHOLD_METRIC, f"{operator} needs a band", INVALID)
    elif operator and request.get("Threshold") is None:
        yield Refusal("Threshold", words.THRESHOLD, f"{operator} what?", INVALID)
    missing = text(request, "TreatMissingData")
    if missing and missing not in MISSING_DATA:
        aws = words.MISSING_DATA.format(value=missing)
        yield Refusal("TreatMissingData", aws, f"it is one of {', '.join(MISSING_DATA)}", INVALID)
    found = _PERCENTILE.fullmatch(text(request, "ExtendedStatistic"))
    if found and not 0 <= int(found[1]) <= 100:
        aws = words.PERCENTILE.format(value=text(request, "ExtendedStatistic"))
        yield Refusal("ExtendedStatistic", aws, "percentiles go from 0 to 100", INVALID)
    for member in ("AlarmActions", "OKActions", "InsufficientDataActions"):
        for arn in texts(request, member):
            vendor = arn.split(":")[2] if arn.startswith("arn:") and arn.count(":") > 2 else ""
            if vendor and vendor not in VENDORS:
                aws = words.ACTION_VENDOR.format(vendor=vendor)
                yield Refusal(member, aws, f"an alarm cannot call {vendor}", INVALID)


@rule("FG499", on=("sqs:CreateQueue", "sqs:SetQueueAttributes"), source=SQS + "API_CreateQueue.html")
def a_queues_attributes_are_in_range(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A queue hides a message for up to 12 hours, keeps it for 1 minute to 14 days, delays it by up to 15 minutes and
    waits up to 20 seconds; a name that ends in .fifo is that of a FIFO queue."""
    attributes = mapping(request, "Attributes")
    name = text(request, "QueueName")
    if name.endswith(".fifo") and attributes.get("FifoQueue") != "true":
        yield Refusal("QueueName", words.QUEUE_NAME, "say FifoQueue='true' for a FIFO queue", "InvalidParameterValue")
    for key, (least, most) in words.QUEUE_RANGES.value.items():
        value = attributes.get(key)
        if value is not None and not (str(value).isdigit() and least <= int(value) <= most):
            aws = words.ATTRIBUTE_VALUE.format(name=key)
            yield Refusal(f"Attributes.{key}", aws, f"{value} is not from {least} to {most}", "InvalidAttributeValue")
    policy = attributes.get("RedrivePolicy")
    if isinstance(policy, str) and policy and not _receives(policy):
        aws = words.RECEIVES.format(value=policy)
        yield Refusal("Attributes.RedrivePolicy", aws, "maxReceiveCount is from 1 to 1000", "InvalidParameterValue")


@rule("FG1599", on=("sqs:CreateQueue", "sqs:SetQueueAttributes"), source=SQS_POLICY, status="observed")
def a_queues_policy_is_a_policy(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """The policy of a queue is in the grammar of policies, and its statements say whom they are about. An empty text
    takes the policy away."""
    policy = text(mapping(request, "Attributes"), "Policy")
    if not policy:
        return
    document = read(policy)
    if document is None:
        why = "it is no JSON object"
    else:
        first = next(malformed("Policy", document), None)
        nobody = not all({"Principal", "NotPrincipal"} & set(one) for one in statements(document))
        why = first.because if first else "a statement says whom it is about: Principal" if nobody else ""
    if why:
        aws = words.ATTRIBUTE_VALUE.format(name="Policy")
        yield Refusal("Attributes.Policy", aws, why, "InvalidAttributeValue")


def _receives(policy: str) -> bool:
    try:
        count = int(json.loads(policy).get("maxReceiveCount", 10))
    except (ValueError, TypeError, AttributeError):
        return True  # SQS says what is wrong with a policy that cannot be read
    return 1 <= count <= 1000
