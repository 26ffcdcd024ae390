"""What the learner finds: images, roles, and a file system with one mount target whose door stands wrong."""

from __future__ import annotations

import json
from typing import Any

import boto3

from autograder.checks.labs.rolling_service.world import EXECUTION_POLICY, TRUST
from autograder.checks.labs.shared_and_scratch.plan import Plan, plan_of
from autograder.checks.labs.shared_and_scratch.pods import try_pods

NFS = 2049
SETTLE_MINUTES = 3
"""In which a mount target is made."""


def build_world(cloud: Any, variant: dict[str, Any]) -> None:
    """Build the world of this variant."""
    plan = plan_of(variant["ticket"])
    iam = boto3.client("iam")
    boto3.client("ecs").create_cluster(clusterName=plan.cluster)
    for name in ("ferryline-execution", f"{plan.service}-task"):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(TRUST))
    iam.attach_role_policy(RoleName="ferryline-execution", PolicyArn=EXECUTION_POLICY)
    for name in (plan.service, plan.sorter):
        cloud.push_image(f"ferryline/{name}", "1", size_mib=80)
    efs = boto3.client("efs")
    files = efs.create_file_system(
        CreationToken=plan.service, Encrypted=True, Tags=[{"Key": "Name", "Value": f"ferryline-{plan.service}"}]
    )["FileSystemId"]
    subnet = subnet_in(plan.zones[plan.stands])
    efs.create_mount_target(FileSystemId=files, SubnetId=subnet["SubnetId"], SecurityGroups=[_group(plan, subnet)])
    cloud.advance(minutes=SETTLE_MINUTES)
    try_pods(cloud, plan.pods)


def subnet_in(zone: str) -> dict[str, Any]:
    """The default subnet of a zone."""
    filters = [{"Name": "default-for-az", "Values": ["true"]}, {"Name": "availability-zone", "Values": [zone]}]
    return dict(boto3.client("ec2").describe_subnets(Filters=filters)["Subnets"][0])


def _group(plan: Plan, subnet: dict[str, Any]) -> str:
    ec2 = boto3.client("ec2")

    def make(name: str) -> str:
        made = ec2.create_security_group(GroupName=name, Description=name, VpcId=subnet["VpcId"])
        return str(made["GroupId"])

    group, other = make(f"{plan.service}-files"), make("tills")
    port = 111 if plan.door == "wrong port" else NFS
    who: dict[str, Any] = {"UserIdGroupPairs": [{"GroupId": other}]}
    if plan.door in ("wide", "wrong port"):
        who = {"IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    if plan.door != "closed":
        rule = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **who}
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    return group
