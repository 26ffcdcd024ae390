"""Logs, Systems Manager, Secrets Manager, CloudWatch, EventBridge, SQS: what is refused, and what is taken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from neighbours_as_built import Built, Params, accepted, built, refused
from neighbours_asked import is_accepted, is_refused

from simcloud import Cloud

PARAMETER = "InvalidParameterException"
VALIDATION = "ValidationException"
CLUSTER = "arn:aws:ecs:us-east-1:123456789012:cluster/web"
DEFINITION = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1"
ROLE = "arn:aws:iam::123456789012:role/starter"
SUB_PATHS = (
    'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of '
    "sub-paths "
    "divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_"
)
LONG = (
    "Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter "
    "value, "
    "upgrade the parameter to use the advanced-parameter tier. For more information, see "
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html"
)


def having(**params: Any) -> Params:
    return lambda _: {member: value for member, value in params.items() if value is not None}


def parameter(**changes: Any) -> Params:
    return having(**{"Name": "/app/new", "Value": "v", "Type": "String", **changes})


def alarm(**changes: Any) -> Params:
    asked = {
        "AlarmName": "high",
        "Namespace": "AWS/ECS",
        "MetricName": "CPUUtilization",
        "Statistic": "Average",
        "Period": 60,
        "EvaluationPeriods": 3,
        "Threshold": 80.0,
        "ComparisonOperator": "GreaterThanThreshold",
    }
    return having(**{**asked, **changes})


def target(**changes: Any) -> Params:
    asked = {"Id": "t1", "Arn": CLUSTER, "RoleArn": ROLE, "EcsParameters": {"TaskDefinitionArn": DEFINITION}}
    chosen = {member: value for member, value in {**asked, **changes}.items() if value is not None}
    return having(Rule="nightly", Targets=[chosen])


def queue(name: str = "jobs", **attributes: str) -> Params:
    return having(QueueName=name, Attributes=attributes)


def policy(**changed: object) -> str:
    """What lets EventBridge send to the queue, with members changed, or taken out by None."""
    held: dict[str, object] = {
        "Version": "2012-10-17",
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
    }
    held |= {"Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:us-east-1:123456789012:jobs", **changed}
    statement = {name: value for name, value in held.items() if name != "Version" and value is not None}
    return json.dumps({"Version": held["Version"], "Statement": [statement]})


PUT = "ssm.put_parameter"
ALARM = "cloudwatch.put_metric_alarm"
RULE = "events.put_rule"
TARGETS = "events.put_targets"
QUEUE = "sqs.create_queue"
MATH_STAT = {"Metric": {"Namespace": "N", "MetricName": "M"}, "Period": 45, "Stat": "Sum"}
MATH: dict[str, Any] = {"Id": "m", "MetricStat": MATH_STAT}
QUERY = {"Id": "m", "MetricStat": {**MATH_STAT, "Period": 60}}
DEAD_LETTERS = json.dumps({"deadLetterTargetArn": "arn:aws:sqs:us-east-1:123456789012:dead", "maxReceiveCount": 1001})

REFUSED = [
    refused(
        "two days",
        "logs.put_retention_policy",
        having(logGroupName="/ecs/web", retentionInDays=2),
        PARAMETER,
        "1 validation error detected: Value '2' at 'retentionInDays' failed to satisfy constraint: Member must "
        "satisfy enum "
        "value set: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, "
        "2922, 3288, "
        "3653]",
        "assumed order of the values",
    ),
    refused(
        "a space",
        "logs.create_log_group",
        having(logGroupName="my logs"),
        PARAMETER,
        "1 validation error detected: Value 'my logs' at 'logGroupName' failed to satisfy constraint: Member "
        "must satisfy "
        "regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
        "measured names of 12 August 2026, quoted in public",
    ),
    refused(
        "a colon",
        "logs.create_log_stream",
        having(logGroupName="/ecs/web", logStreamName="web:1"),
        PARAMETER,
        "1 validation error detected: Value 'web:1' at 'logStreamName' failed to satisfy constraint: Member must "
        "satisfy "
        "regular expression pattern: [^:*]*",
        "as above",
    ),
    refused(
        "4097 characters", PUT, parameter(Value="a" * 4097), VALIDATION, LONG, "terraform-provider-aws/issues/8459"
    ),
    refused(
        "8193 characters, advanced",
        PUT,
        parameter(Value="a" * 8193, Tier="Advanced"),
        VALIDATION,
        "Advanced-tier parameters support a maximum parameter value of 8192 characters.",
        "pf-ssm-parameter-tier",
    ),
    refused(
        "another parameter",
        PUT,
        parameter(Value="{{ssm:other}}"),
        VALIDATION,
        "Parameter value: '{{ssm:other}}' failed to satisfy constraint: Parameter value can't nest another "
        "parameter. Do "
        'not use "{{}}" in the value.',
        "pf-ssm-parameter-value",
    ),
    refused(
        "another pattern",
        PUT,
        parameter(Value="abc", AllowedPattern="^\\d+$"),
        "ParameterPatternMismatchException",
        "Parameter value, cannot be validated against allowedPattern: ^\\d+$",
        "pf-ssm-parameter-allowed-pattern",
    ),
    refused(
        "a path without slash",
        PUT,
        parameter(Name="roboshop/dev/vpc_id"),
        VALIDATION,
        "Parameter name must be a fully qualified name.",
        "Terraform's log quoted in public",
    ),
    refused("a space", PUT, parameter(Name="/app/my key"), VALIDATION, SUB_PATHS, "aws-cdk/issues/2885"),
    refused("a slash at the end", PUT, parameter(Name="/app/"), VALIDATION, SUB_PATHS, "aws-cdk/issues/2885"),
    refused(
        "sixteen levels",
        PUT,
        parameter(Name="/" + "/".join("abcdefghijklmnop")),
        "HierarchyLevelLimitExceededException",
        "Parameter name must have a maximum of 15 levels in a hierarchy. For more information, see Requirements and "
        "constraints for parameter names in the AWS Systems Manager User Guide.",
        "assumed",
    ),
    refused(
        "a space",
        "secretsmanager.create_secret",
        having(Name="my secret", SecretString="x"),
        VALIDATION,
        "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
        "pf-secretsmanager-secret-name",
    ),
    refused(
        "text and bytes",
        "secretsmanager.create_secret",
        having(Name="new", SecretString="x", SecretBinary=b"x"),
        PARAMETER,
        "You can't specify both a binary secret value and a string secret value in the same secret.",
        "assumed",
    ),
    refused(
        "three days",
        "secretsmanager.delete_secret",
        having(SecretId="db", RecoveryWindowInDays=3),
        PARAMETER,
        "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).",
        "assumed",
    ),
    refused(
        "45 seconds",
        ALARM,
        alarm(Period=45),
        "ValidationError",
        "Period must be 10, 20, 30 or a multiple of 60",
        "pf-cloudwatch-alarm-period",
    ),
    refused(
        "45 seconds, in a query",
        ALARM,
        alarm(MetricName=None, Namespace=None, Statistic=None, Period=None, Metrics=[MATH]),
        "ValidationError",
        "Period must be 10, 20, 30 or a multiple of 60",
        "pf-cloudwatch-alarm-period",
    ),
    refused(
        "no period",
        ALARM,
        alarm(Period=None),
        "ValidationError",
        "PutMetricAlarm request should have valid Period parameter",
        "assumed, after pf-cloudwatch-alarm-threshold",
    ),
    refused(
        "no statistic",
        ALARM,
        alarm(Statistic=None),
        "ValidationError",
        "Exactly one of Statistic and ExtendedStatistic must be specified",
        "assumed; that one is needed: API_PutMetricAlarm",
    ),
    refused(
        "two statistics",
        ALARM,
        alarm(ExtendedStatistic="p99"),
        "ValidationError",
        "Exactly one of Statistic and ExtendedStatistic must be specified",
        "assumed; that one is needed: API_PutMetricAlarm",
    ),
    refused(
        "a statistic beside a list of metrics",
        ALARM,
        alarm(MetricName=None, Namespace=None, Period=None, Metrics=[QUERY]),
        "ValidationError",
        "Statistic should not be set if list of Metrics is set.",
        "aws-cloudformation/cfn-lint/issues/766",
    ),
    refused(
        "more than a week",
        ALARM,
        alarm(Period=3600, EvaluationPeriods=169),
        "ValidationError",
        "Metrics cannot be checked across more than a week (EvaluationPeriods * Period must be <= 604800) for "
        "alarms using "
        "period >= 3600",
        "pf-cloudwatch-alarm-evaluation-window",
    ),
    refused(
        "more than a day",
        ALARM,
        alarm(Period=60, EvaluationPeriods=1441),
        "ValidationError",
        "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400)",
        "pf-cloudwatch-alarm-evaluation-window",
    ),
    refused(
        "four of three",
        ALARM,
        alarm(DatapointsToAlarm=4),
        "ValidationError",
        "DatapointsToAlarm must be less than or equal to EvaluationPeriods",
        "pf-cloudwatch-datapoints-evaluation",
    ),
    refused(
        "greater than what",
        ALARM,
        alarm(Threshold=None),
        "ValidationError",
        "PutMetricAlarm request should have valid Threshold parameter",
        "pf-cloudwatch-alarm-threshold",
    ),
    refused(
        "out of which band",
        ALARM,
        alarm(Threshold=None, ComparisonOperator="LessThanLowerOrGreaterThanUpperThreshold"),
        "ValidationError",
        "ComparisonOperators for ranges require ThresholdMetricId to be set",
        "pf-cloudwatch-alarm-threshold",
    ),
    refused(
        "p101",
        ALARM,
        alarm(Statistic=None, ExtendedStatistic="p101"),
        "ValidationError",
        "The value p101 for parameter ExtendedStatistic is not supported.",
        "pf-cloudwatch-extended-statistic",
    ),
    refused(
        "a bucket as action",
        ALARM,
        alarm(AlarmActions=["arn:aws:s3:::bucket"]),
        "ValidationError",
        "Unsupported AWS vendor s3",
        "pf-cloudwatch-alarm-action-vendor",
    ),
    refused(
        "a statistic that is none",
        ALARM,
        alarm(Statistic="Mean"),
        "ValidationError",
        "1 validation error detected: Value 'Mean' at 'statistic' failed to satisfy constraint: Member must "
        "satisfy enum "
        "value set: [SampleCount, Average, Sum, Minimum, Maximum]",
        "form of the text: pf-cloudwatch-alarm-actions-max",
    ),
    refused(
        "rate(5 minute)",
        RULE,
        having(Name="new", ScheduleExpression="rate(5 minute)"),
        VALIDATION,
        "Parameter ScheduleExpression is not valid.",
        "pf-events-rule-cron-fields",
    ),
    refused(
        "minute 75",
        RULE,
        having(Name="new", ScheduleExpression="cron(75 20 * * ? *)"),
        VALIDATION,
        "Parameter ScheduleExpression is not valid.",
        "pf-events-rule-cron-fields",
    ),
    refused(
        "five fields, as on a machine",
        RULE,
        having(Name="new", ScheduleExpression="cron(0 20 * * *)"),
        VALIDATION,
        "Parameter ScheduleExpression is not valid.",
        "pf-events-rule-cron-fields",
    ),
    refused(
        "a schedule on a bus of its own",
        RULE,
        having(Name="new", ScheduleExpression="rate(5 minutes)", EventBusName="own"),
        VALIDATION,
        "ScheduleExpression is supported only on the default event bus.",
        "pf-events-rule-schedule-default-bus",
    ),
    refused(
        "a source without list",
        RULE,
        having(Name="new", EventPattern='{"source": "aws.ecs"}'),
        "InvalidEventPatternException",
        'Event pattern is not valid. Reason: "source" must be an object or an array',
        "pf-events-pattern-scalar-value",
    ),
    refused(
        "a space",
        RULE,
        having(Name="my rule", ScheduleExpression="rate(5 minutes)"),
        VALIDATION,
        "1 validation error detected: Value 'my rule' at 'name' failed to satisfy constraint: Member must "
        "satisfy regular "
        "expression pattern: [\\.\\-_A-Za-z0-9]+",
        "form of the text: pf-cloudwatch-alarm-actions-max",
    ),
    refused(
        "a cluster, but what",
        TARGETS,
        target(EcsParameters=None),
        VALIDATION,
        "Parameter(s) EcsParameters must be specified for target: t1.",
        "pf-events-target-parameters-required",
    ),
    refused(
        "eleven tasks",
        TARGETS,
        target(EcsParameters={"TaskDefinitionArn": DEFINITION, "TaskCount": 11}),
        VALIDATION,
        "Parameter(s) TaskCount not valid for target: t1.",
        "pf-events-target-ecs-parameters",
    ),
    refused(
        "no role",
        TARGETS,
        target(RoleArn=None),
        VALIDATION,
        f"RoleArn is required for target {CLUSTER}.",
        "pf-events-target-role-required",
    ),
    refused(
        "a definition of another region",
        TARGETS,
        target(EcsParameters={"TaskDefinitionArn": DEFINITION.replace("us-east-1", "us-west-2")}),
        VALIDATION,
        f"Region of {CLUSTER} does not match region of {DEFINITION.replace('us-east-1', 'us-west-2')}.",
        "pf-events-target-ecs-task-definition-region",
    ),
    refused(
        "one id for two",
        TARGETS,
        having(Rule="nightly", Targets=[{"Id": "same", "Arn": "arn:aws:sqs:us-east-1:123456789012:q"}] * 2),
        VALIDATION,
        "Parameter targets is not valid. Reason: More than one target with Id 'same' is provided.",
        "pf-events-target-id-duplicate",
    ),
    refused(
        "two inputs",
        TARGETS,
        target(Input="{}", InputPath="$.detail"),
        VALIDATION,
        "Only one of Input, InputPath, or InputTransformer must be provided for target t1.",
        "pf-events-target-input-exclusive",
    ),
    refused(
        "a bare word",
        TARGETS,
        target(Input="hello"),
        VALIDATION,
        "JSON syntax error in input for target t1",
        "pf-events-target-input-json",
    ),
    refused(
        "a function with tasks",
        TARGETS,
        target(Arn="arn:aws:lambda:us-east-1:123456789012:function:f"),
        VALIDATION,
        "Parameter(s) EcsParameters not supported for target: t1.",
        "pf-events-target-parameters-mismatch",
    ),
    refused(
        ".fifo without saying so",
        QUEUE,
        queue("jobs.fifo"),
        "InvalidParameterValue",
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
        "pf-sqs-fifo-name-suffix",
    ),
    refused(
        "hidden for 13 hours",
        QUEUE,
        queue(VisibilityTimeout="46800"),
        "InvalidAttributeValue",
        "Invalid value for the parameter VisibilityTimeout.",
        "assumed",
    ),
    refused(
        "1001 times",
        QUEUE,
        queue(RedrivePolicy=DEAD_LETTERS),
        "InvalidParameterValue",
        f"Value {DEAD_LETTERS} for parameter RedrivePolicy is invalid. Reason: Invalid value for maxReceiveCount.",
        "pf-sqs-redrive-policy",
    ),
    *(
        refused(
            what,
            QUEUE,
            queue(Policy=text),
            "InvalidAttributeValue",
            "Invalid value for the parameter Policy.",
            "https://github.com/hashicorp/terraform-provider-aws/pull/42209 and aws-cdk/issues/15602, for the text",
        )
        for what, text in (
            ("a version that is none", policy(Version="2012-10-17x")),
            ("an element that is none", policy(Resourcex="*")),
            ("a policy about nobody", policy(Principal=None)),
            ("a policy that is no JSON", "{"),
            ("a list of policies", "[]"),
        )
    ),
    *(
        refused(
            "a secret that leaves",
            f"secretsmanager.{call}",
            having(**asked),
            "InvalidRequestException",
            "You can't perform this operation on the secret because it was marked for deletion.",
            "https://github.com/external-secrets/kubernetes-external-secrets/issues/415",
        )
        for call, asked in (
            ("put_secret_value", {"SecretId": "old", "SecretString": "y"}),
            ("update_secret", {"SecretId": "old", "SecretString": "y"}),
            ("rotate_secret", {"SecretId": "old"}),
            ("delete_secret", {"SecretId": "old", "RecoveryWindowInDays": 7}),
        )
    ),
    refused(
        "the name of one that leaves",
        "secretsmanager.create_secret",
        having(Name="old", SecretString="y"),
        "InvalidRequestException",
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
        "https://github.com/redpanda-data/console/issues/1835",
    ),
    refused(
        "a tier that is none",
        PUT,
        parameter(Tier="Premium"),
        "ValidationException",
        "1 validation error detected: Value 'Premium' at 'tier' failed to satisfy constraint: Member must satisfy enum "
        "value set: [Standard, Advanced, Intelligent-Tiering]",
        "assumed",
    ),
    refused(
        "a usage that is none",
        "kms.create_key",
        having(KeyUsage="ENCRYPT"),
        "ValidationException",
        "1 validation error detected: Value 'ENCRYPT' at 'keyUsage' failed to satisfy constraint: Member must satisfy "
        "enum value set: [SIGN_VERIFY, ENCRYPT_DECRYPT, GENERATE_VERIFY_MAC, KEY_AGREEMENT, "
        "ENCAPSULATE_DECAPSULATE]",
        "assumed",
    ),
]

ACCEPTED = [
    accepted("a fortnight", "logs.put_retention_policy", having(logGroupName="/ecs/web", retentionInDays=14)),
    accepted("ten years", "logs.put_retention_policy", having(logGroupName="/ecs/web", retentionInDays=3653)),
    accepted("all its characters", "logs.create_log_group", having(logGroupName="/aws/ecs#1/a.b-c_D")),
    accepted(
        "a task's stream", "logs.create_log_stream", having(logGroupName="/ecs/web", logStreamName="web/app/0123")
    ),
    accepted("4096 characters", PUT, parameter(Value="a" * 4096)),
    accepted("8192 characters, advanced", PUT, parameter(Value="a" * 8192, Tier="Advanced")),
    accepted("one word", PUT, parameter(Name="db-password_1.x")),
    accepted("fifteen levels", PUT, parameter(Name="/" + "/".join("abcdefghijklmno"))),
    accepted("the pattern", PUT, parameter(Value="12", AllowedPattern="^\\d+$")),
    accepted("single braces", PUT, parameter(Value='{"a": {"b": 1}}'.replace("}}", "} }"))),
    accepted("a path", "secretsmanager.create_secret", having(Name="prod/web+db=1.a@b!_-", SecretString="x")),
    accepted("back", "secretsmanager.restore_secret", having(SecretId="old")),
    accepted("at once", "secretsmanager.delete_secret", having(SecretId="old", ForceDeleteWithoutRecovery=True)),
    accepted("seven days", "secretsmanager.delete_secret", having(SecretId="db", RecoveryWindowInDays=7)),
    accepted("a minute", ALARM, alarm()),
    accepted("ten seconds", ALARM, alarm(Period=10)),
    accepted("a whole day", ALARM, alarm(Period=60, EvaluationPeriods=1440)),
    accepted("a whole week", ALARM, alarm(Period=3600, EvaluationPeriods=168)),
    accepted("three of three", ALARM, alarm(DatapointsToAlarm=3)),
    accepted("p99.9", ALARM, alarm(Statistic=None, ExtendedStatistic="p99.9")),
    accepted(
        "a topic", ALARM, alarm(AlarmActions=["arn:aws:sns:us-east-1:123456789012:ops"], TreatMissingData="breaching")
    ),
    accepted("rate(1 minute)", RULE, having(Name="new", ScheduleExpression="rate(1 minute)")),
    accepted("rate(2 hours)", RULE, having(Name="new", ScheduleExpression="rate(2 hours)")),
    accepted("working days at nine", RULE, having(Name="new", ScheduleExpression="cron(0 9 ? * MON-FRI *)")),
    accepted("the last day of a month", RULE, having(Name="new", ScheduleExpression="cron(0/15 8-18 L * ? *)")),
    accepted("the third Monday", RULE, having(Name="new", ScheduleExpression="cron(0 9 ? * 2#3 *)")),
    accepted("stopped tasks", RULE, having(Name="new", EventPattern='{"source": ["aws.ecs"], "detail": {"a": ["b"]}}')),
    accepted("a task a night", TARGETS, target()),
    accepted(
        "ten tasks, one input",
        TARGETS,
        target(EcsParameters={"TaskDefinitionArn": DEFINITION, "TaskCount": 10}, Input='"x"'),
    ),
    accepted(
        "a queue", TARGETS, having(Rule="nightly", Targets=[{"Id": "q", "Arn": "arn:aws:sqs:us-east-1:123456789012:q"}])
    ),
    accepted("a policy", QUEUE, queue(Policy=policy())),
    accepted(
        "a policy of all but one", QUEUE, queue(Policy=policy(Principal=None, NotPrincipal={"AWS": "123456789012"}))
    ),
    accepted("no policy any more", QUEUE, queue(Policy="")),
    accepted("a FIFO queue", QUEUE, queue("jobs.fifo", FifoQueue="true")),
    accepted("twelve hours", QUEUE, queue(VisibilityTimeout="43200", ReceiveMessageWaitTimeSeconds="20")),
]


@pytest.fixture(scope="module")
def there() -> Iterator[tuple[Cloud, Built]]:
    with built(45) as pair:
        yield pair


@pytest.mark.parametrize(("operation", "params", "code", "text"), REFUSED)
def test_the_request_is_refused_in_awss_words(
    there: tuple[Cloud, Built], operation: str, params: Params, code: str, text: str
) -> None:
    is_refused(*there, operation, params, code, text)


@pytest.mark.parametrize(("operation", "params"), ACCEPTED)
def test_the_request_is_accepted(there: tuple[Cloud, Built], operation: str, params: Params) -> None:
    is_accepted(*there, operation, params)
