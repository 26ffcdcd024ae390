"""What the world used, and what it costs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import boto3
import pytest

from simcloud import Cloud
from simcloud.cloud.usage import usage_of
from simcloud.price.price import price


@pytest.fixture
def subnet(cloud: Cloud) -> str:
    ec2 = boto3.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    made = str(ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"])
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    [table] = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"]
    ec2.create_route(RouteTableId=table["RouteTableId"], DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    boto3.client("ecs").create_cluster(clusterName="default")
    return made


def run_for_an_hour(cloud: Cloud, subnet: str, family: str, **definition: Any) -> Any:
    ecs = boto3.client("ecs")
    ecs.register_task_definition(
        **{
            "family": family,
            "requiresCompatibilities": ["FARGATE"],
            "networkMode": "awsvpc",
            "cpu": "256",
            "memory": "512",
            "containerDefinitions": [{"name": "app", "image": "public.ecr.aws/nginx/nginx:latest"}],
            **definition,
        }
    )
    ecs.run_task(
        taskDefinition=family,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": {"subnets": [subnet], "assignPublicIp": "ENABLED"}},
    )
    cloud.advance(hours=1)
    return price(usage_of(cloud.world))


@pytest.mark.row("F21")
def test_a_task_pays_from_its_pull_for_the_size_that_was_asked_for(cloud: Cloud, subnet: str) -> None:
    bill = run_for_an_hour(cloud, subnet, "small")
    assert [line.what for line in bill] == [
        "Fargate vCPU, Linux X86_64",
        "Fargate memory, Linux X86_64",
        "public IPv4 address",
    ]
    seconds = bill.lines[0].amount * 4
    assert Decimal(3500) < seconds < Decimal(3600), "not yet billed while it waited for its network interface"
    assert bill.lines[0].cost == seconds / 4 * Decimal("0.000011244")


@pytest.mark.row("F18")
def test_the_extra_storage_of_a_task_is_billed(cloud: Cloud, subnet: str) -> None:
    bill = run_for_an_hour(cloud, subnet, "large", ephemeralStorage={"sizeInGiB": 21})
    [storage] = bill.of("storage")
    assert storage.amount == bill.lines[0].amount * 4


@pytest.mark.row("P03")
def test_the_same_network_with_nat_and_with_endpoints_has_another_price(cloud: Cloud, subnet: str) -> None:
    ec2 = boto3.client("ec2")
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    nat = ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"]["NatGatewayId"]
    cloud.advance(hours=10)
    assert price(usage_of(cloud.world)).cost == Decimal("0.50")
    ec2.delete_nat_gateway(NatGatewayId=nat)
    vpc = ec2.describe_subnets(SubnetIds=[subnet])["Subnets"][0]["VpcId"]
    for service in ("ecr.api", "ecr.dkr"):
        ec2.create_vpc_endpoint(
            VpcId=vpc,
            VpcEndpointType="Interface",
            SubnetIds=[subnet],
            PrivateDnsEnabled=False,
            ServiceName=f"com.amazonaws.us-east-1.{service}",
        )
    ec2.create_vpc_endpoint(VpcId=vpc, VpcEndpointType="Gateway", ServiceName="com.amazonaws.us-east-1.s3")
    cloud.advance(hours=10)
    assert [(line.what, line.cost) for line in price(usage_of(cloud.world))] == [
        ("interface endpoint hours", Decimal("0.20")),
        ("gateway endpoint s3", Decimal(0)),
    ]
