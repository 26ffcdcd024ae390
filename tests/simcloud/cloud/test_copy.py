"""What would happen if: a copy lives, the original stays as it was."""

from __future__ import annotations

import io
import json
import random
from typing import Any

import boto3
import long_story
import pytest

from simcloud import Cloud
from simcloud.cloud import snapshot


def world_bytes(cloud: Cloud, *, generators: bool = True) -> bytes:
    """The whole world as bytes: ours, moto's, and (unless told otherwise) the generators' state."""
    written = io.BytesIO()
    state = snapshot.take(cloud._live)
    if not generators:
        state.entropy = None
    snapshot.Pickler(written, []).dump(state)
    return written.getvalue()


def looked() -> dict[str, Any]:
    """What the world answers to looks at what the story made."""
    ec2 = boto3.client("ec2")
    answers = {
        "vpcs": ec2.describe_vpcs()["Vpcs"],
        "groups": ec2.describe_security_groups()["SecurityGroups"],
        "balancers": boto3.client("elbv2").describe_load_balancers()["LoadBalancers"],
        "logs": boto3.client("logs").filter_log_events(logGroupName="/ecs/web0")["events"],
        "secrets": boto3.client("secretsmanager").list_secrets()["SecretList"],
        "parameters": boto3.client("ssm").get_parameters_by_path(Path="/shop")["Parameters"],
        "objects": boto3.client("s3").list_objects_v2(Bucket="shop-config")["Contents"],
        "roles": boto3.client("iam").list_roles()["Roles"],
        "keys": boto3.client("kms").list_keys()["Keys"],
    }
    answered: dict[str, Any] = json.loads(json.dumps(answers, default=str))
    return answered


@pytest.fixture
def told(cloud: Cloud) -> Cloud:
    long_story.tell(cloud)
    return cloud


def change() -> None:
    boto3.client("ec2").create_vpc(CidrBlock="10.99.0.0/16")
    boto3.client("s3").create_bucket(Bucket="made-in-the-copy")
    boto3.client("s3").put_object(Bucket="shop-config", Key="new", Body=b"new")
    boto3.client("secretsmanager").delete_secret(SecretId="db", ForceDeleteWithoutRecovery=True)
    boto3.client("ssm").put_parameter(Name="/shop/new", Value="1", Type="String")
    boto3.client("sqs").create_queue(QueueName="made-in-the-copy")
    boto3.client("events").put_rule(Name="first-use-of-the-service", ScheduleExpression="rate(1 minute)")
    logs = boto3.client("logs")
    event = {"timestamp": 1767603600000, "message": "x"}
    logs.put_log_events(logGroupName="/ecs/web0", logStreamName="a", logEvents=[event])


def test_a_copy_answers_as_the_original_does(told: Cloud) -> None:
    before = looked()
    with told.copy():
        assert looked() == before


def test_the_original_is_untouched_byte_for_byte(told: Cloud) -> None:
    before, entries, at = world_bytes(told), len(told.transcript), told.now
    with told.copy() as future:
        change()
        future.advance(hours=5)
        assert boto3.client("s3").head_bucket(Bucket="made-in-the-copy")
        assert future.now != at
    assert world_bytes(told) == before
    assert (len(told.transcript), told.now) == (entries, at)
    boto3.client("s3").create_bucket(Bucket="made-in-the-copy")


def test_the_same_calls_give_the_same_ids_in_the_copy_and_later_in_the_original(told: Cloud) -> None:
    with told.copy():
        imagined = boto3.client("ec2").create_vpc(CidrBlock="10.99.0.0/16")
    assert boto3.client("ec2").create_vpc(CidrBlock="10.99.0.0/16") == imagined


def test_the_copy_can_be_read_beside_the_original(told: Cloud) -> None:
    with told.copy() as future:
        future.advance(days=1)
    assert (future.now - told.now).total_seconds() == 86400
    with pytest.raises(RuntimeError, match="open"):
        future.advance(days=1)


def nested_and_failing(cloud: Cloud) -> None:
    with cloud.copy() as future:
        change()
        middle = world_bytes(future)
        with future.copy():
            boto3.client("ec2").create_vpc(CidrBlock="10.98.0.0/16")
        assert world_bytes(future) == middle
        raise KeyError("enough")


def test_copies_nest_and_an_exception_brings_the_original_back(told: Cloud) -> None:
    before = world_bytes(told)
    with pytest.raises(KeyError, match="enough"):
        nested_and_failing(told)
    assert told.is_live
    assert world_bytes(told) == before


def test_a_cloud_opened_inside_the_block_does_not_keep_the_original_away(told: Cloud) -> None:
    before = world_bytes(told)
    with told.copy():
        Cloud(seed=9).open()
    assert told.is_live
    assert world_bytes(told) == before


def test_copying_draws_nothing_from_the_machines_generator(told: Cloud) -> None:
    random.seed(5)
    first = random.getstate()
    with told.copy():
        change()
    assert random.getstate() == first
