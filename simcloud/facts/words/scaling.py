"""What Application Auto Scaling says: when it refuses, and of what it has done."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.scaling import ACTIVITIES, SCALING_GUIDE, SCALING_MODEL, STEPS
from simcloud.facts.sources import FIELD_REPORT, PREFLIGHT, issue, recorded

BENCH_DAY = "2026-09-24"


def bench(text: str, case: str, rule: str = "") -> Words:
    """A text that the real AWS gave to a deployment made for the purpose."""
    return Words(text, source=f"{PREFLIGHT} (pf-appautoscaling-{case})", read_on=BENCH_DAY, rule=rule)


def unread(text: str, source: str = SCALING_MODEL, rule: str = "") -> Words:
    """The law is documented, its text was seen nowhere: ours, in AWS's manner."""
    return Words(text, source=source, status="assumed", rule=rule)


def heard(text: str, rule: str = "") -> Words:
    """A text of a recorded answer."""
    return Words(text, source=recorded("applicationautoscaling/controls.json"), read_on="2026-11-23", rule=rule)


ONE_ERROR = bench("1 validation error detected: {errors}", "scheduled-action-name-chars")
MANY_ERRORS = bench("{count} validation errors detected: {errors}", "scheduled-action-name-chars")

# A scalable target

NOT_AUTHORIZED = bench("Account is not authorized", "namespace-dimension-match")
UNSUPPORTED = bench("Unsupported service namespace, resource type or scalable dimension", "resource-id-shape", "R-242")
CAPACITY_REQUIRED = heard("{bound} capacity must be specified")
ROLE_FORM = heard("'{role}' is not a valid ARN")
CAPACITY_LEAST = bench("Minimum capacity cannot be less than {least}", "min-capacity-zero-namespace", "R-243")
CAPACITY_ORDER = bench("Maximum capacity cannot be less than minimum capacity", "min-max-capacity", "R-243")
ROLE_REQUIRED = bench("Role ARN must be specified", "rolearn-required-no-slr")
NO_SUCH_SERVICE = Words("ECS service doesn't exist: {resource}", source=issue("spinnaker/spinnaker", 4371))
TAGGED_ALREADY = Words(
    "The scalable target that you tried to tag already exists. To update tags on an existing scalable target, use the "
    "TagResource API.",
    source=issue("terraform-aws-modules/terraform-aws-rds-aurora", 420),
)
RESERVED_TAG = heard("Caller is an end user and not allowed to mutate system tags")
NO_TAGS = heard("Tags cannot be empty")
NO_TAG_KEYS = heard("TagKeys cannot be null or empty")
TOO_MANY_TAGS = unread("The resource can have at most {most} tags.")
NO_SUCH_ARN = heard("Scalable Target not found")

_TRIPLE = "service namespace: {namespace}, resource ID: {resource}, scalable dimension: {dimension}"
NOT_REGISTERED = Words(f"No scalable target registered for {_TRIPLE}", source=issue("ansible/ansible", 35632))
NO_TARGET = Words(f"No scalable target found for {_TRIPLE}", source=FIELD_REPORT)
NO_POLICY = Words(f"No scaling policy found for {_TRIPLE}, policy name: {{name}}", source=FIELD_REPORT)
NO_ACTION = unread(f"No scheduled action found for {_TRIPLE}, scheduled action name: {{name}}")
PAGE_SIZE = unread("Maximum number of results must be between 1 and {most}")
RESOURCE_REQUIRED = unread("Resource ID must be specified when scalable dimension is specified")
BAD_TOKEN = unread("Invalid next token")

# A policy

TYPE_REQUIRED = heard("Scaling policy type must be specified")
CONFIGURATION_REQUIRED = bench("{type} policy configuration must be specified", "policy-type-config-required")
ONE_CONFIGURATION = bench(
    "You must only provide a single scaling policy configuration, which must match the scaling policy type specified.",
    "policy-type-config-mismatch",
)
TYPE_FIXED = Words(
    "You cannot change a {type} policy to a non {type} policy, or vice versa",
    source=issue("hashicorp/terraform-provider-aws", 13710),
)
TOO_MANY_POLICIES = unread("There can be at most {most} scaling policies per scalable target")
COOLDOWN_LEAST = unread("Cooldown cannot be less than 0")

# Steps

ADJUSTMENT_TYPE = bench("Adjustment type must be specified", "step-adjustment-type-required", "R-255")
NO_STEPS = bench("There must be at least one step adjustment", "step-adjustments-required", "R-254")
TOO_MANY_STEPS = Words(
    "There can be at most {most} step adjustments per scaling policy", source=issue("aws/aws-cdk", 26215)
)
NO_BOUNDS = bench(
    "Both lower and upper bounds of a step adjustment cannot be left unspecified", "step-adjustment-both-null", "R-254"
)
BOUND_ORDER = bench(
    "Lower bound must be less than upper bound for a step adjustment", "step-adjustment-bound-order", "R-254"
)
TWO_OPEN = bench(
    "At most one step adjustment may have an unspecified {side} bound", "step-adjustment-two-null-lower", "R-254"
)
OVERLAP = bench("Step adjustment intervals cannot overlap", "step-adjustment-overlap", "R-254")
GAP = bench("Step adjustment intervals cannot have gaps between them", "step-adjustment-gap", "R-254")
OPEN_REQUIRED = bench(
    "There must be a step adjustment with an unspecified {side} bound when one step adjustment has a {sign} {side} "
    "bound",
    "step-adjustment-missing-null-lower",
    "R-254",
)
EXACT_LEAST = bench(
    "Scaling adjustment cannot be less than 0 when adjustment type is ExactCapacity",
    "step-adjustment-exact-capacity-negative",
    "R-255",
)
MAGNITUDE = bench(
    "Minimum adjustment magnitude is only allowed for adjustment type PercentChangeInCapacity",
    "min-adjustment-magnitude-percent-only",
    "R-256",
)
MAGNITUDE_LEAST = unread("Minimum adjustment magnitude cannot be less than 1", STEPS, "R-256")

# Schedules

SCHEDULE_REQUIRED = unread("Schedule must be set")
ACTION_REQUIRED = bench("ScalableTargetAction must be set", "scalable-target-action-required")
ACTION_EMPTY = bench(
    "At least one of minimum capacity and maximum capacity should be provided", "scalable-target-action-empty"
)
BAD_EXPRESSION = bench("Invalid schedule expression. Details: {details}", "schedule-expression-form", "R-253")
SYNTAX = bench(
    "Schedule expressions must have the following syntax: rate(<number>\\s?(minutes?|hours?|days?)), "
    "cron(<cron_expression>) or at(yyyy-MM-dd'T'HH:mm:ss).",
    "schedule-expression-form",
    "R-253",
)
BAD_MOMENT = bench("Invalid schedule at DateTime expression: {details}", "schedule-at-format", "R-253")
BAD_CRON = bench(
    "Invalid CRON expression: error at position {position}, details: {details}", "schedule-cron-day-fields", "R-253"
)
QUESTION_MARKS = bench("'?' can only be specified for Day-of-Month or Day-of-Week.", "schedule-cron-day-fields")
BOTH_DAYS = unread("Support for specifying both a day-of-week AND a day-of-month parameter is not implemented.")
TOO_OFTEN = bench(
    "Invalid schedule frequency. Run for '{first}' and '{second}' are less than 60 seconds apart",
    "schedule-rate-unit",
    "R-253",
)
BAD_ZONE = bench("Invalid schedule timezone: {zone}", "scheduled-action-timezone-iana", "R-253")
TIME_ORDER = bench("StartTime must be before EndTime", "scheduled-action-start-end-order")
TOO_MANY_ACTIONS = unread("There can be at most {most} scheduled actions per scalable target")

# What it has done

SETTING_COUNT = Words("Setting desired count to {count}.", source=ACTIVITIES, status="documented")
COUNT_SET = Words(
    "Successfully set desired count to {count}. Waiting for change to be fulfilled by ecs.",
    source=ACTIVITIES,
    status="documented",
)
COUNT_REACHED = Words(
    "Successfully set desired count to {count}. Change successfully fulfilled by ecs.",
    source=ACTIVITIES,
    status="documented",
)
COUNT_OVERRIDDEN = unread("Successfully set desired count to {count}. Change was overridden by a newer change.")
BOUND_WAS_SET = Words(
    "{bound} capacity was set to {count}", source=SCALING_GUIDE + "get-started-exercise.html", status="documented"
)
SETTING_BOUNDS = Words("Setting {bounds}", source=SCALING_GUIDE + "get-started-exercise.html", status="documented")
BOUNDS_SET = Words("Successfully set {bounds}", source=SCALING_GUIDE + "get-started-exercise.html", status="documented")
BOUNDS_FAILED = unread("Failed to set {bounds}. Reason: {reason}")
WAS_TRIGGERED = Words(
    "scheduled action name {name} was triggered",
    source=SCALING_GUIDE + "get-started-exercise.html",
    status="documented",
)
TRIGGERED_BY = Words(
    "monitor alarm {alarm} in state {state} triggered policy {policy}", source=ACTIVITIES, status="documented"
)
EVENT = Words("Message: {message} Cause: {cause}", source=issue("aws/containers-roadmap", 525))
ALARM_DESCRIPTION = Words(
    "DO NOT EDIT OR DELETE. For TargetTrackingScaling policy {policy}.", source=FIELD_REPORT, rule="R-245"
)
