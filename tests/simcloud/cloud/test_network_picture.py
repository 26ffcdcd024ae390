"""moto's VPCs, as `reason` sees them: what boto3 built decides the path."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import boto3
import pytest

from simcloud import Cloud
from simcloud.cloud.network import around, picture, route
from simcloud.reason import names
from simcloud.reason.network import Interface
from simcloud.reason.path import Path, find_path

REGION, ACCOUNT = "us-east-1", "123456789012"
API, LAYERS = names.ecr_api(REGION), names.layer_bucket(REGION)


@dataclass
class Built:
    """A VPC with one private and one public subnet, made with boto3."""

    ec2: Any
    vpc: str
    private: str
    public: str
    table: str
    public_table: str
    gateway: str
    task_group: str
    endpoint_group: str

    def interface(self, subnet: str = "", *, public_ip: bool = False) -> str:
        made = self.ec2.create_network_interface(SubnetId=subnet or self.private, Groups=[self.task_group])
        identity = str(made["NetworkInterface"]["NetworkInterfaceId"])
        if public_ip:
            address = self.ec2.allocate_address(Domain="vpc")
            self.ec2.associate_address(AllocationId=address["AllocationId"], NetworkInterfaceId=identity)
        return identity

    def endpoint(self, short: str, **more: Any) -> str:
        request = {"VpcId": self.vpc, "ServiceName": f"com.amazonaws.{REGION}.{short}"}
        if short == "s3":
            request |= {"VpcEndpointType": "Gateway", "RouteTableIds": [self.table]}
        else:
            request |= {"VpcEndpointType": "Interface", "SubnetIds": [self.private],
                        "SecurityGroupIds": [self.endpoint_group], "PrivateDnsEnabled": True}  # fmt: skip
        return str(self.ec2.create_vpc_endpoint(**(request | more))["VpcEndpoint"]["VpcEndpointId"])


@pytest.fixture
def built() -> Iterator[Built]:
    with Cloud(seed=3):
        ec2 = boto3.client("ec2", region_name=REGION)
        vpc = ec2.create_vpc(CidrBlock="10.20.0.0/16")["Vpc"]["VpcId"]
        ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
        private = ec2.create_subnet(VpcId=vpc, CidrBlock="10.20.1.0/24")["Subnet"]["SubnetId"]
        public = ec2.create_subnet(VpcId=vpc, CidrBlock="10.20.0.0/24")["Subnet"]["SubnetId"]
        tables = [ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"] for _ in range(2)]
        for table, subnet in zip(tables, (private, public), strict=True):
            ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
        gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
        ec2.create_route(RouteTableId=tables[1], DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
        groups = [ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"]
                  for name in ("task", "endpoints")]  # fmt: skip
        ec2.authorize_security_group_ingress(
            GroupId=groups[1],
            IpPermissions=[
                {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "UserIdGroupPairs": [{"GroupId": groups[0]}]}
            ],
        )
        yield Built(ec2, vpc, private, public, *tables, gateway, *groups)


def path(interface: str, host: str = API) -> Path:
    return route(interface, host, 443, REGION, ACCOUNT)


def test_a_bare_private_subnet_leads_nowhere(built: Built) -> None:
    found = path(built.interface())
    assert (found.kind, found.decided_by.id) == ("timeout", built.table)


def test_a_public_subnet_needs_a_public_address(built: Built) -> None:
    assert path(built.interface(built.public)).decided_by.kind == "public-ip"
    assert path(built.interface(built.public, public_ip=True)).open


def test_a_nat_gateway_leads_out_and_when_deleted_is_a_blackhole(built: Built) -> None:
    address = built.ec2.allocate_address(Domain="vpc")["AllocationId"]
    made = built.ec2.create_nat_gateway(SubnetId=built.public, AllocationId=address)
    nat = made["NatGateway"]["NatGatewayId"]
    built.ec2.create_route(RouteTableId=built.table, DestinationCidrBlock="0.0.0.0/0", NatGatewayId=nat)
    interface = built.interface()
    assert (path(interface).open, path(interface).decided_by.id) == (True, nat)
    built.ec2.delete_nat_gateway(NatGatewayId=nat)
    assert "blackhole" in path(interface).why


def test_an_interface_endpoint_has_an_address_of_its_subnet_and_its_own_groups(built: Built) -> None:
    endpoint = built.endpoint("ecr.api")
    found = path(built.interface())
    assert (found.open, found.decided_by.id) == (True, endpoint)
    assert found.address.startswith("10.20.1.")
    built.ec2.revoke_security_group_ingress(
        GroupId=built.endpoint_group,
        IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "UserIdGroupPairs": [{"GroupId": built.task_group}]}
        ],
    )
    assert path(built.interface()).decided_by.id == built.endpoint_group


def test_private_dns_and_dns_host_names_are_read(built: Built) -> None:
    built.endpoint("ecr.api", PrivateDnsEnabled=False)
    built.endpoint("logs")
    interface = built.interface()
    assert "private DNS" in path(interface).why
    assert path(interface, names.regional("logs", REGION)).open
    built.ec2.modify_vpc_attribute(VpcId=built.vpc, EnableDnsHostnames={"Value": False})
    assert "DNS host names are off" in path(interface, names.regional("logs", REGION)).why
    built.ec2.modify_vpc_attribute(VpcId=built.vpc, EnableDnsSupport={"Value": False})
    assert path(interface).kind == "no-name"


def test_a_gateway_endpoint_serves_the_route_tables_that_it_names_and_its_policy_counts(built: Built) -> None:
    endpoint = built.endpoint("s3", RouteTableIds=[built.public_table])
    interface = built.interface()
    assert f"{endpoint} for s3 is in {built.public_table}" in path(interface, LAYERS).why
    built.ec2.modify_vpc_endpoint(VpcEndpointId=endpoint, AddRouteTableIds=[built.table])
    assert path(interface, LAYERS).decided_by.id == endpoint
    narrow = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::ours/*"}]}
    built.ec2.modify_vpc_endpoint(VpcEndpointId=endpoint, PolicyDocument=json.dumps(narrow))
    assert path(interface, LAYERS).kind == "denied"


def test_a_deleted_endpoint_serves_nobody(built: Built) -> None:
    endpoint = built.endpoint("ecr.api")
    built.ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint])
    assert not path(built.interface()).open


def test_an_endpoint_deleted_with_its_subnet_is_no_trouble(built: Built) -> None:
    subnet = built.ec2.create_subnet(VpcId=built.vpc, CidrBlock="10.20.7.0/24")["Subnet"]["SubnetId"]
    endpoint = built.endpoint("ecr.api", SubnetIds=[subnet])
    built.ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint])
    built.ec2.delete_subnet(SubnetId=subnet)
    assert not path(built.interface()).open


def test_a_network_acl_is_read_in_both_directions(built: Built) -> None:
    built.endpoint("s3")
    interface = built.interface()
    made = built.ec2.create_network_acl(VpcId=built.vpc)["NetworkAcl"]["NetworkAclId"]
    held = built.ec2.describe_network_acls(Filters=[{"Name": "association.subnet-id", "Values": [built.private]}])
    associations = held["NetworkAcls"][0]["Associations"]
    association = next(one["NetworkAclAssociationId"] for one in associations if one["SubnetId"] == built.private)
    built.ec2.replace_network_acl_association(AssociationId=association, NetworkAclId=made)
    assert path(interface, LAYERS).decided_by.id == made
    for egress, ports in ((True, (443, 443)), (False, (1024, 65535))):
        built.ec2.create_network_acl_entry(
            NetworkAclId=made, RuleNumber=100, Protocol="6", RuleAction="allow", Egress=egress,
            CidrBlock="0.0.0.0/0", PortRange={"From": ports[0], "To": ports[1]})  # fmt: skip
    assert path(interface, LAYERS).open


def test_a_planned_interface_is_judged_before_it_exists(built: Built) -> None:
    planned = Interface("eni-planned", built.public, "10.20.0.9", (built.task_group,), "203.0.113.9")
    assert route("", API, 443, REGION, ACCOUNT, planned=planned).open


def test_the_picture_changes_nothing(built: Built) -> None:
    built.endpoint("ecr.api")
    assert picture(REGION, ACCOUNT) == picture(REGION, ACCOUNT)


HOSTS = (API, LAYERS, "example.com", names.regional("secretsmanager", REGION))


@pytest.mark.parametrize("place", ["private", "public"])
def test_a_path_that_is_remembered_is_the_path_that_would_be_found(built: Built, place: str) -> None:
    """An interface that takes the address of one that is gone is answered from memory, and told of by its own id."""
    first = built.interface(getattr(built, place))
    held = built.ec2.describe_network_interfaces(NetworkInterfaceIds=[first])["NetworkInterfaces"][0]
    before = [route(first, host, 443, REGION, ACCOUNT) for host in HOSTS]
    again = {"SubnetId": held["SubnetId"], "Groups": [built.task_group], "PrivateIpAddress": held["PrivateIpAddress"]}
    built.ec2.delete_network_interface(NetworkInterfaceId=first)
    second = built.ec2.create_network_interface(**again)["NetworkInterface"]["NetworkInterfaceId"]
    for host, earlier in zip(HOSTS, before, strict=True):
        for interface in (second, built.interface(getattr(built, place), public_ip=True), second):
            told = route(interface, host, 443, REGION, ACCOUNT)
            assert told == find_path(around(interface, REGION, ACCOUNT), interface, host, 443)
            assert told.hops[0].id == interface
        assert told.kind == earlier.kind
