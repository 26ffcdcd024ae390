"""What a thing's own policy says to the calls of an app and of the platform: queues, buckets, keys and secrets."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
from shop import ACCOUNT, REGION, ROLE, Shop
from worker_shop import APP, QUEUE, WorkerShop

from simcloud import Cloud
from simcloud.cloud import snapshot

ROOT = f"arn:aws:iam::{ACCOUNT}:root"
BUCKET = "arn:aws:s3:::payroll"


def policy(effect: str, who: str, action: str, resource: str) -> str:
    """A policy of one statement."""
    statement = {"Effect": effect, "Principal": {"AWS": who}, "Action": action, "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def calling(shop: Shop, action: str, resource: str) -> list[str]:
    """What an app that makes this call logs."""
    shop.open_endpoints(("sqs",), s3=False)
    image = shop.cloud.push_image("shop/app", calls=[(action, resource)])
    shop.register(shop.container(image=image), taskRoleArn=APP)
    task = shop.run_and_wait(1)
    stream = f"web/web/{task.id}"
    events = shop.logs.get_log_events(logGroupName="/ecs/web", logStreamName=stream)["events"]
    return [each["message"] for each in events]


def test_a_queue_that_denies_the_role_denies_what_the_roles_policy_allows(open_shop: Shop) -> None:
    works = WorkerShop(open_shop)
    works.allow("sqs:SendMessage")
    works.sqs.set_queue_attributes(
        QueueUrl=works.url, Attributes={"Policy": policy("Deny", APP, "sqs:SendMessage", QUEUE)}
    )
    (line,) = calling(open_shop, "sqs:SendMessage", QUEUE)
    assert line.endswith("with an explicit deny in a resource-based policy")


def test_a_bucket_that_lets_the_role_in_is_enough_within_an_account(open_shop: Shop) -> None:
    WorkerShop(open_shop)
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="payroll")
    s3.put_object(Bucket="payroll", Key="may", Body=b"1")
    (denied,) = calling(open_shop, "s3:GetObject", f"{BUCKET}/may")
    assert denied.endswith("because no identity-based policy allows the s3:GetObject action")
    s3.put_bucket_policy(Bucket="payroll", Policy=policy("Allow", APP, "s3:GetObject", f"{BUCKET}/*"))
    task = open_shop.run_and_wait(1)
    assert [each.outcome for each in task.calls] == ["ok"]


@pytest.mark.parametrize("key", ["aws:SourceVpce", "aws:SourceVpc"])
def test_a_bucket_that_wants_its_endpoint_lets_in_who_comes_by_it_and_nobody_else(shop: Shop, key: str) -> None:
    from test_lost_zone_around import with_one_nat_gateway

    with_one_nat_gateway(shop, "us-east-1a")
    WorkerShop(shop).allow("s3:GetObject", resource="*")
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="payroll")
    s3.put_object(Bucket="payroll", Key="may", Body=b"1")
    made = shop.ec2.create_vpc_endpoint(
        VpcEndpointType="Gateway", VpcId=shop.vpc, ServiceName=f"com.amazonaws.{REGION}.s3", RouteTableIds=[shop.table]
    )["VpcEndpoint"]["VpcEndpointId"]
    wanted = made if key == "aws:SourceVpce" else shop.vpc
    deny = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"{BUCKET}/*",
        "Condition": {"StringNotEquals": {key: wanted}},
    }
    s3.put_bucket_policy(Bucket="payroll", Policy=json.dumps({"Version": "2012-10-17", "Statement": [deny]}))
    image = shop.cloud.push_image("shop/app", calls=[("s3:GetObject", f"{BUCKET}/may")])
    shop.register(shop.container(image=image), taskRoleArn=APP)
    assert [each.outcome for each in shop.run_and_wait(1).calls] == ["ok"]
    shop.ec2.delete_vpc_endpoints(VpcEndpointIds=[made])
    assert [each.outcome for each in shop.run_and_wait(1).calls] == ["denied"]


def secret_under(shop: Shop, statement: dict[str, Any]) -> str:
    """A secret that a key with this one statement encrypts."""
    document = json.dumps({"Version": "2012-10-17", "Statement": [{"Resource": "*", **statement}]})
    key = boto3.client("kms").create_key(Policy=document)["KeyMetadata"]["Arn"]
    secret = boto3.client("secretsmanager").create_secret(Name="db", SecretString="x", KmsKeyId=key)["ARN"]
    actions = ["secretsmanager:GetSecretValue", "kms:Decrypt"]
    allow = {"Effect": "Allow", "Action": actions, "Resource": "*"}
    shop.iam.put_role_policy(
        RoleName="exec", PolicyName="own", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [allow]})
    )
    shop.open_endpoints(("secretsmanager",), s3=False)
    shop.register(shop.container(secrets=[{"name": "DB", "valueFrom": secret}]))
    return str(secret)


@pytest.mark.parametrize(
    ("who", "starts"),
    [(ROOT, True), (ROLE, True), (APP, False)],
    ids=["the account", "the execution role", "another role"],
)
def test_who_may_use_a_key_is_said_by_the_keys_own_policy_first(open_shop: Shop, who: str, starts: bool) -> None:
    WorkerShop(open_shop)
    secret_under(open_shop, {"Effect": "Allow", "Principal": {"AWS": who}, "Action": "kms:*"})
    task = open_shop.run_and_wait(1)
    assert task.status == ("RUNNING" if starts else "STOPPED")
    if not starts:
        assert "is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:" in task.stopped_reason
        assert task.stopped_reason.endswith("because no resource-based policy allows the kms:Decrypt action")


def test_a_secret_that_denies_the_execution_role_stops_the_start(open_shop: Shop) -> None:
    allow = {"Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": "kms:*"}
    secret = secret_under(open_shop, allow)
    assert open_shop.run_and_wait(1).status == "RUNNING"
    boto3.client("secretsmanager").put_resource_policy(
        SecretId=secret, ResourcePolicy=policy("Deny", ROLE, "secretsmanager:GetSecretValue", "*")
    )
    task = open_shop.run_and_wait(1)
    assert task.stopped_reason.endswith("with an explicit deny in a resource-based policy")


def test_to_ask_about_a_policy_changes_nothing(open_shop: Shop) -> None:
    WorkerShop(open_shop)
    cloud: Cloud = open_shop.cloud
    task = open_shop.run_and_wait(1)
    inside = cloud.inside(task.id)
    before = snapshot.take(cloud._live).motos
    known = {service: {account: set(regions) for account, regions in held.items()} for service, held in
             before.backends.items()}  # fmt: skip
    for arn in (f"arn:aws:sqs:eu-west-1:{ACCOUNT}:orders", "arn:aws:sqs:us-east-1:210987654321:orders", QUEUE):
        inside.call("sqs:SendMessage", arn)
    after = snapshot.take(cloud._live).motos
    assert known == {service: {account: set(regions) for account, regions in held.items()} for service, held in
                     after.backends.items()}  # fmt: skip
    assert REGION in known["sqs"][ACCOUNT]
