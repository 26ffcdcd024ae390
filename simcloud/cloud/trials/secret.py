"""A task with one secret: what a reference and a permission of the execution role make of it."""

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

VALUE = '{"user": "bookings", "password": "sesame"}'


def run(future: Cloud, reference: str, permission: str) -> Outcome:
    """(rows of what was asked and answered, closing line). `future` is a copy, which is live and changed."""
    ecs = boto3.client("ecs", region_name=future.region)
    try:
        definition = ecs.register_task_definition(**_definition(future, reference, permission))["taskDefinition"]
    except ClientError as refused:
        return (("RegisterTaskDefinition", str(refused.response["Error"]["Message"])),), "AWS refuses the definition."
    ecs.create_cluster(clusterName="trial-of-a-secret")
    task = ecs.run_task(
        cluster="trial-of-a-secret",
        taskDefinition=definition["taskDefinitionArn"],
        launchType="FARGATE",
        networkConfiguration=network(default_subnets(future)[0]["SubnetId"]),
    )["tasks"][0]["taskArn"]
    future.advance(minutes=2)
    seen = future.task(task)
    value = seen.containers[0].environment.get("PASSWORD")
    answer = seen.stopped_reason or f"{seen.status}, PASSWORD is {value}"
    closing = "The program runs." if value is not None else "The task stops before the program runs."
    return (("RegisterTaskDefinition", "accepted"), ("RunTask, two minutes later", answer)), closing


def _definition(future: Cloud, reference: str, permission: str) -> dict[str, Any]:
    """A definition with that reference, its secret, its parameter and its role, all made in the copy."""
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
    resource = {"secretsmanager": secret, "ssm": parameter}.get(permission.partition(":")[0])
    more = (allow(permission, resource),) if resource else ()
    role = task_role("trial-of-a-secret", managed=EXECUTION_POLICY, statements=more)
    return small_task("trial-of-a-secret", executionRoleArn=role, containerDefinitions=[container])
