"""The views over a real world: a task that finds no image, then the same task with the three keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import boto3
import pytest

from simcloud import Cloud
from simcloud.cloud.network import route
from simcloud.reason import names
from simcloud.views.path import path as path_view
from simcloud.views.story import story
from simcloud.views.timeline import timeline
from simcloud.views.topology import topology

REGION, ACCOUNT = "us-east-1", "123456789012"
STOCK = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
TRUST = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}]}  # fmt: skip


@dataclass
class World:
    """A cloud with one VPC, two subnets and a task definition."""

    cloud: Cloud
    vpc: str
    private: str
    public: str
    group: str
    table: str

    def run(self, subnet: str, group: str = "", *, public_ip: str = "DISABLED") -> str:
        """A task that has had seven minutes; its id."""
        network = {"subnets": [subnet], "securityGroups": [group or self.group], "assignPublicIp": public_ip}
        answer = boto3.client("ecs").run_task(cluster="main", taskDefinition="web", launchType="FARGATE",
                                              networkConfiguration={"awsvpcConfiguration": network})  # fmt: skip
        self.cloud.advance(minutes=7)
        return str(answer["tasks"][0]["taskArn"].rsplit("/", 1)[-1])

    def add_endpoints(self) -> None:
        """The three keys."""
        ec2 = boto3.client("ec2")
        shut = ec2.create_security_group(GroupName="endpoints", Description="x", VpcId=self.vpc)["GroupId"]
        rule = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "UserIdGroupPairs": [{"GroupId": self.group}]}
        ec2.authorize_security_group_ingress(GroupId=shut, IpPermissions=[rule])
        for short in ("ecr.api", "ecr.dkr"):
            ec2.create_vpc_endpoint(
                VpcId=self.vpc,
                ServiceName=f"com.amazonaws.{REGION}.{short}",
                VpcEndpointType="Interface",
                SubnetIds=[self.private],
                SecurityGroupIds=[shut],
            )
        ec2.create_vpc_endpoint(VpcId=self.vpc, ServiceName=f"com.amazonaws.{REGION}.s3", RouteTableIds=[self.table])


@pytest.fixture
def world() -> Iterator[World]:
    with Cloud(seed=7) as cloud:
        ec2, ecs, iam = boto3.client("ec2"), boto3.client("ecs"), boto3.client("iam")
        vpc = ec2.create_vpc(CidrBlock="10.30.0.0/16")["Vpc"]["VpcId"]
        ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
        private, public = (ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.30.{number}.0/24")["Subnet"]["SubnetId"]
                           for number in (1, 0))  # fmt: skip
        group = ec2.create_security_group(GroupName="task", Description="x", VpcId=vpc)["GroupId"]
        tables = [ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"] for _ in range(2)]
        for table, subnet in zip(tables, (private, public), strict=True):
            ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
        gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
        ec2.create_route(RouteTableId=tables[1], DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
        role = iam.create_role(RoleName="execution", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
        iam.attach_role_policy(RoleName="execution", PolicyArn=STOCK)
        ecs.create_cluster(clusterName="main")
        image = cloud.push_image("web")
        ecs.register_task_definition(
            family="web", requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256", memory="512",
            executionRoleArn=role, containerDefinitions=[{"name": "web", "image": image}])  # fmt: skip
        yield World(cloud, vpc, private, public, group, tables[0])


@pytest.mark.row("F20")
@pytest.mark.row("T05")
@pytest.mark.row("N02")
def test_a_task_without_a_way_to_ecr_stops_and_with_the_three_keys_it_runs(world: World) -> None:
    failed = world.run(world.private)
    told = str(timeline(world.cloud, failed))
    assert "+4 min 49 s" in told
    assert "TaskFailedToStart: ResourceInitializationError: unable to pull secrets or registry auth" in told
    assert f"{world.table} of {world.private} has no route to" in told
    world.add_endpoints()
    shown = str(timeline(world.cloud, world.run(world.private)))
    assert [line.split()[2] for line in shown.splitlines() if "RUNNING" in line and "+" in line]
    for role, says in (
        ("execution role", "token for the private registry"),
        ("execution role", "pulls "),
        ("your code", "container web runs"),
    ):
        assert any(role in line and says in line for line in shown.splitlines())


@pytest.mark.row("M04")
def test_a_public_subnet_without_a_public_ip_fails_like_a_private_one_and_with_one_it_runs(world: World) -> None:
    tasks = [world.cloud.task(world.run(subnet)) for subnet in (world.private, world.public)]
    assert tasks[0].stopped_reason == tasks[1].stopped_reason != ""
    assert "has no public IP" in tasks[1].why
    assert world.cloud.task(world.run(world.public, public_ip="ENABLED")).status == "RUNNING"


@pytest.mark.row("F12")
@pytest.mark.row("T01")
def test_a_running_task_has_one_interface_in_its_subnet_judged_by_its_own_group(world: World) -> None:
    world.add_endpoints()
    ec2 = boto3.client("ec2")
    running = world.cloud.task(world.run(world.private))
    found = ec2.describe_network_interfaces(NetworkInterfaceIds=[running.interface])["NetworkInterfaces"]
    assert [(one["SubnetId"], [each["GroupId"] for each in one["Groups"]]) for one in found] == [
        (world.private, [world.group])
    ]
    other = ec2.create_security_group(GroupName="other", Description="x", VpcId=world.vpc)["GroupId"]
    stopped = world.cloud.task(world.run(world.private, other))
    assert (running.status, stopped.status) == ("RUNNING", "STOPPED")
    assert "no ingress rule of" in stopped.why


@pytest.mark.row("N05")
def test_the_topology_of_the_world_lights_the_three_keys(world: World) -> None:
    world.add_endpoints()
    task = world.cloud.task(world.run(world.private))
    drawn = topology(world.cloud, interface=task.interface)
    assert drawn.mermaid.count("✓ key: ") == 3
    assert f"task {task.id[:8]} of web:1 {task.interface}" in str(drawn)
    with pytest.raises(LookupError, match="there is no network interface eni-0"):
        topology(world.cloud, interface="eni-0")


def test_a_path_of_the_world_is_drawn_as_table_and_in_the_topology(world: World) -> None:
    world.add_endpoints()
    task: Any = world.cloud.task(world.run(world.private))
    found = route(task.interface, names.regional("logs", REGION), 443, REGION, ACCOUNT)
    assert path_view(found).rows[-1][1] == "✗ ends here"
    assert "ENDS HERE" in str(topology(world.cloud, path=found))


def test_the_story_is_a_table_of_the_world_or_of_one_thing(world: World) -> None:
    task = world.run(world.private)
    mine, all_of_it = story(world.cloud, task), story(world.cloud)
    assert 0 < len(mine.rows) < len(all_of_it.rows)
    assert mine.rows[0][2].startswith("PROVISIONING")
    assert story(world.cloud, "nobody").closing == "Nothing has happened yet."
