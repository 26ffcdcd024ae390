"""What Elastic Load Balancing says when it refuses: load balancers, target groups, targets."""

from __future__ import annotations

from simcloud.facts.fact import Fact
from simcloud.facts.sources import recorded
from simcloud.facts.words.neighbours import ELB, bench, ours, seen_at

TARGETS_RECORDED = recorded("elbv2/target_group_native.json")

# Target groups

NAME_LONG = bench("Target group name '{name}' cannot be longer than '32' characters", "pf-elbv2-tg-name", "2026-09-13")
NAME_PATTERN = bench(
    "1 validation error detected: Value '{name}' at 'targetGroupName' failed to satisfy constraint: Member "
    "must satisfy "
    "regular expression pattern: (?!^-)(?!.*-$)^[A-Za-z0-9-]+$",
    "pf-elbv2-tg-name",
    "2026-09-13",
)
NO_PROTOCOL = bench("A protocol must be specified", "pf-elbv2-tg-protocol-required-non-lambda")
NO_PORT = ours("A port must be specified", ELB + "API_CreateTargetGroup.html")
NO_VPC = bench("A VPC ID must be specified", "pf-elbv2-tg-vpc-required-non-lambda")
VPC_NOT_FOUND = bench("The VPC ID '{vpc}' is not found", "pf-elbv2-hc-timeout-interval", "2026-09-14")
NOT_FOR_LAMBDA = bench(
    "{what} cannot be specified for target groups with target type 'lambda'", "pf-elbv2-tg-lambda-no-port"
)
ALB_PROTOCOL = bench(
    "Target type 'alb' is not supported for target groups with {protocol} protocol",
    "pf-elbv2-tg-alb-target-type-protocol",
)
VERSION_VALUE = bench(
    "Target group protocol version '{version}' must be one of '[HTTP2, HTTP1, GRPC]'",
    "pf-elbv2-tg-protocol-version-values",
)
VERSION_PROTOCOL = bench(
    "You cannot specify the protocol version for a target group with the '{protocol}' protocol",
    "pf-elbv2-tg-protocol-version-http-only",
)
CHECK_PROTOCOL = bench(
    "Health check protocol '{protocol}' must be one of '{allowed}'", "pf-elbv2-tg-hc-protocol-unsupported"
)
CHECK_PATH_TCP = bench(
    "Health check paths are not supported for TCP health checks", "pf-elbv2-tcp-health-check-path", "2026-09-03"
)
CHECK_PATH = seen_at(
    "Health check path '{path}' must begin with '/'.",
    "command-line answer of CreateTargetGroup quoted in a public troubleshooting page",
)
CHECK_PORT = bench(
    "Health check port '{port}' must be within '1-65535' or 'traffic-port'", "pf-elbv2-tg-hc-port-format", "2026-09-13"
)
CHECK_TIMEOUT = bench(
    "Health check timeout '{timeout}' must be smaller than the interval '{interval}'",
    "pf-elbv2-hc-timeout-interval",
    "2026-09-14",
)
CHECK_ENABLED = bench(
    "Health check enabled must be true for target groups with target type '{kind}'", "pf-elbv2-tg-hc-enabled-required"
)
MATCHER = bench(
    "Health check matcher {what} code '{code}' must be within '{range}' inclusive", "pf-elbv2-tg-matcher-range-alb"
)
MATCHER_EMPTY = bench("Health check matcher {what} code cannot be empty", "pf-elbv2-tg-matcher-grpc-requires-grpc")
GROUP_EXISTS = seen_at(
    "A target group with the same name '{name}' exists, but with different settings",
    "https://github.com/hashicorp/terraform-provider-aws/issues/636",
)
GROUP_IN_USE = seen_at(
    "Target group '{arn}' is currently in use by a listener or a rule",
    "https://github.com/cloudposse/terraform-aws-alb-ingress/issues/24",
)
# Targets

NOT_AN_ADDRESS = seen_at(
    "The IP address '{target}' is not a valid IPv4 address", "command-line answer of RegisterTargets quoted in public"
)
NOT_AN_INSTANCE = ours("Instance ID '{target}' is not valid", ELB + "API_RegisterTargets.html")
PUBLIC_ADDRESS = bench(
    "The IP address '{target}' is not allowed, as it must be an address from a VPC subnet, RFC1918, or RFC6598",
    "pf-elbv2-tg-target-ip-not-public",
)
OUTSIDE_THE_VPC = seen_at(
    "You must specify a valid Availability Zone or select 'all' for all enabled Availability zones, since the IP "
    "address '{target}' is outside the VPC",
    TARGETS_RECORDED,
)
IN_NO_SUBNET = seen_at(
    "The IP address '{target}' is within the VPC, but is not within a VPC subnet so it can't be registered",
    TARGETS_RECORDED,
)
# Load balancers

BALANCER_NAME_LONG = bench(
    "The load balancer name '{name}' cannot be longer than '32' characters", "pf-elbv2-lb-name", "2026-09-13"
)
BALANCER_NAME_CHARACTERS = bench(
    "The load balancer name '{name}' can only contain characters that are alphanumeric characters and hyphens(-)",
    "pf-elbv2-lb-name",
    "2026-09-13",
)
BALANCER_NAME_INTERNAL = bench(
    "The load balancer name '{name}' cannot begin with 'internal-'", "pf-elbv2-lb-name", "2026-09-13"
)
BALANCER_NAME_BEGIN = ours(
    "The load balancer name '{name}' cannot begin with a hyphen(-)", ELB + "API_CreateLoadBalancer.html"
)
BALANCER_NAME_END = bench(
    "The load balancer name '{name}' cannot end with a hyphen(-)", "pf-elbv2-lb-name", "2026-09-13"
)
TWO_SUBNETS = bench(
    "At least two subnets in two different Availability Zones must be specified",
    "pf-elbv2-alb-subnet-count",
    "2026-09-03",
)
ONE_A_ZONE = bench(
    "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
    "pf-elbv2-lb-one-subnet-per-az",
)
SUBNET_NOT_VALID = seen_at(
    "The subnet ID '{subnet}' is not valid", "command-line answer of CreateLoadBalancer quoted in public"
)
TWO_VPCS = ours("All subnets must belong to the same VPC: '{vpcs}'", ELB + "API_CreateLoadBalancer.html")
GROUPS_INVALID = bench("One or more security groups are invalid", "pf-elbv2-lb-sg-vpc-match")
NO_GATEWAY = seen_at(
    "VPC {vpc} has no internet gateway", "https://github.com/hashicorp/terraform-provider-aws/issues/7157"
)
FEW_ADDRESSES = seen_at(
    "Not enough IP space available in {subnet}. ELB requires at least 8 free IP addresses in each subnet.",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
)
BALANCER_EXISTS = seen_at(
    "A load balancer with the same name '{name}' exists, but with different settings",
    "https://github.com/hashicorp/terraform-provider-aws/issues/1063",
)
BALANCER_PROTECTED = seen_at(
    "Load balancer '{arn}' cannot be deleted because deletion protection is enabled",
    "https://github.com/hashicorp/terraform-provider-aws/issues/5889",
)
ELASTIC = bench("Elastic IPs are not supported for load balancers with type '{kind}'", "pf-elbv2-lb-eip-nlb-only")
ELASTIC_INSIDE = seen_at(
    "Elastic IPs are not supported for load balancers with scheme 'internal'",
    "error of CreateLoadBalancer quoted in public Terraform modules",
)
FREE_ADDRESSES: Fact[int] = Fact(
    8, "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html"
)
NAME_LENGTH: Fact[int] = Fact(32, ELB + "API_CreateLoadBalancer.html")
