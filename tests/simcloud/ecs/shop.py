"""A small company's account: a VPC with two private subnets, a role, an image, a cluster. Built with boto3 alone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import boto3

from simcloud import Cloud
from simcloud.cloud.look import TaskView

ACCOUNT, REGION = "123456789012", "us-east-1"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/exec"
MANAGED = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
VOLUMES = "arn:aws:iam::aws:policy/service-role/AmazonECSInfrastructureRolePolicyForVolumes"
ENDPOINTS = ("ecr.api", "ecr.dkr", "logs")


def trust(service: str = "ecs-tasks.amazonaws.com") -> str:
    """A trust policy for a service."""
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}],
        }
    )


class Shop:
    """The account and what tests do with it. Nothing leads out of its subnets until a test opens a way."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.ecs: Any = boto3.client("ecs")
        self.ec2: Any = boto3.client("ec2")
        self.iam: Any = boto3.client("iam")
        self.logs: Any = boto3.client("logs")
        self.vpc = self.ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        self.ec2.modify_vpc_attribute(VpcId=self.vpc, EnableDnsHostnames={"Value": True})
        self.table = self.ec2.create_route_table(VpcId=self.vpc)["RouteTable"]["RouteTableId"]
        self.subnets = [self._subnet(number, zone) for number, zone in ((1, "a"), (2, "b"))]
        self.group = self.security_group("tasks")
        self.endpoint_group = self.security_group("endpoints")
        self.ec2.authorize_security_group_ingress(
            GroupId=self.endpoint_group,
            IpPermissions=[
                {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "UserIdGroupPairs": [{"GroupId": self.group}]}
            ],
        )
        self.iam.create_role(RoleName="exec", AssumeRolePolicyDocument=trust())
        self.iam.attach_role_policy(RoleName="exec", PolicyArn=MANAGED)
        self.image = cloud.push_image("shop/web", "1.0", size_mib=90, log_lines=("ready",))
        self.logs.create_log_group(logGroupName="/ecs/web")
        self.ecs.create_cluster(clusterName="shop")
        self.register()

    def _subnet(self, number: int, zone: str) -> str:
        made = self.ec2.create_subnet(
            VpcId=self.vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"{REGION}{zone}"
        )["Subnet"]["SubnetId"]
        self.ec2.associate_route_table(RouteTableId=self.table, SubnetId=made)
        return str(made)

    def security_group(self, name: str) -> str:
        """A new group of the VPC."""
        return str(self.ec2.create_security_group(GroupName=name, Description=name, VpcId=self.vpc)["GroupId"])

    def open_endpoints(self, names: Iterable[str] = ENDPOINTS, *, s3: bool = True, private_dns: bool = True) -> None:
        """Interface endpoints in both subnets, and the gateway endpoint of S3 in their route table."""
        head = f"com.amazonaws.{REGION}"
        for name in names:
            self.ec2.create_vpc_endpoint(
                VpcEndpointType="Interface",
                VpcId=self.vpc,
                ServiceName=f"{head}.{name}",
                SubnetIds=self.subnets,
                SecurityGroupIds=[self.endpoint_group],
                PrivateDnsEnabled=private_dns,
            )
        if s3:
            self.ec2.create_vpc_endpoint(
                VpcEndpointType="Gateway", VpcId=self.vpc, ServiceName=f"{head}.s3", RouteTableIds=[self.table]
            )

    def container(self, **members: Any) -> dict[str, Any]:
        """`web`, logging to /ecs/web."""
        options = {"awslogs-group": "/ecs/web", "awslogs-region": REGION, "awslogs-stream-prefix": "web"}
        return {
            "name": "web",
            "image": self.image,
            "portMappings": [{"containerPort": 80}],
            "logConfiguration": {"logDriver": "awslogs", "options": options},
            **members,
        }

    def register(self, *containers: dict[str, Any], **members: Any) -> dict[str, Any]:
        """A revision of family `web`."""
        asked = {
            "family": "web",
            "requiresCompatibilities": ["FARGATE"],
            "networkMode": "awsvpc",
            "cpu": "256",
            "memory": "512",
            "executionRoleArn": ROLE,
            "containerDefinitions": list(containers) or [self.container()],
            **members,
        }
        answer: dict[str, Any] = self.ecs.register_task_definition(**asked)["taskDefinition"]
        return answer

    def network(self, **members: Any) -> dict[str, Any]:
        """Both subnets, the group of the tasks."""
        return {"awsvpcConfiguration": {"subnets": self.subnets, "securityGroups": [self.group], **members}}

    def run(self, **members: Any) -> dict[str, Any]:
        """RunTask; the first task of the answer."""
        asked = {
            "cluster": "shop",
            "taskDefinition": "web",
            "launchType": "FARGATE",
            "networkConfiguration": self.network(),
            **members,
        }
        answer: dict[str, Any] = self.ecs.run_task(**asked)["tasks"][0]
        return answer

    def run_and_wait(self, minutes: float = 6, **members: Any) -> TaskView:
        """RunTask, time passes, look."""
        arn = self.run(**members)["taskArn"]
        self.cloud.advance(minutes=minutes)
        self.cloud.world.check()
        return self.cloud.task(arn)

    def described(self, arn: str, **members: Any) -> dict[str, Any]:
        """DescribeTasks of one."""
        answer: dict[str, Any] = self.ecs.describe_tasks(cluster="shop", tasks=[arn], **members)["tasks"][0]
        return answer

    def create_service(self, **members: Any) -> dict[str, Any]:
        """A service `web` with two tasks."""
        asked = {
            "cluster": "shop",
            "serviceName": "web",
            "taskDefinition": "web",
            "desiredCount": 2,
            "launchType": "FARGATE",
            "networkConfiguration": self.network(),
            **members,
        }
        answer: dict[str, Any] = self.ecs.create_service(**asked)["service"]
        return answer

    def service(self, **members: Any) -> dict[str, Any]:
        """DescribeServices of `web`."""
        answer: dict[str, Any] = self.ecs.describe_services(cluster="shop", services=["web"], **members)["services"][0]
        return answer
