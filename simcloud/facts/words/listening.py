"""What Elastic Load Balancing says when it refuses a listener, a rule or an attribute."""

from __future__ import annotations

from simcloud.facts.fact import Fact
from simcloud.facts.words.neighbours import ELB, bench, ours, seen_at

# Listeners

LISTENER_PORT = bench("A listener port must be specified", "pf-elbv2-listener-port-required")
LISTENER_PROTOCOL = ours("A listener protocol must be specified", ELB + "API_CreateListener.html")
PROTOCOL_OF_KIND = bench(
    "Listener protocol '{protocol}' must be one of '{allowed}'", "pf-elbv2-listener-protocol-lb-type", "2026-09-03"
)
PORT_TAKEN = seen_at(
    "A listener already exists on this port for this load balancer '{balancer}'",
    "https://github.com/hashicorp/terraform/issues/26407",
)
NO_CERTIFICATE = seen_at(
    "A certificate must be specified for {protocol} listeners",
    "command-line answer of CreateListener quoted in public",
)
CERTIFICATE_ON_PLAIN = bench(
    "A certificate cannot be specified for {protocol} listeners", "pf-elbv2-listener-cert-insecure-protocol"
)
ONE_CERTIFICATE = bench(
    "Up to '1' certificate ARNs can be specified, but '{count}' were specified", "pf-elbv2-listener-cert-exactly-one"
)
POLICY_ON_PLAIN = bench(
    "An SSL policy cannot be specifed for {protocol} listeners", "pf-elbv2-listener-sslpolicy-secure-only"
)
# Target groups of a listener

GROUPS_NOT_FOUND = ours("Target groups '{arns}' not found", ELB + "API_CreateListener.html")
OTHER_VPC = bench(
    "The following target groups are in a different VPC than load balancer '{balancer}': {arns}",
    "pf-elbv2-listener-tg-vpc-match",
)
INCOMPATIBLE = bench(
    "The listener and the following target groups have incompatible protocols: {arns}",
    "pf-elbv2-listener-tg-protocol-match",
)
TWO_BALANCERS = bench(
    "The following target groups cannot be associated with more than one load balancer: {arns}",
    "pf-elbv2-tg-single-load-balancer",
)
GRPC_ON_HTTP = seen_at(
    "Listener protocol 'HTTP' is not supported with a target group with the protocol-version 'GRPC'",
    "controllers' logs of CreateListener quoted in public",
)
# Actions

ACTION_FIELDS = bench(
    "For actions of type '{kind}', you must specify the following fields: '{field}'",
    "pf-elbv2-listener-action-config-type-match",
)
NO_GROUP = ours("A target group ARN must be specified", ELB + "API_Action.html")
FORWARD_ONLY = bench(
    "The action type '{kind}' is not valid with network load balancer", "pf-elbv2-listener-nlb-action-forward-only"
)
ROUTING_LAST = bench(
    "An action of type '{kind}' must have a higher order than all other actions",
    "pf-elbv2-listener-default-action-routing-last",
)
ORDER_REQUIRED = bench(
    "When you specify multiple actions, you must specify an order for each action",
    "pf-elbv2-listener-action-order-required",
)
TOGETHER = bench("Action types '{kinds}' cannot be specified together", "pf-elbv2-rule-actions-exactly-one-routing")
CONTENT_TYPE = bench(
    "The ContentType must be one of:'text/html', 'application/json', 'application/javascript', 'text/css', "
    "'text/plain'.",
    "pf-elbv2-action-fixed-response-content-type",
)
LOOP = bench("The redirect configuration is not valid because it creates a loop.", "pf-elbv2-action-redirect-no-change")
DOWNGRADE = bench("You cannot redirect HTTPS to HTTP.", "pf-elbv2-action-redirect-https-to-http")
WEIGHTS = bench(
    "The weight for each target group must be between 0 and 999, inclusive",
    "pf-elbv2-action-forward-weight-required-multi",
)
WEIGHT = bench(
    "The weight for the target group must be between 1 and 999, inclusive", "pf-elbv2-action-forward-weight-range"
)
TOO_MANY_GROUPS = bench(
    "You cannot specify more than 5 target groups per action", "pf-elbv2-action-forward-tg-count-max"
)
TWO_LISTS = bench(
    "You can specify both a target group list and a top-level target group ARN only if the ARNs match",
    "pf-elbv2-action-forward-tgarn-conflict",
)
STICKS_HOW_LONG = bench(
    "You must provide a duration when enabling target group stickiness",
    "pf-elbv2-action-forward-stickiness-duration-required",
)
STICKS_BETWEEN = bench(
    "Target group stickiness duration must be between {least} and {most} seconds",
    "pf-elbv2-action-forward-stickiness-duration-range",
)
STICKS: Fact[tuple[int, int]] = Fact((1, 604800), ELB + "API_TargetGroupStickinessConfig.html")
REDIRECT_PORT = bench(
    "The Port parameter must be either an integer between 1 and 65535 or '#{port}'.",
    "pf-elbv2-action-redirect-port-value",
)
REDIRECT_PATH = bench(
    "The Path parameter must be a valid path, should start with a '/', and may contain up to one of each of these "
    "placeholders: '#{path}', '#{host}', '#{port}'.",
    "pf-elbv2-action-redirect-path-leading-slash",
)
# Rules

NO_FIELD = ours("A condition field must be specified", ELB + "API_RuleCondition.html")
CONDITION_FIELDS = bench(
    "For conditions of type '{kind}', you must specify the following fields: '{fields}'",
    "pf-elbv2-rule-condition-field-config-match",
)
CONDITION_VALUE = ours("A condition value must be specified", ELB + "API_RuleCondition.html")
CONDITION_CHARACTER = bench(
    "Condition value '{value}' contains a character that is not valid", "pf-elbv2-rule-host-header-format"
)
NO_HEADER = ours("A header name must be specified", ELB + "API_HttpHeaderConditionConfig.html")
HEADER_LONG = bench(
    "Condition value for 'http-header' cannot contain more than {most} characters",
    "pf-elbv2-rule-http-header-name-length",
)
HEADER_LENGTH: Fact[int] = Fact(40, ELB + "API_HttpHeaderConditionConfig.html")
CONDITION_REQUIRED = bench("A condition must be specified", "pf-elbv2-rule-conditions-required")
CONDITION_FIELD = bench(
    "Condition field '{field}' must be one of 'http-header,http-request-method,host-header,query-string,path-pattern,"
    "source-ip'",
    "pf-elbv2-rule-condition-field-values",
)
CONDITION_TWICE = bench("A rule can only have one '{field}' condition", "pf-elbv2-rule-condition-duplicate-field")
CONDITION_VALUES = bench(
    "A rule can only have '5' condition values and regex values", "pf-elbv2-rule-condition-values-max", "2026-09-13"
)
PRIORITY = bench("Priority '{priority}' is currently in use", "pf-elbv2-rule-priority-unique", "2026-09-03")
# Attributes

GROUP_KEY = bench("Target group attribute key '{key}' is not recognized", "pf-elbv2-tg-attr-key-known")
GROUP_KEY_TWICE = bench("Target group attribute keys must be unique: '[{key}]'", "pf-elbv2-tg-attr-duplicate-key")
BETWEEN = bench(
    "'{key}' value '{value}' must be between '{least}-{most}' inclusive",
    "pf-elbv2-tg-deregistration-delay-range",
    "2026-09-13",
)
TRUE_OR_FALSE = bench(
    "The value of '{key}' must be 'true' or 'false', but was '{value}'", "pf-elbv2-tg-attr-boolean-value"
)
ALGORITHM = bench(
    "'Load balancer algorithm' must be one of [round_robin, weighted_random, least_outstanding_requests]",
    "pf-elbv2-tg-attr-algorithm-type",
)
KEY_OF_PROTOCOL = bench(
    "A target group with {protocol} protocol does not support the attribute {key}",
    "pf-elbv2-tg-attr-key-protocol-scope",
)
STICKINESS = bench(
    "Stickiness type '{kind}' is not supported for target groups with the {protocol} protocol",
    "pf-elbv2-stickiness-type-protocol",
    "2026-09-03",
)
COOKIE_NAME = bench(
    "You must set an application cookie name to enable stickiness of type 'app_cookie'",
    "pf-elbv2-app-cookie-name",
    "2026-09-03",
)
BALANCER_KEY = bench("Load balancer attribute key '{key}' is not recognized", "pf-elbv2-lb-attr-key-known")
BALANCER_KEY_TWICE = bench("Attribute key '{key}' has been specified more than once", "pf-elbv2-lb-attr-duplicate-key")
IDLE_MOST = bench(
    "The value of 'idle_timeout.timeout_seconds' cannot be greater than 4000 characters",
    "pf-elbv2-lb-idle-timeout-range",
    "2026-09-13",
)
IDLE_LEAST = bench(
    "The value of 'idle_timeout.timeout_seconds' cannot be less than 1 characters",
    "pf-elbv2-lb-idle-timeout-range",
    "2026-09-13",
)
KEEP_ALIVE = bench(
    "The value of 'client_keep_alive.seconds' must be an integer between 60 and 604800",
    "pf-elbv2-lb-attr-client-keep-alive-range",
)
LOGS_BUCKET = bench(
    "The key '{key}' must set in order to enable access logs", "pf-elbv2-lb-attr-access-logs-bucket-required"
)
RANGES: Fact[dict[str, tuple[int, int]]] = Fact(
    {
        "deregistration_delay.timeout_seconds": (0, 3600),
        "slow_start.duration_seconds": (30, 900),
        "stickiness.lb_cookie.duration_seconds": (1, 604800),
        "stickiness.app_cookie.duration_seconds": (1, 604800),
    },
    ELB + "API_TargetGroupAttribute.html",
)
"""Of target group attributes, in seconds. A slow start of 0 is none."""
DEFAULT_RULE = seen_at(
    "Default rule '{rule}' cannot be {done}",
    "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/37",
)
