"""Try a reference to a secret: choose how it is written and what the execution role may do, and run a task with it.

Each choice runs the simulation anew, in a copy of the cloud: nothing of it is left in yours.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from simcloud.facts.managed_policies import MANAGED_POLICIES
from simcloud.views.table import Table

if TYPE_CHECKING:
    from simcloud.cloud.cloud import Cloud
    from simcloud.views.widgets import Explorer

VALUE = '{"user": "bookings", "password": "sesame"}'
MANAGED = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
REFERENCES = (
    "ARN of the secret",
    "ARN of the secret, :password::",
    "ARN of the secret, :pin::",
    "name of the secret",
    "name of a parameter",
    "ARN of a parameter",
)
PERMISSIONS = (
    "nothing more",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter",
    "ssm:GetParameters",
)


def try_secret(cloud: Cloud) -> Explorer:
    """The explorer of the lesson on secrets. `cloud` must be live; it is copied for each try."""
    from simcloud.views.widgets import Choice, explorer

    controls = {
        "reference": Choice("valueFrom", REFERENCES),
        "permission": Choice("The execution role may pull, log and", PERMISSIONS),
    }

    def draw(reference: str, permission: str) -> Table:
        return verdict(cloud, reference, permission)

    return explorer("What does the program find in its environment?", controls, draw)


def verdict(cloud: Cloud, reference: str, permission: str) -> Table:
    """One try, in a copy of the cloud: how far the task came, and what its environment holds."""
    with cloud.copy() as future:
        rows, closing = _tried(future, reference, permission)
    return Table(f"valueFrom: {reference}; the role may also: {permission}", ("asked", "answer"), rows, closing)


def _tried(future: Cloud, reference: str, permission: str) -> tuple[tuple[tuple[str, ...], ...], str]:
    import boto3
    from botocore.exceptions import ClientError

    ecs = boto3.client("ecs", region_name=future.region)
    try:
        definition = ecs.register_task_definition(**_definition(future, reference, permission))["taskDefinition"]
    except ClientError as refused:
        return (("RegisterTaskDefinition", str(refused.response["Error"]["Message"])),), "AWS refuses the definition."
    ecs.create_cluster(clusterName="trial-of-a-secret")
    network = {"awsvpcConfiguration": {"subnets": [_subnet(future)], "assignPublicIp": "ENABLED"}}
    task = ecs.run_task(
        cluster="trial-of-a-secret",
        taskDefinition=definition["taskDefinitionArn"],
        launchType="FARGATE",
        networkConfiguration=network,
    )["tasks"][0]["taskArn"]
    future.advance(minutes=2)
    seen = future.task(task)
    value = seen.containers[0].environment.get("PASSWORD")
    answer = seen.stopped_reason or f"{seen.status}, PASSWORD is {value}"
    closing = "The program runs." if value is not None else "The task stops before the program runs."
    return (("RegisterTaskDefinition", "accepted"), ("RunTask, two minutes later", answer)), closing


def _definition(future: Cloud, reference: str, permission: str) -> dict[str, Any]:
    """A definition with that reference, its secret, its parameter and its role, all made in the copy."""
    import boto3

    secret = boto3.client("secretsmanager", region_name=future.region).create_secret(
        Name="trial/bookings", SecretString=VALUE
    )["ARN"]
    boto3.client("ssm", region_name=future.region).put_parameter(
        Name="trial-parameter", Value="sesame", Type="SecureString"
    )
    parameter = f"arn:aws:ssm:{future.region}:{future.account}:parameter/trial-parameter"
    written = {
        "ARN of the secret": secret,
        "ARN of the secret, :password::": f"{secret}:password::",
        "ARN of the secret, :pin::": f"{secret}:pin::",
        "name of the secret": "trial/bookings",
        "name of a parameter": "trial-parameter",
        "ARN of a parameter": parameter,
    }[reference]
    image = future.push_image("trial-of-a-secret")
    container = {"name": "app", "image": image, "secrets": [{"name": "PASSWORD", "valueFrom": written}]}
    return {
        "family": "trial-of-a-secret",
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "256",
        "memory": "512",
        "executionRoleArn": _role(permission, {"secretsmanager": secret, "ssm": parameter}),
        "containerDefinitions": [container],
    }


def _role(permission: str, resources: dict[str, str]) -> str:
    import boto3

    iam = boto3.client("iam")
    trust = {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
    role = iam.create_role(RoleName="trial-of-a-secret", AssumeRolePolicyDocument=_document(trust))["Role"]
    pull = MANAGED_POLICIES[MANAGED]["Statement"]
    more = []
    if permission in PERMISSIONS[1:]:
        more.append({"Effect": "Allow", "Action": permission, "Resource": resources[permission.split(":")[0]]})
    iam.put_role_policy(RoleName=role["RoleName"], PolicyName="own", PolicyDocument=_document(*pull, *more))
    return str(role["Arn"])


def _document(*statements: Any) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def _subnet(future: Cloud) -> str:
    """A public subnet of the default VPC."""
    import boto3

    found = boto3.client("ec2", region_name=future.region).describe_subnets(
        Filters=[{"Name": "default-for-az", "Values": ["true"]}]
    )["Subnets"]
    return str(min(found, key=lambda each: str(each["AvailabilityZone"]))["SubnetId"])
