"""What the learner finds: an empty ECS cluster, an image and a role; and an EKS cluster that waits for manifests."""

from __future__ import annotations

import json
from typing import Any

import boto3

from autograder.checks.labs.rolling_service.world import EXECUTION_POLICY, TRUST
from autograder.checks.labs.two_roles.world import allow, document
from autograder.checks.labs.which_compute.plan import plan_of

EKS_ROLES = {
    "northern-cluster": ("eks.amazonaws.com", "AmazonEKSClusterPolicy"),
    "northern-pods": ("eks-fargate-pods.amazonaws.com", "AmazonEKSFargatePodExecutionRolePolicy"),
}


def build_world(cloud: Any, variant: dict[str, Any]) -> None:
    """Build the world of this variant."""
    plan = plan_of(variant["ticket"])
    iam = boto3.client("iam")
    boto3.client("ecs").create_cluster(clusterName=plan.cluster)
    iam.create_role(RoleName="ferryline-execution", AssumeRolePolicyDocument=json.dumps(TRUST))
    iam.attach_role_policy(RoleName="ferryline-execution", PolicyArn=EXECUTION_POLICY)
    cloud.push_image(f"ferryline/{plan.cluster}", "1", size_mib=90, memory_mib=plan.memory)
    cloud.push_image(f"northern/{plan.name}", "3.2", size_mib=110, memory_mib=plan.pod_memory)
    for name, (service, policy) in EKS_ROLES.items():
        trust = {**allow("sts:AssumeRole", "*"), "Principal": {"Service": service}}
        del trust["Resource"]
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=document([trust]))
        iam.attach_role_policy(RoleName=name, PolicyArn=f"arn:aws:iam::aws:policy/{policy}")
    eks = boto3.client("eks")
    eks.create_cluster(
        name=plan.northern,
        roleArn=iam.get_role(RoleName="northern-cluster")["Role"]["Arn"],
        resourcesVpcConfig={"subnetIds": _subnets()},
    )
    eks.get_waiter("cluster_active").wait(name=plan.northern)


def _subnets() -> list[str]:
    """Of the default VPC: one without a way out, a public one, two private ones that leave by a NAT gateway in it."""
    ec2 = boto3.client("ec2")
    found = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
    public = min(found, key=lambda each: str(each["AvailabilityZone"]))
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    nat = ec2.create_nat_gateway(SubnetId=public["SubnetId"], AllocationId=address)["NatGateway"]["NatGatewayId"]
    ec2.get_waiter("nat_gateway_available").wait(NatGatewayIds=[nat])
    table = ec2.create_route_table(VpcId=public["VpcId"])["RouteTable"]["RouteTableId"]
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", NatGatewayId=nat)
    closed = ec2.create_route_table(VpcId=public["VpcId"])["RouteTable"]["RouteTableId"]
    ids = []
    for number, zone, way in ((239, "us-east-1a", closed), (240, "us-east-1a", table), (241, "us-east-1b", table)):
        cidr = f"172.31.{number}.0/24"
        made = ec2.create_subnet(VpcId=public["VpcId"], CidrBlock=cidr, AvailabilityZone=zone)["Subnet"]["SubnetId"]
        ec2.associate_route_table(RouteTableId=way, SubnetId=made)
        ids.append(made)
    return [ids[0], public["SubnetId"], *ids[1:]]
