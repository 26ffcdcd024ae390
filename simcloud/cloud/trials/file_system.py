"""A task in zone B with an EFS volume: what mount targets, port, permission and platform version make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError

from simcloud.cloud.trials.common import (
    EXECUTION_POLICY,
    Outcome,
    allow,
    default_subnets,
    network,
    small_task,
    task_role,
)

if TYPE_CHECKING:
    from simcloud.cloud.cloud import Cloud

NAME = "trial-of-efs"


def run(future: Cloud, targets: tuple[bool, bool], port: bool, iam: bool, allowed: bool, version: str) -> Outcome:
    """(rows of what was asked and answered, closing line). `future` is a copy, which is live and changed.

    `targets`: is there a mount target in zone A, in zone B? The task runs in zone B.
    """
    ecs = boto3.client("ecs", region_name=future.region)
    subnets, group, files = _file_system(future, targets, port)
    image = future.push_image(NAME)
    config: dict[str, Any] = {"fileSystemId": files, "transitEncryption": "ENABLED"}
    if iam:
        config["authorizationConfig"] = {"iam": "ENABLED"}
    mount = [{"sourceVolume": "data", "containerPath": "/data"}]
    mounting = (allow("elasticfilesystem:ClientMount", "*"),) if allowed else ()
    asked = small_task(
        NAME,
        executionRoleArn=task_role(f"{NAME}-execution", managed=EXECUTION_POLICY),
        taskRoleArn=task_role(f"{NAME}-task", statements=mounting),
        containerDefinitions=[{"name": "app", "image": image, "mountPoints": mount}],
        volumes=[{"name": "data", "efsVolumeConfiguration": config}],
    )
    definition = ecs.register_task_definition(**asked)["taskDefinition"]["taskDefinitionArn"]
    ecs.create_cluster(clusterName=NAME)
    try:
        task = ecs.run_task(
            cluster=NAME,
            taskDefinition=definition,
            launchType="FARGATE",
            platformVersion=version,
            networkConfiguration=network(subnets[1], groups=(group,)),
        )["tasks"][0]["taskArn"]
    except ClientError as refused:
        return (("RunTask", str(refused.response["Error"]["Message"])),), "AWS refuses to run it."
    future.advance(minutes=3)
    seen = future.task(task)
    rows = (("RunTask", "accepted"), ("three minutes later", seen.stopped_reason or seen.status))
    return rows, "The program runs, with its files." if seen.status == "RUNNING" else "The program never runs."


def _file_system(future: Cloud, targets: tuple[bool, bool], port: bool) -> tuple[list[str], str, str]:
    """Two subnets of the default VPC, the task's security group, and a file system with mount targets as chosen."""
    ec2 = boto3.client("ec2", region_name=future.region)
    efs = boto3.client("efs", region_name=future.region)
    chosen = default_subnets(future)[:2]
    subnets, vpc = [str(each["SubnetId"]) for each in chosen], str(chosen[0]["VpcId"])

    def group(name: str) -> str:
        return str(ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"])

    tasks, doors = group(f"{NAME}-task"), group(f"{NAME}-files")
    if port:
        nfs = {"IpProtocol": "tcp", "FromPort": 2049, "ToPort": 2049, "UserIdGroupPairs": [{"GroupId": tasks}]}
        ec2.authorize_security_group_ingress(GroupId=doors, IpPermissions=[nfs])
    files = str(efs.create_file_system(CreationToken=NAME)["FileSystemId"])
    for subnet, wanted in zip(subnets, targets, strict=True):
        if wanted:
            efs.create_mount_target(FileSystemId=files, SubnetId=subnet, SecurityGroups=[doors])
    return subnets, tasks, files
