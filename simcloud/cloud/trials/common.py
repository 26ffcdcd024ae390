"""What small trials in a copy of the cloud have in common: subnets of the default VPC, roles, a definition."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import boto3

if TYPE_CHECKING:
    from simcloud.cloud.cloud import Cloud

Outcome = tuple[tuple[tuple[str, ...], ...], str]
"""Rows of what was asked and what was answered, and a closing line."""
TASKS = "ecs-tasks.amazonaws.com"
EXECUTION_POLICY = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"


def default_subnets(cloud: Cloud) -> list[dict[str, Any]]:
    """The public subnets of the default VPC, as DescribeSubnets shows them, by zone."""
    found = boto3.client("ec2", region_name=cloud.region).describe_subnets(
        Filters=[{"Name": "default-for-az", "Values": ["true"]}]
    )["Subnets"]
    return sorted((dict(each) for each in found), key=lambda each: str(each["AvailabilityZone"]))


def task_role(name: str, *, managed: str = "", statements: tuple[dict[str, Any], ...] = ()) -> str:
    """Make a role that ECS tasks may take on, with this managed policy and these statements; its ARN."""
    iam = boto3.client("iam")
    trust = {"Effect": "Allow", "Principal": {"Service": TASKS}, "Action": "sts:AssumeRole"}
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=_document(trust))["Role"]
    if managed:
        iam.attach_role_policy(RoleName=name, PolicyArn=managed)
    if statements:
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=_document(*statements))
    return str(role["Arn"])


def allow(action: str, resource: str) -> dict[str, Any]:
    """A statement that allows one action on one resource."""
    return {"Effect": "Allow", "Action": action, "Resource": resource}


def small_task(family: str, **members: Any) -> dict[str, Any]:
    """The arguments of a definition of the smallest size, with these members."""
    return {
        "family": family,
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "256",
        "memory": "512",
        **members,
    }


def network(*subnets: str, groups: tuple[str, ...] = ()) -> dict[str, Any]:
    """A network configuration with public addresses."""
    place: dict[str, Any] = {"subnets": list(subnets), "assignPublicIp": "ENABLED"}
    return {"awsvpcConfiguration": {**place, **({"securityGroups": list(groups)} if groups else {})}}


def _document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
