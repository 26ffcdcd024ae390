"""What the learner finds: a cluster, three roles, a load balancer for each service, the images. Services are theirs."""

from __future__ import annotations

import json
from typing import Any

import boto3

from autograder.checks.labs.blue_green.plan import CLUSTER, plan_of

ROLES = {
    "execution": ("ecs-tasks.amazonaws.com", "service-role/AmazonECSTaskExecutionRolePolicy"),
    "shifting": ("ecs.amazonaws.com", "AmazonECSInfrastructureRolePolicyForLoadBalancers"),
    "codedeploy": ("codedeploy.amazonaws.com", "AWSCodeDeployRoleForECS"),
}
"""Name -> who may take it on, and AWS's managed policy."""


def build_world(cloud: Any, variant: dict[str, Any]) -> None:
    """Build the world of this variant."""
    plan = plan_of(variant["ticket"])
    boto3.client("ecs").create_cluster(clusterName=CLUSTER)
    _make_roles()
    subnets = _subnets()
    vpc, places = subnets[0]["VpcId"], [each["SubnetId"] for each in subnets[:2]]
    front = _group("front", vpc, 80, IpRanges=[{"CidrIp": "0.0.0.0/0"}])
    _group("tasks", vpc, plan.port, UserIdGroupPairs=[{"GroupId": front}])
    for service in plan.services:
        boto3.client("elbv2").create_load_balancer(Name=service, Subnets=places, SecurityGroups=[front])
        for version in ("1.0", "1.1", "2.0"):
            cloud.push_image(f"ferryline/{service}", version, **plan.behaviour(version))


def _make_roles() -> None:
    iam = boto3.client("iam")
    for name, (who, policy) in ROLES.items():
        trust = {"Effect": "Allow", "Principal": {"Service": who}, "Action": "sts:AssumeRole"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
        iam.create_role(RoleName=f"ferryline-{name}", AssumeRolePolicyDocument=document)
        iam.attach_role_policy(RoleName=f"ferryline-{name}", PolicyArn=f"arn:aws:iam::aws:policy/{policy}")


def _subnets() -> list[dict[str, Any]]:
    usual = [{"Name": "default-for-az", "Values": ["true"]}]
    found = boto3.client("ec2").describe_subnets(Filters=usual)["Subnets"]
    return sorted(found, key=lambda each: str(each["AvailabilityZone"]))


def _group(name: str, vpc: str, port: int, **source: Any) -> str:
    ec2 = boto3.client("ec2")
    group = str(ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"])
    rule = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **source}
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    return group
