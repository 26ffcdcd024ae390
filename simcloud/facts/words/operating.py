"""What Logs, Systems Manager, Secrets Manager, CloudWatch, EventBridge, SQS and KMS say when they refuse."""

from __future__ import annotations

from simcloud.facts.fact import Fact
from simcloud.facts.words.neighbours import ALARM, EVENTS, LOGS, SECRETS, SQS, SSM, bench, ours, seen_at

# Logs

RETENTION = ours(
    "1 validation error detected: Value '{days}' at 'retentionInDays' failed to satisfy constraint: Member "
    "must satisfy "
    "enum value set: [{values}]",
    LOGS + "API_PutRetentionPolicy.html",
)
RETENTION_DAYS: Fact[tuple[int, ...]] = Fact(
    (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653),
    LOGS + "API_PutRetentionPolicy.html",
)
# Parameters

STANDARD_SIZE = seen_at(
    "Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger "
    "parameter value, "
    "upgrade the parameter to use the advanced-parameter tier. For more information, see "
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html",
    "https://github.com/hashicorp/terraform-provider-aws/issues/8459",
)
ADVANCED_SIZE = bench(
    "Advanced-tier parameters support a maximum parameter value of 8192 characters.",
    "pf-ssm-parameter-tier",
    "2026-09-13",
)
NESTED = bench(
    "Parameter value: '{value}' failed to satisfy constraint: Parameter value can't nest another parameter. Do not use "
    '"{{{{}}}}" in the value.',
    "pf-ssm-parameter-value",
    "2026-09-05",
)
PATTERN = bench(
    "Parameter value, cannot be validated against allowedPattern: {pattern}",
    "pf-ssm-parameter-allowed-pattern",
    "2026-09-05",
)
QUALIFIED = seen_at(
    "Parameter name must be a fully qualified name.", "Terraform's log of PutParameter quoted in public"
)
SUB_PATHS = seen_at(
    'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of '
    "sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 "
    "symbols .-_",
    "https://github.com/aws/aws-cdk/issues/2885",
)
LEVELS = ours(
    "Parameter name must have a maximum of 15 levels in a hierarchy. For more information, see Requirements and "
    "constraints for parameter names in the AWS Systems Manager User Guide.",
    SSM,
)
STANDARD_CHARACTERS: Fact[int] = Fact(4096, SSM)
ADVANCED_CHARACTERS: Fact[int] = Fact(8192, SSM)
HIERARCHY: Fact[int] = Fact(15, SSM)
# Secrets

SECRET_NAME = bench(
    "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
    "pf-secretsmanager-secret-name",
    "2026-09-05",
)
TWO_VALUES = ours(
    "You can't specify both a binary secret value and a string secret value in the same secret.",
    SECRETS + "API_CreateSecret.html",
)
WINDOW = ours(
    "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).", SECRETS + "API_DeleteSecret.html"
)
# Alarms

PERIOD = bench("Period must be 10, 20, 30 or a multiple of 60", "pf-cloudwatch-alarm-period", "2026-09-02")
WEEK = bench(
    "Metrics cannot be checked across more than a week (EvaluationPeriods * Period must be <= 604800) for alarms using "
    "period >= 3600",
    "pf-cloudwatch-alarm-evaluation-window",
    "2026-09-13",
)
DAY = bench(
    "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400)",
    "pf-cloudwatch-alarm-evaluation-window",
    "2026-09-13",
)
PERIOD_MISSING = ours("PutMetricAlarm request should have valid Period parameter", ALARM)
STATISTIC_MISSING = ours("Exactly one of Statistic and ExtendedStatistic must be specified", ALARM)
METRICS_ALONE = seen_at(
    "{member} should not be set if list of Metrics is set.", "https://github.com/aws-cloudformation/cfn-lint/issues/766"
)
DATAPOINTS = bench(
    "DatapointsToAlarm must be less than or equal to EvaluationPeriods",
    "pf-cloudwatch-datapoints-evaluation",
    "2026-09-14",
)
THRESHOLD = bench(
    "PutMetricAlarm request should have valid Threshold parameter", "pf-cloudwatch-alarm-threshold", "2026-09-02"
)
THRESHOLD_METRIC = bench(
    "ComparisonOperators for ranges require ThresholdMetricId to be set", "pf-cloudwatch-alarm-threshold", "2026-09-02"
)
MISSING_DATA = ours("The value {value} for parameter TreatMissingData is not supported.", ALARM)
PERCENTILE = bench(
    "The value {value} for parameter ExtendedStatistic is not supported.",
    "pf-cloudwatch-extended-statistic",
    "2026-09-13",
)
ACTION_VENDOR = bench("Unsupported AWS vendor {vendor}", "pf-cloudwatch-alarm-action-vendor", "2026-09-08")
# Events

TARGET_PARAMETERS = bench(
    "Parameter(s) EcsParameters must be specified for target: {target}.",
    "pf-events-target-parameters-required",
    "2026-09-07",
)
TASK_COUNT = bench(
    "Parameter(s) TaskCount not valid for target: {target}.", "pf-events-target-ecs-parameters", "2026-09-13"
)
TARGET_ROLE = seen_at("RoleArn is required for target {arn}.", "command-line answer of PutTargets quoted in public")
TARGET_REGION = bench(
    "Region of {cluster} does not match region of {definition}.",
    "pf-events-target-ecs-task-definition-region",
    "2026-09-07",
)
TARGET_TWICE = bench(
    "Parameter targets is not valid. Reason: More than one target with Id '{target}' is provided.",
    "pf-events-target-id-duplicate",
    "2026-09-07",
)
ONE_INPUT = bench(
    "Only one of Input, InputPath, or InputTransformer must be provided for target {target}.",
    "pf-events-target-input-exclusive",
    "2026-09-07",
)
INPUT_JSON = bench("JSON syntax error in input for target {target}", "pf-events-target-input-json", "2026-09-07")
NOT_SUPPORTED = bench(
    "Parameter(s) EcsParameters not supported for target: {target}.",
    "pf-events-target-parameters-mismatch",
    "2026-09-07",
)
SCHEDULE = bench("Parameter ScheduleExpression is not valid.", "pf-events-rule-cron-fields", "2026-09-07")
SCHEDULE_BUS = bench(
    "ScheduleExpression is supported only on the default event bus.",
    "pf-events-rule-schedule-default-bus",
    "2026-09-07",
)
PATTERN_SCALAR = bench(
    'Event pattern is not valid. Reason: "{key}" must be an object or an array',
    "pf-events-pattern-scalar-value",
    "2026-09-02",
)
TASKS: Fact[tuple[int, int]] = Fact((1, 10), EVENTS + "API_EcsParameters.html")
# Queues

QUEUE_NAME = bench(
    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
    "pf-sqs-fifo-name-suffix",
    "2026-09-05",
)
ATTRIBUTE_VALUE = ours("Invalid value for the parameter {name}.", SQS + "API_CreateQueue.html")
ATTRIBUTE_NAME = ours("Unknown Attribute {name}.", SQS + "API_CreateQueue.html")
RECEIVES = bench(
    "Value {value} for parameter RedrivePolicy is invalid. Reason: Invalid value for maxReceiveCount.",
    "pf-sqs-redrive-policy",
    "2026-09-13",
)
QUEUE_RANGES: Fact[dict[str, tuple[int, int]]] = Fact(
    {
        "DelaySeconds": (0, 900),
        "MaximumMessageSize": (1024, 1048576),
        "MessageRetentionPeriod": (60, 1209600),
        "ReceiveMessageWaitTimeSeconds": (0, 20),
        "VisibilityTimeout": (0, 43200),
        "KmsDataKeyReusePeriodSeconds": (60, 86400),
    },
    SQS + "API_CreateQueue.html",
)
MARKED = seen_at(
    "You can't perform this operation on the secret because it was marked for deletion.",
    "https://github.com/external-secrets/kubernetes-external-secrets/issues/415",
)
NAME_LEAVING = seen_at(
    "You can't create this secret because a secret with this name is already scheduled for deletion.",
    "https://github.com/redpanda-data/console/issues/1835",
)
KEY_LEAVING = seen_at("{key} is pending deletion.", "https://github.com/hashicorp/terraform-provider-aws/issues/17889")
KEY_DISABLED = ours("{key} is disabled.", "https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html")
