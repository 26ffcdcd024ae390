"""What Application Auto Scaling says of the metrics of target tracking and predictive policies."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.scaling import SCALING_MODEL, TRACKING
from simcloud.facts.words.scaling import bench, unread

# Target tracking

TWO_METRICS = bench(
    "Only one of PredefinedMetricSpecification or CustomizedMetricSpecification can be set for target tracking "
    "scaling.",
    "tt-metric-spec-exclusive",
)
NO_METRIC = bench(
    "PredefinedMetricSpecification or CustomizedMetricSpecification must be set for target tracking scaling.",
    "tt-metric-spec-missing",
)
METRIC_OF_OTHERS = bench(
    "Scalable dimension {dimension} only supports the following predefined metric types: {types}",
    "predefined-metric-dimension",
    "R-259",
)
LABEL_REQUIRED = bench(
    "Resource label should be specified for predefined metric type {type}",
    "alb-metric-requires-resource-label",
    "R-259",
)
LABEL_FORBIDDEN = bench(
    "Resource label should not be specified for predefined metric type {type}",
    "resource-label-requires-alb-metric",
    "R-259",
)
LABEL_FORM = bench(
    "Invalid resource label '{label}' for predefined metric type {type}", "resource-label-format", "R-259"
)
LABEL_NOT_ATTACHED = unread("Target group {group} is not attached to the ECS service {resource}", rule="R-259")
FINE_METRICS_OFF = unread(
    "High-resolution metrics must be enabled on the ECS service for predefined metric type {type}", rule="R-260"
)
TARGET_RANGE = unread("Target value must be greater than 0 and at most 2^360, but was '{value}'.", SCALING_MODEL)
SAME_METRIC = Words(
    "Only one TargetTrackingScaling policy for a given metric specification is allowed.",
    source="https://github.com/gravitational/teleport (lib/backend/dynamo, which answers this error of the real AWS)",
)

# A customized metric

MATH_AND_PLAIN = bench(
    "The customized metric specification is not valid. You can use a specification with metric math or a "
    "specification without metric math, but not a combination of both.",
    "customized-metric-exclusive",
)
PLAIN_INCOMPLETE = unread("The customized metric specification is not valid. {member} must be specified.", TRACKING)
QUERY_ID = unread(
    "The metric data query is not valid. The id '{id}' must start with a lowercase letter and hold only letters, "
    "numbers and underscores."
)
QUERY_ID_TWICE = unread("The metric data query is not valid. The id '{id}' is used more than once.")
QUERY_FORM = unread(
    "The metric data query is not valid. Either Expression or MetricStat must be specified for '{id}', but not both."
)
QUERY_RETURNS = unread("The metric data queries are not valid. Exactly one query must return data.")

# Predictive scaling

ONE_SPECIFICATION = bench("You must specify one metric specification.", "predictive-metric-spec-single")
PAIR_OR_TWO = bench(
    "The metric specification is invalid. A policy must have either one scaling metric and one load metric or one "
    "metric pair.",
    "predictive-metric-pair-exclusive",
)
PREDICTED_TYPE = bench(
    "The predefined {kind} type for scalable dimension {dimension} isn't valid. The supported values are: {types}.",
    "predictive-metric-pair-type-dimension",
    "R-261",
)
BUFFER_REQUIRED = bench(
    "You must specify MaxCapacityBuffer when using IncreaseMaxCapacity.", "predictive-buffer-required"
)
BUFFER_FORBIDDEN = bench(
    "You cannot specify MaxCapacityBuffer when using HonorMaxCapacity.", "predictive-buffer-forbidden"
)
NO_FORECAST = unread("No predictive scaling policy named {name} was found for {resource}")
