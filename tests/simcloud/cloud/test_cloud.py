"""A world opens, lives, is replaced and comes back."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import boto3
import pytest
from botocore.exceptions import ClientError

from simcloud import Cloud


def buckets() -> list[str]:
    return [one["Name"] for one in boto3.client("s3").list_buckets()["Buckets"]]


def test_it_begins_at_its_start_and_time_stands_still() -> None:
    with Cloud(start="2026-03-01T00:00:00Z") as cloud:
        boto3.client("s3").create_bucket(Bucket="one")
        assert cloud.now == datetime(2026, 3, 1, tzinfo=UTC)
        assert boto3.client("s3").list_buckets()["Buckets"][0]["CreationDate"] == cloud.now


def test_advance_moves_time_by_what_was_asked(cloud: Cloud) -> None:
    before = cloud.now
    cloud.advance(days=1, hours=2, minutes=3, seconds=4.5)
    assert (cloud.now - before).total_seconds() == 86400 + 2 * 3600 + 3 * 60 + 4.5


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf")])
def test_time_never_moves_backward_or_nowhere(cloud: Cloud, seconds: float) -> None:
    before = cloud.now
    with pytest.raises((ValueError, OverflowError)):
        cloud.advance(seconds=seconds)
    assert cloud.now == before


def test_a_second_cloud_replaces_the_first_and_the_first_can_come_back() -> None:
    first = Cloud(seed=1).open()
    boto3.client("s3").create_bucket(Bucket="first")
    second = Cloud(seed=2).open()
    assert (first.is_live, second.is_live) == (False, True)
    assert buckets() == []
    first.open()
    assert buckets() == ["first"]
    first.close()


def test_a_client_made_for_one_cloud_speaks_to_the_next() -> None:
    with Cloud(seed=1):
        client = boto3.client("s3")
        client.create_bucket(Bucket="first")
    with Cloud(seed=2):
        assert client.list_buckets()["Buckets"] == []


def test_without_an_open_cloud_a_call_is_refused_and_nothing_is_sent() -> None:
    with Cloud():
        client = boto3.client("ec2")
    with pytest.raises(ClientError, match="no simulated cloud is open"):
        client.describe_vpcs()


def test_a_client_made_before_the_cloud_opened_is_answered_too() -> None:
    import botocore.session

    session = botocore.session.Session()
    session.set_credentials("real", "real")
    client = session.create_client("ec2", region_name="us-east-1")
    with Cloud():
        assert len(client.describe_vpcs()["Vpcs"]) == 1


def test_region_and_account_are_the_clouds() -> None:
    with Cloud(region="eu-west-1", account="210987654321"):
        identity = boto3.client("sts").get_caller_identity()
        vpc = boto3.client("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]
        topic = boto3.client("logs")
        topic.create_log_group(logGroupName="x")
        arn = topic.describe_log_groups()["logGroups"][0]["arn"]
    assert identity["Arn"] == "arn:aws:iam::210987654321:user/learner"
    assert vpc["OwnerId"] == "210987654321"
    assert arn == "arn:aws:logs:eu-west-1:210987654321:log-group:x:*"


@pytest.mark.parametrize("wrong", [{"account": "12"}, {"start": "yesterday"}])
def test_what_cannot_be_a_cloud_says_so(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"12|yesterday"):
        Cloud(**wrong)  # type: ignore[arg-type]


def test_time_moves_only_on_the_cloud_that_is_open(cloud: Cloud) -> None:
    with pytest.raises(RuntimeError, match="open"):
        Cloud(seed=5).advance(seconds=1)


def test_keys_profiles_and_endpoints_of_the_environment_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    from simcloud.cloud import egress

    for name, value in {
        "AWS_ACCESS_KEY_ID": "AKIAREAL",
        "AWS_SECRET_ACCESS_KEY": "real",
        "AWS_SESSION_TOKEN": "real",
        "AWS_PROFILE": "production",
        "AWS_ENDPOINT_URL": "http://10.0.0.9",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.2/x",
        "MOTO_ACCOUNT_ID": "999999999999",
    }.items():
        monkeypatch.setenv(name, value)
    egress.clean_environment("us-east-1")
    left = {name: value for name, value in os.environ.items() if name.startswith(("AWS_", "MOTO_"))}
    assert "real" not in str(left).lower()
    assert set(left) == {
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_DEFAULT_REGION",
        "AWS_REGION",
        "AWS_EC2_METADATA_DISABLED",
        "AWS_SHARED_CREDENTIALS_FILE",
        "AWS_CONFIG_FILE",
        "MOTO_EC2_LOAD_DEFAULT_AMIS",
    }
