"""What CreateService says of what leads to a service: load balancers, Cloud Map, Service Connect."""

from __future__ import annotations

from simcloud.facts.quoting import alike, bench, quoted, unread

# Load balancers

BALANCERS_MOST = quoted("load balancers can have at most {most} items.", "hashicorp/terraform", 25306, "R-086")
BALANCER_TWO_NAMES = bench(
    "loadBalancerName and targetGroupArn cannot both be specified. You must specify either a loadBalancerName or a "
    "targetGroupArn in all loadBalancer entries",
    "pf-ecs-service-lb-target-exclusive",
    "R-086",
    "2026-09-03",
)
BALANCER_NAMELESS = alike(
    "loadBalancerName and targetGroupArn cannot both be null. You must specify either a loadBalancerName or a "
    "targetGroupArn in all loadBalancer entries",
    "entries with both",
    "R-086",
)
BALANCER_CONTAINER = alike("loadBalancer.containerName should not be null or empty.", "Container.name", "R-086")
BALANCER_PORT = alike("loadBalancer.containerPort should not be null.", "Container.name", "R-086")
# Cloud Map

REGISTRIES_MOST = bench("service registries can have at most {most} items.", "pf-ecs-svc-registries-multiple", "R-086")
REGISTRY_FORM = quoted(
    "The format of the supplied service registry ARN is invalid: {arn}.",
    "hashicorp/terraform-provider-aws",
    4373,
    "R-086",
)
REGISTRY_MISSING = alike(
    "The service registry with ARN {arn} was not found.", "the one on the form of the ARN", "R-086"
)
REGISTRY_NOT_REQUIRED = bench(
    "The values specified for serviceRegistries do not require a value for '{member}'. Remove the value and retry. "
    "Registry: {arn}",
    "pf-ecs-svc-registries-port-with-awsvpc",
    "R-086",
)
REGISTRY_OF_THE_HOST = quoted(
    "When specifying 'host' or 'bridge' for networkMode, values for 'containerName' and 'containerPort' must be "
    "specified from the task definition. Registry: {arn}",
    "techservicesillinois/terraform-aws-ecs-service",
    16,
    "R-086",
)
REGISTRY_REQUIRED = alike(
    "When specifying 'awsvpc' for networkMode, either a value for 'port' or values for 'containerName' and "
    "'containerPort' must be specified for a registry with an SRV record. Registry: {arn}",
    "'host' and 'bridge'",
    "R-086",
)
# Service Connect

NAMESPACE_MISSING = bench("Namespace is missing", "pf-ecs-svc-connect-without-namespace", "R-101")
NAMESPACE_UNKNOWN = quoted(
    "Failed to retrieve namespace for {namespace}", "terraform-aws-modules/terraform-aws-ecs", 116, "R-101"
)
ALIASES_NONE = bench("clientAliases must have 1 element.", "pf-ecs-svc-connect-port-name-missing", "R-101")
ALIASES_MOST = bench(
    "{count} clientAliases exceeds the max limit of 1", "pf-ecs-svc-connect-client-aliases-max", "R-101"
)
ALIAS_DNS_NAME = bench(
    "The DNS name that you provided is invalid. The name must be a valid DNS name but doesn’t need to be "
    "fully-qualified. Up to 127 characters are allowed. The characters can include lowercase letters, numbers, "
    "underscores (_), hyphens (-), and periods (.). A hyphen can’t be the first character.",
    "pf-ecs-svc-connect-client-alias-dns-name",
    "R-101",
)
DISCOVERY_NAME = alike(
    "The discovery name that you provided is invalid. Up to 64 characters are allowed. The characters can include "
    "lowercase letters, numbers, underscores (_), and hyphens (-). A hyphen can’t be the first character.",
    "a DNS name",
    "R-101",
)
DISCOVERY_NAME_TAKEN = quoted("SC service is already used by {namespace}", "aws/copilot-cli", 4659, "R-101")
DISCOVERY_NAME_TWICE = unread("discoveryName {name} must be unique within the service.", "R-101")
ALIAS_TWICE = unread("The client alias {name}:{port} must be unique within the service.", "R-101")
PORT_RANGE = unread("{what} must be between 1 and 65535.", "R-101")
ACCESS_LOG = unread("accessLogConfiguration requires a logConfiguration.", "R-101")
PROXY_LOG_DRIVER = unread("Fargate does not support the log driver {driver} for Service Connect.", "R-035")
REQUEST_TIMEOUT = unread("perRequestTimeout is not supported for the TCP protocol.", "R-101")
