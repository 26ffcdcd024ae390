"""Operations of Application Auto Scaling as laws name them, and how their refusals are built."""

from __future__ import annotations

from simcloud.rules.refusal import Refusal

_HERE = "application-autoscaling:"
REGISTER = f"{_HERE}RegisterScalableTarget"
DEREGISTER = f"{_HERE}DeregisterScalableTarget"
DESCRIBE_TARGETS = f"{_HERE}DescribeScalableTargets"
PUT_POLICY = f"{_HERE}PutScalingPolicy"
DELETE_POLICY = f"{_HERE}DeleteScalingPolicy"
DESCRIBE_POLICIES = f"{_HERE}DescribeScalingPolicies"
PUT_ACTION = f"{_HERE}PutScheduledAction"
DELETE_ACTION = f"{_HERE}DeleteScheduledAction"
DESCRIBE_ACTIONS = f"{_HERE}DescribeScheduledActions"
DESCRIBE_ACTIVITIES = f"{_HERE}DescribeScalingActivities"
FORECAST = f"{_HERE}GetPredictiveScalingForecast"
TAG = f"{_HERE}TagResource"
UNTAG = f"{_HERE}UntagResource"
LIST_TAGS = f"{_HERE}ListTagsForResource"

ALL = (
    REGISTER,
    DEREGISTER,
    DESCRIBE_TARGETS,
    PUT_POLICY,
    DELETE_POLICY,
    DESCRIBE_POLICIES,
    PUT_ACTION,
    DELETE_ACTION,
    DESCRIBE_ACTIONS,
    DESCRIBE_ACTIVITIES,
    FORECAST,
    TAG,
    UNTAG,
    LIST_TAGS,
)

STEP, TRACK, PREDICT = "StepScaling", "TargetTrackingScaling", "PredictiveScaling"


def configuration(kind: str) -> str:
    """The member that holds the configuration of a policy of this type."""
    return f"{kind}PolicyConfiguration"


def invalid(at: str, aws: str, because: str) -> Refusal:
    """A ValidationException."""
    return Refusal(at, aws, because, code="ValidationException")


def missing(at: str, aws: str, because: str) -> Refusal:
    """An ObjectNotFoundException."""
    return Refusal(at, aws, because, code="ObjectNotFoundException")


def too_many(at: str, aws: str, because: str) -> Refusal:
    """A LimitExceededException."""
    return Refusal(at, aws, because, code="LimitExceededException")
