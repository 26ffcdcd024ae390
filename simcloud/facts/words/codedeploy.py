"""What CodeDeploy says when it refuses to make an application, a configuration or a deployment group."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.sources import CODEDEPLOY_GUIDE, CODEDEPLOY_MODEL, FIELD_REPORT, PREFLIGHT, issue


def _bench(text: str, case: str) -> Words:
    """A text that the real AWS gave to a deployment or a probe made for the purpose."""
    return Words(text, source=f"{PREFLIGHT} (pf-codedeploy-{case})", read_on="2026-09-14")


def _quoted(text: str, source: str) -> Words:
    """A text that somebody got from the real AWS and quoted."""
    return Words(text, source=source)


def _unread(text: str, source: str = CODEDEPLOY_MODEL) -> Words:
    """The law is documented, its text was seen nowhere: ours, after the model's description."""
    return Words(text, source=source, status="assumed")


# Names

APPLICATION_NAME = _unread("Application name '{name}' was specified in an invalid format.")
APPLICATION_MISSING = _unread("Application name is missing")
GROUP_NAME = _unread("Deployment group name '{name}' was specified in an invalid format.")
GROUP_MISSING = _quoted("Deployment Group name is missing", FIELD_REPORT)
CONFIG_NAME = _unread("Deployment configuration name '{name}' was specified in an invalid format.")
NO_APPLICATION = _quoted("No application found for name: {name}", issue("aws/aws-cli", 2270))
NO_APPLICATIONS = _quoted("Applications not found for {account}", issue("travis-ci/travis-ci", 7458))
APPLICATION_EXISTS = _unread("Application already exists: {name}")
NO_GROUP = _quoted("No Deployment Group found for name: {name}", FIELD_REPORT)
GROUP_EXISTS = _unread("Deployment group already exists: {name}")
NO_CONFIG = _quoted("No deployment configuration found for name: {name}", FIELD_REPORT)
CONFIG_EXISTS = _unread("Deployment configuration already exists: {name}")
PLATFORM = _bench(
    "ComputePlatform '{platform}' is not valid. Valid values are [Server, Lambda, ECS, Kubernetes]",
    "app-compute-platform-value",
)
KUBERNETES = _unread(
    "This feature is not available in {region}.", f"{PREFLIGHT} (pf-codedeploy-app-compute-platform-value)"
)
CODEDEPLOY_TAGS = _unread("The specified tags are not valid: {why}.")
BATCH_MANY = _unread("The maximum number of names or IDs allowed for this request ({most}) was exceeded.")
ARN_FORM = _unread("The specified ARN is not in a valid format: {arn}")
ARN_KIND = _unread("The specified ARN is not supported: {arn}")

# Deployment configurations

RESERVED = _bench(
    "The prefix CodeDeployDefault. is reserved for predefined configuration names", "config-name-reserved-prefix"
)
HOSTS_MISSING = _bench("minimum healthy hosts argument is missing", "config-server-requires-minimum-healthy-hosts")
HOSTS_NULL = _bench(
    "minimum healthy hosts should be null for {platform} deployment configuration",
    "config-lambda-forbids-minimum-healthy-hosts",
)
FLEET_PERCENT = _bench(
    "The value for the minimum healthy hosts with type of FLEET_PERCENT should be positive and less than 100",
    "config-fleet-percent-range",
)
HOSTS_VALUE = _unread("The minimum healthy instance value was specified in an invalid format.")
ROUTING_NULL = _bench(
    "Traffic routing configuration should be null for Server deployment configuration",
    "config-server-forbids-traffic-routing",
)
ROUTING_MISSING = _bench(
    "Traffic routing configuration cannot be null nor empty for deployment configurations on this platform.",
    "config-lambda-requires-traffic-routing",
)
ROUTING_TYPE = _unread("Traffic routing type '{kind}' is not valid.")
ZONAL = _bench("Zonal deployments are only supported with EC2 deployments.", "config-zonal-server-only")
BLOCK_MISSING = _bench(
    "{block}Configuration should not be null for {kind} type", "config-traffic-routing-block-matches-type"
)
BLOCK_FOREIGN = _bench(
    "{block}Configuration should be null for {kind} type", "config-traffic-routing-block-matches-type"
)
PERCENTAGE = _bench("Valid traffic routing percentage is from 1 to 99", "config-traffic-routing-percentage-range")
CANARY_INTERVAL = _bench(
    "Canary interval must be between 1 and 2880 minutes (2 days)", "config-traffic-shift-interval-max"
)
LINEAR_INTERVAL = _bench(
    "Total Traffic shifting intervals must be positive integers up to 2880 minutes (2 days)",
    "config-traffic-shift-interval-max",
)
CONFIG_PREDEFINED = _unread("Predefined deployment configurations cannot be deleted: {name}")
CONFIG_IN_USE = _unread("The deployment configuration {name} is still in use.")

# Deployment groups

SERVICE_ROLE_FORM = _unread("The service role ARN {role} was specified in an invalid format.")
SERVICE_ROLE_NOT_ASSUMED = _quoted(
    "AWS CodeDeploy does not have the permissions required to assume the role {role}.",
    FIELD_REPORT,
)
CONFIG_PLATFORM = _bench(
    "Compute platform of deployment config {name} does not match expected compute platform, correct compute platform "
    "should be {platform}.",
    "dg-deployment-config-platform-match",
)
ALARMS_NULL = _bench("Alarm list cannot be null.", "dg-alarm-configuration-enabled-requires-alarms")
ALARMS_EMPTY = _bench(
    "Deployment Groups need to have at least one alarms attached if they are monitored.",
    "dg-alarm-configuration-enabled-requires-alarms",
)
ALARM_NAME = _unread("The alarm name is empty or exceeds the limit of 255 characters.")
ALARM_TWICE = _unread("Two alarms with the same name have been specified: {name}")
ALARMS_MOST = _unread("The maximum number of alarms for a deployment group (10) was exceeded.")
ROLLBACK_EVENTS = _bench(
    "Deployment Groups need to have at least one event specified when auto rollback is enabled",
    "dg-autorollback-enabled-requires-events",
)
ROLLBACK_EVENT = _unread("Auto rollback event type '{event}' is not valid.")
TRIGGER_EVENT = _unread("Trigger event type '{event}' is not valid.")
TRIGGERS_MOST = _bench("Deployment Groups cannot contain more than 10 TriggerTargets.", "dg-triggers-max-10")
TRIGGER_NAME = _bench("Duplicate Trigger target name detected", "dg-trigger-name-and-target-unique")
TRIGGER_ARN = _bench("Duplicate Trigger target arn detected", "dg-trigger-name-and-target-unique")
TOPIC_REGION = _bench("Topic ARN {arn} is not valid", "dg-trigger-target-region")
TOPIC_MISSING = _bench(
    "Topic ARN {arn} does not exist due to: Topic does not exist", "dg-trigger-target-region, probe B3"
)
FORBIDDEN = _bench(
    "For {platform} deployment group, {member} can not be specified", "dg-ec2-filters-server-platform-only"
)
SERVER_FORBIDS_ECS = _bench(
    "Server Deployment Groups should not define a value for ecsServices, eksClusters, or targetGroupPairInfoList",
    "dg-ecs-services-requires-ecs-platform",
)
STYLE_ECS = _quoted(
    "For {platform} deployment, the deployment type must be BLUE_GREEN, and deployment option must be "
    "WITH_TRAFFIC_CONTROL.",
    f"{FIELD_REPORT}; for Lambda {PREFLIGHT} (pf-codedeploy-dg-lambda-requires-blue-green-traffic-control)",
)
STYLE_SERVER = _bench(
    "BLUE_GREEN deployment type not supported with WITHOUT_TRAFFIC_CONTROL option",
    "dg-bluegreen-requires-traffic-control",
)
SERVER_BALANCER = _bench(
    "The specification for load balancing in the deployment group is invalid. The deploymentOption value is set to "
    "WITH_TRAFFIC_CONTROL, but no load balancer or target group has been specified in loadBalancerInfo.",
    "dg-traffic-control-requires-load-balancer",
)
BLUE_GREEN_MISSING = _bench(
    "For ECS deployment group, blueGreenDeploymentConfiguration must be specified",
    "dg-lambda-forbids-blue-green-config",
)
READY_MISSING = _bench(
    "Deployment ready option cannot be null for blue green deployment", "dg-blue-green-config-required-members"
)
TERMINATION_MISSING = _bench(
    "Terminate blue instances on deployment success behaviour cannot be set to null for Blue Green deployments",
    "dg-blue-green-config-required-members",
)
ACTION = _unread("{member} '{value}' is not valid.")
CONTINUE_WITH_WAIT = _bench(
    "Deployment ready action cannot be set to 'CONTINUE_DEPLOYMENT' when timeout is specified",
    "dg-deployment-ready-continue-no-wait-time",
)
STOP_WITHOUT_WAIT = _bench(
    "Deployment ready action cannot be set to STOP_DEPLOYMENT when timeout is set to 0 minutes.",
    "dg-deployment-ready-stop-requires-wait-time",
)
TERMINATION_WAIT = _bench("Timeout for instance termination cannot be more than 2 days", "dg-termination-wait-max")
BALANCER_MISSING = _quoted(
    "For ECS deployment group, loadBalancerInfo must be specified", issue("hashicorp/terraform-provider-aws", 9124)
)
BALANCER_LIST = _quoted(
    "For ECS deployment group, loadBalancerInfo must not contain {member} list",
    "https://github.com/cloudposse/terraform-aws-code-deploy/pull/5",
)
PAIR_MISSING = _unread("For ECS deployment group, loadBalancerInfo must contain exactly one targetGroupPairInfo")
PAIR_GROUPS = _unread("For ECS deployment group, targetGroupPairInfo must contain exactly two target groups")
PAIR_TWICE = _unread("For ECS deployment group, the two target groups must not be the same: {name}")
PAIR_LISTENER = _unread("For ECS deployment group, {route} must contain exactly one listener ARN")
GROUP_NAME_LENGTH = _bench(
    "The target group name {name} specified in {list} exceeds the maximum allowed length of 32 characters.",
    "dg-target-group-name-max-32",
)
ONLY_ALB = Words(
    "Only ALB supports gradual traffic routing, use AllAtOnce Traffic routing instead when you create/update "
    "Deployment group.",
    source=CODEDEPLOY_GUIDE + "troubleshooting-ecs.html",
    status="documented",
    rule="R-236",
)
SERVICES_MISSING = _unread("For ECS deployment group, ecsServices must be specified")
SERVICES_MANY = _unread("For ECS deployment group, ecsServices must contain exactly one ECS service")
SERVICE_NAMES = _unread("For ECS deployment group, clusterName and serviceName must be specified")
SERVICE_UNREAD = _quoted(
    "Could not load ECS service information for cluster: {cluster}, service: {service}. Cause: {cause}",
    issue("hashicorp/terraform-provider-aws", 21519),
)
CONTROLLER = _quoted(
    "Deployment group's ECS service must be configured for a CODE_DEPLOY deployment controller.", FIELD_REPORT
)
SERVICE_TAKEN = _unread(
    "The ECS service {service} in cluster {cluster} is already associated with another deployment group."
)
