"""What the learner finds: a service all on demand, a job with nowhere to write, its file system and another."""

from __future__ import annotations

import json
from typing import Any

import boto3

from autograder.checks.labs.spot_without_tears.plan import ACCOUNT, REGION, plan_of

EXECUTION_POLICY = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
NFS = 2049


def build_world(cloud: Any, variant: dict[str, Any]) -> None:
    """Build the world of this variant."""
    plan = plan_of(variant["ticket"])
    ecs = boto3.client("ecs")
    ecs.create_cluster(clusterName=plan.cluster)
    _roles(plan.cluster, plan.job)
    for version in plan.images:
        cloud.push_image(f"ferryline/{plan.service}", version, **plan.serves(version))
    for version in plan.jobs:
        cloud.push_image(f"ferryline/{plan.job}", version, **plan.works(version))
    boto3.client("efs").create_file_system(CreationToken="photographs", Tags=[{"Key": "Name", "Value": "photographs"}])
    places = _files(plan.job)
    ecs.register_task_definition(
        family=plan.service,
        requiresCompatibilities=["FARGATE"],
        networkMode="awsvpc",
        cpu="256",
        memory="512",
        executionRoleArn=variant["role"],
        containerDefinitions=[{"name": "app", "image": plan.images["shell"]}],
    )
    ecs.create_service(
        cluster=plan.cluster,
        serviceName=plan.service,
        taskDefinition=plan.service,
        desiredCount=plan.count,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": {"subnets": places, "assignPublicIp": "ENABLED"}},
    )
    cloud.advance(minutes=5)


def _roles(cluster: str, job: str) -> None:
    """The execution role; and the one by which EventBridge may start the job, and nothing else."""
    iam = boto3.client("iam")
    execution = _role("ferryline-execution", "ecs-tasks.amazonaws.com")
    iam.attach_role_policy(RoleName="ferryline-execution", PolicyArn=EXECUTION_POLICY)
    _role("ferryline-starter", "events.amazonaws.com")
    statements = [
        {
            "Effect": "Allow",
            "Action": "ecs:RunTask",
            "Resource": f"arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/{job}:*",
        },
        {"Effect": "Allow", "Action": "iam:PassRole", "Resource": execution},
    ]
    document = json.dumps({"Version": "2012-10-17", "Statement": statements})
    iam.put_role_policy(RoleName="ferryline-starter", PolicyName="starts", PolicyDocument=document)


def _role(name: str, service: str) -> str:
    trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    made = boto3.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]
    return str(made["Arn"])


def _files(job: str) -> list[str]:
    """A file system named like the job, its mount targets in two subnets, and the group that may reach them."""
    ec2, efs = boto3.client("ec2"), boto3.client("efs")
    every = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
    pair = sorted(every, key=lambda each: str(each["AvailabilityZone"]))[:2]
    group = ec2.create_security_group(GroupName=job, Description=f"{job} and its files", VpcId=pair[0]["VpcId"])[
        "GroupId"
    ]
    rule = {
        "IpProtocol": "tcp",
        "FromPort": NFS,
        "ToPort": NFS,
        "UserIdGroupPairs": [{"GroupId": group}],
    }
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    files = efs.create_file_system(CreationToken=job, Tags=[{"Key": "Name", "Value": job}])["FileSystemId"]
    for one in pair:
        efs.create_mount_target(FileSystemId=files, SubnetId=one["SubnetId"], SecurityGroups=[group])
    return [str(one["SubnetId"]) for one in pair]
