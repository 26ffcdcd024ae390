"""Whose access key it is: users and sessions of the simulated IAM, the learner, and nobody."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from simcloud import Cloud

ACCOUNT = "123456789012"
INVALID = "The security token included in the request is invalid."
OVER = "The security token included in the request is expired"
EVERYTHING = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})


def signed(service: str, keys: dict[str, Any]) -> Any:
    return boto3.client(
        service,
        region_name="us-east-1",
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys.get("SessionToken"),
    )


def user(name: str = "kim", policy: str | None = EVERYTHING) -> dict[str, Any]:
    iam = boto3.client("iam")
    iam.create_user(UserName=name)
    if policy:
        iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy)
    keys: dict[str, Any] = iam.create_access_key(UserName=name)["AccessKey"]
    return keys


def refusal(call: Any, **params: Any) -> tuple[str, str]:
    with pytest.raises(ClientError) as caught:
        call(**params)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


UNKNOWN = [
    ("ecs", "list_clusters", "UnrecognizedClientException", INVALID),
    ("eks", "list_clusters", "UnrecognizedClientException", INVALID),
    ("codedeploy", "list_applications", "UnrecognizedClientException", INVALID),
    ("logs", "describe_log_groups", "UnrecognizedClientException", INVALID),
    ("ecr", "describe_repositories", "UnrecognizedClientException", INVALID),
    ("efs", "describe_file_systems", "UnrecognizedClientException", INVALID),
    ("iam", "list_users", "InvalidClientTokenId", INVALID),
    ("sts", "get_caller_identity", "InvalidClientTokenId", INVALID),
    ("elbv2", "describe_load_balancers", "InvalidClientTokenId", INVALID),
    ("sns", "list_topics", "InvalidClientTokenId", INVALID),
    ("sqs", "list_queues", "InvalidClientTokenId", INVALID),
    ("ec2", "describe_vpcs", "AuthFailure", "AWS was not able to validate the provided access credentials"),
    ("s3", "list_buckets", "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records."),
]


@pytest.mark.parametrize("key", ["AKIAIOSFODNN7EXAMPLE", "ASIA0123456789ABCDEF"])
@pytest.mark.parametrize(("service", "operation", "code", "text"), UNKNOWN)
def test_a_key_in_awss_form_that_nobody_has_is_unknown(
    cloud: Cloud, key: str, service: str, operation: str, code: str, text: str
) -> None:
    client = signed(service, {"AccessKeyId": key, "SecretAccessKey": "x"})
    assert refusal(getattr(client, operation)) == (code, text)


def test_the_note_says_how_to_be_the_learner(cloud: Cloud) -> None:
    with pytest.raises(ClientError) as caught:
        signed("ecs", {"AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "SecretAccessKey": "x"}).list_clusters()
    (note,) = caught.value.__notes__
    assert "AKIAIOSFODNN7EXAMPLE: nobody has it" in note
    assert "`testing`" in note


@pytest.mark.parametrize(
    "key", ["testing", "test", "AKIA", "AKIAshort", "akiaiosfodnn7example", "AKIAIOSFODNN7EXAMPLE1"]
)
def test_any_other_key_is_the_learner(cloud: Cloud, key: str) -> None:
    client = signed("sts", {"AccessKeyId": key, "SecretAccessKey": "x"})
    assert client.get_caller_identity()["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/learner"


def test_a_users_key_works_before_sts_was_ever_called(cloud: Cloud) -> None:
    keys = user()
    assert signed("ecs", keys).create_cluster(clusterName="x")["cluster"]["clusterName"] == "x"
    assert signed("sts", keys).get_caller_identity()["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/kim"


def test_an_inactive_key_is_refused_until_it_is_active_again(cloud: Cloud) -> None:
    keys = user()
    iam = boto3.client("iam")
    iam.update_access_key(UserName="kim", AccessKeyId=keys["AccessKeyId"], Status="Inactive")
    assert refusal(signed("ecs", keys).list_clusters) == ("UnrecognizedClientException", INVALID)
    iam.update_access_key(UserName="kim", AccessKeyId=keys["AccessKeyId"], Status="Active")
    assert signed("ecs", keys).list_clusters()["clusterArns"] == []
    iam.delete_access_key(UserName="kim", AccessKeyId=keys["AccessKeyId"])
    assert refusal(signed("ecs", keys).list_clusters) == ("UnrecognizedClientException", INVALID)


EXPIRED = [
    ("ecs", "list_clusters", "ExpiredTokenException", OVER),
    ("secretsmanager", "list_secrets", "ExpiredTokenException", OVER),
    ("sts", "get_caller_identity", "ExpiredToken", OVER),
    ("ec2", "describe_vpcs", "RequestExpired", "Request has expired."),
    ("s3", "list_buckets", "ExpiredToken", "The provided token has expired."),
]


@pytest.mark.parametrize(("service", "operation", "code", "text"), EXPIRED)
def test_a_session_ends_in_simulated_time(cloud: Cloud, service: str, operation: str, code: str, text: str) -> None:
    user()
    keys = signed("sts", user("lee")).get_session_token(DurationSeconds=900)["Credentials"]
    client = signed(service, keys)
    cloud.advance(seconds=899)
    getattr(client, operation)()
    cloud.advance(seconds=1)
    assert refusal(getattr(client, operation)) == (code, text)


def test_a_users_session_is_the_user_and_has_no_say_in_iam(cloud: Cloud) -> None:
    keys = signed("sts", user()).get_session_token()["Credentials"]
    assert signed("sts", keys).get_caller_identity()["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/kim"
    assert refusal(signed("iam", keys).list_users) == ("InvalidClientTokenId", INVALID)
    assert signed("ecs", keys).list_clusters()["clusterArns"] == []


def test_a_session_of_the_learner_is_the_learner(cloud: Cloud) -> None:
    keys = boto3.client("sts").get_session_token()["Credentials"]
    assert keys["AccessKeyId"].startswith("ASIA")
    assert signed("sts", keys).get_caller_identity()["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/learner"
    assert signed("ecs", keys).list_clusters()["clusterArns"] == []


def test_a_federated_user_may_what_its_policy_says(cloud: Cloud) -> None:
    statement = {"Effect": "Allow", "Action": "ecs:ListClusters", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    keys = boto3.client("sts").get_federation_token(Name="fred", Policy=policy)["Credentials"]
    who = f"arn:aws:sts::{ACCOUNT}:federated-user/fred"
    assert signed("sts", keys).get_caller_identity()["Arn"] == who
    assert signed("ecs", keys).list_clusters()["clusterArns"] == []
    code, text = refusal(signed("ecs", keys).list_task_definitions)
    assert code == "AccessDeniedException"
    assert text.startswith(f"User: {who} is not authorized to perform: ecs:ListTaskDefinitions on resource: *")


def test_who_calls_as_the_learner_never_reads_the_room_of_iam() -> None:
    told = """
import sys
import boto3
from simcloud import Cloud
with Cloud(seed=1):
    boto3.client("ecs").create_cluster(clusterName="a")
    boto3.client("ec2").describe_vpcs()
print([name for name in sys.modules if name.startswith("simcloud.cloud.access")])
"""
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
