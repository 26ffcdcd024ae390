"""An account in which ECS is called: a cluster, a service of two tasks, a task of its own, a capacity provider.

Requests in the tables name what has an id by a word that begins with $: $task is the standalone task's id.
"""

from __future__ import annotations

import json
from typing import Any

import boto3

from simcloud import Cloud

ACCOUNT, REGION = "123456789012", "us-east-1"
HEAD = f"arn:aws:ecs:{REGION}:{ACCOUNT}"
NOBODY = "0" * 32
"""The id of no task and no instance."""


def trust(service: str) -> str:
    """A trust policy."""
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def allow(*actions: str) -> str:
    """An identity policy."""
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]})


class Account:
    """Built with boto3 alone, in a public subnet."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.ecs: Any = boto3.client("ecs")
        self.iam: Any = boto3.client("iam")
        self.subnet = self._subnet()
        self.network = {"awsvpcConfiguration": {"subnets": [self.subnet], "assignPublicIp": "ENABLED"}}
        self._roles()
        self._definitions(cloud.push_image("web"))
        self.ecs.create_cluster(clusterName="shop", capacityProviders=["FARGATE", "FARGATE_SPOT"])
        self.ecs.create_cluster(clusterName="closed")
        self.ecs.delete_cluster(cluster="closed")
        self.ecs.create_capacity_provider(name="old", autoScalingGroupProvider={"autoScalingGroupArn": "old"})
        self._tasks()
        cloud.advance(minutes=5)
        arns = self.ecs.list_tasks(cluster="shop", serviceName="web")["taskArns"]
        self.words = {
            "$task": self.task,
            "$two": self.two,
            "$service-task": arns[0].rsplit("/", 1)[-1],
            "$other-service-task": arns[1].rsplit("/", 1)[-1],
            "$nobody": NOBODY,
        }

    def _subnet(self) -> str:
        ec2: Any = boto3.client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24", AvailabilityZone=f"{REGION}a")["Subnet"]
        gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
        table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
        ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
        ec2.associate_route_table(RouteTableId=table, SubnetId=subnet["SubnetId"])
        return str(subnet["SubnetId"])

    def _roles(self) -> None:
        for name, actions in (
            ("exec", ("ecr:*", "logs:*")),
            ("task", ("ssmmessages:*",)),
            ("mute", ("s3:GetObject",)),
        ):
            self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust("ecs-tasks.amazonaws.com"))
            self.iam.put_role_policy(RoleName=name, PolicyName="may", PolicyDocument=allow(*actions))

    def _definitions(self, image: str) -> None:
        for family, task_role, names in (("web", "task", ("web",)), ("two", "mute", ("web", "side"))):
            self.ecs.register_task_definition(
                family=family,
                requiresCompatibilities=["FARGATE"],
                networkMode="awsvpc",
                cpu="256",
                memory="512",
                executionRoleArn=f"arn:aws:iam::{ACCOUNT}:role/exec",
                taskRoleArn=f"arn:aws:iam::{ACCOUNT}:role/{task_role}",
                containerDefinitions=[{"name": name, "image": image} for name in names],
            )

    def _tasks(self) -> None:
        launch = {"cluster": "shop", "launchType": "FARGATE", "networkConfiguration": self.network}
        self.task = self.ecs.run_task(taskDefinition="web", **launch)["tasks"][0]["taskArn"].rsplit("/", 1)[-1]
        two = self.ecs.run_task(taskDefinition="two", enableExecuteCommand=True, **launch)["tasks"][0]
        self.two = two["taskArn"].rsplit("/", 1)[-1]
        self.ecs.create_service(
            serviceName="web", taskDefinition="web", desiredCount=2, enableExecuteCommand=True, **launch
        )

    def written(self, value: Any) -> Any:
        """A request with its $words filled in."""
        if isinstance(value, dict):
            return {key: self.written(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.written(each) for each in value]
        if isinstance(value, str):
            for word, meaning in sorted(self.words.items(), key=lambda item: -len(item[0])):
                value = value.replace(word, meaning)
        return value

    def call(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """Call it by its name in boto3."""
        answer: dict[str, Any] = getattr(self.ecs, operation)(**self.written(request))
        return answer
