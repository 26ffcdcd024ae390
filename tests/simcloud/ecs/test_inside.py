"""A process inside a task: its own role, its own security groups, and nothing else."""

from __future__ import annotations

import re
from typing import Any

import boto3
import pytest
from shop import ACCOUNT, REGION, Shop
from worker_shop import APP, QUEUE, WorkerShop

from simcloud.reason.credentials import plain_credentials


@pytest.fixture
def taken(open_shop: Shop) -> WorkerShop:
    """A task `web` with a role that may read one queue; S3 and SQS have endpoints."""
    open_shop.open_endpoints(("sqs",), s3=False)
    works = WorkerShop(open_shop)
    boto3.client("s3").create_bucket(Bucket="payroll")
    open_shop.register(taskRoleArn=APP)
    return works


@pytest.mark.row("F22")
@pytest.mark.row("F15")
def test_a_taken_task_calls_and_reaches_what_its_own_role_and_groups_allow(taken: WorkerShop) -> None:
    shop = taken.shop
    other, database = shop.run_and_wait(1), shop.security_group("database")
    shop.ec2.authorize_security_group_ingress(
        GroupId=database,
        IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "UserIdGroupPairs": [{"GroupId": database}]}
        ],
    )
    network = shop.network()
    network["awsvpcConfiguration"]["securityGroups"] = [shop.group, database]
    db = shop.run_and_wait(1, networkConfiguration=network)
    inside = taken.cloud.inside(other.id)
    before = str(taken.cloud.story)
    assert inside.call("sqs:ReceiveMessage", QUEUE).allowed
    assert inside.call("sqs:SendMessage", QUEUE).outcome == "denied"
    stolen = inside.call("s3:GetObject", "arn:aws:s3:::payroll/2026.csv")
    assert stolen.outcome == "denied"
    assert stolen.line == (
        "An error occurred (AccessDenied) when calling the GetObject operation: User: "
        f"arn:aws:sts::{ACCOUNT}:assumed-role/app/{other.id} is not authorized to perform: s3:GetObject on resource: "
        '"arn:aws:s3:::payroll/2026.csv" because no identity-based policy allows the s3:GetObject action'
    )
    assert inside.call("ecr:GetAuthorizationToken").outcome == "denied"
    assert not inside.reach(db.private_ip, 5432).open
    assert taken.cloud.inside(db.id).reach(db.private_ip, 5432).open
    assert not inside.reach("evil.example.com").open
    assert not inside.reach("169.254.169.254", 80).open
    assert inside.reach("169.254.170.2", 80).open
    assert inside.role == APP
    assert inside.metadata()["/task"]["TaskARN"] == other.arn
    assert str(taken.cloud.story) == before


def test_nobody_is_inside_a_task_that_does_not_run(taken: WorkerShop) -> None:
    task = taken.shop.run_and_wait(1)
    taken.shop.ecs.stop_task(cluster="shop", task=task.arn)
    taken.cloud.advance(minutes=2)
    with pytest.raises(LookupError, match="no container web of task"):
        taken.cloud.inside(task.id)


def test_r294_r296_a_container_is_told_where_it_is_and_where_its_metadata_and_keys_are(taken: WorkerShop) -> None:
    with_role = taken.cloud.inside(taken.shop.run_and_wait(1).id).injected
    assert {name: with_role[name] for name in ("AWS_EXECUTION_ENV", "AWS_REGION", "AWS_DEFAULT_REGION")} == {
        "AWS_EXECUTION_ENV": "AWS_ECS_FARGATE",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    assert re.fullmatch(r"http://169\.254\.170\.2/v4/[0-9a-f]{32}-\d+", with_role["ECS_CONTAINER_METADATA_URI_V4"])
    assert {"ECS_CONTAINER_METADATA_URI", "ECS_AGENT_URI"} <= set(with_role)
    path = with_role["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"]
    assert re.fullmatch(r"/v2/credentials/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", path)
    taken.shop.register()
    without = taken.cloud.inside(taken.shop.run_and_wait(1).id).injected
    assert set(with_role) - set(without) == {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"}


@pytest.mark.row("F15")
def test_an_app_without_a_task_role_has_no_credentials(taken: WorkerShop) -> None:
    shop = taken.shop
    image = shop.cloud.push_image("shop/app", calls=[("sqs:SendMessage", QUEUE)])
    shop.register(shop.container(image=image))
    task = shop.run_and_wait(1)
    assert taken.log(task.id) == ["Unable to locate credentials"]
    assert [(each.outcome, each.times) for each in task.calls] == [("no-credentials", 1)]
    assert task.status == "RUNNING"


def test_a_call_about_a_thing_that_does_not_exist_fails_with_the_services_words(taken: WorkerShop) -> None:
    taken.allow("s3:*", "sqs:*", resource="*")
    absent = f"arn:aws:sqs:{REGION}:{ACCOUNT}:absent"
    wanted = [
        ("s3:GetObject", "arn:aws:s3:::absent/1"),
        ("s3:GetObject", "arn:aws:s3:::payroll/1"),
        ("sqs:SendMessage", absent),
        ("sqs:SendMessage", QUEUE),
    ]
    shop = taken.shop
    image = shop.cloud.push_image("shop/app", calls=wanted)
    shop.register(shop.container(image=image), taskRoleArn=APP)
    task = shop.run_and_wait(1)
    assert [line.partition(" when")[0] for line in taken.log(task.id)] == [
        "An error occurred (NoSuchBucket)",
        "An error occurred (NoSuchKey)",
        "An error occurred (AWS.SimpleQueueService.NonExistentQueue)",
        f"SendMessage on {QUEUE}: ok",
    ]
    assert [each.outcome for each in task.calls] == ["missing", "missing", "missing", "ok"]


def test_a_call_without_a_way_times_out_and_the_policy_of_an_endpoint_denies(open_shop: Shop) -> None:
    works = WorkerShop(open_shop)
    works.allow("sqs:*")
    image = works.cloud.push_image("shop/app", calls=[("sqs:SendMessage", QUEUE)])
    open_shop.register(open_shop.container(image=image), taskRoleArn=APP)
    task = open_shop.run_and_wait(7)
    assert works.log(task.id) == [f'Connect timeout on endpoint URL: "https://sqs.{REGION}.amazonaws.com/"']
    assert [(each.outcome, each.times) for each in task.calls] == [("timeout", 1)]
    policy = (
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", '
        '"Action": "sqs:ReceiveMessage", "Resource": "*"}]}'
    )
    open_shop.ec2.create_vpc_endpoint(
        VpcEndpointType="Interface",
        VpcId=open_shop.vpc,
        ServiceName=f"com.amazonaws.{REGION}.sqs",
        SubnetIds=open_shop.subnets,
        SecurityGroupIds=[open_shop.endpoint_group],
        PrivateDnsEnabled=True,
        PolicyDocument=policy,
    )
    inside = works.cloud.inside(task.id)
    assert inside.call("sqs:ReceiveMessage", QUEUE).allowed
    denied = inside.call("sqs:SendMessage", QUEUE)
    assert denied.line.endswith("because no VPC endpoint policy allows the sqs:sendmessage action")


@pytest.mark.row("P10")
def test_a_plain_credential_is_read_from_the_definition_and_the_arn_form_shows_none(open_shop: Shop) -> None:
    secret = boto3.client("secretsmanager").create_secret(Name="db", SecretString="hunter2")["ARN"]
    variable: dict[str, Any] = {"name": "DB_PASSWORD", "value": "hunter2"}
    open_shop.register(open_shop.container(environment=[variable]))
    read = open_shop.ecs.describe_task_definition(taskDefinition="web")["taskDefinition"]
    assert "hunter2" in str(read)
    assert [each.variable for each in plain_credentials(read)] == ["DB_PASSWORD"]
    open_shop.register(open_shop.container(secrets=[{"name": "DB_PASSWORD", "valueFrom": secret}]))
    read = open_shop.ecs.describe_task_definition(taskDefinition="web")["taskDefinition"]
    assert "hunter2" not in str(read)
    assert plain_credentials(read) == []
