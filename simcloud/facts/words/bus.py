"""What EventBridge and EventBridge Scheduler say: in the events of AWS's services, and when they refuse."""

from __future__ import annotations

from simcloud.facts.events import DLQ
from simcloud.facts.fact import Words
from simcloud.facts.words.neighbours import EVENTS, bench, ours, seen_at

# In events

NO_FARGATE = Words(
    "RESOURCE:FARGATE",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html",
    status="documented",
)
# Error codes of deliveries that failed

NO_PERMISSIONS = Words("NO_PERMISSIONS", source=DLQ, status="documented")
NO_RESOURCE = Words("NO_RESOURCE", source=DLQ, status="documented")
TIMEOUT = Words("TIMEOUT", source=DLQ, status="documented")
CLIENT_ERROR = ours("SDK_CLIENT_ERROR", DLQ)
# Event patterns

PATTERN = bench("Event pattern is not valid. Reason: {reason}", "pf-events-pattern-operator", "2026-09-07")
NO_PATTERN = bench(
    "Parameter(s) EventPattern or ScheduleExpression must be specified.", "pf-events-pattern-empty", "2026-09-02"
)
EMPTY_ARRAY = bench("Empty arrays are not allowed", "pf-events-pattern-empty-array", "2026-09-07")
UNKNOWN_MATCH = bench("Unrecognized match type {name}", "pf-events-pattern-operator", "2026-09-07")
UNKNOWN_RANGE = bench("Unrecognized numeric range operator: {operator}", "pf-events-pattern-operator", "2026-09-07")
UNSUPPORTED_BUT = bench("Unsupported anything-but pattern: {name}", "pf-events-pattern-operator", "2026-09-07")
NO_TEXT = bench("{name} match pattern must be a string", "pf-events-pattern-operator", "2026-09-07")
NO_BOOLEAN = bench("exists match pattern must be either true or false.", "pf-events-pattern-operator", "2026-09-07")
CONSECUTIVE = bench("Consecutive wildcard characters at pos {position}", "pf-events-pattern-operator", "2026-09-07")

_RULER = "https://github.com/aws/event-ruler (JsonRuleCompiler)"


def _ruler(text: str) -> Words:
    """AWS publishes the source of its matcher."""
    return Words(text, source=_RULER, status="documented")


EMPTY_OBJECT = _ruler("Empty objects are not allowed")
ESCAPE = _ruler("Invalid escape character at pos {position}")
ONE_KEY = _ruler("Only one key allowed in match expression")
NO_NAME = _ruler("Match expression name not found")
NUMERIC_ARRAY = _ruler("Value of numeric must be an array.")
NUMERIC_VALUE = _ruler("Value of {operator} must be numeric")
NUMERIC_MEMBER = _ruler("Invalid member in numeric match: {value}")
NUMERIC_MANY = _ruler("Too many elements in numeric expression")
NUMERIC_RANGE = _ruler("Bad numeric range operator: {operator}")
BUT_VALUE = _ruler("Value of anything-but must be an array or single string/number value.")
BUT_LIST = _ruler("Inside anything but list, start|null|boolean is not supported.")
BUT_MIXED = _ruler("Inside anything but list, either all values are number or string, mixed type is not supported")
BUT_EMPTY = _ruler("Null prefix/suffix not allowed")
BAD_VALUE = _ruler("Match value must be String, number, true, false, or null")
NO_ADDRESS = _ruler("Malformed CIDR, one '/' required")
# Rules and targets

NOT_ASSUMABLE = seen_at(
    "Provided role '{role}' cannot be assumed by principal 'events.amazonaws.com'.",
    "https://github.com/Miserlou/Zappa/issues/381",
)
DEAD_LETTER_KIND = bench("{service} is not supported as a dead letter resource", "pf-events-target-dlq", "2026-09-07")
DEAD_LETTER_FIFO = bench("SQS FIFO is not supported by Dead Letter Queues", "pf-events-target-dlq", "2026-09-07")
TOO_MANY_TARGETS = ours("The requested resource exceeds the maximum number allowed.", EVENTS + "API_PutTargets.html")
# EventBridge Scheduler

EXPRESSION = bench("Invalid Schedule Expression {expression}.", "pf-scheduler-rate-positive", "2026-09-02")
ZONE = ours("The ScheduleExpressionTimezone you provide is not valid.", "API model of EventBridge Scheduler")
SCHEDULER_ROLE = seen_at(
    "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.",
    "https://github.com/aws/aws-sdk-js-v3/issues/6494",
)
WINDOW_OFF = bench(
    "MaximumWindowInMinutes must not be provided when FlexibleTimeWindowMode is set to OFF.",
    "pf-scheduler-flexible-time-window",
    "2026-09-07",
)
WINDOW_ON = ours(
    "MaximumWindowInMinutes must be provided when FlexibleTimeWindowMode is set to FLEXIBLE.",
    "API model of EventBridge Scheduler",
)
DATES = bench("The StartDate you specify must come before the EndDate.", "pf-scheduler-start-end-order", "2026-09-07")
SCHEDULER_INPUT = bench("JSON syntax error in input for the target", "pf-scheduler-target-input-json", "2026-09-07")
SCHEDULER_NETWORK = bench(
    "Parameter NetworkConfiguration must be specified for the target when launch type is FARGATE",
    "pf-scheduler-target-parameters",
    "2026-09-07",
)
SCHEDULER_PARAMETERS = bench(
    "Parameters {name} not supported for the target.", "pf-scheduler-target-parameters", "2026-09-07"
)
SCHEDULER_FIFO = bench("Parameters SqsParameters must be specified", "pf-scheduler-target-parameters", "2026-09-07")
SCHEDULER_NO_GROUP = bench(
    "Parameters MessageGroupId not valid for the target", "pf-scheduler-target-parameters", "2026-09-07"
)
SCHEDULER_ECS = ours("Parameters EcsParameters must be specified", "API model of EventBridge Scheduler")
SCHEDULER_REGION = bench(
    "The target ARN provided does not match the current region {region}.",
    "pf-scheduler-target-region",
    "2026-09-07",
)
SCHEDULER_READS = bench("{api} API is not supported.", "pf-scheduler-universal-target", "2026-09-07")
SCHEDULER_NO_INPUT = bench(
    "You must provide an input to set this target for your schedule", "pf-scheduler-universal-target", "2026-09-07"
)
SCHEDULER_SERVICE = bench(
    "{service} is not a supported service for a target", "pf-scheduler-universal-target", "2026-09-07"
)
NO_GROUP = ours("Schedule group {group} does not exist.", "API model of EventBridge Scheduler")
DEFAULT_GROUP = bench(
    "This operation cannot be performed on schedule group default.", "pf-scheduler-group-name-default", "2026-09-07"
)
