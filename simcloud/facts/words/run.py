"""What RunTask, CreateService and UpdateService say when they refuse. Mostly InvalidParameterException."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.sources import (
    API_MODEL,
    CAPACITY_PROVIDERS,
    FIELD_REPORT,
    PREFLIGHT,
    issue,
    recorded,
)


def _bench(text: str, case: str, rule: str, read_on: str = "2026-09-08") -> Words:
    """A text that the real AWS gave to a deployment made for the purpose."""
    return Words(text, source=f"{PREFLIGHT} ({case})", status="observed", read_on=read_on, rule=rule)


def _field(text: str, rule: str) -> Words:
    """A text that somebody got from the real AWS and quoted."""
    return Words(text, source=FIELD_REPORT, rule=rule)


def _heard(text: str, rule: str) -> Words:
    """A text of a recorded answer about services."""
    return Words(text, source=recorded("ecs/services.json"), read_on="2026-11-23", rule=rule)


def _unread(text: str, rule: str, source: str = API_MODEL) -> Words:
    """The law is documented, its text was seen nowhere: ours, in AWS's manner."""
    return Words(text, source=source, status="assumed", rule=rule)


# What the request names

CLUSTER_NOT_FOUND = _field("Cluster not found.", "R-060")
DEFINITION_NOT_FOUND = _field("TaskDefinition not found.", "R-078")
DEFINITION_INACTIVE = _field("TaskDefinition is inactive", "R-078")
NOT_COMPATIBLE = _field("Task definition does not support launch_type {launch_type}.", "R-078")
NO_INSTANCES = _field("No Container Instances were found in your cluster.", "R-066")
# Network

NETWORK_REQUIRED = Words(
    "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
    source=issue("fabfuel/ecs-deploy", 133),
    rule="R-060",
)
NETWORK_NOT_VALID = _bench(
    "Network Configuration is not valid for the given networkMode of this task definition.",
    "pf-ecs-service-network-config-mode",
    "R-061",
    "2026-09-03",
)
NO_SUBNETS = Words("subnets can not be empty.", source=issue("awslabs/fargatecli", 73), rule="R-064")
TOO_MANY = Words(
    "{what} can have at most {most} items.",
    source=issue("opensearch-project/opensearch-migrations", 1430),
    rule="R-064",
)
SUBNET_NOT_FOUND = Words(
    "Error retrieving subnet information for [{asked}]: The subnet ID '{missing}' does not exist "
    "(ErrorCode: InvalidSubnetID.NotFound)",
    source=issue("eddmann/serverless-fargate", 20),
    rule="R-062",
)
SUBNETS_NOT_FOUND = _unread(
    "Error retrieving subnet information for [{asked}]: The subnet IDs '{missing}' do not exist "
    "(ErrorCode: InvalidSubnetID.NotFound)",
    "R-062",
)
GROUP_NOT_FOUND = _field(
    "Error retrieving security group information for [{asked}]: The security group '{missing}' does not exist "
    "(ErrorCode: InvalidGroup.NotFound)",
    "R-062",
)
GROUPS_NOT_FOUND = _unread(
    "Error retrieving security group information for [{asked}]: The security groups '{missing}' do not exist "
    "(ErrorCode: InvalidGroup.NotFound)",
    "R-062",
)
SUBNETS_OF_TWO_VPCS = _unread("All subnets must be from the same VPC.", "R-062")
GROUP_OF_OTHER_VPC = _field(
    "Security group {group} does not appear to belong to the same VPC as the input subnets.", "R-065"
)
PUBLIC_IP_ON_EC2 = _field("Assign public IP is not supported for this launch type.", "R-062")
# Capacity

TYPE_AND_STRATEGY = _bench(
    "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
    "pf-ecs-service-launch-type-capacity-provider",
    "R-066",
    "2026-09-03",
)
SEVERAL_BASES = _bench(
    "There are multiple capacity providers in the specified capacity provider strategy with a base value greater than "
    "zero. Only one capacity provider can have a base value greater than zero. Specify a valid capacity provider "
    "strategy and try again.",
    "pf-ecs-svc-capacity-provider-multiple-base",
    "R-068",
)
NO_WEIGHT = _bench(
    "There are no capacity providers in the capacity provider strategy with a weight value greater than zero. Specify "
    "a weight value greater than zero for at least one capacity provider and try again.",
    "pf-ecs-svc-capacity-provider-zero-weight",
    "R-068",
)
NOT_ASSOCIATED = _bench(
    "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the "
    "cluster. Associate the capacity provider with the cluster or specify a valid capacity provider and try again.",
    "pf-ecs-cluster-default-strategy-provider-not-listed",
    "R-069",
)
MIXED_PROVIDERS = Words(
    "A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups and Fargate "
    "providers. Specify one or the other and try again.",
    source="https://github.com/aws/aws-cdk (aws-ecs cluster.ts)",
    status="assumed",
    rule="R-070",
)
PROVIDER_TWICE = _unread(
    "The specified capacity provider strategy cannot contain duplicate capacity providers. Remove the duplicate and "
    "try again.",
    "R-068",
    CAPACITY_PROVIDERS,
)
OUT_OF_RANGE = _unread("{what} must be between {least} and {most}.", "R-068")
SPOT_WINDOWS = _unread(
    "The FARGATE_SPOT capacity provider does not support Windows containers.", "R-085", CAPACITY_PROVIDERS
)
# Platform

PLATFORM_UNKNOWN = Words(
    "The specified platform does not exist.", source=issue("jenkinsci/amazon-ecs-plugin", 218), rule="R-080"
)
PLATFORM_INCOMPATIBLE = Words(
    "One or more of the requested capabilities are not supported.",
    source=issue("CircleCI-Public/aws-ecs-orb", 121),
    rule="R-080",
)
PLATFORM_ON_EC2 = _bench(
    "The platform version must be null when specifying an EC2 launch type.",
    "pf-ecs-service-platform-version-ec2",
    "R-081",
    "2026-09-03",
)
PLACEMENT_CONSTRAINTS = _bench(
    "Placement constraints are not supported with FARGATE launch type.",
    "pf-ecs-service-fargate-placement",
    "R-082",
    "2026-09-03",
)
PLACEMENT_STRATEGIES = _bench(
    "Placement strategies are not supported with FARGATE launch type.",
    "pf-ecs-service-fargate-placement",
    "R-082",
    "2026-09-03",
)
# RunTask

COUNT_RANGE = _unread("count must be between 1 and 10.", "R-075")
TOKEN_INVALID = _unread("clientToken must be at most {most} characters in the range 33 to 126.", "R-090")
TOKEN_LONG = _heard("idempotency token longer than {most}.", "R-090")
TOKEN_CONFLICT = Words(
    "The RunTask request could not be processed due to conflicts. The provided clientToken is already in use with a "
    "different request.",
    source=recorded("ecs/task_tokens.json"),
    read_on="2026-11-23",
    rule="R-090",
)
OVERRIDE_CONTAINER = _field("Override for container named {name} is not a container in the TaskDefinition.", "R-019")
OVERRIDE_MEMORY = Words(
    "'memory' setting for container '{name}' is greater than for task.",
    source=issue("artilleryio/artillery", 591),
    rule="R-019",
)
# Services

SERVICE_NAME = _bench(
    "ServiceName must match ^[a-zA-Z0-9\\-_]{{1,255}}, but was {name}", "pf-ecs-service-name", "R-058", "2026-09-04"
)
NOT_IDEMPOTENT = _field("Creation of service was not idempotent.", "R-088")
DESIRED_REQUIRED = _heard("DesiredCount is missing", "R-083")
DESIRED_RANGE = _heard("{what} can not be lesser than 0", "R-083")
DAEMON_DESIRED = _bench(
    "The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and "
    "try again",
    "pf-ecs-service-daemon-desired-count",
    "R-083",
    "2026-09-03",
)
DAEMON_ON_FARGATE = _heard(
    "The daemon scheduling strategy does not support the FARGATE launch type. Change the launch type and try again",
    "R-083",
)
SERVICE_ROLE = Words(
    "You cannot specify an IAM role for services that require a service linked role.",
    source=issue("hashicorp/terraform-provider-aws", 4657),
    rule="R-089",
)
GRACE_RANGE = _unread("healthCheckGracePeriodSeconds must be between 0 and 2147483647.", "R-087")
MINIMUM_HEALTHY = _bench(
    "minimumHealthyPercent must be at most 100", "pf-ecs-service-deployment-percent", "R-203", "2026-09-13"
)
MAXIMUM_PERCENT = _bench(
    "maximumPercent must be at least 100", "pf-ecs-service-deployment-percent", "R-203", "2026-09-13"
)
BOTH_HUNDRED = _bench(
    "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.",
    "pf-ecs-svc-min-healthy-over-max-percent",
    "R-203",
)
CODE_DEPLOY_BALANCER = _bench(
    "When specifying the CODE_DEPLOY deployment controller type, the service requires an Application Load Balancer or "
    "Network Load Balancer.",
    "pf-ecs-service-codedeploy-lb",
    "R-221",
    "2026-09-03",
)
# Load balancers

TARGET_TYPE = _field(
    "The provided target group {arn} has target type {kind}, which is incompatible with the awsvpc network mode "
    "specified in the task definition.",
    "R-086",
)
TARGET_UNBALANCED = _field(
    "The target group with targetGroupArn {arn} does not have an associated load balancer.", "R-086"
)
TARGET_CONTAINER = _bench(
    "The container {name} does not exist in the task definition.", "pf-ecs-svc-lb-container-name-missing", "R-086"
)
TARGET_PORT = _bench(
    "The container {name} did not have a container port {port} defined.",
    "pf-ecs-svc-lb-container-port-missing",
    "R-086",
)
TARGET_NOT_VALIDATED = Words(
    "Unable to assume role and validate the specified targetGroupArn. Please verify that the ECS service role being "
    "passed has the proper permissions.",
    source=issue("trussworks/terraform-aws-ecs-service", 335),
    rule="R-086",
)
TARGET_NOT_FOUND = _unread("The specified target group does not exist.", "R-086")
CLASSIC_BALANCER = _bench(
    "Classic Load Balancers are not supported with Fargate.", "pf-ecs-svc-classic-lb-with-fargate", "R-086"
)
# Volumes at launch

VOLUME_NOT_DECLARED = _bench(
    "The volume name '{name}' in your request does not have a matching volume in your Task Definition that is "
    "configurable at launch.",
    "pf-ecs-svc-ebs-name-not-in-taskdef",
    "R-084",
)
VOLUME_NONE_AT_LAUNCH = _bench(
    "Volume configuration provided but no matching configuredAtLaunch volume found in task definition.",
    "pf-ecs-svc-ebs-volume-without-size-or-snapshot",
    "R-084",
)
PORT_NAME = _field("portName({name}) does not refer to any named PortMapping in the container definitions", "R-101")
