"""What CreateService and UpdateService say of deployments: limits, strategies, hooks, alarms, controllers."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.quoting import alike, bench, quoted, unread
from simcloud.facts.sources import issue, recorded


def heard(text: str, rule: str) -> Words:
    """A text of a recorded answer about services."""
    return Words(text, source=recorded("ecs/services.json"), read_on="2026-11-23", rule=rule)


# Rolling

MINIMUM_NEGATIVE = alike("minimumHealthyPercent must be at least 0", "maximumPercent", "R-203")
DAEMON_MAXIMUM = bench(
    "The daemon scheduling strategy does not support values above 100 for maximumPercent on a deployment "
    "configuration. Change the maximumPercent value to 100, and try again",
    "pf-ecs-svc-daemon-max-percent",
    "R-083",
)
BREAKER_CONTROLLER = unread(
    "Deployment circuit breaker feature can only be enabled with ECS deployment controller.", "R-221"
)
BREAKER_VALUE = heard("Invalid deployment circuit breaker threshold value.", "R-220")
BREAKER_TYPE = heard("Invalid deployment circuit breaker threshold type.", "R-220")
ALARMS_CONTROLLER = alike(
    "Deployment alarms feature can only be enabled with ECS deployment controller.", "the circuit breaker", "R-226"
)
ALARMS_EMPTY = alike("alarmNames can not be empty.", "subnets", "R-226")
EARLY_INCOMPLETE = unread("{member} must be specified when earlySuccessCriteria is enabled.", "R-229")
EARLY_RANGE = unread("healthyPercent must be between 0 and 100.", "R-229")
EARLY_BELOW_MINIMUM = unread("healthyPercent must be greater than or equal to minimumHealthyPercent.", "R-229")
EARLY_ROLLING = unread("earlySuccessCriteria is only supported with the ROLLING deployment strategy.", "R-229")
# Availability Zones

REBALANCING_ROOM = heard(
    "The service couldn't be {verb} because Availability Zone Rebalancing does not support maximumPercent <= 100 % as "
    "deployment configuration. Update deployment configuration and try again.",
    "R-209",
)

REBALANCING = Words(
    "The service couldn't be {verb} because Availability Zone Rebalancing does not support {value} as {what}. Update "
    "{what} and try again.",
    source="https://github.com/badmintoncryer/cdk-preflight (pf-ecs-svc-az-rebalancing-with-daemon)",
    status="observed",
    read_on="2026-09-08",
    rule="R-209",
)
# Strategies

ADVANCED_REQUIRED = quoted(
    "advancedConfiguration field is required for all loadBalancers when using the {strategy} deployment strategy",
    "terraform-aws-modules/terraform-aws-ecs",
    377,
    "R-234",
)
BAKE_REQUIRED = alike(
    "bakeTimeInMinutes field is required when using the {strategy} deployment strategy",
    "advancedConfiguration",
    "R-230",
)
ADVANCED_MEMBER = alike(
    "{member} field is required in advancedConfiguration when using the {strategy} deployment strategy",
    "advancedConfiguration",
    "R-234",
)
BLOCK_OF_ANOTHER = alike(
    "{member} field is only valid when using the {strategy} deployment strategy", "advancedConfiguration", "R-231"
)
STRATEGY_CONTROLLER = alike(
    "The {strategy} deployment strategy can only be used with ECS deployment controller.",
    "the circuit breaker",
    "R-230",
)
STRATEGY_DAEMON = alike(
    "The daemon scheduling strategy does not support the {strategy} deployment strategy.",
    "placement strategies",
    "R-230",
)
RANGE = unread("{what} must be between {least} and {most}.", "R-231")
TENTHS = unread("{what} must be a multiple of 0.1.", "R-231")
ALTERNATE_SAME = unread("alternateTargetGroupArn must be different from targetGroupArn.", "R-234")
RULE_NOT_FOUND = unread("The specified listener rule {arn} does not exist.", "R-234")
# Hooks

HOOK_STAGES_EMPTY = alike("lifecycleStages can not be empty.", "subnets", "R-233")
HOOK_STAGE = alike("Lifecycle stages should be one of [{values}]", "propagateTags", "R-233")
HOOK_PAUSE_STAGE = unread("The PAUSE lifecycle hook is not supported at the {stage} stage.", "R-233")
HOOK_TARGET = unread("hookTargetArn must be specified for the AWS_LAMBDA lifecycle hook.", "R-233")
HOOK_ROLE = unread("roleArn must be specified for the AWS_LAMBDA lifecycle hook.", "R-165")
# Controllers

LOAD_BALANCERS_BLANK = bench("LoadBalancers must be empty or null.", "pf-ecs-svc-external-with-load-balancers", "R-099")
MEMBER_BLANK = Words(
    "{what} must be empty or null.",
    source="worded like LoadBalancers of a service with the EXTERNAL controller, " + issue("aws/aws-cdk", 6245),
    status="assumed",
    rule="R-099",
)
BALANCERS_OF_CODE_DEPLOY = alike("load balancers can have at most {most} items.", "services of ECS", "R-237")
DAEMON_CONTROLLER = unread(
    "The daemon scheduling strategy is not supported with the {controller} deployment controller.", "R-083"
)
CONNECT_CONTROLLER = unread("Service Connect is not supported with the {controller} deployment controller.", "R-101")
