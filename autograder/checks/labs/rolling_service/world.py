"""What the learner finds: cluster, role, three images and another team's network. The service is theirs to build."""

from __future__ import annotations

import json
from typing import Any

import boto3

from autograder.checks.labs.rolling_service.plan import REGION, plan_of

TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
EXECUTION_POLICY = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"


def build_world(cloud: Any, variant: dict[str, Any]) -> None:
    """Build the world of this variant."""
    plan = plan_of(variant["ticket"])
    iam = boto3.client("iam")
    boto3.client("ecs").create_cluster(clusterName=plan.cluster)
    iam.create_role(RoleName="ferryline-execution", AssumeRolePolicyDocument=json.dumps(TRUST))
    iam.attach_role_policy(RoleName="ferryline-execution", PolicyArn=EXECUTION_POLICY)
    for version in plan.images:
        cloud.push_image(f"ferryline/{plan.service}", version, **plan.behaviour(version))
    _network_of_another_team()


def _network_of_another_team() -> None:
    """A VPC with a subnet and no way out: nobody who takes whatever subnets there are gets a service to run."""
    ec2 = boto3.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.60.0.0/16")["Vpc"]["VpcId"]
    ec2.create_subnet(VpcId=vpc, CidrBlock="10.60.1.0/24", AvailabilityZone=f"{REGION}a")
