"""What a colleague has tried on EKS: pods on Fargate that ask for an EBS volume, and wait for it for ever (R-277)."""

from __future__ import annotations

from typing import Any

import boto3

from autograder.checks.labs.shared_and_scratch.plan import ACCOUNT
from autograder.checks.labs.two_roles.world import document

ROLES = {
    "pilots-cluster": ("eks.amazonaws.com", "AmazonEKSClusterPolicy"),
    "pilots-pods": ("eks-fargate-pods.amazonaws.com", "AmazonEKSFargatePodExecutionRolePolicy"),
}
ZONES = ("us-east-1d", "us-east-1f")
"""None of those in which the lab's services stand."""
TRIED_MINUTES = 5
TRIED = """
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: documents}
spec:
  replicas: 1
  serviceName: documents
  selector: {matchLabels: {app: documents}}
  template:
    metadata: {labels: {app: documents}}
    spec:
      containers:
        - name: app
          image: public.ecr.aws/nginx/nginx:1.27
          volumeMounts: [{name: disk, mountPath: /data}]
  volumeClaimTemplates:
    - metadata: {name: disk}
      spec: {accessModes: [ReadWriteOnce], storageClassName: gp3, resources: {requests: {storage: 50Gi}}}
"""


def try_pods(cloud: Any, name: str) -> None:
    """Make an EKS cluster of this name with a Fargate profile for all its pods, and the StatefulSet `documents`."""
    iam, eks = boto3.client("iam"), boto3.client("eks")
    for role, (service, policy) in ROLES.items():
        trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
        iam.create_role(RoleName=role, AssumeRolePolicyDocument=document([trust]))
        iam.attach_role_policy(RoleName=role, PolicyArn=f"arn:aws:iam::aws:policy/{policy}")
    subnets, roles = _subnets(), [f"arn:aws:iam::{ACCOUNT}:role/{role}" for role in ROLES]
    eks.create_cluster(name=name, roleArn=roles[0], resourcesVpcConfig={"subnetIds": subnets})
    eks.get_waiter("cluster_active").wait(name=name)
    eks.create_fargate_profile(
        clusterName=name,
        fargateProfileName="everything",
        podExecutionRoleArn=roles[1],
        subnets=subnets,
        selectors=[{"namespace": "default"}],
    )
    eks.get_waiter("fargate_profile_active").wait(clusterName=name, fargateProfileName="everything")
    cloud.kubernetes(name).apply(TRIED)
    cloud.advance(minutes=TRIED_MINUTES)


def _subnets() -> list[str]:
    """Two private subnets in a VPC of their own."""
    ec2 = boto3.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.60.0.0/16")["Vpc"]["VpcId"]
    made = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.60.{number}.0/24", AvailabilityZone=zone)
        for number, zone in enumerate(ZONES)
    ]
    return [str(one["Subnet"]["SubnetId"]) for one in made]
