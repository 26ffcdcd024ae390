"""What the learner finds: five services in private subnets, a week old, and what stands around them."""

from __future__ import annotations

import json
from typing import Any

import boto3

from autograder.checks.labs.wasteful_estate.plan import ANSWERS_IN, PER_VCPU, QUIET, USUAL, Plan, Service, plan_of

TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
EXECUTION_POLICY = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
ROLE = "ferryline-execution"


def build_world(cloud: Any, variant: dict[str, Any]) -> None:
    """Build the world of this variant, and let a week pass in it."""
    plan = plan_of(variant["ticket"])
    iam = boto3.client("iam")
    role = iam.create_role(RoleName=ROLE, AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
    iam.attach_role_policy(RoleName=ROLE, PolicyArn=EXECUTION_POLICY)
    subnets = _network(plan)
    providers = ["FARGATE", "FARGATE_SPOT"]
    boto3.client("ecs").create_cluster(clusterName=plan.cluster, capacityProviders=providers)
    for service in plan.services:
        _serve(cloud, plan, service, role, subnets)
    cloud.advance(minutes=10)
    for service in plan.services:
        if service.peak:
            offer(cloud, plan, service, USUAL)
    cloud.advance(days=7)


def offer(cloud: Any, plan: Plan, service: Service, share: float) -> None:
    """Let this share of the busiest day's requests be asked of a service, day after day."""
    most = round(service.peak * share, 3)
    cloud.load(service.name, daily=(round(most * QUIET, 3), most), cluster=plan.cluster)


def _serve(cloud: Any, plan: Plan, service: Service, role: str, subnets: list[str]) -> None:
    ecs = boto3.client("ecs")
    image = cloud.push_image(
        f"ferryline/{service.name}",
        "1.0",
        ports=[8080],
        size_mib=150,
        architectures=("X86_64", "ARM64") if service.arm else ("X86_64",),
        memory_mib=service.memory_mib,
        requests_per_vcpu=PER_VCPU,
        latency_seconds=ANSWERS_IN,
    )
    ecs.register_task_definition(
        family=service.name,
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu=str(service.found[0]),
        memory=str(service.found[1]),
        executionRoleArn=role,
        containerDefinitions=[{"name": "app", "image": image, "portMappings": [{"containerPort": 8080}]}],
    )
    ecs.create_service(
        cluster=plan.cluster,
        serviceName=service.name,
        taskDefinition=service.name,
        desiredCount=service.tasks,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": {"subnets": subnets}},
    )


def _network(plan: Plan) -> list[str]:
    """Two NAT gateways, of which one is on the way of both private subnets, and an address that nothing holds."""
    ec2 = boto3.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.12.0.0/16")["Vpc"]["VpcId"]
    ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)

    def subnet(number: int, zone: str, **way: str) -> str:
        cidr = f"10.12.{number}.0/24"
        made = ec2.create_subnet(VpcId=vpc, CidrBlock=cidr, AvailabilityZone=zone)["Subnet"]["SubnetId"]
        table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
        ec2.associate_route_table(RouteTableId=table, SubnetId=made)
        ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", **way)
        return str(made)

    def tagged(kind: str, name: str) -> list[dict[str, Any]]:
        return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}]}]

    public = subnet(0, "us-east-1a", GatewayId=gateway)
    addresses = {
        number: ec2.allocate_address(Domain="vpc", TagSpecifications=tagged("elastic-ip", f"address-{number}"))
        for number in (1, 2, 3)
    }
    held = [number for number in addresses if number != plan.spare]
    ways = {}
    for number, address in zip((1, 2), held, strict=True):
        made = ec2.create_nat_gateway(
            SubnetId=public,
            AllocationId=addresses[address]["AllocationId"],
            TagSpecifications=tagged("natgateway", f"way-out-{number}"),
        )
        ways[number] = made["NatGateway"]["NatGatewayId"]
    ec2.get_waiter("nat_gateway_available").wait(NatGatewayIds=list(ways.values()))
    way = ways[3 - plan.idle_nat]
    return [subnet(number, f"us-east-1{'ab'[number - 1]}", NatGatewayId=way) for number in (1, 2)]
