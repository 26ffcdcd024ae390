"""VPC endpoints that are changed and deleted: what moto leaves undone is done, as AWS does it."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from simcloud import Cloud


@pytest.fixture
def ec2(cloud: Cloud) -> Any:
    return boto3.client("ec2")


@pytest.fixture
def vpc(ec2: Any) -> str:
    made = str(ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"])
    ec2.modify_vpc_attribute(VpcId=made, EnableDnsHostnames={"Value": True})
    return made


def subnet(ec2: Any, vpc: str, cidr: str) -> str:
    return str(ec2.create_subnet(VpcId=vpc, CidrBlock=cidr)["Subnet"]["SubnetId"])


def endpoint(ec2: Any, vpc: str, subnets: list[str], **more: Any) -> str:
    made = ec2.create_vpc_endpoint(
        VpcEndpointType="Interface", VpcId=vpc, ServiceName="com.amazonaws.us-east-1.ecr.api", SubnetIds=subnets, **more
    )
    return str(made["VpcEndpoint"]["VpcEndpointId"])


def shown(ec2: Any, name: str) -> Any:
    return ec2.describe_vpc_endpoints(VpcEndpointIds=[name])["VpcEndpoints"][0]


def prefix_routes(ec2: Any, table: str) -> list[str]:
    routes = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
    return [route["GatewayId"] for route in routes if "DestinationPrefixListId" in route]


def test_private_dns_can_be_turned_on_and_off(ec2: Any, vpc: str) -> None:
    made = endpoint(ec2, vpc, [subnet(ec2, vpc, "10.9.1.0/24")], PrivateDnsEnabled=False)
    ec2.modify_vpc_endpoint(VpcEndpointId=made, PrivateDnsEnabled=True)
    assert shown(ec2, made)["PrivateDnsEnabled"] is True
    ec2.modify_vpc_endpoint(VpcEndpointId=made, PrivateDnsEnabled=False)
    assert shown(ec2, made)["PrivateDnsEnabled"] is False


def test_a_change_of_something_else_leaves_private_dns_as_it_was(ec2: Any, vpc: str) -> None:
    made = endpoint(ec2, vpc, [subnet(ec2, vpc, "10.9.1.0/24")], PrivateDnsEnabled=True)
    ec2.modify_vpc_endpoint(VpcEndpointId=made, AddSubnetIds=[subnet(ec2, vpc, "10.9.2.0/24")])
    assert shown(ec2, made)["PrivateDnsEnabled"] is True


def test_private_dns_is_refused_for_a_second_endpoint_of_the_service(ec2: Any, vpc: str) -> None:
    inside = [subnet(ec2, vpc, "10.9.1.0/24")]
    endpoint(ec2, vpc, inside)
    with pytest.raises(ClientError, match=r"conflicting DNS domain for api\.ecr\.us-east-1\.amazonaws\.com in the VPC"):
        endpoint(ec2, vpc, inside)
    second = endpoint(ec2, vpc, inside, PrivateDnsEnabled=False)
    with pytest.raises(ClientError, match="conflicting DNS domain"):
        ec2.modify_vpc_endpoint(VpcEndpointId=second, PrivateDnsEnabled=True)
    assert shown(ec2, second)["PrivateDnsEnabled"] is False


def test_private_dns_is_refused_where_the_vpc_has_no_host_names(ec2: Any) -> None:
    vpc = str(ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"])
    made = endpoint(ec2, vpc, [subnet(ec2, vpc, "10.9.1.0/24")], PrivateDnsEnabled=False)
    with pytest.raises(ClientError, match="enableDnsHostnames"):
        ec2.modify_vpc_endpoint(VpcEndpointId=made, PrivateDnsEnabled=True)


def test_the_interfaces_follow_the_subnets_and_groups(ec2: Any, vpc: str) -> None:
    first, second = subnet(ec2, vpc, "10.9.1.0/24"), subnet(ec2, vpc, "10.9.2.0/24")
    group = ec2.create_security_group(GroupName="door", Description="door", VpcId=vpc)["GroupId"]
    made = endpoint(ec2, vpc, [first])
    old = shown(ec2, made)["Groups"][0]["GroupId"]
    ec2.modify_vpc_endpoint(
        VpcEndpointId=made,
        AddSubnetIds=[second],
        RemoveSubnetIds=[first],
        AddSecurityGroupIds=[group],
        RemoveSecurityGroupIds=[old],
    )
    names = shown(ec2, made)["NetworkInterfaceIds"]
    interfaces = ec2.describe_network_interfaces(NetworkInterfaceIds=names)["NetworkInterfaces"]
    assert [(one["SubnetId"], [held["GroupId"] for held in one["Groups"]]) for one in interfaces] == [(second, [group])]
    assert interfaces[0]["PrivateIpAddress"].startswith("10.9.2.")


def test_a_group_or_table_that_does_not_exist_is_refused_and_nothing_changes(ec2: Any, vpc: str) -> None:
    made = endpoint(ec2, vpc, [subnet(ec2, vpc, "10.9.1.0/24")], PrivateDnsEnabled=False)
    before = shown(ec2, made)
    for strange in ({"AddSecurityGroupIds": ["sg-12345678"]}, {"AddRouteTableIds": ["rtb-12345678"]}):
        with pytest.raises(ClientError, match="12345678"):
            ec2.modify_vpc_endpoint(VpcEndpointId=made, PrivateDnsEnabled=True, **strange)
    assert shown(ec2, made) == before


def test_the_routes_of_a_gateway_endpoint_follow_its_tables(ec2: Any, vpc: str) -> None:
    first, second = (ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"] for _ in range(2))
    made = ec2.create_vpc_endpoint(VpcId=vpc, ServiceName="com.amazonaws.us-east-1.s3", RouteTableIds=[first])
    name = made["VpcEndpoint"]["VpcEndpointId"]
    ec2.modify_vpc_endpoint(VpcEndpointId=name, AddRouteTableIds=[second], RemoveRouteTableIds=[first])
    assert (prefix_routes(ec2, first), prefix_routes(ec2, second)) == ([], [name])
    ec2.delete_vpc_endpoints(VpcEndpointIds=[name])
    assert prefix_routes(ec2, second) == []


def test_a_deleted_endpoint_is_gone_and_its_name_is_free(ec2: Any, vpc: str) -> None:
    inside = [subnet(ec2, vpc, "10.9.1.0/24")]
    made = endpoint(ec2, vpc, inside)
    assert ec2.delete_vpc_endpoints(VpcEndpointIds=[made])["Unsuccessful"] == []
    assert ec2.describe_vpc_endpoints(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["VpcEndpoints"] == []
    assert shown(ec2, endpoint(ec2, vpc, inside))["PrivateDnsEnabled"] is True


def test_ids_that_do_not_exist_are_named_as_unsuccessful(ec2: Any, vpc: str) -> None:
    refused = ec2.delete_vpc_endpoints(VpcEndpointIds=["vpce-0123456789abcdef0"])["Unsuccessful"]
    assert [one["ResourceId"] for one in refused] == ["vpce-0123456789abcdef0"]
    assert "does not exist" in refused[0]["Error"]["Message"]
