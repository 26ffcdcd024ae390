"""EC2's networks: what the real service refuses with its own words, and what it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from neighbours_as_built import Built, Params, accepted, built, call, refused
from neighbours_asked import is_accepted, is_refused

from simcloud import Cloud

VALUE = "InvalidParameterValue"
PARAMETER = "InvalidParameter"
VIOLATION = "DependencyViolation"
SERVICE = "com.amazonaws.us-east-1."
NO_NAT = "nat-0123456789abcdef0"


def named(**members: str) -> Params:
    """Parameters whose values are names of what is built, or plain texts."""
    return lambda w: {member: w.names.get(value, value) for member, value in members.items()}


def tagged(kind: str, **members: str) -> Params:
    tags = [{"ResourceType": kind, "Tags": [{"Key": "team", "Value": "web"}]}]
    return lambda w: {**named(**members)(w), "TagSpecifications": tags}


def web(group: str = "group", **changes: Any) -> Params:
    def params(w: Built) -> dict[str, Any]:
        open_web: dict[str, Any] = {"IpProtocol": "tcp", "FromPort": 81, "ToPort": 81}
        asked = {**open_web, "IpRanges": [{"CidrIp": "0.0.0.0/0"}], **changes}
        return {"GroupId": w.names[group], "IpPermissions": [{k: v for k, v in asked.items() if v is not None}]}

    return params


def to_peer(name: str) -> Params:
    return lambda w: web(IpRanges=None, UserIdGroupPairs=[{"GroupId": w.names[name]}])(w)


def endpoint(service: str, kind: str | None = "Interface", vpc: str = "vpc", **changes: Any) -> Params:
    def params(w: Built) -> dict[str, Any]:
        asked: dict[str, Any] = {"VpcId": w.names[vpc], "ServiceName": service, "VpcEndpointType": kind}
        for member, value in changes.items():
            asked[member] = [w.names[one] for one in value] if isinstance(value, tuple) else value
        return {member: value for member, value in asked.items() if value is not None}

    return params


def zoned(w: Built) -> dict[str, Any]:
    """An endpoint that stands in one zone."""
    return endpoint(SERVICE + "kms", SubnetIds=("a",))(w)


INGRESS = "ec2.authorize_security_group_ingress"
ENDPOINT = "ec2.create_vpc_endpoint"
ROUTE = "ec2.create_route"
RELEASE = "ec2.release_address"
EXACTLY_ONE = (
    "The request must contain exactly one of gatewayId, localGatewayId, carrierGatewayId, natGatewayId, "
    "networkInterfaceId, vpcPeeringConnectionId, egressOnlyInternetGatewayId, transitGatewayId, vpcEndpointId, "
    "coreNetworkArn or instanceId"
)

REFUSED = [
    refused(
        "loopback",
        "ec2.create_vpc",
        named(CidrBlock="127.0.0.0/16"),
        "InvalidVpc.Range",
        "The CIDR '127.0.0.0/16' is invalid.",
        "pf-ec2-vpc-cidr-reserved-range",
    ),
    *(
        refused(
            f"{operation[4:]} in a VPC that is not there",
            operation,
            named(VpcId="vpc-0123456789abcdef0", **asked),
            "InvalidVpcID.NotFound",
            "The vpc ID 'vpc-0123456789abcdef0' does not exist",
            "errors of CreateSubnet and CreateSecurityGroup quoted in public repositories",
        )
        for operation, asked in (
            ("ec2.create_subnet", {"CidrBlock": "10.0.20.0/24"}),
            ("ec2.create_security_group", {"GroupName": "shop", "Description": "the shop"}),
            ("ec2.create_route_table", {}),
            ("ec2.create_network_acl", {}),
            ("ec2.attach_internet_gateway", {"InternetGatewayId": "spare_gateway"}),
        )
    ),
    refused(
        "multicast",
        "ec2.create_vpc",
        named(CidrBlock="224.0.0.0/16"),
        "InvalidVpc.Range",
        "The CIDR '224.0.0.0/16' is invalid.",
        "pf-ec2-vpc-cidr-reserved-range",
    ),
    refused(
        "six addresses",
        "ec2.create_subnet",
        named(VpcId="vpc", CidrBlock="10.0.20.0/29"),
        "InvalidSubnet.Range",
        "The CIDR '10.0.20.0/29' is invalid.",
        "pf-ec2-subnet-cidr-size",
    ),
    refused(
        "a zone that is none",
        "ec2.create_subnet",
        named(VpcId="vpc", CidrBlock="10.0.20.0/24", AvailabilityZone="us-east-1z"),
        VALUE,
        "Value (us-east-1z) for parameter availabilityZone is invalid. Subnets can currently only be created in the "
        "following availability zones: us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1e, us-east-1f.",
        "https://github.com/hashicorp/terraform-provider-aws/issues/3166",
    ),
    refused(
        "a second gateway",
        "ec2.attach_internet_gateway",
        named(InternetGatewayId="spare_gateway", VpcId="vpc"),
        VALUE,
        "Network <vpc> already has an internet gateway attached",
        "pf-ec2-vpc-single-igw",
    ),
    refused(
        "a gateway that is attached",
        "ec2.attach_internet_gateway",
        named(InternetGatewayId="gateway", VpcId="other_vpc"),
        "Resource.AlreadyAssociated",
        "resource <gateway> is already attached to network <vpc>",
        "https://github.com/hashicorp/terraform-provider-aws/issues/6777",
    ),
    refused(
        "while a NAT gateway has a public address",
        "ec2.detach_internet_gateway",
        named(InternetGatewayId="gateway", VpcId="vpc"),
        VIOLATION,
        "Network <vpc> has some mapped public address(es). Please unmap those public address(es) before detaching the "
        "gateway.",
        "https://github.com/hashicorp/terraform-provider-aws/issues/1671",
    ),
    refused(
        "attached",
        "ec2.delete_internet_gateway",
        named(InternetGatewayId="gateway"),
        VIOLATION,
        "The internetGateway '<gateway>' has dependencies and cannot be deleted.",
        "https://repost.aws/knowledge-center/troubleshoot-dependency-error-delete-vpc",
    ),
    refused(
        "with a mount target in it",
        "ec2.delete_subnet",
        named(SubnetId="a"),
        VIOLATION,
        "The subnet '<a>' has dependencies and cannot be deleted.",
        "https://repost.aws/knowledge-center/troubleshoot-dependency-error-delete-vpc",
    ),
    refused(
        "to nowhere",
        ROUTE,
        named(RouteTableId="second_table", DestinationCidrBlock="0.0.0.0/0"),
        "MissingParameter",
        EXACTLY_ONE,
        "pf-ec2-route-target-exactly-one",
    ),
    refused(
        "to two targets",
        ROUTE,
        named(RouteTableId="second_table", DestinationCidrBlock="0.0.0.0/0", GatewayId="gateway", NatGatewayId=NO_NAT),
        "InvalidParameterCombination",
        EXACTLY_ONE,
        "pf-ec2-route-target-exactly-one",
    ),
    refused(
        "to a NAT gateway that is not there",
        ROUTE,
        named(RouteTableId="second_table", DestinationCidrBlock="0.0.0.0/0", NatGatewayId=NO_NAT),
        "InvalidNatGatewayID.NotFound",
        f"The natGateway ID '{NO_NAT}' does not exist",
        "assumed",
    ),
    refused(
        "to the gateway of another VPC",
        ROUTE,
        named(RouteTableId="other_table", DestinationCidrBlock="0.0.0.0/0", GatewayId="gateway"),
        VALUE,
        "route table <other_table> and network gateway <gateway> belong to different networks",
        "command-line answer quoted in public",
    ),
    refused(
        "to a gateway of no VPC",
        ROUTE,
        named(RouteTableId="other_table", DestinationCidrBlock="0.0.0.0/0", GatewayId="spare_gateway"),
        VALUE,
        "route table <other_table> and network gateway <spare_gateway> belong to different networks",
        "command-line answer quoted in public",
    ),
    refused(
        "a subnet of another VPC",
        "ec2.associate_route_table",
        named(RouteTableId="table", SubnetId="other_a"),
        VALUE,
        "route table <table> and subnet <other_a> belong to different networks",
        "command-line answer quoted in public",
    ),
    refused(
        "a subnet that has a table",
        "ec2.associate_route_table",
        named(RouteTableId="second_table", SubnetId="a"),
        "Resource.AlreadyAssociated",
        "the specified association for route table <second_table> conflicts with an existing association",
        "Terraform's log quoted in public",
    ),
    refused(
        "no Elastic IP",
        "ec2.create_nat_gateway",
        named(SubnetId="a"),
        "MissingParameter",
        "The request must include the AllocationId parameter.",
        "pf-ec2-natgw-allocation",
    ),
    refused(
        "private, with an Elastic IP",
        "ec2.create_nat_gateway",
        named(SubnetId="a", AllocationId="free_address", ConnectivityType="private"),
        "InvalidParameterCombination",
        "AllocationId cannot be specified for a NAT Gateway with Connectivity Type private.",
        "pf-ec2-natgw-allocation",
    ),
    refused(
        "a name twice in a VPC",
        "ec2.create_security_group",
        lambda w: {"GroupName": "peer", "Description": "again", "VpcId": w.vpc},
        "InvalidGroup.Duplicate",
        "The security group 'peer' already exists for VPC '<vpc>'",
        "errors of CreateSecurityGroup quoted in public repositories",
    ),
    refused(
        "called default",
        "ec2.create_security_group",
        named(GroupName="default", Description="d", VpcId="vpc"),
        VALUE,
        "Cannot use reserved security group name: default",
        "pf-ec2-sg-group-name-default",
    ),
    refused(
        "called sg-web",
        "ec2.create_security_group",
        named(GroupName="sg-web", Description="d", VpcId="vpc"),
        VALUE,
        "Value (sg-web) for parameter GroupName is invalid. Group names may not be in the format sg-*.",
        "pf-ec2-sg-group-name",
    ),
    refused(
        "port 65536",
        INGRESS,
        web(FromPort=65536, ToPort=65536),
        VALUE,
        "TCP/UDP (from) port (65536) out of range",
        "pf-ec2-sg-port-range",
    ),
    refused(
        "from port -1",
        INGRESS,
        web(FromPort=-1, ToPort=80),
        VALUE,
        "TCP/UDP (from) port (-1) out of range",
        "pf-ec2-sg-port-range",
    ),
    refused(
        "ports the wrong way round",
        INGRESS,
        web(FromPort=65535, ToPort=65534),
        VALUE,
        "Invalid TCP/UDP port range(65535:65534)",
        "pf-ec2-sg-port-range",
    ),
    refused(
        "no ports",
        INGRESS,
        web(FromPort=None, ToPort=None),
        VALUE,
        "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
        "https://github.com/aws/aws-cli/issues/1921",
    ),
    refused(
        "a protocol that is none",
        INGRESS,
        web(IpProtocol="https"),
        VALUE,
        "Invalid value 'https' for IP protocol. Unknown protocol.",
        "assumed",
    ),
    refused(
        "33 bits",
        INGRESS,
        web(IpRanges=[{"CidrIp": "10.0.0.0/33"}]),
        VALUE,
        "CIDR block 10.0.0.0/33 is malformed",
        "pf-ec2-sg-cidr-valid",
    ),
    refused(
        "an address without /32",
        INGRESS,
        web(IpRanges=[{"CidrIp": "58.29.99.44"}]),
        VALUE,
        "CIDR block 58.29.99.44 is malformed",
        "controllers' logs quoted in public",
    ),
    refused(
        "the short form, malformed",
        INGRESS,
        lambda w: {"GroupId": w.group, "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "me"},
        VALUE,
        "CIDR block me is malformed",
        "pf-ec2-sg-cidr-valid",
    ),
    refused(
        "a long description",
        INGRESS,
        web(IpRanges=[{"CidrIp": "10.0.0.0/8", "Description": "a" * 256}]),
        VALUE,
        "Invalid rule description. Valid descriptions are strings less than 256 characters from the following set:  "
        "a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*",
        "pf-ec2-sg-rule-description",
    ),
    refused(
        "a group of another VPC",
        INGRESS,
        to_peer("other_group"),
        "InvalidGroup.NotFound",
        "You have specified two resources that belong to different networks.",
        "https://github.com/hashicorp/terraform-provider-aws/issues/1824",
    ),
    refused(
        "the same rule again",
        INGRESS,
        web(FromPort=80, ToPort=80),
        "InvalidPermission.Duplicate",
        'the specified rule "peer: 0.0.0.0/0, TCP, from port: 80, to port: 80, ALLOW" already exists',
        "Terraform's log quoted in public",
    ),
    refused(
        "what every group has from the beginning",
        "ec2.authorize_security_group_egress",
        web(IpProtocol="-1", FromPort=None, ToPort=None),
        "InvalidPermission.Duplicate",
        'the specified rule "peer: 0.0.0.0/0, ALL, ALLOW" already exists',
        "Terraform's log quoted in public",
    ),
    refused(
        "in use",
        "ec2.delete_security_group",
        named(GroupId="group"),
        VIOLATION,
        "resource <group> has a dependent object",
        "https://repost.aws/knowledge-center/troubleshoot-delete-vpc-sg",
    ),
    refused(
        "named by another group's rule",
        "ec2.delete_security_group",
        named(GroupId="peer"),
        VIOLATION,
        "resource <peer> has a dependent object",
        "https://repost.aws/knowledge-center/troubleshoot-delete-vpc-sg",
    ),
    refused(
        "the default group",
        "ec2.delete_security_group",
        named(GroupId="default_group"),
        "CannotDelete",
        'the specified group: "<default_group>" name: "default" cannot be deleted by a user',
        "user guide of security groups",
    ),
    refused(
        "a service that is none",
        ENDPOINT,
        endpoint(SERVICE + "nope"),
        "InvalidServiceName",
        "The Vpc Endpoint Service 'com.amazonaws.us-east-1.nope' does not exist",
        "pf-ec2-vpce-service-region",
    ),
    refused(
        "a service of another region",
        ENDPOINT,
        endpoint("com.amazonaws.us-west-2.s3"),
        "InvalidServiceName",
        "The Vpc Endpoint Service 'com.amazonaws.us-west-2.s3' does not exist",
        "pf-ec2-vpce-service-region",
    ),
    refused(
        "a gateway for ECR, by default",
        ENDPOINT,
        endpoint(SERVICE + "ecr.api", None),
        PARAMETER,
        "Endpoint type (Gateway) does not match available service types ([Interface]).",
        "pf-ec2-vpce-gateway-service",
    ),
    refused(
        "a gateway in subnets",
        ENDPOINT,
        endpoint(SERVICE + "s3", None, SubnetIds=("a",)),
        PARAMETER,
        "Subnet IDs are only supported for Interface and GatewayLoadBalancer type VPC Endpoints.",
        "pf-ec2-vpce-type-config",
    ),
    refused(
        "an interface in route tables",
        ENDPOINT,
        endpoint(SERVICE + "ecr.api", RouteTableIds=("table",)),
        PARAMETER,
        "Route table IDs are only supported for Gateway type VPC Endpoint.",
        "pf-ec2-vpce-type-config",
    ),
    refused(
        "private DNS where host names are off",
        ENDPOINT,
        endpoint(SERVICE + "ecr.api", vpc="other_vpc", SubnetIds=("other_a",)),
        PARAMETER,
        "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for "
        "<other_vpc>",
        "https://docs.aws.amazon.com/guardduty/latest/ug/troubleshooting-guardduty-runtime-monitoring.html",
    ),
    refused(
        "the same service again",
        ENDPOINT,
        endpoint(SERVICE + "logs", SubnetIds=("a",)),
        PARAMETER,
        "private-dns-enabled cannot be set because there is already a conflicting DNS domain for "
        "logs.us-east-1.amazonaws.com in the VPC <vpc>",
        "https://github.com/hashicorp/terraform-provider-aws/issues/17535",
    ),
    refused(
        "two subnets of one zone",
        ENDPOINT,
        endpoint(SERVICE + "ecr.api", SubnetIds=("a", "a_too")),
        "DuplicateSubnetsInSameZone",
        "Found another VPC endpoint subnet in the availability zone of <a_too>",
        "pf-ec2-vpce-subnet-az-unique",
    ),
    refused(
        "a second subnet of its zone, later",
        "ec2.modify_vpc_endpoint",
        lambda w: {"VpcEndpointId": w.zoned_endpoint, "AddSubnetIds": [w.a_too]},
        "DuplicateSubnetsInSameZone",
        "Found another VPC endpoint subnet in the availability zone of <a_too>",
        "pf-ec2-vpce-subnet-az-unique",
    ),
    refused(
        "a group of another VPC",
        ENDPOINT,
        endpoint(SERVICE + "ecr.api", SubnetIds=("a",), SecurityGroupIds=("other_group",)),
        PARAMETER,
        "Security group <other_group> does not belong to VPC <vpc>",
        "assumed",
    ),
    refused(
        "a table that has one",
        ENDPOINT,
        endpoint(SERVICE + "s3", None, RouteTableIds=("second_table",)),
        "RouteAlreadyExists",
        "route table <second_table> already has a route with destination-prefix-list-id <prefix_list>",
        "https://github.com/hashicorp/terraform-provider-aws/issues/10159",
    ),
    refused(
        "an address by itself",
        RELEASE,
        named(PublicIp="held_public"),
        VALUE,
        "You must specify an allocation id when releasing a VPC elastic IP address",
        "https://github.com/NixOS/nixops/issues/852",
    ),
    refused(
        "the address of a NAT gateway",
        RELEASE,
        named(AllocationId="address"),
        "AuthFailure",
        "You do not have permission to access the specified resource.",
        "https://github.com/eformat/sno-for-100/issues/5",
    ),
    refused(
        "the address of a NAT gateway",
        "ec2.disassociate_address",
        named(AssociationId="association"),
        "AuthFailure",
        "You do not have permission to access the specified resource.",
        "https://github.com/eformat/sno-for-100/issues/5",
    ),
    refused(
        "an associated address",
        RELEASE,
        named(AllocationId="held_address"),
        "InvalidIPAddress.InUse",
        "Address <held_public> is in use.",
        "https://github.com/scylladb/scylla-cluster-tests/pull/2299",
    ),
    refused(
        "a main route table",
        "ec2.delete_route_table",
        named(RouteTableId="main_table"),
        VIOLATION,
        "The routeTable '<main_table>' has dependencies and cannot be deleted.",
        "https://repost.aws/knowledge-center/troubleshoot-dependency-error-delete-vpc",
    ),
    refused(
        "a tenancy that is none",
        "ec2.create_vpc",
        named(CidrBlock="10.9.0.0/16", InstanceTenancy="shared"),
        VALUE,
        "Value (shared) for parameter instanceTenancy is invalid.",
        "assumed",
    ),
    refused(
        "a kind of NAT gateway that is none",
        "ec2.create_nat_gateway",
        named(SubnetId="a", AllocationId="free_address", ConnectivityType="internet"),
        VALUE,
        "Value (internet) for parameter connectivityType is invalid.",
        "assumed",
    ),
    refused(
        "tags of something else",
        "ec2.create_vpc",
        tagged("subnet", CidrBlock="10.9.0.0/16"),
        VALUE,
        "'subnet' is not a valid taggable resource type for this operation.",
        "https://github.com/aws/aws-cli/issues/2865",
    ),
    refused(
        "tags of a service",
        ENDPOINT,
        lambda w: {
            **endpoint(SERVICE + "ecr.dkr", SubnetIds=("b",), PrivateDnsEnabled=False)(w),
            **tagged("vpc-endpoint-service")(w),
        },
        PARAMETER,
        "'vpc-endpoint-service' is not a valid taggable resource type for this operation.",
        "https://github.com/jonrau1/SyntheticSun/issues/13",
    ),
    refused(
        "a VPC with subnets and more",
        "ec2.delete_vpc",
        named(VpcId="vpc"),
        VIOLATION,
        "The vpc '<vpc>' has dependencies and cannot be deleted.",
        "https://repost.aws/knowledge-center/troubleshoot-dependency-error-delete-vpc",
    ),
    refused(
        "the interface of a NAT gateway",
        "ec2.delete_network_interface",
        named(NetworkInterfaceId="nat_interface"),
        VALUE,
        "Network interface '<nat_interface>' is currently in use.",
        "https://github.com/gruntwork-io/cloud-nuke/pull/1132",
    ),
]

ACCEPTED = [
    accepted("carrier-grade NAT's range", "ec2.create_vpc", named(CidrBlock="100.64.0.0/16")),
    accepted("class E", "ec2.create_vpc", named(CidrBlock="240.0.0.0/16")),
    accepted("/28", "ec2.create_subnet", named(VpcId="vpc", CidrBlock="10.0.30.0/28")),
    accepted("the whole VPC's neighbour", "ec2.create_subnet", named(VpcId="other_vpc", CidrBlock="10.1.128.0/17")),
    accepted(
        "the spare one", "ec2.attach_internet_gateway", named(InternetGatewayId="spare_gateway", VpcId="other_vpc")
    ),
    accepted("a spare one", "ec2.delete_internet_gateway", named(InternetGatewayId="spare_gateway")),
    accepted("its own tags", "ec2.create_vpc", tagged("vpc", CidrBlock="10.9.0.0/16", InstanceTenancy="dedicated")),
    accepted("an address's own tags", "ec2.allocate_address", lambda w: {**tagged("elastic-ip")(w), "Domain": "vpc"}),
    accepted("an address that nothing has", RELEASE, named(AllocationId="free_address")),
    accepted("what has an address", "ec2.disassociate_address", named(AssociationId="held_association")),
    accepted("a table of no subnet", "ec2.delete_route_table", named(RouteTableId="other_table")),
    accepted("an empty subnet", "ec2.delete_subnet", named(SubnetId="c")),
    accepted(
        "to the NAT gateway",
        ROUTE,
        named(RouteTableId="second_table", DestinationCidrBlock="0.0.0.0/0", NatGatewayId="nat"),
    ),
    accepted("a subnet without table", "ec2.associate_route_table", named(RouteTableId="table", SubnetId="b")),
    accepted("with its Elastic IP", "ec2.create_nat_gateway", named(SubnetId="b", AllocationId="free_address")),
    accepted("private", "ec2.create_nat_gateway", named(SubnetId="b", ConnectivityType="private")),
    accepted("another port", INGRESS, web()),
    accepted("all ports", INGRESS, web(FromPort=0, ToPort=65535)),
    accepted("a single address", INGRESS, web(IpRanges=[{"CidrIp": "203.0.113.9/32", "Description": "office (2)"}])),
    accepted("everything", INGRESS, web(IpProtocol="-1", FromPort=None, ToPort=None)),
    accepted("ICMP", INGRESS, web(IpProtocol="icmp", FromPort=-1, ToPort=-1)),
    accepted(
        "the same port for another peer", INGRESS, web(FromPort=80, ToPort=80, IpRanges=[{"CidrIp": "10.0.0.0/8"}])
    ),
    accepted("a group of the same VPC", INGRESS, to_peer("peer")),
    accepted("itself", INGRESS, to_peer("group")),
    accepted("an unused group", "ec2.delete_security_group", named(GroupId="unused")),
    accepted("ECR in two zones", ENDPOINT, endpoint(SERVICE + "ecr.dkr", SubnetIds=("a", "b"))),
    accepted("S3 as an interface", ENDPOINT, endpoint(SERVICE + "s3", SubnetIds=("a",), PrivateDnsEnabled=False)),
    accepted("S3 for another table", ENDPOINT, endpoint(SERVICE + "s3", None, RouteTableIds=("table",))),
    accepted(
        "DynamoDB for the same table", ENDPOINT, endpoint(SERVICE + "dynamodb", None, RouteTableIds=("second_table",))
    ),
    accepted(
        "without private DNS, where host names are off",
        ENDPOINT,
        endpoint(SERVICE + "ecr.api", vpc="other_vpc", SubnetIds=("other_a",), PrivateDnsEnabled=False),
    ),
    accepted(
        "the same service again, without private DNS",
        ENDPOINT,
        endpoint(SERVICE + "logs", SubnetIds=("a",), PrivateDnsEnabled=False),
    ),
]


@pytest.fixture(scope="module")
def there() -> Iterator[tuple[Cloud, Built]]:
    with built(42) as pair:
        made = call(ENDPOINT, zoned(pair[1]))
        pair[1].names["zoned_endpoint"] = made["VpcEndpoint"]["VpcEndpointId"]
        yield pair


@pytest.mark.parametrize(("operation", "params", "code", "text"), REFUSED)
def test_the_request_is_refused_in_awss_words(
    there: tuple[Cloud, Built], operation: str, params: Params, code: str, text: str
) -> None:
    is_refused(*there, operation, params, code, text)


@pytest.mark.parametrize(("operation", "params"), ACCEPTED)
def test_the_request_is_accepted(there: tuple[Cloud, Built], operation: str, params: Params) -> None:
    is_accepted(*there, operation, params)


def test_what_was_built_can_be_taken_down_in_the_right_order(there: tuple[Cloud, Built]) -> None:
    cloud, w = there
    ec2, elb, efs = boto3.client("ec2"), boto3.client("elbv2"), boto3.client("efs")
    with cloud.copy():
        efs.delete_mount_target(MountTargetId=w.mount_target)
        for balancer in (w.alb, w.second_alb, w.nlb):
            elb.delete_load_balancer(LoadBalancerArn=balancer)
        elb.delete_target_group(TargetGroupArn=w.web_group)
        ec2.delete_nat_gateway(NatGatewayId=w.nat)
        ec2.delete_vpc_endpoints(VpcEndpointIds=[w.endpoint, w.gateway_endpoint, w.zoned_endpoint])
        ec2.disassociate_address(AssociationId=w.held_association)
        for address in (w.address, w.held_address):
            ec2.release_address(AllocationId=address)
        ec2.detach_internet_gateway(InternetGatewayId=w.gateway, VpcId=w.vpc)
        ec2.delete_internet_gateway(InternetGatewayId=w.gateway)
        for subnet in (w.a, w.b, w.c):
            ec2.delete_subnet(SubnetId=subnet)
        for group in (w.group, w.peer, w.unused):
            ec2.delete_security_group(GroupId=group)


def _a_subnet(ec2: Any, vpc: str) -> None:
    ec2.create_subnet(VpcId=vpc, CidrBlock="10.7.0.0/24")


def _a_gateway(ec2: Any, vpc: str) -> None:
    made = ec2.create_internet_gateway()["InternetGateway"]
    ec2.attach_internet_gateway(VpcId=vpc, InternetGatewayId=made["InternetGatewayId"])


def _an_endpoint(ec2: Any, vpc: str) -> None:
    ec2.create_vpc_endpoint(VpcId=vpc, ServiceName=SERVICE + "s3")


def _a_group(ec2: Any, vpc: str) -> None:
    ec2.create_security_group(GroupName="web", Description="web", VpcId=vpc)


def _a_table(ec2: Any, vpc: str) -> None:
    ec2.create_route_table(VpcId=vpc)


def _a_list(ec2: Any, vpc: str) -> None:
    ec2.create_network_acl(VpcId=vpc)


@pytest.mark.parametrize("with_one", [_a_subnet, _a_gateway, _an_endpoint, _a_group, _a_table, _a_list])
def test_a_vpc_is_deleted_when_nothing_but_its_own_is_in_it(there: tuple[Cloud, Built], with_one: Any) -> None:
    ec2 = boto3.client("ec2")
    with there[0].copy():
        vpc = ec2.create_vpc(CidrBlock="10.7.0.0/16")["Vpc"]["VpcId"]
        with_one(ec2, vpc)
        with pytest.raises(ec2.exceptions.ClientError, match="DependencyViolation"):
            ec2.delete_vpc(VpcId=vpc)
        ec2.delete_vpc(VpcId=ec2.create_vpc(CidrBlock="10.8.0.0/16")["Vpc"]["VpcId"])


def test_a_dry_run_is_not_judged(there: tuple[Cloud, Built]) -> None:
    with pytest.raises(Exception, match="DryRunOperation"):
        boto3.client("ec2").delete_security_group(GroupId=there[1].group, DryRun=True)
