"""Somebody has taken over the program of a task: what its role and its security group let them do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3

from simcloud.cloud.trials.common import (
    EXECUTION_POLICY,
    allow,
    default_subnets,
    network,
    small_task,
    task_role,
)

if TYPE_CHECKING:
    from simcloud.cloud.cloud import Cloud

NAME = "trial-of-an-intruder"
OWN, OTHER = "arn:aws:s3:::receipts/4711.pdf", "arn:aws:s3:::payroll/november.csv"
NO_ROLE, ONE_BUCKET, ALL_BUCKETS, ADMINISTRATOR = "none", "put into one bucket", "s3:* on everything", "administrator"
ROLES = (ONE_BUCKET, NO_ROLE, ALL_BUCKETS, ADMINISTRATOR)
ANYWHERE, TLS, DATABASE_ONLY = "anywhere", "443 anywhere", "443 anywhere, 5432 to the database"
OUTBOUND = (ANYWHERE, TLS, DATABASE_ONLY)
DATABASE_PORT, EXECUTION_ONLY = 5432, "ecr:GetAuthorizationToken"


@dataclass(frozen=True)
class Tried:
    """One thing that the intruder tries."""

    what: str
    works: bool
    why: str


def run(future: Cloud, role: str, outbound: str, database_lets_in: str) -> tuple[Tried, ...]:
    """What an intruder in a running task gets at. `future` is a copy, which is live and changed; `database_lets_in` is
    `the app's group` or `the whole VPC`."""
    app, database, bystander = (_group(future, f"{NAME}-{each}") for each in ("app", "database", "bystander"))
    _outbound(future, app, outbound, database)
    whole = database_lets_in == "the whole VPC"
    _let_in(future, database, {"IpRanges": [{"CidrIp": "172.31.0.0/16"}]} if whole else _from(app))
    _furnish(future)
    started = [
        _start(future, *each)
        for each in ((database, "database", NO_ROLE), (bystander, "bystander", NO_ROLE), (app, "app", role))
    ]
    future.advance(minutes=1)
    address, neighbour = (future.task(each).private_ip for each in started[:2])
    inside = future.inside(started[2])
    calls = (
        ("write a receipt, as the program does", "s3:PutObject", OWN),
        ("read the payroll", "s3:GetObject", OTHER),
        ("use the execution role's rights", EXECUTION_ONLY, "*"),
        ("make a user", "iam:CreateUser", "*"),
    )
    places = (
        ("the database", address, DATABASE_PORT),
        ("another task of the subnet", neighbour, 8080),
        ("a host on the internet, port 443", "evil.example.com", 443),
        ("a host on the internet, port 4444", "evil.example.com", 4444),
        ("the keys of an instance", "169.254.169.254", 80),
    )
    called = [(what, inside.call(action, resource)) for what, action, resource in calls]
    reached = [(f"reach {what}", inside.reach(host, port)) for what, host, port in places]
    return (
        *(Tried(what, found.allowed, found.why) for what, found in called),
        *(Tried(what, found.open, found.why) for what, found in reached),
    )


def _group(future: Cloud, name: str) -> str:
    """A security group of the default VPC that lets nothing in; its id."""
    ec2 = boto3.client("ec2", region_name=future.region)
    vpc = default_subnets(future)[0]["VpcId"]
    return str(ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"])


def _from(group: str) -> dict[str, list[dict[str, str]]]:
    return {"UserIdGroupPairs": [{"GroupId": group}]}


def _let_in(future: Cloud, group: str, source: dict[str, list[dict[str, str]]]) -> None:
    ec2 = boto3.client("ec2", region_name=future.region)
    port = {"IpProtocol": "tcp", "FromPort": DATABASE_PORT, "ToPort": DATABASE_PORT}
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{**port, **source}])


def _outbound(future: Cloud, group: str, outbound: str, database: str) -> None:
    """Replace the rule that lets everything out by what `outbound` says."""
    if outbound == ANYWHERE:
        return
    ec2 = boto3.client("ec2", region_name=future.region)
    everything = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    ec2.revoke_security_group_egress(GroupId=group, IpPermissions=[everything])
    tls = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    port = {"IpProtocol": "tcp", "FromPort": DATABASE_PORT, "ToPort": DATABASE_PORT, **_from(database)}
    rules = [tls, port] if outbound == DATABASE_ONLY else [tls]
    ec2.authorize_security_group_egress(GroupId=group, IpPermissions=rules)


def _furnish(future: Cloud) -> None:
    """A cluster, an execution role, and two buckets with something in them."""
    boto3.client("ecs", region_name=future.region).create_cluster(clusterName=NAME)
    task_role(f"{NAME}-execution", managed=EXECUTION_POLICY)
    s3 = boto3.client("s3", region_name="us-east-1")
    for bucket in ("receipts", "payroll"):
        s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket="payroll", Key="november.csv", Body=b"")


def _start(future: Cloud, group: str, family: str, role: str) -> str:
    """Start a task in this group under this role; its ARN."""
    ecs = boto3.client("ecs", region_name=future.region)
    image = future.push_image(f"{NAME}-{family}", ports=[DATABASE_PORT, 8080])
    roles = {"executionRoleArn": f"arn:aws:iam::{future.account}:role/{NAME}-execution"}
    if role != NO_ROLE:
        roles["taskRoleArn"] = _role(role)
    members = small_task(f"{NAME}-{family}", **roles, containerDefinitions=[{"name": "app", "image": image}])
    ecs.register_task_definition(**members)
    made = ecs.run_task(
        cluster=NAME,
        taskDefinition=f"{NAME}-{family}",
        launchType="FARGATE",
        networkConfiguration=network(default_subnets(future)[0]["SubnetId"], groups=(group,)),
    )
    return str(made["tasks"][0]["taskArn"])


def _role(role: str) -> str:
    if role == ADMINISTRATOR:
        return task_role(f"{NAME}-app", managed="arn:aws:iam::aws:policy/AdministratorAccess")
    statement = allow("s3:PutObject", OWN.replace("4711.pdf", "*")) if role == ONE_BUCKET else allow("s3:*", "*")
    return task_role(f"{NAME}-app", statements=(statement,))
