"""What EC2 says when it refuses a VPC, a route, a security group's rule, a gateway, an endpoint."""

from __future__ import annotations

from simcloud.facts.fact import Fact
from simcloud.facts.words.neighbours import EC2, bench, ours, seen_at

CIDR_INVALID = bench("The CIDR '{cidr}' is invalid.", "pf-ec2-vpc-cidr-reserved-range")
ZONE = seen_at(
    "Value ({zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following "
    "availability zones: {zones}.",
    "https://github.com/hashicorp/terraform-provider-aws/issues/3166",
)
GATEWAY_TWICE = bench("Network {vpc} already has an internet gateway attached", "pf-ec2-vpc-single-igw", "2026-09-08")
GATEWAY_ATTACHED = seen_at(
    "resource {gateway} is already attached to network {vpc}",
    "https://github.com/hashicorp/terraform-provider-aws/issues/6777",
)
# Routes

ONE_TARGET = bench(
    "The request must contain exactly one of gatewayId, localGatewayId, carrierGatewayId, natGatewayId, "
    "networkInterfaceId, vpcPeeringConnectionId, egressOnlyInternetGatewayId, transitGatewayId, vpcEndpointId, "
    "coreNetworkArn or instanceId",
    "pf-ec2-route-target-exactly-one",
    "2026-09-03",
)
NAT_NOT_FOUND = ours("The natGateway ID '{nat}' does not exist", EC2 + "errors-overview.html")
DIFFERENT_NETWORKS = seen_at(
    "route table {table} and {what} {other} belong to different networks",
    "command-line answer of CreateRoute quoted in public",
)
ASSOCIATED = seen_at(
    "the specified association for route table {table} conflicts with an existing association",
    "Terraform's log of AssociateRouteTable quoted in public",
)
# NAT gateways

NAT_PRIVATE = bench(
    "AllocationId cannot be specified for a NAT Gateway with Connectivity Type private.",
    "pf-ec2-natgw-allocation",
    "2026-09-03",
)
NAT_PUBLIC = bench("The request must include the AllocationId parameter.", "pf-ec2-natgw-allocation", "2026-09-03")
# Security groups

NO_VPC = seen_at(
    "The vpc ID '{vpc}' does not exist", "errors of CreateSubnet and CreateSecurityGroup quoted in public repositories"
)
GROUP_TAKEN = seen_at(
    "The security group '{name}' already exists for VPC '{vpc}'",
    "errors of CreateSecurityGroup quoted in public repositories and by users of Terraform",
)
GROUP_RESERVED = bench("Cannot use reserved security group name: default", "pf-ec2-sg-group-name-default", "2026-09-08")
GROUP_NAME = bench(
    "Value ({name}) for parameter GroupName is invalid. Group names may not be in the format sg-*.",
    "pf-ec2-sg-group-name",
    "2026-09-03",
)
PORT_RANGE = bench("TCP/UDP ({end}) port ({port}) out of range", "pf-ec2-sg-port-range", "2026-09-13")
PORTS_REVERSED = bench("Invalid TCP/UDP port range({first}:{last})", "pf-ec2-sg-port-range", "2026-09-13")
PORTS_REQUIRED = seen_at(
    "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
    "https://github.com/aws/aws-cli/issues/1921",
)
PROTOCOL = ours("Invalid value '{protocol}' for IP protocol. Unknown protocol.", EC2 + "API_IpPermission.html")
CIDR_MALFORMED = bench("CIDR block {cidr} is malformed", "pf-ec2-sg-cidr-valid", "2026-09-14")
DESCRIPTION = bench(
    "Invalid rule description. Valid descriptions are strings less than 256 characters from the following set:  "
    "a-zA-Z0-9. _-:/()#,@[]+=&;{{}}!$*",
    "pf-ec2-sg-rule-description",
    "2026-09-04",
)
RULE_EXISTS = seen_at(
    'the specified rule "peer: {peer}, {traffic}, ALLOW" already exists',
    "Terraform's log of AuthorizeSecurityGroupIngress quoted in public",
)
GROUP_ELSEWHERE = seen_at(
    "You have specified two resources that belong to different networks.",
    "https://github.com/hashicorp/terraform-provider-aws/issues/1824",
)
# VPC endpoints

SERVICE_NOT_FOUND = bench(
    "The Vpc Endpoint Service '{service}' does not exist", "pf-ec2-vpce-service-region", "2026-09-03"
)
ENDPOINT_TYPE = bench(
    "Endpoint type ({kind}) does not match available service types ([{kinds}]).",
    "pf-ec2-vpce-gateway-service",
    "2026-09-03",
)
PRIVATE_DNS = seen_at(
    "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for {vpc}",
    "https://docs.aws.amazon.com/guardduty/latest/ug/troubleshooting-guardduty-runtime-monitoring.html",
)
DNS_CONFLICT = seen_at(
    "private-dns-enabled cannot be set because there is already a conflicting DNS domain for {host} in the VPC {vpc}",
    "https://github.com/hashicorp/terraform-provider-aws/issues/17535",
)
SAME_ZONE = bench(
    "Found another VPC endpoint subnet in the availability zone of {subnet}",
    "pf-ec2-vpce-subnet-az-unique",
    "2026-09-08",
)
SUBNETS_ON_GATEWAY = bench(
    "Subnet IDs are only supported for Interface and GatewayLoadBalancer type VPC Endpoints.",
    "pf-ec2-vpce-type-config",
    "2026-09-03",
)
TABLES_ON_INTERFACE = bench(
    "Route table IDs are only supported for Gateway type VPC Endpoint.", "pf-ec2-vpce-type-config", "2026-09-03"
)
NOT_OF_THE_VPC = ours("{what} {name} does not belong to VPC {vpc}", EC2 + "API_CreateVpcEndpoint.html")
PREFIX_ROUTE = seen_at(
    "route table {table} already has a route with destination-prefix-list-id {list}",
    "https://github.com/hashicorp/terraform-provider-aws/issues/10159",
)
# Deletion

DEPENDENCIES = seen_at(
    "The {what} '{name}' has dependencies and cannot be deleted.",
    "https://repost.aws/knowledge-center/troubleshoot-dependency-error-delete-vpc",
)
DEPENDENT_OBJECT = seen_at(
    "resource {group} has a dependent object", "https://repost.aws/knowledge-center/troubleshoot-delete-vpc-sg"
)
DEFAULT_GROUP = seen_at(
    'the specified group: "{group}" name: "default" cannot be deleted by a user',
    "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
)
INTERFACE_IN_USE = seen_at(
    "Network interface '{interface}' is currently in use.", "https://github.com/gruntwork-io/cloud-nuke/pull/1132"
)
RELEASED_BY_ID = seen_at(
    "You must specify an allocation id when releasing a VPC elastic IP address",
    "https://github.com/NixOS/nixops/issues/852",
)
NOT_YOUR_ADDRESS = seen_at(
    "You do not have permission to access the specified resource.", "https://github.com/eformat/sno-for-100/issues/5"
)
ADDRESS_IN_USE = seen_at("Address {address} is in use.", "https://github.com/scylladb/scylla-cluster-tests/pull/2299")
MAPPED_ADDRESSES = seen_at(
    "Network {vpc} has some mapped public address(es). Please unmap those public address(es) before detaching the "
    "gateway.",
    "https://github.com/hashicorp/terraform-provider-aws/issues/1671",
)
RESERVED: Fact[tuple[str, ...]] = Fact(
    ("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4"),
    "https://github.com/badmintoncryer/cdk-preflight (pf-ec2-vpc-cidr-reserved-range)",
    "observed",
    "2026-09-08",
)
"""No VPC lies in these; 100.64.0.0/10 and 240.0.0.0/4 are allowed."""
SUBNET_SIZES: Fact[tuple[int, int]] = Fact(
    (16, 28), "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html"
)
"""Lengths of the netmask."""
