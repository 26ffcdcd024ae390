"""EventBridge and EventBridge Scheduler: which patterns, roles, targets and schedules are refused, and which taken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from neighbours_as_built import Built, Params, accepted, built, refused
from neighbours_asked import is_accepted, is_refused

from simcloud import Cloud

PATTERN = "InvalidEventPatternException"
VALIDATION = "ValidationException"
HEAD = "arn:aws:{}:us-east-1:123456789012:{}"
CLUSTER = HEAD.format("ecs", "cluster/web")
DEFINITION = HEAD.format("ecs", "task-definition/web:1")
QUEUE = HEAD.format("sqs", "jobs")
STARTER, TASK = "arn:aws:iam::123456789012:role/starter", "arn:aws:iam::123456789012:role/task"
RULE, TARGETS, SCHEDULE = "events.put_rule", "events.put_targets", "scheduler.create_schedule"
NETWORK = {"awsvpcConfiguration": {"Subnets": ["subnet-1"]}}
BENCH = "pf-events-pattern-operator"
RULER = "aws/event-ruler, JsonRuleCompiler"


def having(**params: Any) -> Params:
    return lambda _: params


def looking(pattern: Any) -> Params:
    return having(Name="new", EventPattern=json.dumps(pattern))


def at(*values: Any) -> Params:
    return looking({"detail": {"x": list(values)}})


def bad_pattern(case: str, params: Params, reason: str, source: str = BENCH) -> Any:
    return refused(case, RULE, params, PATTERN, f"Event pattern is not valid. Reason: {reason}", source)


def target(**changes: Any) -> Params:
    return having(Rule="nightly", Targets=[{"Id": "t1", "Arn": QUEUE, **changes}])


def schedule(expression: str = "rate(5 minutes)", **changes: Any) -> Params:
    asked = {
        "Name": "new",
        "ScheduleExpression": expression,
        "FlexibleTimeWindow": {"Mode": "OFF"},
        "Target": {"Arn": QUEUE, "RoleArn": STARTER},
        **changes,
    }
    return having(**asked)


def aiming(**members: Any) -> Params:
    return schedule(Target={"RoleArn": STARTER, **members})


def tasks(**members: Any) -> Params:
    return aiming(Arn=CLUSTER, EcsParameters={"TaskDefinitionArn": DEFINITION, **members})


def universal(api: str, **members: Any) -> Params:
    return aiming(Arn=f"arn:aws:scheduler:::aws-sdk:{api}", **members)


def bad_schedule(case: str, expression: str) -> Any:
    text = f"Invalid Schedule Expression {expression}."
    return refused(case, SCHEDULE, schedule(expression), VALIDATION, text, "pf-scheduler-schedule-expression")


REFUSED = [
    bad_pattern("an operator of another language", at({"startsWith": "a"}), "Unrecognized match type startsWith"),
    bad_pattern("=>", at({"numeric": ["=>", 5]}), "Unrecognized numeric range operator: =>"),
    bad_pattern(
        "anything but what is there", at({"anything-but": {"exists": True}}), "Unsupported anything-but pattern: exists"
    ),
    bad_pattern("a number as prefix", at({"prefix": 5}), "prefix match pattern must be a string"),
    bad_pattern("a number as suffix", at({"suffix": 5}), "suffix match pattern must be a string"),
    bad_pattern('exists "true"', at({"exists": "true"}), "exists match pattern must be either true or false."),
    bad_pattern("two asterisks", at({"wildcard": "a**b"}), "Consecutive wildcard characters at pos 2"),
    bad_pattern("no value", looking({"source": []}), "Empty arrays are not allowed", "pf-events-pattern-empty-array"),
    bad_pattern("no value inside", at(), "Empty arrays are not allowed", "pf-events-pattern-empty-array"),
    bad_pattern(
        "an $or of one",
        looking({"detail": {"$or": [{"x": ["1"]}], "y": ["2"]}}),
        "Unrecognized match type x",
        "pf-events-pattern-or-exclusive",
    ),
    bad_pattern("an empty field", looking({"detail": {}}), "Empty objects are not allowed", RULER),
    bad_pattern("an empty operator", at({}), "Match expression name not found", RULER),
    bad_pattern(
        "two operators in one", at({"prefix": "a", "suffix": "b"}), "Only one key allowed in match expression", RULER
    ),
    bad_pattern("a list in a list", at([1]), "Match value must be String, number, true, false, or null", RULER),
    bad_pattern("a backslash before a letter", at({"wildcard": "a\\b"}), "Invalid escape character at pos 2", RULER),
    bad_pattern("numeric without list", at({"numeric": 5}), "Value of numeric must be an array.", RULER),
    bad_pattern("more than what", at({"numeric": [">", "5"]}), "Value of > must be numeric", RULER),
    bad_pattern("less and more", at({"numeric": ["<", 5, ">", 1]}), "Too many elements in numeric expression", RULER),
    bad_pattern("more and more", at({"numeric": [">", 5, ">", 1]}), "Bad numeric range operator: >", RULER),
    bad_pattern(
        "anything but a text and a number",
        at({"anything-but": ["a", 1]}),
        "Inside anything but list, either all values are number or string, mixed type is not supported",
        RULER,
    ),
    bad_pattern(
        "anything but an empty prefix", at({"anything-but": {"prefix": ""}}), "Null prefix/suffix not allowed", RULER
    ),
    bad_pattern(
        "anything but true",
        at({"anything-but": True}),
        "Value of anything-but must be an array or single string/number value.",
        RULER,
    ),
    bad_pattern("an address without mask", at({"cidr": "10.0.0.1"}), "Malformed CIDR, one '/' required", RULER),
    refused(
        "a pattern that looks for nothing",
        RULE,
        looking({}),
        VALIDATION,
        "Parameter(s) EventPattern or ScheduleExpression must be specified.",
        "pf-events-pattern-empty",
    ),
    refused(
        "the role of a rule",
        RULE,
        having(Name="new", ScheduleExpression="rate(5 minutes)", RoleArn=TASK),
        VALIDATION,
        f"Provided role '{TASK}' cannot be assumed by principal 'events.amazonaws.com'.",
        "Miserlou/Zappa#381",
    ),
    refused(
        "the role of a target",
        TARGETS,
        target(RoleArn=TASK),
        VALIDATION,
        f"Provided role '{TASK}' cannot be assumed by principal 'events.amazonaws.com'.",
        "assumed for PutTargets",
    ),
    refused(
        "dead letters on a topic",
        TARGETS,
        target(DeadLetterConfig={"Arn": HEAD.format("sns", "dead")}),
        VALIDATION,
        "sns is not supported as a dead letter resource",
        "pf-events-target-dlq",
    ),
    refused(
        "dead letters in order",
        TARGETS,
        target(DeadLetterConfig={"Arn": f"{QUEUE}.fifo"}),
        VALIDATION,
        "SQS FIFO is not supported by Dead Letter Queues",
        "pf-events-target-dlq",
    ),
    bad_schedule("weeks", "rate(5 weeks)"),
    bad_schedule("no minutes", "rate(0 minutes)"),
    bad_schedule("minus one", "rate(-1 minutes)"),
    bad_schedule("four fields", "cron(0 12 * *)"),
    bad_schedule("seven fields", "cron(0 0 12 * * ? *)"),
    bad_schedule("both days", "cron(0 12 * * * *)"),
    bad_schedule("minute 60", "cron(60 12 * * ? *)"),
    bad_schedule("hour 24", "cron(0 24 * * ? *)"),
    bad_schedule("day 32", "cron(0 12 32 * ? *)"),
    bad_schedule("month 13", "cron(0 12 1 13 ? *)"),
    bad_schedule("weekday 8", "cron(0 12 ? * 8 *)"),
    bad_schedule("the sixth Monday", "cron(0 12 ? * 2#6 *)"),
    bad_schedule("a day without time", "at(2030-01-01)"),
    bad_schedule("a blank for T", "at(2030-01-01 00:00:00)"),
    bad_schedule("Zulu", "at(2030-01-01T00:00:00Z)"),
    bad_schedule("milliseconds", "at(2030-01-01T00:00:00.000)"),
    refused(
        "a zone that is none",
        SCHEDULE,
        schedule(ScheduleExpressionTimezone="Europe/Atlantis"),
        VALIDATION,
        "The ScheduleExpressionTimezone you provide is not valid.",
        "assumed",
    ),
    refused(
        "minutes of no window",
        SCHEDULE,
        schedule(FlexibleTimeWindow={"Mode": "OFF", "MaximumWindowInMinutes": 15}),
        VALIDATION,
        "MaximumWindowInMinutes must not be provided when FlexibleTimeWindowMode is set to OFF.",
        "pf-scheduler-flexible-time-window",
    ),
    refused(
        "a window of how long",
        SCHEDULE,
        schedule(FlexibleTimeWindow={"Mode": "FLEXIBLE"}),
        VALIDATION,
        "MaximumWindowInMinutes must be provided when FlexibleTimeWindowMode is set to FLEXIBLE.",
        "assumed",
    ),
    refused(
        "a window of another mode",
        SCHEDULE,
        schedule(FlexibleTimeWindow={"Mode": "ON"}),
        VALIDATION,
        "1 validation error detected: Value 'ON' at 'flexibleTimeWindow.mode' failed to satisfy constraint: "
        "Member must satisfy enum value set: [OFF, FLEXIBLE]",
        "assumed",
    ),
    refused(
        "an end before the start",
        SCHEDULE,
        schedule(StartDate=1924992000, EndDate=1893456000),
        VALIDATION,
        "The StartDate you specify must come before the EndDate.",
        "pf-scheduler-start-end-order",
    ),
    refused(
        "a role of tasks",
        SCHEDULE,
        schedule(Target={"Arn": QUEUE, "RoleArn": TASK}),
        VALIDATION,
        "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.",
        "aws/aws-sdk-js-v3#6494",
    ),
    refused(
        "a stream's parameters for a queue",
        SCHEDULE,
        aiming(Arn=QUEUE, KinesisParameters={"PartitionKey": "a"}),
        VALIDATION,
        "Parameters KinesisParameters not supported for the target.",
        "pf-scheduler-target-parameters",
    ),
    refused(
        "a FIFO queue without group",
        SCHEDULE,
        aiming(Arn=f"{QUEUE}.fifo"),
        VALIDATION,
        "Parameters SqsParameters must be specified",
        "pf-scheduler-target-parameters",
    ),
    refused(
        "a group for a standard queue",
        SCHEDULE,
        aiming(Arn=QUEUE, SqsParameters={"MessageGroupId": "a"}),
        VALIDATION,
        "Parameters MessageGroupId not valid for the target",
        "pf-scheduler-target-parameters",
    ),
    refused(
        "a task on Fargate without network",
        SCHEDULE,
        tasks(LaunchType="FARGATE"),
        VALIDATION,
        "Parameter NetworkConfiguration must be specified for the target when launch type is FARGATE",
        "pf-scheduler-target-parameters",
    ),
    refused(
        "a cluster, but which task",
        SCHEDULE,
        aiming(Arn=CLUSTER),
        VALIDATION,
        "Parameters EcsParameters must be specified",
        "assumed",
    ),
    refused(
        "a queue of another region",
        SCHEDULE,
        aiming(Arn=QUEUE.replace("us-east-1", "us-west-2")),
        VALIDATION,
        "The target ARN provided does not match the current region us-east-1.",
        "pf-scheduler-target-region",
    ),
    refused(
        "a universal target with a region",
        SCHEDULE,
        aiming(Arn="arn:aws:scheduler:us-east-1:123456789012:aws-sdk:sqs:sendMessage", Input="{}"),
        VALIDATION,
        "scheduler is not a supported service for a target",
        "pf-scheduler-universal-target",
    ),
    refused(
        "a universal target that only looks",
        SCHEDULE,
        universal("sqs:listQueues", Input="{}"),
        VALIDATION,
        "listQueues API is not supported.",
        "pf-scheduler-universal-target",
    ),
    refused(
        "a universal target with nothing to say",
        SCHEDULE,
        universal("ecs:runTask"),
        VALIDATION,
        "You must provide an input to set this target for your schedule",
        "pf-scheduler-universal-target",
    ),
    refused(
        "an input that is no JSON",
        SCHEDULE,
        universal("ecs:runTask", Input="{not json"),
        VALIDATION,
        "JSON syntax error in input for the target",
        "pf-scheduler-target-input-json",
    ),
    refused(
        "the default group again",
        "scheduler.create_schedule_group",
        having(Name="default"),
        VALIDATION,
        "This operation cannot be performed on schedule group default.",
        "pf-scheduler-group-name-default",
    ),
    refused(
        "a group that nobody made",
        SCHEDULE,
        schedule(GroupName="nobody"),
        "ResourceNotFoundException",
        "Schedule group nobody does not exist.",
        "assumed",
    ),
]

ACCEPTED = [
    accepted("a prefix", RULE, at({"prefix": "a"})),
    accepted("a prefix in any case", RULE, at({"prefix": {"equals-ignore-case": "a"}})),
    accepted("a suffix in any case", RULE, at({"suffix": {"equals-ignore-case": "a"}})),
    accepted("between two numbers", RULE, at({"numeric": [">", 0, "<", 10]})),
    accepted("at least", RULE, at({"numeric": [">=", 0]})),
    accepted("anything but a wildcard of a list", RULE, at({"anything-but": {"wildcard": ["a*b", "c*"]}})),
    accepted("anything but a prefix", RULE, at({"anything-but": {"prefix": "a"}})),
    accepted("one asterisk", RULE, at({"wildcard": "a*b"})),
    accepted("an escaped asterisk", RULE, at({"wildcard": "a\\*b"})),
    accepted("an address range", RULE, at({"cidr": "10.0.0.0/8"})),
    accepted("any case", RULE, at({"equals-ignore-case": "A"})),
    accepted("not there", RULE, at({"exists": False})),
    accepted("one or the other at the top", RULE, looking({"$or": [{"source": ["a"]}, {"account": ["b"]}]})),
    accepted("null, true and a number", RULE, at(None, True, 3.5)),
    accepted("a role that may be assumed", TARGETS, target(RoleArn=STARTER)),
    accepted("a standard queue for dead letters", TARGETS, target(DeadLetterConfig={"Arn": QUEUE})),
    accepted("one minutes", SCHEDULE, schedule("rate(1 minutes)")),
    accepted("two minute", SCHEDULE, schedule("rate(2 minute)")),
    accepted("no blank", SCHEDULE, schedule("rate(1minute)")),
    accepted("capitals", SCHEDULE, schedule("RATE(5 MINUTES)")),
    accepted("five fields", SCHEDULE, schedule("cron(0 12 * * ?)")),
    accepted("the last day", SCHEDULE, schedule("cron(0 12 L * ? *)")),
    accepted("the working day nearest to the first", SCHEDULE, schedule("cron(0 12 1W * ? *)")),
    accepted("the last Tuesday", SCHEDULE, schedule("cron(0 12 ? * 3L *)")),
    accepted("a moment without seconds", SCHEDULE, schedule("at(2030-01-01T00:00)")),
    accepted("a time zone", SCHEDULE, schedule(ScheduleExpressionTimezone="Europe/Berlin")),
    accepted(
        "a flexible window", SCHEDULE, schedule(FlexibleTimeWindow={"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15})
    ),
    accepted("tasks", SCHEDULE, tasks(LaunchType="FARGATE", NetworkConfiguration=NETWORK)),
    accepted("a universal target", SCHEDULE, universal("sqs:sendMessage", Input='{"MessageBody": "a"}')),
    accepted("a group", "scheduler.create_schedule_group", having(Name="batch")),
]


@pytest.fixture(scope="module")
def there() -> Iterator[tuple[Cloud, Built]]:
    with built(48) as pair:
        yield pair


@pytest.mark.parametrize(("operation", "params", "code", "text"), REFUSED)
def test_the_request_is_refused_in_awss_words(
    there: tuple[Cloud, Built], operation: str, params: Params, code: str, text: str
) -> None:
    is_refused(*there, operation, params, code, text)


@pytest.mark.parametrize(("operation", "params"), ACCEPTED)
def test_the_request_is_accepted(there: tuple[Cloud, Built], operation: str, params: Params) -> None:
    is_accepted(*there, operation, params)


def test_a_sixth_target_is_refused(there: tuple[Cloud, Built]) -> None:
    """boto3 takes a LimitExceededException for throttling and asks again: time passes, so it stands in no table."""
    cloud, _ = there
    with cloud.copy():
        events = boto3.client("events")
        events.put_targets(Rule="nightly", Targets=[{"Id": f"t{place}", "Arn": QUEUE} for place in range(5)])
        events.put_targets(Rule="nightly", Targets=[{"Id": "t0", "Arn": f"{QUEUE}-2"}])
        with pytest.raises(ClientError) as refusal:
            events.put_targets(Rule="nightly", Targets=[{"Id": "t5", "Arn": QUEUE}])
        assert refusal.value.response["Error"]["Code"] == "LimitExceededException"
        assert refusal.value.__notes__[0].startswith("Law FG1504")
        assert len(events.list_targets_by_rule(Rule="nightly")["Targets"]) == 5
