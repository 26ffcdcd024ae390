"""Application Auto Scaling through boto3: what the real AWS refuses with its own words, and what it accepts.

The names of cases say where a text was read: `pf-` are answers of the real AWS on 24 September 2026, recorded by
https://github.com/badmintoncryer/cdk-preflight under rules/applicationautoscaling; R- are rows of the course's fact
sheet; stackd- are answers of 17 September 2026, recorded by https://github.com/radkawar/stackd under
testdata/aws/applicationautoscaling (controls.json). Cases marked `assumed` stand on documented laws whose text nobody
has published.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError
from scaling_as_written import (
    BACKLOG,
    CPU,
    MEMORY,
    PAIR,
    action,
    bounds,
    customized,
    furnished,
    label,
    math,
    named,
    predefined,
    predictive,
    query,
    register,
    steps,
    tracking,
)

from simcloud import Cloud

VALIDATION, NOT_FOUND, LIMIT = "ValidationException", "ObjectNotFoundException", "LimitExceededException"
SYNTAX = (
    "Invalid schedule expression. Details: Schedule expressions must have the following syntax: "
    "rate(<number>\\s?(minutes?|hours?|days?)), cron(<cron_expression>) or at(yyyy-MM-dd'T'HH:mm:ss)."
)
MOMENT = "Invalid schedule expression. Details: Invalid schedule at DateTime expression: "
CRON = "Invalid schedule expression. Details: Invalid CRON expression: error at position "
UNSUPPORTED = "Unsupported service namespace, resource type or scalable dimension"
CAPACITIES = "Maximum capacity cannot be less than minimum capacity"
WEB = "service namespace: ecs, resource ID: service/shop/web, scalable dimension: ecs:service:DesiredCount"
FREE = "service namespace: ecs, resource ID: service/shop/free, scalable dimension: ecs:service:DesiredCount"
PAIR_TYPES = (
    "The predefined metric pair type for scalable dimension ecs:service:DesiredCount isn't valid. The supported values "
    "are: ECSServiceMemoryUtilization, ALBRequestCount and ECSServiceCPUUtilization."
)
PAIR_OR_TWO = (
    "The metric specification is invalid. A policy must have either one scaling metric and one load metric or one "
    "metric pair."
)
ARN = "arn:aws:application-autoscaling:us-east-1:123456789012:scalable-target/0ec5nowhere"
TABLE = {"ServiceNamespace": "dynamodb", "ScalableDimension": "dynamodb:table:ReadCapacityUnits"}


def case(name: str, operation: str, request: dict[str, Any], text: str, code: str = VALIDATION, *marks: Any) -> Any:
    return pytest.param(operation, request, code, text, id=name, marks=marks)


def new(name: str, request: dict[str, Any], text: str, code: str = VALIDATION) -> Any:
    return case(name, "register_scalable_target", request, text, code)


def put(name: str, request: dict[str, Any], text: str, code: str = VALIDATION) -> Any:
    return case(name, "put_scaling_policy", request, text, code)


def plan(name: str, request: dict[str, Any], text: str, code: str = VALIDATION) -> Any:
    return case(name, "put_scheduled_action", request, text, code)


TARGETS = [
    new(
        "pf-namespace-dimension-match",
        register(**TABLE | {"ServiceNamespace": "ecs"}),
        "Account is not authorized",
        "AccessDeniedException",
    ),
    new(
        "pf-namespace-dimension-match-the-other-way",
        register(ServiceNamespace="dynamodb"),
        "Account is not authorized",
        "AccessDeniedException",
    ),
    new("pf-resource-id-shape", register(ResourceId="shop/free"), UNSUPPORTED),
    new("R-242-service-arn", register(ResourceId="arn:aws:ecs:us-east-1:123456789012:service/shop/free"), UNSUPPORTED),
    new("R-242-no-cluster", register(ResourceId="service/free"), UNSUPPORTED),
    new("pf-resource-id-shape-of-a-table", register(**TABLE, ResourceId="orders"), UNSUPPORTED),
    new("stackd-no-minimum", register(MinCapacity=None), "Minimum capacity must be specified"),
    new("no-maximum-assumed", register(MaxCapacity=None), "Maximum capacity must be specified"),
    new("R-243-negative-minimum", register(MinCapacity=-1), "Minimum capacity cannot be less than 0"),
    new(
        "pf-min-capacity-zero-namespace",
        register(**TABLE, ResourceId="table/orders", MinCapacity=0),
        "Minimum capacity cannot be less than 1",
    ),
    new("pf-min-max-capacity", register(MinCapacity=5), CAPACITIES),
    new("R-243-negative-maximum", register(MinCapacity=0, MaxCapacity=-1), CAPACITIES),
    new("R-243-new-minimum-above-the-held-maximum", named("web", MinCapacity=11), CAPACITIES),
    new("R-243-new-maximum-below-the-held-minimum", named("web", MaxCapacity=0), CAPACITIES),
    new(
        "pf-rolearn-required-no-slr",
        register(
            ServiceNamespace="elasticmapreduce",
            ScalableDimension="elasticmapreduce:instancegroup:InstanceCount",
            ResourceId="instancegroup/j-2EEZNYKUA1NTV/ig-1791Y4E1L8YI0",
        ),
        "Role ARN must be specified",
    ),
    new("spinnaker-4371", register("nope"), "ECS service doesn't exist: service/shop/nope"),
    new(
        "spinnaker-4371-cluster",
        register(ResourceId="service/nope/free"),
        "ECS service doesn't exist: service/nope/free",
    ),
    new(
        "terraform-aws-rds-aurora-420",
        named("web", Tags={"team": "red"}),
        "The scalable target that you tried to tag already exists. To update tags on an existing scalable target, use "
        "the TagResource API.",
    ),
    new(
        "stackd-reserved-tag",
        register(Tags={"aws:team": "red"}),
        "Caller is an end user and not allowed to mutate system tags",
    ),
    new("stackd-role-of-no-arn", register(RoleARN="not-an-arn"), "'not-an-arn' is not a valid ARN"),
    new("stackd-no-tags", named("web", Tags={}), "Tags cannot be empty"),
    new(
        "stackd-no-such-dimension",
        register(ScalableDimension="ecs:service:desiredCount"),
        "1 validation error detected: Value 'ecs:service:desiredCount' at 'scalableDimension' failed to satisfy "
        "constraint: Member must satisfy enum value set: [cassandra:table:WriteCapacityUnits, "
        "dynamodb:index:ReadCapacityUnits, cassandra:table:ReadCapacityUnits, dynamodb:index:WriteCapacityUnits, "
        "appstream:fleet:DesiredCapacity, sagemaker:inference-component:DesiredCopyCount, "
        "comprehend:document-classifier-endpoint:DesiredInferenceUnits, ec2:spot-fleet-request:TargetCapacity, "
        "rds:cluster:ReadReplicaCount, elasticache:cache-cluster:Nodes, elasticache:replication-group:Replicas, "
        "workspaces:workspacespool:DesiredUserSessions, sagemaker:variant:DesiredProvisionedConcurrency, "
        "dynamodb:table:WriteCapacityUnits, kafka:broker-storage:VolumeSize, ecs:service:DesiredCount, "
        "sagemaker:variant:DesiredInstanceCount, comprehend:entity-recognizer-endpoint:DesiredInferenceUnits, "
        "dynamodb:table:ReadCapacityUnits, lambda:function:ProvisionedConcurrency, "
        "custom-resource:ResourceType:Property, neptune:cluster:ReadReplicaCount, "
        "elasticache:replication-group:NodeGroups, elasticmapreduce:instancegroup:InstanceCount]",
    ),
    new(
        "too-many-tags-assumed",
        register(Tags={f"k{n}": "" for n in range(51)}),
        "The resource can have at most 50 tags.",
        "TooManyTagsException",
    ),
    new(
        "model-two-unknown-values",
        register(ServiceNamespace="ECS", Tags={"k" * 129: "v"}),
        "2 validation errors detected: Value 'ECS' at 'serviceNamespace' failed to satisfy constraint: Member must "
        "satisfy "
        "enum value set: [ecs, elasticmapreduce, ec2, appstream, dynamodb, rds, sagemaker, custom-resource, "
        "comprehend, "
        "lambda, cassandra, kafka, elasticache, neptune, workspaces]; Value '{"
        + "k"
        * 129
        + "=v}' at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length "
        "less than or equal to 128, Member must have length greater than or equal to 1]",
    ),
]

NAMES = [
    put("ansible-35632", tracking("free"), f"No scalable target registered for {FREE}", NOT_FOUND),
    put(
        "ansible-35632-before-the-configuration",
        {**steps(), **named("free")},
        f"No scalable target registered for {FREE}",
        NOT_FOUND,
    ),
    plan("ansible-35632-action", action(service="free"), f"No scalable target registered for {FREE}", NOT_FOUND),
    case(
        "field-deregister",
        "deregister_scalable_target",
        named("free"),
        f"No scalable target found for {FREE}",
        NOT_FOUND,
    ),
    case(
        "field-delete-policy",
        "delete_scaling_policy",
        named(PolicyName="no"),
        f"No scaling policy found for {WEB}, policy name: no",
        NOT_FOUND,
    ),
    case(
        "delete-action-assumed",
        "delete_scheduled_action",
        named(ScheduledActionName="no"),
        f"No scheduled action found for {WEB}, scheduled action name: no",
        NOT_FOUND,
    ),
    case(
        "stackd-tag",
        "tag_resource",
        {"ResourceARN": ARN, "Tags": {"a": "b"}},
        "Scalable Target not found",
        "ResourceNotFoundException",
    ),
    case(
        "stackd-untag",
        "untag_resource",
        {"ResourceARN": ARN, "TagKeys": ["a"]},
        "Scalable Target not found",
        "ResourceNotFoundException",
    ),
    case(
        "stackd-list-tags",
        "list_tags_for_resource",
        {"ResourceARN": ARN},
        "Scalable Target not found",
        "ResourceNotFoundException",
    ),
    case(
        "model-arn",
        "list_tags_for_resource",
        {"ResourceARN": "web"},
        "1 validation error detected: Value 'web' at 'resourceARN' failed to satisfy constraint: Member must satisfy "
        "regular "
        "expression pattern: ^arn:.+:application-autoscaling:.+:[0-9]+:scalable-target\\/[a-zA-Z0-9-]+$",
    ),
    case(
        "page-assumed",
        "describe_scalable_targets",
        {"ServiceNamespace": "ecs", "MaxResults": 51},
        "Maximum number of results must be between 1 and 50",
    ),
    case(
        "page-of-policies-assumed",
        "describe_scaling_policies",
        {"ServiceNamespace": "ecs", "MaxResults": 11},
        "Maximum number of results must be between 1 and 10",
    ),
    case(
        "page-of-none-assumed",
        "describe_scheduled_actions",
        {"ServiceNamespace": "ecs", "MaxResults": 0},
        "Maximum number of results must be between 1 and 50",
    ),
    case(
        "dimension-alone-assumed",
        "describe_scaling_activities",
        {"ServiceNamespace": "ecs", "ScalableDimension": "ecs:service:DesiredCount"},
        "Resource ID must be specified when scalable dimension is specified",
    ),
    case(
        "token-assumed",
        "describe_scalable_targets",
        {"ServiceNamespace": "ecs", "NextToken": "no"},
        "Invalid token",
        "InvalidNextTokenException",
    ),
    case(
        "forecast-assumed",
        "get_predictive_scaling_forecast",
        named(PolicyName="cpu", StartTime=datetime(2026, 1, 5, tzinfo=UTC), EndTime=datetime(2026, 1, 6, tzinfo=UTC)),
        "No predictive scaling policy named cpu was found for service/shop/web",
    ),
]

POLICIES = [
    put(
        "stackd-simple-scaling",
        named(PolicyName="new", PolicyType="SimpleScaling"),
        "1 validation error detected: Value 'SimpleScaling' at 'policyType' failed to satisfy constraint: Member must "
        "satisfy enum value set: [PredictiveScaling, RightSizing, StepScaling, TargetTrackingScaling]",
    ),
    put("stackd-no-type", named(PolicyName="new"), "Scaling policy type must be specified"),
    put(
        "terraform-13710",
        steps(bounds(0, None), name="cpu"),
        "You cannot change a TargetTrackingScaling policy to a non TargetTrackingScaling policy, or vice versa",
    ),
    put(
        "terraform-13710-back",
        tracking(name="steps"),
        "You cannot change a TargetTrackingScaling policy to a non TargetTrackingScaling policy, or vice versa",
    ),
    put(
        "pf-policy-type-config-required",
        named(PolicyName="new", PolicyType="StepScaling"),
        "StepScaling policy configuration must be specified",
    ),
    put(
        "pf-policy-type-config-required-with-another",
        {**tracking(), "PolicyType": "StepScaling"},
        "StepScaling policy configuration must be specified",
    ),
    put(
        "pf-policy-type-config-mismatch",
        {**tracking(), **steps(bounds(0, None))},
        "You must only provide a single scaling policy configuration, which must match the scaling policy type "
        "specified.",
    ),
    put(
        "51-policies-assumed",
        {**steps(bounds(0, None)), **named("crowded")},
        "There can be at most 50 scaling policies per scalable target",
        LIMIT,
    ),
    put("cooldown-assumed", steps(bounds(0, None), Cooldown=-1), "Cooldown cannot be less than 0"),
    put("cooldown-in-assumed", tracking(ScaleInCooldown=-1, **MEMORY), "Cooldown cannot be less than 0"),
    put(
        "model-policy-name",
        steps(bounds(0, None), name="näme"),
        "1 validation error detected: Value 'näme' at 'policyName' failed to satisfy constraint: Member must satisfy "
        "regular expression pattern: \\p{Print}+",
    ),
    put(
        "model-adjustment-type",
        steps(bounds(0, None), AdjustmentType="Percent"),
        "1 validation error detected: Value 'Percent' at 'stepScalingPolicyConfiguration.adjustmentType' failed to "
        "satisfy constraint: Member must satisfy enum value set: [ChangeInCapacity, PercentChangeInCapacity, "
        "ExactCapacity]",
    ),
]

STEPS = [
    put(
        "pf-step-adjustment-type-required",
        steps(bounds(0, None), AdjustmentType=None),
        "Adjustment type must be specified",
    ),
    put("pf-step-adjustments-required", steps(), "There must be at least one step adjustment"),
    put(
        "pf-step-adjustments-required-left-out",
        steps(StepAdjustments=None),
        "There must be at least one step adjustment",
    ),
    put(
        "aws-cdk-26215",
        steps(*(bounds(n, n + 1) for n in range(20)), bounds(20, None)),
        "There can be at most 20 step adjustments per scaling policy",
    ),
    put(
        "pf-step-adjustment-both-null",
        steps(bounds(None, None)),
        "Both lower and upper bounds of a step adjustment cannot be left unspecified",
    ),
    put(
        "pf-step-adjustment-both-null-of-two",
        steps(bounds(0, None), bounds(None, None)),
        "Both lower and upper bounds of a step adjustment cannot be left unspecified",
    ),
    put(
        "pf-step-adjustment-bound-order",
        steps(bounds(10, 10), bounds(10, None)),
        "Lower bound must be less than upper bound for a step adjustment",
    ),
    put(
        "pf-step-adjustment-two-null-lower",
        steps(bounds(None, -1), bounds(None, 0), bounds(0, None)),
        "At most one step adjustment may have an unspecified lower bound",
    ),
    put(
        "pf-step-adjustment-two-null-upper",
        steps(bounds(None, 0), bounds(0, None), bounds(10, None)),
        "At most one step adjustment may have an unspecified upper bound",
    ),
    put(
        "pf-step-adjustment-overlap", steps(bounds(0, 20), bounds(10, None)), "Step adjustment intervals cannot overlap"
    ),
    put(
        "pf-step-adjustment-gap",
        steps(bounds(0, 10), bounds(20, None)),
        "Step adjustment intervals cannot have gaps between them",
    ),
    put(
        "pf-step-adjustment-gap-at-the-threshold",
        steps(bounds(None, -5), bounds(5, None)),
        "Step adjustment intervals cannot have gaps between them",
    ),
    put(
        "pf-step-adjustment-missing-null-lower",
        steps(bounds(-1, 0), bounds(0, None)),
        "There must be a step adjustment with an unspecified lower bound when one step adjustment has a negative "
        "lower bound",
    ),
    put(
        "pf-step-adjustment-missing-null-upper",
        steps(bounds(None, 0), bounds(0, 1)),
        "There must be a step adjustment with an unspecified upper bound when one step adjustment has a positive "
        "upper bound",
    ),
    put(
        "pf-step-adjustment-exact-capacity-negative",
        steps(bounds(0, None, -1), AdjustmentType="ExactCapacity"),
        "Scaling adjustment cannot be less than 0 when adjustment type is ExactCapacity",
    ),
    put(
        "pf-min-adjustment-magnitude",
        steps(bounds(0, None), MinAdjustmentMagnitude=2),
        "Minimum adjustment magnitude is only allowed for adjustment type PercentChangeInCapacity",
    ),
    put(
        "pf-min-adjustment-magnitude-exact",
        steps(bounds(0, None), MinAdjustmentMagnitude=2, AdjustmentType="ExactCapacity"),
        "Minimum adjustment magnitude is only allowed for adjustment type PercentChangeInCapacity",
    ),
    put(
        "magnitude-0-assumed",
        steps(bounds(0, None), MinAdjustmentMagnitude=0, AdjustmentType="PercentChangeInCapacity"),
        "Minimum adjustment magnitude cannot be less than 1",
    ),
]

REQUESTS = "ALBRequestCountPerTarget"
TRACKING = [
    put(
        "pf-tt-metric-spec-exclusive",
        tracking(**MEMORY, **customized()),
        "Only one of PredefinedMetricSpecification or CustomizedMetricSpecification can be set for target tracking "
        "scaling.",
    ),
    put(
        "pf-tt-metric-spec-missing",
        tracking(DisableScaleIn=True),
        "PredefinedMetricSpecification or CustomizedMetricSpecification must be set for target tracking scaling.",
    ),
    put(
        "pf-predefined-metric-dimension",
        tracking(**predefined("DynamoDBReadCapacityUtilization")),
        "Scalable dimension ecs:service:DesiredCount only supports the following predefined metric types: "
        "ECSServiceAverageCPUUtilization, ECSServiceAverageMemoryUtilization, ALBRequestCountPerTarget, "
        "ECSServiceAverageCPUUtilizationHighResolution, ECSServiceAverageMemoryUtilizationHighResolution",
    ),
    put(
        "R-259",
        tracking(**predefined(REQUESTS)),
        "Resource label should be specified for predefined metric type ALBRequestCountPerTarget",
    ),
    put(
        "pf-resource-label-requires-alb-metric",
        tracking(**predefined("ECSServiceAverageMemoryUtilization", "app/front/1/targetgroup/web/2")),
        "Resource label should not be specified for predefined metric type ECSServiceAverageMemoryUtilization",
    ),
    put(
        "pf-resource-label-format",
        tracking(**predefined(REQUESTS, "front/web")),
        "Invalid resource label 'front/web' for predefined metric type ALBRequestCountPerTarget",
    ),
    put(
        "label-of-another-service-assumed",
        tracking(**predefined(REQUESTS, "app/front/1/targetgroup/web/2")),
        "Target group targetgroup/web/2 is not attached to the ECS service service/shop/web",
    ),
    put(
        "R-260-assumed",
        tracking(**predefined("ECSServiceAverageCPUUtilizationHighResolution")),
        "High-resolution metrics must be enabled on the ECS service for predefined metric type "
        "ECSServiceAverageCPUUtilizationHighResolution",
    ),
    put(
        "target-0-assumed", tracking(value=0.0), "Target value must be greater than 0 and at most 2^360, but was '0.0'."
    ),
    put(
        "target-negative-assumed",
        tracking(value=-5.0),
        "Target value must be greater than 0 and at most 2^360, but was '-5.0'.",
    ),
    put(
        "field-same-metric",
        tracking(value=50.0, **CPU),
        "Only one TargetTrackingScaling policy for a given metric specification is allowed.",
    ),
    put(
        "pf-customized-metric-exclusive",
        tracking(**customized(Metrics=list(BACKLOG), MetricName="Backlog", Namespace="Shop", Statistic="Average")),
        "The customized metric specification is not valid. You can use a specification with metric math or a "
        "specification "
        "without metric math, but not a combination of both.",
    ),
    put(
        "no-statistic-assumed",
        tracking(**customized(MetricName="Backlog", Namespace="Shop")),
        "The customized metric specification is not valid. Statistic must be specified.",
    ),
    put(
        "query-id-assumed",
        tracking(**math(query("m1"), {"Id": "E1", "Expression": "m1"})),
        "The metric data query is not valid. The id 'E1' must start with a lowercase letter and hold only letters, "
        "numbers and underscores.",
    ),
    put(
        "query-id-twice-assumed",
        tracking(**math(query("m1"), query("m1"), BACKLOG[2])),
        "The metric data query is not valid. The id 'm1' is used more than once.",
    ),
    put(
        "query-of-both-assumed",
        tracking(**math(query("m1", Expression="m2", ReturnData=True))),
        "The metric data query is not valid. Either Expression or MetricStat must be specified for 'm1', but not both.",
    ),
    put(
        "two-returning-assumed",
        tracking(**math(query("m1", ReturnData=True), BACKLOG[2])),
        "The metric data queries are not valid. Exactly one query must return data.",
    ),
    put(
        "none-returning-assumed",
        tracking(**math(query("m1"))),
        "The metric data queries are not valid. Exactly one query must return data.",
    ),
]

SCALING_METRIC = {"PredefinedScalingMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"}}
LOAD_METRIC = {"PredefinedLoadMetricSpecification": {"PredefinedMetricType": "ECSServiceTotalCPUUtilization"}}
WRONG_PAIR = {"PredefinedMetricPairSpecification": {"PredefinedMetricType": "ECSServiceTotalCPUUtilization"}}
PREDICTIVE = [
    put("pf-predictive-metric-spec-single", predictive(PAIR, PAIR), "You must specify one metric specification."),
    put("pf-predictive-metric-spec-single-empty", predictive(), "You must specify one metric specification."),
    put("pf-predictive-metric-pair-exclusive", predictive({"TargetValue": 60.0, **SCALING_METRIC}), PAIR_OR_TWO),
    put("pf-predictive-metric-pair-exclusive-all", predictive({**PAIR, **SCALING_METRIC, **LOAD_METRIC}), PAIR_OR_TWO),
    put("pf-predictive-metric-pair-exclusive-none", predictive({"TargetValue": 60.0}), PAIR_OR_TWO),
    put("pf-predictive-metric-pair-type-dimension", predictive({"TargetValue": 60.0, **WRONG_PAIR}), PAIR_TYPES),
    put(
        "pf-predictive-buffer-required",
        predictive(PAIR, MaxCapacityBreachBehavior="IncreaseMaxCapacity"),
        "You must specify MaxCapacityBuffer when using IncreaseMaxCapacity.",
    ),
    put(
        "pf-predictive-buffer-forbidden",
        predictive(PAIR, MaxCapacityBreachBehavior="HonorMaxCapacity", MaxCapacityBuffer=10),
        "You cannot specify MaxCapacityBuffer when using HonorMaxCapacity.",
    ),
    put(
        "pf-predictive-buffer-forbidden-by-default",
        predictive(PAIR, MaxCapacityBuffer=10),
        "You cannot specify MaxCapacityBuffer when using HonorMaxCapacity.",
    ),
    put(
        "model-buffer",
        predictive(PAIR, MaxCapacityBreachBehavior="IncreaseMaxCapacity", MaxCapacityBuffer=101),
        "1 validation error detected: Value '101' at 'predictiveScalingPolicyConfiguration.maxCapacityBuffer' failed "
        "to "
        "satisfy constraint: Member must have value less than or equal to 100",
    ),
]

SCHEDULES = [
    plan("no-schedule-assumed", action(None), "Schedule must be set"),
    plan("pf-schedule-expression-form", action("0 8 1 * ? *"), SYNTAX),
    plan("pf-schedule-rate-unit", action("rate(5 seconds)"), SYNTAX),
    plan("pf-schedule-rate-unit-week", action("rate(1 week)"), SYNTAX),
    plan("pf-schedule-rate-unit-negative", action("rate(-1 minutes)"), SYNTAX),
    plan(
        "pf-schedule-rate-unit-zero",
        action("rate(0 minutes)"),
        "Invalid schedule frequency. Run for '1970-01-01T00:00:00.000Z' and '1970-01-01T00:00:00.000Z' are less than "
        "60 "
        "seconds apart",
    ),
    plan(
        "every-second-assumed",
        action("cron(* 0 8 * * ? *)"),
        "Invalid schedule frequency. Run for '1970-01-01T00:00:00.000Z' and '1970-01-01T00:00:01.000Z' are less than "
        "60 "
        "seconds apart",
    ),
    plan("pf-schedule-at-format", action("at(2035-01-01)"), f'{MOMENT}Invalid format: "2035-01-01" is too short'),
    plan(
        "pf-schedule-at-format-zone",
        action("at(2035-01-01T00:00:00Z)"),
        f'{MOMENT}Invalid format: "2035-01-01T00:00:00Z" is malformed at "Z"',
    ),
    plan(
        "at-month-13-assumed",
        action("at(2035-13-01T00:00:00)"),
        f'{MOMENT}Cannot parse "2035-13-01T00:00:00": Value 13 for monthOfYear must be in the range [1,12]',
    ),
    plan(
        "pf-schedule-cron-day-fields",
        action("cron(0 8 ? * ? *)"),
        f"{CRON}1, details: '?' can only be specified for Day-of-Month or Day-of-Week.",
    ),
    plan(
        "cron-both-days-assumed",
        action("cron(0 8 * * * *)"),
        f"{CRON}0, details: Support for specifying both a day-of-week AND a day-of-month parameter is not implemented.",
    ),
    plan("cron-two-fields-assumed", action("cron(0 8)"), f"{CRON}3, details: Unexpected end of expression."),
    plan("pf-scheduled-action-timezone-iana", action(Timezone="JST"), "Invalid schedule timezone: JST"),
    plan("pf-scheduled-action-timezone-iana-offset", action(Timezone="GMT+9"), "Invalid schedule timezone: GMT+9"),
    plan(
        "pf-scheduled-action-start-end-order",
        action(StartTime=datetime(2035, 1, 1, 0, 0, 1, tzinfo=UTC), EndTime=datetime(2035, 1, 1, tzinfo=UTC)),
        "StartTime must be before EndTime",
    ),
    plan("pf-scalable-target-action-required", action(ScalableTargetAction=None), "ScalableTargetAction must be set"),
    plan(
        "pf-scalable-target-action-empty",
        action(ScalableTargetAction={}),
        "At least one of minimum capacity and maximum capacity should be provided",
    ),
    plan(
        "pf-scalable-target-action-min-max",
        action(ScalableTargetAction={"MinCapacity": 2, "MaxCapacity": 1}),
        CAPACITIES,
    ),
    plan(
        "negative-minimum", action(ScalableTargetAction={"MinCapacity": -1}), "Minimum capacity cannot be less than 0"
    ),
    plan(
        "201-actions-assumed",
        action(service="crowded"),
        "There can be at most 200 scheduled actions per scalable target",
        LIMIT,
    ),
    plan(
        "pf-scheduled-action-name-chars",
        action(ScheduledActionName="cdkpf:sa-one"),
        "1 validation error detected: Value 'cdkpf:sa-one' at 'scheduledActionName' failed to satisfy constraint: "
        "Member "
        "must satisfy regular expression pattern: (?!((^[ "
        "]+.*)|(.*([\\u0000-\\u001f]|[\\u007f-\\u009f]|[:/|])+.*)|(.*[ ]+$))).+",
    ),
    plan(
        "pf-scheduled-action-name-chars-before-the-target",
        action(service="free", ScheduledActionName=" x"),
        "1 validation error detected: Value ' x' at 'scheduledActionName' failed to satisfy constraint: Member must "
        "satisfy "
        "regular expression pattern: (?!((^[ ]+.*)|(.*([\\u0000-\\u001f]|[\\u007f-\\u009f]|[:/|])+.*)|(.*[ ]+$))).+",
    ),
]

REFUSED = [*TARGETS, *NAMES, *POLICIES, *STEPS, *TRACKING, *PREDICTIVE, *SCHEDULES]


def fine(name: str, operation: str, request: dict[str, Any]) -> Any:
    return pytest.param(operation, request, id=name)


ACCEPTED = [
    fine("R-243-from-zero", "register_scalable_target", register(MinCapacity=0, MaxCapacity=0)),
    fine("equal-bounds", "register_scalable_target", register(MinCapacity=3, MaxCapacity=3)),
    fine("tagged", "register_scalable_target", register(Tags={"team": "red", "empty": ""})),
    fine("a-role-that-is-not-used", "register_scalable_target", register(RoleARN="arn:aws:iam::123456789012:role/x")),
    fine("registered-again", "register_scalable_target", register("web", MinCapacity=2, MaxCapacity=3)),
    fine("one-bound-changed", "register_scalable_target", named("web", MaxCapacity=20)),
    fine("nothing-changed", "register_scalable_target", named("web")),
    fine("suspended", "register_scalable_target", named("web", SuspendedState={"DynamicScalingInSuspended": True})),
    fine(
        "aws-cdk-14297-cluster-arn",
        "register_scalable_target",
        register(ResourceId="service/arn:aws:ecs:us-east-1:123456789012:cluster/shop/free"),
    ),
    fine("tracking-cpu-on-another", "put_scaling_policy", tracking("front", **CPU)),
    fine("tracking-memory", "put_scaling_policy", tracking(**MEMORY)),
    fine("tracking-another-value", "put_scaling_policy", tracking(name="cpu", value=120.5, **CPU)),
    fine("tracking-never-in", "put_scaling_policy", tracking(DisableScaleIn=True, ScaleInCooldown=0, **MEMORY)),
    fine(
        "tracking-20-seconds",
        "put_scaling_policy",
        tracking("fine", **predefined("ECSServiceAverageCPUUtilizationHighResolution")),
    ),
    fine("tracking-a-metric", "put_scaling_policy", tracking(**customized())),
    fine("R-263-backlog-per-task", "put_scaling_policy", tracking(value=100.0, **math(*BACKLOG))),
    fine("one-metric-as-a-query", "put_scaling_policy", tracking(**math(query("m1", ReturnData=True)))),
    fine("steps-from-the-threshold", "put_scaling_policy", steps(bounds(0, 10), bounds(10, None))),
    fine("steps-below", "put_scaling_policy", steps(bounds(None, 0, -1))),
    fine(
        "steps-both-ways-in-any-order",
        "put_scaling_policy",
        steps(bounds(0, None), bounds(None, -10, -2), bounds(-10, 0, -1)),
    ),
    fine("steps-that-start-higher", "put_scaling_policy", steps(bounds(10, 11), bounds(11, None))),
    fine("twenty-steps", "put_scaling_policy", steps(*(bounds(n, n + 1) for n in range(19)), bounds(19, None))),
    fine("exactly-none", "put_scaling_policy", steps(bounds(0, None, 0), AdjustmentType="ExactCapacity")),
    fine(
        "a-percentage",
        "put_scaling_policy",
        steps(bounds(0, None, 25), AdjustmentType="PercentChangeInCapacity", MinAdjustmentMagnitude=2, Cooldown=60),
    ),
    fine("steps-again", "put_scaling_policy", steps(bounds(0, None, 3), name="steps")),
    fine("a-pair", "put_scaling_policy", predictive(PAIR, Mode="ForecastAndScale", SchedulingBufferTime=0)),
    fine("two-metrics", "put_scaling_policy", predictive({"TargetValue": 60.0, **SCALING_METRIC, **LOAD_METRIC})),
    fine(
        "a-raised-maximum",
        "put_scaling_policy",
        predictive(PAIR, MaxCapacityBreachBehavior="IncreaseMaxCapacity", MaxCapacityBuffer=10),
    ),
    fine("cron-of-five-fields", "put_scheduled_action", action("cron(10 8 ? * MON-FRI)")),
    fine("cron-of-six-fields", "put_scheduled_action", action("cron(0 8 1 * ? *)")),
    fine("cron-of-seven-fields", "put_scheduled_action", action("cron(0 0 8 ? * MON-FRI *)")),
    fine("cron-in-a-zone", "put_scheduled_action", action("cron(0 9 ? * 2 *)", Timezone="US/Pacific")),
    fine("zone-etc", "put_scheduled_action", action(Timezone="Etc/GMT+9")),
    fine("rate-of-one", "put_scheduled_action", action("rate(1 minute)")),
    fine("rate-of-days", "put_scheduled_action", action("rate(2 days)")),
    fine("at", "put_scheduled_action", action("at(2036-06-30T12:30:00)")),
    fine("at-with-one-digit", "put_scheduled_action", action("at(2036-06-30T9:30:00)", Timezone="America/New_York")),
    fine("minimum-alone", "put_scheduled_action", action(ScalableTargetAction={"MinCapacity": 0})),
    fine("maximum-alone", "put_scheduled_action", action(ScalableTargetAction={"MaxCapacity": 0})),
    fine(
        "start-and-end",
        "put_scheduled_action",
        action("rate(5 hours)", StartTime=datetime(2030, 1, 1), EndTime=datetime(2030, 1, 2)),
    ),
    fine("a-changed-action", "put_scheduled_action", named(ScheduledActionName="night", Schedule="rate(1 day)")),
    fine("a-name-with-dots-and-spaces", "put_scheduled_action", action(ScheduledActionName="Scale. Down to zero")),
    fine("another-service-has-none", "describe_scalable_targets", {"ServiceNamespace": "dynamodb"}),
]


@pytest.fixture(scope="module")
def account() -> Iterator[tuple[Cloud, Any]]:
    """A live cloud with the account of scaling_as_written in it, and the client."""
    with Cloud(seed=5) as cloud:
        yield cloud, furnished(cloud)


@pytest.mark.parametrize(("operation", "request_", "code", "text"), REFUSED)
def test_a_refusal_has_the_words_of_aws_and_changes_nothing(
    account: tuple[Cloud, Any], operation: str, request_: dict[str, Any], code: str, text: str
) -> None:
    cloud, scaling = account
    with cloud.copy() as copy:
        # boto3 takes a limit for throttling: it waits and tries again, and time passes
        kept = copy.world.scaling if code == LIMIT else copy.world
        before = pickle.dumps(kept)
        with pytest.raises(ClientError) as caught:
            getattr(scaling, operation)(**request_)
        error = caught.value.response["Error"]
        assert (error["Code"], error["Message"].removesuffix(".")) == (code, text.removesuffix("."))
        assert pickle.dumps(kept) == before


@pytest.mark.parametrize(
    ("operation", "members", "text"),
    [
        pytest.param("tag_resource", {"Tags": {}}, "Tags cannot be empty", id="no-tags"),
        pytest.param("untag_resource", {"TagKeys": []}, "TagKeys cannot be null or empty", id="no-keys"),
        pytest.param(
            "tag_resource",
            {"Tags": {"aws:probe": "x"}},
            "Caller is an end user and not allowed to mutate system tags",
            id="a-tag-of-aws",
        ),
    ],
)
def test_tags_of_a_target_are_refused_in_the_words_of_aws(  # stackd, controls.json
    account: tuple[Cloud, Any], operation: str, members: dict[str, Any], text: str
) -> None:
    _, scaling = account
    target = scaling.describe_scalable_targets(ServiceNamespace="ecs", ResourceIds=["service/shop/web"])
    arn = target["ScalableTargets"][0]["ScalableTargetARN"]
    with pytest.raises(ClientError) as caught:
        getattr(scaling, operation)(ResourceARN=arn, **members)
    assert caught.value.response["Error"]["Message"] == text


@pytest.mark.parametrize(("operation", "request_"), ACCEPTED)
def test_what_aws_accepts_is_accepted(account: tuple[Cloud, Any], operation: str, request_: dict[str, Any]) -> None:
    cloud, scaling = account
    with cloud.copy() as future:
        getattr(scaling, operation)(**request_)
        future.world.check()


def test_requests_at_a_load_balancer_are_tracked_where_the_service_stands_behind_it(account: tuple[Cloud, Any]) -> None:
    cloud, scaling = account
    with cloud.copy():
        answer = scaling.put_scaling_policy(**tracking("front", 1000.0, **predefined(REQUESTS, label())))
        assert len(answer["Alarms"]) == 2
    with cloud.copy(), pytest.raises(ClientError, match="is not attached to the ECS service service/shop/web"):
        scaling.put_scaling_policy(**tracking("web", 1000.0, **predefined(REQUESTS, label())))


def test_a_step_policy_that_is_put_again_keeps_its_type_and_its_steps(account: tuple[Cloud, Any]) -> None:
    """Recorded (stackd, controls.json): policy-step-update-partial, -null and -empty."""
    cloud, scaling = account

    def put(**configuration: Any) -> dict[str, Any]:
        asked = {"StepScalingPolicyConfiguration": configuration["given"]} if configuration else {}
        scaling.put_scaling_policy(**named(PolicyName="steps"), **asked)
        held = scaling.describe_scaling_policies(ServiceNamespace="ecs", PolicyNames=["steps"])["ScalingPolicies"]
        return dict(held[0]["StepScalingPolicyConfiguration"])

    with cloud.copy():
        plain = put()
        assert put(given={"Cooldown": 17}) == {**plain, "Cooldown": 17}
        assert put() == {**plain, "Cooldown": 17}
        assert put(given={}) == {name: plain[name] for name in ("AdjustmentType", "StepAdjustments")}


def test_what_is_not_simulated_says_so(account: tuple[Cloud, Any]) -> None:
    cloud, scaling = account
    before = pickle.dumps(cloud.world)
    day = {"StartTime": datetime(2026, 1, 5, tzinfo=UTC), "EndTime": datetime(2026, 1, 6, tzinfo=UTC)}
    for operation, request in (
        ("register_scalable_target", register(**TABLE, ResourceId="table/orders")),
        ("get_predictive_scaling_forecast", named(PolicyName="forecast", **day)),
    ):
        with pytest.raises(ClientError) as caught:
            getattr(scaling, operation)(**request)
        assert caught.value.response["Error"]["Code"] == "NotSimulated"
    assert pickle.dumps(cloud.world) == before
