"""Stacks of a learner: made, waited for and read through boto3 alone."""

from __future__ import annotations

import json
from typing import Any

import boto3
from botocore.exceptions import WaiterError

from simcloud import Cloud

Template = dict[str, Any]
NAMED = ["CAPABILITY_NAMED_IAM"]

TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
CLUSTER: Template = {"Type": "AWS::ECS::Cluster", "Properties": {"ClusterName": "shop"}}


class Desk:
    """CloudFormation and its neighbours in one cloud."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.stacks = boto3.client("cloudformation")
        self.ecs = boto3.client("ecs")
        self.ec2 = boto3.client("ec2")

    @property
    def subnets(self) -> list[str]:
        """Two subnets of the default VPC."""
        return [each["SubnetId"] for each in self._default_subnets()][:2]

    def _default_subnets(self) -> list[Template]:
        usual = [{"Name": "default-for-az", "Values": ["true"]}]
        found: list[Template] = self.ec2.describe_subnets(Filters=usual)["Subnets"]
        return found

    def create(self, resources: Template | str, name: str = "demo", *, wait: bool = True, **more: Any) -> str:
        """The status of a stack of these resources, after it has come to rest."""
        body = resources if isinstance(resources, str) else json.dumps({"Resources": resources})
        self.stacks.create_stack(StackName=name, TemplateBody=body, **{"Capabilities": NAMED, **more})
        return self.wait("create", name) if wait else self.status(name)

    def update(self, resources: Template, name: str = "demo", **more: Any) -> str:
        """The status after an update to these resources."""
        body = json.dumps({"Resources": resources})
        self.stacks.update_stack(StackName=name, TemplateBody=body, **{"Capabilities": NAMED, **more})
        return self.wait("update", name)

    def delete(self, name: str = "demo") -> None:
        """Delete the stack and wait until it is gone."""
        identity = self.stack(name)["StackId"]
        self.stacks.delete_stack(StackName=name)
        self.wait("delete", name, identity)

    def wait(self, what: str, name: str = "demo", identity: str = "") -> str:
        """Wait as boto3 does; a waiter that fails is no mistake here: the status tells."""
        identity = identity or self.stack(name)["StackId"]
        try:
            self.stacks.get_waiter(f"stack_{what}_complete").wait(StackName=name, WaiterConfig={"MaxAttempts": 500})
        except WaiterError:
            while self.status(identity).endswith("IN_PROGRESS"):
                self.cloud.advance(seconds=30)
        return self.status(identity)

    def stack(self, name: str = "demo") -> dict[str, Any]:
        """What DescribeStacks says of it."""
        found: dict[str, Any] = self.stacks.describe_stacks(StackName=name)["Stacks"][0]
        return found

    def status(self, name: str = "demo") -> str:
        """The stack's status."""
        return str(self.stack(name)["StackStatus"])

    def outputs(self, name: str = "demo") -> dict[str, str]:
        """The stack's outputs."""
        return {one["OutputKey"]: one["OutputValue"] for one in self.stack(name).get("Outputs", [])}

    def events(self, name: str = "demo") -> list[tuple[str, str, str]]:
        """Resource, status and reason, oldest first."""
        told = self.stacks.describe_stack_events(StackName=name)["StackEvents"]
        return [
            (each["LogicalResourceId"], each["ResourceStatus"], each.get("ResourceStatusReason", ""))
            for each in reversed(told)
        ]

    def failure(self, name: str = "demo") -> str:
        """The reason of the first resource that failed."""
        told = (reason for thing, status, reason in self.events(name) if status.endswith("FAILED") and thing != name)
        return next(told, "")

    def physical(self, logical: str, name: str = "demo") -> str:
        """The physical id of a resource: what Ref gives."""
        found = self.stacks.describe_stack_resource(StackName=name, LogicalResourceId=logical)
        return str(found["StackResourceDetail"]["PhysicalResourceId"])


def definition(**more: Any) -> Template:
    """A task definition that runs on Fargate."""
    container = {"Name": "app", "Image": "public.ecr.aws/nginx/nginx:stable", "PortMappings": [{"ContainerPort": 80}]}
    properties = {
        "Family": "web",
        "Cpu": "256",
        "Memory": "512",
        "NetworkMode": "awsvpc",
        "RequiresCompatibilities": ["FARGATE"],
        "ContainerDefinitions": [container],
        **more,
    }
    kept = {key: value for key, value in properties.items() if value is not None}
    return {"Type": "AWS::ECS::TaskDefinition", "Properties": kept}


def service(subnets: list[str], **more: Any) -> Template:
    """A service of the cluster and the definition beside it."""
    network = {"Subnets": subnets, "AssignPublicIp": "ENABLED"}
    properties = {
        "Cluster": {"Ref": "Cluster"},
        "TaskDefinition": {"Ref": "Definition"},
        "LaunchType": "FARGATE",
        "NetworkConfiguration": {"AwsvpcConfiguration": network},
        **more,
    }
    kept = {key: value for key, value in properties.items() if value is not None}
    return {"Type": "AWS::ECS::Service", "Properties": kept}


def shop(subnets: list[str], **more: Any) -> Template:
    """A cluster, a definition and a service with these properties."""
    return {"Cluster": CLUSTER, "Definition": definition(), "Web": service(subnets, **more)}
